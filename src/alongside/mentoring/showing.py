"""Turns rows into words for a page: labels of a note, what somebody asks for, how long two have walked together."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.mentoring.models import Contact
from alongside.people.labels import label, spoken
from alongside.rules.availability import parts_from_hours

Facts = list[tuple[str, str]]


def with_labels(contacts: Iterable) -> list:
    """Contacts, whole or as plain rows, with `mode_label`, `support_labels` in the reader's language, and `added`."""
    contacts = list(contacts)
    for contact in contacts:
        contact.mode_label = spoken("contact_mode", contact.mode)
        contact.support_labels = [spoken("kind_of_support", code) for code in contact.kinds_of_support]
        if isinstance(contact, Contact):
            contact.added = list(contact.additions.all())
    return contacts


def spoken_list(group: str, codes: Iterable[str]) -> str:
    """Codes as one line of words."""
    return ", ".join(spoken(group, code) for code in codes)


def spoken_hours(hours: str) -> str:
    """Weekly hours by day, as the table of the form has them: "Monday: Morning, Evening"."""
    days: dict[str, list[str]] = {}
    for part in parts_from_hours(hours):
        day, _sep, name = part.partition("_")
        days.setdefault(str(label("day", day)), []).append(str(label("day_part", name)))
    return "; ".join(f"{day}: {', '.join(names)}" for day, names in days.items())


def wish_facts(wishes) -> Facts:
    """What a participant asks for, without what was not said."""
    facts = [
        (_("Would like help with"), spoken_list("need", wishes.needs)),
        (_("Pathway"), spoken_list("pathway", wishes.pathways)),
        (_("Languages"), spoken_list("language", wishes.languages)),
        (_("Life now"), spoken_list("life_stage", wishes.life_stages)),
        (_("Has been through"), spoken_list("experience", wishes.experiences)),
        (_("Enjoys"), spoken_list("interest", wishes.interests)),
        (_("Ways to meet"), spoken_list("mode", wishes.modes)),
        (_("Good times"), spoken_hours(wishes.hours) if wishes.hours_known else ""),
        (_("ZIP code"), wishes.zip),
    ]
    return [(name, str(words)) for name, words in facts if words]


def mentorship_facts(mentorship) -> Facts:
    """Who walks with whom and since when."""
    facts = [
        (_("Peer"), mentorship.peer.person.goes_by),
        (_("Together since"), date_format(mentorship.introduced_at, "DATE_FORMAT")),
        (_("Covers when needed"), mentorship.backup_peer.person.goes_by if mentorship.backup_peer else ""),
        (_("Now"), str(label("mentorship", mentorship.status))),
    ]
    return [(name, words) for name, words in facts if words]
