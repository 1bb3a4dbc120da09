"""Refused tries to reach something are written down: who tried, which page, which id; never what is behind it (G1)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.audit.actions import record


class RefusedTries:
    """Whoever is signed in and is told that a page of ours is not there leaves an entry `access.refused`.

    It may be a right they do not have, an id of somebody else, or an old link: the answer is the same (A2), and the log
    tells which page and id it was. Visitors are only led to the sign-in page, so they leave none.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == 404 and match is not None and request.user.is_authenticated:
            ids = [value for value in match.kwargs.values() if isinstance(value, UUID)]
            record(
                act="access.refused", by=request.actor, subject=match.kwargs.get("person_id"), object_kind="page",
                object_id=ids[-1] if ids else None, reason=match.url_name or "", outcome="refused",
            )  # fmt: skip
        return response
