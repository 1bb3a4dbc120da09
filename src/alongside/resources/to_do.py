"""What of the directory waits for somebody here, as first pages count it."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from alongside.people.waiting import Waiting

from .models import Feed, Report
from .queries import list_reports


def _reports(_actor) -> QuerySet[Report]:
    return list_reports("open")


def _failing(_actor) -> QuerySet[Feed]:
    return Feed.objects.exclude(problem="").exclude(url="")


WAITING = (
    Waiting("wrong_places", "keep_resources", "reports", _reports, lambda n: ngettext(
        "%(n)d report that a place or its number is wrong", "%(n)d reports that a place or its number is wrong", n
        ) % {"n": n}),
    Waiting("lists_of_places", "keep_resources", "directory", _failing, lambda n: ngettext(
        "%(n)d list of places could not be read", "%(n)d lists of places could not be read", n) % {"n": n}),
)  # fmt: skip
