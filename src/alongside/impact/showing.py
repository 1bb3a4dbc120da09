"""Figures as words, charts and rows of a table. Nothing is computed here that is not already in the figure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.people.labels import label
from alongside.rules.measures import ALL, SMALLER, Figure

from .queries import NO_SITE

TITLES = {
    "days_to_match": gettext_lazy("Days from asking to a match"),
    "contacts_reached": gettext_lazy("Contacts in which the person was reached"),
    "engaged_30": gettext_lazy("Still in touch at day 30"),
    "engaged_60": gettext_lazy("Still in touch at day 60"),
    "engaged_90": gettext_lazy("Still in touch at day 90"),
    "offers_accepted": gettext_lazy("Offers that became a match"),
    "days_to_contact": gettext_lazy("Days from choosing a place to the first contact there"),
}
NOTES = {
    "days_to_match": gettext_lazy(
        "The middle of all who were matched: half waited shorter, half longer. Those who still wait are counted "
        "beside it, because leaving them out would flatter."
    ),
    "contacts_reached": gettext_lazy("Of all calls, visits and messages that peers wrote down, tries included."),
    "engaged_30": gettext_lazy("Reached at least once in days 1 to 30. People who left are counted too."),
    "engaged_60": gettext_lazy("Reached at least once in days 31 to 60. People who left are counted too."),
    "engaged_90": gettext_lazy("Reached at least once in days 61 to 90. People who left are counted too."),
    "offers_accepted": gettext_lazy("Of all offers that were answered or ran out of time."),
    "days_to_contact": gettext_lazy(
        "The middle of all ways to a place on which they met or talked, as the place or the people themselves said. "
        "Ways that go on, and those that ended without anybody saying so, are counted beside it. It is shown for "
        "everyone together only."
    ),
}
DAYS = ("days_to_match", "days_to_contact")


@dataclass(frozen=True)
class Chart:
    """One figure with its groups, as the component `chart_with_table` takes it."""

    code: str
    title: str
    note: str
    unit_label: str
    rows: list[dict]
    whole: dict


def spoken_group(name: str) -> str:
    """The name of a group in the reader's language."""
    if name == ALL:
        return _("Everyone")
    if name == SMALLER:
        return _("Smaller groups together")
    if name == NO_SITE:
        return _("No site noted")
    if name == "everyone":
        return _("Everyone")
    return str(label("kind", name))


def draw(figures: dict[str, Figure]) -> Chart:
    """A measure as a chart; bars of days are scaled to the longest one."""
    code = figures[ALL].code
    longest = max((figure.value or 0 for figure in figures.values()), default=0) or 1
    names = [name for name in figures if name != ALL]
    rows = [_row(name, figures[name], longest) for name in names] if len(names) > 1 else []
    rows.append(_row(ALL, figures[ALL], longest))
    unit = _("days") if code in DAYS else _("share of people")
    if code in ("contacts_reached", "offers_accepted"):
        unit = _("share")
    return Chart(code, str(TITLES[code]), str(NOTES[code]), unit, rows, rows[-1])


def _row(name: str, figure: Figure, longest: float) -> dict:
    is_days = figure.code in DAYS
    percent = 0.0
    if figure.value is not None:
        percent = figure.value / longest * 100 if is_days else figure.value * 100
    return {
        "label": spoken_group(name),
        "value": spoken_value(figure),
        "percent": round(percent),
        "n": "–" if figure.n is None else figure.n,
        "missing": "–" if figure.missing is None else figure.missing,
        "not_due": "–" if figure.not_due is None else figure.not_due,
        "range": spoken_range(figure),
        "hidden": figure.hidden and figure.value is None,
    }


def spoken_value(figure: Figure) -> str:
    """A share in whole percent, a median in days; words where nothing can be said."""
    if figure.value is None:
        return _("hidden") if figure.hidden else _("nobody yet")
    if figure.code in DAYS:
        days = round(figure.value)
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return f"{figure.value:.0%}"


def spoken_range(figure: Figure) -> str:
    """The interval or the quartiles, in the unit of the figure."""
    if figure.low is None or figure.high is None:
        return ""
    if figure.code in DAYS:
        return _("half between %(low)d and %(high)d days") % {"low": round(figure.low), "high": round(figure.high)}
    return _("likely between %(low)s and %(high)s") % {"low": f"{figure.low:.0%}", "high": f"{figure.high:.0%}"}
