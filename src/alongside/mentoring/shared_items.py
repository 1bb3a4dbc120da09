"""What may be shared of walking together, when the person signed for it: names, days, times, notes."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.people.labels import label
from alongside.people.models import Person
from alongside.privacy.items import Rows, provide

from .models import OPEN_MENTORSHIPS, Appointment, Contact, Mentorship

MOST = 100
"""So many lines of one item, the newest, leave at once."""


def provide_items() -> None:
    """Called in `AppConfig.ready`."""
    provide("walks_with", tell_walks_with)
    provide("contacts", tell_contacts)
    provide("times", tell_times)
    provide("notes", tell_notes)


def tell_walks_with(person: Person) -> Rows:
    """Who walks with them now, and since when."""
    walks = Mentorship.objects.filter(participant=person, status__in=OPEN_MENTORSHIPS).select_related("peer__person")
    return [[walk.peer.person.goes_by, _("since %(day)s") % {"day": _day(walk.introduced_at)}] for walk in walks]


def tell_contacts(person: Person) -> Rows:
    """The days on which they talked or met, without a word of what was said."""
    met = Contact.objects.filter(participant=person, status="completed").order_by("-happened_at")
    rows = met.values_list("happened_at", "mode")[:MOST]
    return [[_day(at), str(label("contact_mode", mode))] for at, mode in rows]


def tell_times(person: Person) -> Rows:
    """Times to come, without the place."""
    mine = Appointment.objects.filter(
        mentorship__participant=person, status="planned", on_day__gte=timezone.localdate()
    )
    rows = mine.order_by("on_day", "at_time").values_list("on_day", "at_time", "mode")[:MOST]
    return [
        [f"{date_format(day, 'DATE_FORMAT')}, {date_format(at, 'TIME_FORMAT')}", str(label("contact_mode", mode))]
        for day, at, mode in rows
    ]


def tell_notes(person: Person) -> Rows:
    """Notes of talks with what the person answered: what they read themself, and no more."""
    notes = Contact.objects.filter(participant=person, status="completed").prefetch_related("additions", "written_as")
    rows = []
    for note in [one for one in notes.order_by("-happened_at")[:MOST] if one.note]:
        own_line = note.written_as.their_line if hasattr(note, "written_as") else ""
        words = [note.note, *filter(None, [own_line]), *(one.words for one in note.additions.all())]
        rows.append([_day(note.happened_at), "\n".join(words)])
    return rows


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
