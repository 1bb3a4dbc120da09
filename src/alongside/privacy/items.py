"""What can be shared of a person, item by item, from real data: the preview and what then leaves are one.

A package above says what it knows with `provide(item, function)` in its `AppConfig.ready`; a test finds an item of
`rules.consent.ITEMS` that nobody provides. There is no other list: what has no item has no way out by consent (C4).
"""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.people.models import Episode, Person
from alongside.rules.consent import ITEMS

Rows = list[list[str]]
"""[[what, value]] in the language in which it is asked."""

_providers: dict[str, Callable[[Person], Rows]] = {}


def provide(item: str, function: Callable[[Person], Rows]) -> None:
    """Say where an item comes from. Raises KeyError for an item that the rules do not know."""
    if item not in ITEMS:
        raise KeyError(item)
    _providers[item] = function


def list_provided() -> list[str]:
    """Items that somebody provides."""
    return [item for item in ITEMS if item in _providers]


def gather(person: Person, items: Iterable[str], language: str) -> list[list]:
    """[[item, [[what, value]]]] as a recipient would read it now; an item about which nothing is known is left out."""
    chosen = set(items)
    with override(language), timezone.override(ZoneInfo(person.program.time_zone)):
        found = [[item, _providers[item](person)] for item in ITEMS if item in chosen]
    return [[item, rows] for item, rows in found if rows]


def tell_being_here(person: Person) -> Rows:
    """Since when they are with us, and until when they were."""
    episodes = Episode.objects.filter(person=person).order_by("-opened_at")
    return [
        [
            _("With us from"),
            _("%(day)s until %(until)s") % {"day": _day(one.opened_at), "until": _day(one.closed_at)}
            if one.closed_at
            else _day(one.opened_at),
        ]
        for one in episodes[:20]
    ]


def tell_reach(person: Person) -> Rows:
    """Phone and e-mail."""
    return [[what, value] for what, value in ((_("Phone"), person.phone), (_("E-mail"), person.email)) if value]


def tell_birth_date(person: Person) -> Rows:
    """The birth date, if it is known."""
    return [[_("Birth date"), date_format(person.birth_date, "DATE_FORMAT")]] if person.birth_date else []


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


provide("being_here", tell_being_here)
provide("reach", tell_reach)
provide("birth_date", tell_birth_date)
