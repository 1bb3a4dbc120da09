"""Several answers to one list, side by side, in the words of a coordinator. No queries here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.people.labels import label

MODES = {
    "most_served": (
        gettext_lazy("Serve most"),
        gettext_lazy("This is how it is done: as many people as possible have a place, urgent ones and those who wait "
                     "longest first; then the best fit; then even loads."),
    ),
    "stable": (
        gettext_lazy("Nobody would swap"),
        gettext_lazy("No person and peer would both rather have each other than what they got. It knows no urgency."),
    ),
    "first_come": (
        gettext_lazy("First come"),
        gettext_lazy("Whoever waits longest takes the best fit that is left, as with a list on paper."),
    ),
}  # fmt: skip
"""Mode to its name and what it does."""

GROUPS = (
    ("urgency", gettext_lazy("By urgency"), {"0": gettext_lazy("Usual"), "1": gettext_lazy("Soon"),
                                             "2": gettext_lazy("As soon as can be")}),
    ("language", gettext_lazy("By language"), "language"),
    ("gender", gettext_lazy("By gender"), "gender"),
    ("kind", gettext_lazy("By whom it is for"), "kind"),
)  # fmt: skip
"""Dimension, its title, and the labels of its values: the name of a group of labels, or the labels."""

DIFFERENCES = {
    "gets_a_peer": gettext_lazy("gets a place"),
    "loses_a_peer": gettext_lazy("loses the place"),
    "fits_better": gettext_lazy("fits better"),
    "fits_worse": gettext_lazy("fits less well"),
    "fits_alike": gettext_lazy("fits as well"),
}


@dataclass(frozen=True)
class Table:
    """Rows of words with a value for each column; `note` under the words."""

    title: str
    columns: list[str]
    rows: list[tuple[str, str, list[str]]]

    @property
    def cells(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The rows with the name of the column beside each value, for a narrow page."""
        return [(words, note, list(zip(self.columns, values, strict=True))) for words, note, values in self.rows]


def mode_words() -> list[tuple[str, str]]:
    """Each way with what it does."""
    return [(str(name), str(what)) for name, what in MODES.values()]


def figures_table(figures: Sequence[Any]) -> Table:
    """The ways side by side (`comparison.ModeFigures` in columns)."""
    lines: list[tuple[str, str, Callable[[Any], str]]] = [
        (_("Have a place"), "", lambda one: str(one.served)),
        (_("Have none"), "", lambda one: str(one.unserved)),
        (_("Fit on average"), _("of 100"), lambda one: points(one.fit_mean)),
        (_("Weakest fit"), _("of 100"), lambda one: points(one.fit_worst)),
        (_("Least busy peer"), _("how full"), lambda one: _share(one.loads.least)),
        (_("Busiest peer"), _("how full"), lambda one: _share(one.loads.most)),
        (_("Pairs who would rather have each other"), _("both of them: a reason to ask for a change"),
         lambda one: str(one.blocking_pairs)),
    ]  # fmt: skip
    rows = [(words, note, [of(one) for one in figures]) for words, note, of in lines]
    return Table(_("The ways side by side"), _columns(figures), rows)


def group_tables(figures: Sequence[Any]) -> list[Table]:
    """Who has a place in each way, by group: "4 of 9". Dimensions in which all are alike are left out."""
    tables = []
    for dimension, title, names in GROUPS:
        values = figures[0].shares.get(dimension, {}) if figures else {}
        if len(values) < 2:
            continue
        rows = [(_value(names, value), "", [_of(*one.shares[dimension][value]) for one in figures]) for value in values]
        tables.append(Table(str(title), _columns(figures), rows))
    return tables


def difference_lines(differences: Sequence[Any], people: Mapping[str, str], peers: Mapping[str, str]) -> list[str]:
    """ "Lucia: Ines instead of Dante, fits better", for those whose names are given."""
    lines = []
    for one in differences:
        if one.seeker_id not in people:
            continue
        words = {
            "name": people[one.seeker_id], "what": str(DIFFERENCES[one.code]),
            "first": peers.get(one.first_peer_id, ""), "second": peers.get(one.second_peer_id, ""),
        }  # fmt: skip
        if one.first_peer_id is None:
            lines.append(_("%(name)s: %(second)s (%(what)s)") % words)
        elif one.second_peer_id is None:
            lines.append(_("%(name)s: nobody instead of %(first)s (%(what)s)") % words)
        else:
            lines.append(_("%(name)s: %(second)s instead of %(first)s (%(what)s)") % words)
    return lines


def effect_words(effect: Any) -> list[str]:
    """What a change would do, in sentences."""
    now, then = effect.served
    found = [
        ngettext(
            "%(then)d person would have a place; now it is %(now)d.",
            "%(then)d people would have a place; now it is %(now)d.",
            then,
        )
        % {"then": then, "now": now},
        _("Fit on average: %(then)s of 100; now %(now)s.")
        % {"then": points(effect.fit_mean[1]), "now": points(effect.fit_mean[0])},
    ]
    many = len(effect.differences)
    found.append(
        ngettext("%(many)d person would have another peer than now, or none.",
                 "%(many)d people would have another peer than now, or none.", many) % {"many": many}
        if many else _("Nobody would have another peer than now.")
    )  # fmt: skip
    return found


def points(milli: float | None) -> str:
    """A fit in thousandths of a point, in whole points."""
    return "–" if milli is None else str(round(milli / 1000))


def _share(value: float) -> str:
    return _("%(percent)d %%") % {"percent": round(100 * value)}


def _of(served: int, people: int) -> str:
    return _("%(served)d of %(people)d") % {"served": served, "people": people}


def _columns(figures: Sequence[Any]) -> list[str]:
    return [str(MODES[one.mode][0]) for one in figures]


def _value(names: Any, value: str) -> str:
    if value == "not_given":
        return _("Not said")
    return str(names[value]) if isinstance(names, Mapping) else str(label(names, value))
