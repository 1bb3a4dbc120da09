"""Each request of whoever helps from outside is one entry of the log, refused ones too: their director reads the list.

The entry says which page, by which method, when and by which grant; never an id in a path, nor a query. What never was
a page is written as `no_page`. It is the way around all views, so that none can forget it; where it cannot be written,
the page is not sent. A method that no page knows is answered before anybody is looked up, and is not here.
"""

from django.http import HttpRequest, HttpResponse

from alongside.audit.actions import record
from alongside.audit.models import Entry

NO_PAGE = "no_page"


class SupportLog:
    """Writes `support.asked` for each answer to somebody who helps by a grant."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by = request.actor
        if by.support_id is None:
            return self.get_response(request)
        response = self.get_response(request)
        match = request.resolver_match
        refused = response.status_code >= 400 or request.session_is_over or request.needs_second_factor
        record(
            act="support.asked",
            by=by,
            view=True,
            object_kind=match.url_name if match else NO_PAGE,
            object_id=by.support_id,
            outcome=Entry.REFUSED if refused else Entry.DONE,
            reason=request.method.lower(),
        )
        return response
