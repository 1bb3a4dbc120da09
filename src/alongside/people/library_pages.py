"""allauth's views inside our house: our `site` variable, and nothing of a session left behind at sign-out."""

from functools import wraps

from django.http import HttpRequest, HttpResponse


def ours(view):
    """The view, with allauth's own `site` taken out of its context so that our base template finds ours."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = view(request, *args, **kwargs)
        if getattr(response, "context_data", None):
            response.context_data.pop("site", None)
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'  # E3; drafts stay locked in storage (E8)
        return response

    return wrapped
