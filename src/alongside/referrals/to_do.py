"""What of referrals waits for somebody here, as first pages count it."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from alongside.people.waiting import Waiting

from .models import Incoming
from .queries import list_due_visible_to


def _incoming(_actor) -> QuerySet:
    return Incoming.objects.filter(status="received")


def _due(actor) -> QuerySet:
    return list_due_visible_to(actor, timezone.localdate())


WAITING = (
    Waiting("referred_in", "run_intake", "incoming_list", _incoming, lambda n: ngettext(
        "%(n)d new person is referred to us", "%(n)d new people are referred to us", n) % {"n": n}),
    Waiting("referrals_due", "see_referrals", "referrals", _due, lambda n: ngettext(
        "%(n)d way to a place: ask how it goes", "%(n)d ways to places: ask how they go", n) % {"n": n}),
)  # fmt: skip
