"""Whether everybody is served alike, in words: figures with their range, alerts, and places that are missing.

Nothing is computed here that is not in the figures; what is hidden there stays hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.people.labels import label
from alongside.rules.measures import Figure

from .missing_places import KeptShortage
from .reasons import wish_words
from .run_words import HELPS

DIMENSIONS = {
    "language": gettext_lazy("By language"),
    "gender": gettext_lazy("By gender"),
    "age": gettext_lazy("By age"),
    "race": gettext_lazy("By race or ethnicity"),
    "kind": gettext_lazy("By whom it is for"),
    "site": gettext_lazy("By site"),
}
"""Every dimension, in the order of the page."""

NOT_GIVEN, SEVERAL = "not_given", "several"


@dataclass(frozen=True)
class GroupLine:
    """One group: people, and matched, waited and fit as (name of the figure, words, range in words)."""

    name: str
    people: str
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class GroupTable:
    """The groups of one dimension."""

    code: str
    title: str
    lines: list[GroupLine]


@dataclass(frozen=True)
class MissingLine:
    """Places that are missing: for whom, how many, and what could be loosened instead."""

    who: str
    how_many: str
    instead: list[str]


def group_tables(standings: Iterable[Any], sites: Mapping[str, str]) -> list[GroupTable]:
    """A table of everybody, and one for each dimension with more than one group (`fairness.Standing`)."""
    everybody: list[GroupTable] = []
    found: dict[str, list[GroupLine]] = {code: [] for code in DIMENSIONS}
    for one in standings:
        if not one.dimension:
            everybody = [GroupTable("everyone", _("Everyone"), [_line(_("Everyone"), one)])]
        elif one.dimension in found:
            found[one.dimension].append(_line(group_name(one.dimension, one.value, sites), one))
    groups = [GroupTable(code, str(DIMENSIONS[code]), lines) for code, lines in found.items() if len(lines) > 1]
    return everybody + groups


def group_name(dimension: str, value: str, sites: Mapping[str, str]) -> str:
    """The name of one group: "Spanish", "35 to 44", the name of a site."""
    if value == NOT_GIVEN:
        return _("No site noted") if dimension == "site" else _("Not said")
    if (dimension, value) == ("race", SEVERAL):
        return _("More than one")
    if dimension == "site":
        return sites.get(value, _("A site of before"))
    return str(label({"age": "age_band"}.get(dimension, dimension), value))


def alert_words(alert: Any, sites: Mapping[str, str]) -> str:
    """One sentence for a group that waits notably longer (`fairness.Alert`)."""
    words = {
        "group": group_name(alert.dimension, alert.value, sites), "days": alert.days_longer,
        "own": alert.median.days, "rest": alert.median_of_rest.days,
    }  # fmt: skip
    if alert.is_at_least:
        return (
            ngettext(
                "The group “%(group)s” waits longer than the others, by %(days)d day at least: half of the others "
                "were matched within %(rest)d days, and of this group not half yet.",
                "The group “%(group)s” waits longer than the others, by %(days)d days at least: half of the others "
                "were matched within %(rest)d days, and of this group not half yet.",
                alert.days_longer,
            )
            % words
        )
    return (
        ngettext(
            "The group “%(group)s” waits longer than the others, by about %(days)d day: half of it were matched "
            "within %(own)d days, half of the others within %(rest)d.",
            "The group “%(group)s” waits longer than the others, by about %(days)d days: half of it were matched "
            "within %(own)d days, half of the others within %(rest)d.",
            alert.days_longer,
        )
        % words
    )


def missing_lines(shortages: Sequence[KeptShortage], sites: Mapping[str, str]) -> list[MissingLine]:
    """ "Spanish only · Woman · River house": 9 waiting, 2 places."""
    return [
        MissingLine(
            " · ".join(term_words(name, value, sites) for name, value in one.terms) or _("Everyone"),
            _waiting_words(one),
            [_instead(code, places) for code, places in one.loosened.items() if code in HELPS],
        )
        for one in shortages
    ]


def term_words(name: str, value: str, sites: Mapping[str, str]) -> str:
    """One term of a group: what somebody has, or needs."""
    if name == "only_language":
        return _("speaks only %(language)s") % {"language": label("language", value)}
    if name == "only_mode":
        return _("can only meet: %(mode)s") % {"mode": label("mode", value)}
    if name.startswith("must_"):
        return _("the peer has to be or have: %(wish)s") % {
            "wish": wish_words(f"{name.removeprefix('must_')}:{value}")
        }  # fmt: skip
    return group_name(name, value, sites)


def _waiting_words(one: KeptShortage) -> str:
    words = ngettext(
        "%(waiting)d person waits; free places with peers who fit: %(places)d.",
        "%(waiting)d people wait; free places with peers who fit: %(places)d.",
        one.waiting,
    )
    return words % {"waiting": one.waiting, "places": one.places}


def _instead(code: str, places: int) -> str:
    words = ngettext(
        "%(what)s: %(places)d more place would be open to some of them.",
        "%(what)s: %(places)d more places would be open to some of them.",
        places,
    )
    return words % {"what": HELPS[code], "places": places}


def _line(name: str, one: Any) -> GroupLine:
    return GroupLine(
        name,
        _("hidden") if one.people is None else str(one.people),
        (
            (_("Matched"), _share(one.matched), _range(one.matched, _percent)),
            (_("Days waited"), _days(one.waited), _range(one.waited, _plain)),
            (_("Fit of 100"), _points(one.fit), _range(one.fit, _plain)),
        ),
    )


def _share(figure: Figure) -> str:
    return _empty(figure) if figure.value is None else _percent(figure.value)


def _days(figure: Figure) -> str:
    if figure.value is None and not figure.hidden and figure.n:
        return _("not half yet")
    if figure.value is None:
        return _empty(figure)
    days = round(figure.value)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _points(figure: Figure) -> str:
    return _empty(figure) if figure.value is None else _plain(figure.value)


def _empty(figure: Figure) -> str:
    return _("hidden") if figure.hidden else "–"


def _range(figure: Figure, said: Any) -> str:
    if figure.low is None and figure.high is None:
        return ""
    if figure.high is None:
        return _("%(low)s or more") % {"low": said(figure.low)}
    return _("%(low)s to %(high)s") % {"low": said(figure.low or 0), "high": said(figure.high)}


def _percent(share: float) -> str:
    return _("%(percent)d %%") % {"percent": round(100 * share)}


def _plain(value: float) -> str:
    return str(round(value))
