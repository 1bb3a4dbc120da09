"""Each refused try to open something of somebody is written down, and whoever tried cannot tell (G1, A2).

An answer "not found" on a path that names an id says nothing about that id: no such thing, not theirs, or not their
role. The entry says who tried which page and which id, and looks nothing up, so that a real id takes as long as an
invented one. It is the way around all views: no view can forget it. A page without an id that is not for their role is
written down too (ASVS 5.0, 16.3.2); what never was a page is not.
"""

import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.rules import access
from alongside.web.routing import act_of

PER_HOUR = 60
"""Entries of one account in an hour by one server process; one more says that there were more. So nobody fills the log
by trying, and counting asks no cache: the first try costs what the second costs."""

PEOPLE = ("person_id", "participant_id")
"""Names in paths that say whose record it is."""


class Tries:
    """How many tries of each account there were in this hour; forgotten with it."""

    def __init__(self) -> None:
        self._hour, self._counts = 0, dict[UUID, int]()

    def count(self, account: UUID) -> int:
        """Count one more, and say how many there are."""
        hour = int(time.monotonic() // 3600)
        if hour != self._hour:
            self._hour, self._counts = hour, {}
        self._counts[account] = self._counts.get(account, 0) + 1
        return self._counts[account]

    def forget(self) -> None:
        """Begin anew."""
        self._counts = {}


tries = Tries()


class RefusedTries:
    """Writes `access.refused` for an account that got "not found" for a page of ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and request.user.is_authenticated:
            note_refused(request)
        return response


def note_refused(request: HttpRequest) -> None:
    """One entry, or none where there were too many; an answer is never changed by it."""
    match = request.resolver_match
    if match is None:
        return
    ids = {name: one for name, one in match.kwargs.items() if isinstance(one, UUID)}
    count = tries.count(request.user.pk)
    if count > PER_HOUR + 1:
        return
    page, subject = match.url_name, next((ids[name] for name in PEOPLE if name in ids), None)
    may = access.may(act_of(match.func, page), request.actor.roles | {access.ACCOUNT})
    record(
        act="access.refused",
        by=request.actor,
        subject=subject,
        object_kind=page,
        object_id=[None, *ids.values()][-1],
        outcome=Entry.REFUSED,
        reason="too_many" if count > PER_HOUR else "not_theirs" if may else "not_their_role",
    )
