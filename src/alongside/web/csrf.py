"""The CSRF check for pages that send no referrer.

Under `Referrer-Policy: no-referrer` (E3) browsers send `Origin: null` with the forms of our own pages (Fetch standard,
"append a request Origin header"), which Django's check takes for a stranger and refuses.
"""

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware


class OwnOrigin(CsrfViewMiddleware):
    """Django's check, where a hidden origin counts as ours unless the browser says that it is not.

    Nothing else is loosened: the token must match its cookie, and that cookie (SameSite=Lax) is not sent with a POST
    from another site at all. `Sec-Fetch-Site` cannot be set by scripts; browsers before 2023 do not send it.
    """

    def process_view(self, request: HttpRequest, callback, callback_args, callback_kwargs):
        """What proves itself by a signature, and comes without a cookie, acts for nobody who could be tricked."""
        if getattr(callback, "is_signed", False) and not request.COOKIES:
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META.get("HTTP_ORIGIN") == "null":
            return request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin"
        return super()._origin_verified(request)
