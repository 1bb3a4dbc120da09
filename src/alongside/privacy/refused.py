"""Each refused try to open something of somebody is written down, and whoever tried cannot tell (G1, A2).

An answer "not found" on a path that names an id says nothing about that id: no such thing, not theirs, or not their
role. The entry says who tried which page and which id, and looks nothing up, so that a real id takes as long as an
invented one. It is the way around all views: no view can forget it.
"""

import logging
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.rules import access
from alongside.web.routing import act_of

log = logging.getLogger(__name__)

PER_HOUR = 60
"""Entries of one account in an hour; one more says that there were more, so that nobody fills the log by trying."""

PEOPLE = ("person_id", "participant_id")
"""Names in paths that say whose record it is."""


class RefusedTries:
    """Writes `access.refused` for an account that got "not found" where the path names an id."""

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
    ids = {name: one for name, one in match.kwargs.items() if isinstance(one, UUID)} if match else {}
    if not ids:
        return
    count = _count(f"refused:{request.user.pk}")
    if count > PER_HOUR + 1:
        return
    page, subject = match.url_name, next((ids[name] for name in PEOPLE if name in ids), None)
    may = access.may(act_of(match.func, page), request.actor.roles | {access.ACCOUNT})
    record(
        act="access.refused",
        by=request.actor,
        subject=subject,
        object_kind=page,
        object_id=list(ids.values())[-1],
        outcome=Entry.REFUSED,
        reason="too_many" if count > PER_HOUR else "not_theirs" if may else "not_their_role",
    )


def _count(key: str) -> int:
    """How many there were in an hour, with this one. A cache that fails counts as one: rather an entry than none."""
    try:
        cache.add(key, 0, timeout=3600)
        return cache.incr(key)
    except Exception as error:
        log.warning("refused tries could not be counted: %s", type(error).__name__)
        return 1
