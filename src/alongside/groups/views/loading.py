"""What pages of groups load: always scoped by who asks, so that a stranger's id is a page that does not exist."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest

from alongside.groups import queries
from alongside.groups.models import Group
from alongside.groups.queries import Occasion
from alongside.people.acting import as_peer
from alongside.people.actor import Actor


def get_group(request: HttpRequest, group_id: UUID) -> Group:
    """A group whose roster the reader may see."""
    found = queries.get_group_led_by(request.actor, group_id)
    if found is None:
        raise Http404
    return found


def get_occasion(request: HttpRequest, group: Group, day: str) -> Occasion:
    """One time of it, by the day of its series."""
    try:
        found = queries.get_occasion(group, request.program, date.fromisoformat(day))
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def acting(request: HttpRequest, group: Group) -> Actor:
    """Who leads it acts as a peer, whatever else they are."""
    return as_peer(request.actor) if queries.is_leader(request.actor, group) else request.actor
