"""Why two records may be of one person, what differs, and what has to be settled first, in words."""

from collections.abc import Iterable

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.labels import label
from alongside.people.models import Episode, Person
from alongside.people.speaking import list_reach_facts, speak_phone

LEVELS = {
    ("given", "same"): gettext_lazy("The same first name"),
    ("given", "short_form"): gettext_lazy("One first name is a short form of the other"),
    ("given", "similar"): gettext_lazy("First names written nearly alike"),
    ("given", "swapped"): gettext_lazy("First and family name in the other order"),
    ("given", "initial"): gettext_lazy("The same first letter of the first name"),
    ("given", "different"): gettext_lazy("Different first names"),
    ("family", "same"): gettext_lazy("The same family name"),
    ("family", "similar"): gettext_lazy("Family names written or sounding nearly alike"),
    ("family", "shared"): gettext_lazy("One of several names in common"),
    ("family", "initial"): gettext_lazy("The same first letter of the family name"),
    ("family", "different"): gettext_lazy("Different family names"),
    ("born", "same"): gettext_lazy("Born on the same day"),
    ("born", "day_and_month_swapped"): gettext_lazy("Birth dates with day and month in the other order"),
    ("born", "one_digit"): gettext_lazy("Birth dates that are one digit apart"),
    ("born", "close"): gettext_lazy("Birth dates of which two parts are the same"),
    ("born", "different"): gettext_lazy("Different birth dates"),
    ("phone", "same"): gettext_lazy("The same phone"),
    ("phone", "one_digit"): gettext_lazy("Phones that are one digit apart"),
    ("phone", "different"): gettext_lazy("Different phones"),
    ("email", "same"): gettext_lazy("The same e-mail"),
    ("email", "similar"): gettext_lazy("E-mails written nearly alike"),
    ("email", "different"): gettext_lazy("Different e-mails"),
    ("zip", "same"): gettext_lazy("The same ZIP code"),
    ("zip", "different"): gettext_lazy("Different ZIP codes"),
}
"""Every level of every field of `rules.linkage`."""

REFUSALS = {
    "not_two": gettext_lazy("These two records cannot be joined by you."),
    "both_open": gettext_lazy("Support has begun in both. Please end one stretch of support first."),
    "both_peers": gettext_lazy("Both have a profile as a peer. Two peers cannot be joined here."),
    "one_supports_other": gettext_lazy("One of the two supports the other, or did. They are two people."),
    "two_staff_accounts": gettext_lazy("Both sign in as staff. Please ask an administrator to end the roles of one."),
    "not_together": gettext_lazy(
        "What is recorded about the two does not go together. Please ask those who know them both."
    ),
    "choosing": gettext_lazy("One of them is choosing a peer now. Please wait for it, or take the offers back first."),
    "same_way_open": gettext_lazy("Both are on the way to the same place. End one of the two first."),
    "in_one_note": gettext_lazy("A note says that both were there together. They are two people."),
    "readers_not_seen": gettext_lazy("Who may read one of the two changed meanwhile. Please look at it again."),
}
"""Codes of `MergeRefused`. None says which boundary it was (D7)."""

UNDO_REFUSALS = {
    "undone": gettext_lazy("They are two records already."),
    "too_late": gettext_lazy("The time in which they could be taken apart is over."),
    "joined_again": gettext_lazy("The record was joined with one more since. Please take that apart first."),
    "changed_since": gettext_lazy(
        "Something changed since that belongs to only one of them, such as a record number or an account. "
        "Nothing was taken apart."
    ),
}


def list_reasons(reasons: Iterable[Iterable]) -> list[dict]:
    """[{words, points, good}] of stored reasons [[field, level, bits]], the most telling first."""
    told = sorted(((float(bits), field, level) for field, level, bits in reasons), key=lambda one: -abs(one[0]))
    return [
        {"words": LEVELS[field, level], "points": speak_points(bits), "good": bits > 0} for bits, field, level in told
    ]


def speak_points(bits: float) -> str:
    """The weight of a reason: "+12.1", "−3.2"."""
    return ("+" if bits > 0 else "−") + number_format(abs(bits), 1)


def compare_facts(first: Person, second: Person, episodes: dict) -> list[dict]:
    """[{name, first, second, differs}] of all that is known of two people, one row a fact."""
    rows = []
    for (name, mine), (_name, theirs) in zip(_facts(first, episodes), _facts(second, episodes), strict=True):
        if mine or theirs:
            rows.append({"name": name, "first": mine, "second": theirs, "differs": str(mine) != str(theirs)})
    return rows


def _facts(person: Person, episodes: dict) -> list[tuple[str, object]]:
    safe = getattr(person, "safe_contact", None)
    rules = {name: getattr(safe, name) for name in _REACH} if safe else {}
    reach = {} if safe is None else dict(list_reach_facts(rules, phone="", email=""))
    return [
        (_("Goes by"), person.goes_by),
        (_("Name in documents"), person.legal_name),
        (_("Birth date"), date_format(person.birth_date, "DATE_FORMAT") if person.birth_date else ""),
        (_("Phone"), speak_phone(person.phone)),
        (_("E-mail"), person.email),
        (_("Record number"), person.external_id),
        (_("Pronouns"), person.pronouns),
        (_("Language"), label("language", person.language)),
        (_("Supported"), "\n".join(map(_speak_episode, episodes[person.pk]))),
        (_("Signs in"), _("Yes") if person.user_id else _("No")),
        (_("You may"), reach.get(_("You may"), "")),
        (_("Known since"), date_format(person.created_at, "DATE_FORMAT")),
    ]


_REACH = (
    "channel", "may_call", "may_text", "may_voicemail", "may_email", "from_hour", "until_hour", "name_to_use",
    "texts_stopped_at",
)  # fmt: skip


def _speak_episode(episode: Episode) -> str:
    start = date_format(episode.opened_at, "DATE_FORMAT")
    if episode.closed_at is None:
        return _("since %(day)s") % {"day": start}
    return _("%(start)s to %(end)s") % {"start": start, "end": date_format(episode.closed_at, "DATE_FORMAT")}
