"""What of meetings waits for somebody here, as first pages count it."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from alongside.people.waiting import Waiting

from .models import Feed


def _failing(_actor) -> QuerySet[Feed]:
    return Feed.objects.filter(is_on=True).exclude(problem="")


WAITING = (
    Waiting("lists_of_meetings", "keep_meetings", "sources", _failing, lambda n: ngettext(
        "%(n)d list of meetings could not be read", "%(n)d lists of meetings could not be read", n) % {"n": n}),
)  # fmt: skip
