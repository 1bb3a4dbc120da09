"""Walking together: with whom, the notes about them, messages, times, and whom they could choose from."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.matching.models import Offer
from alongside.matching.reasons import YOU, speak_against, speak_for
from alongside.mentoring.models import Addition, Appointment, Contact, Handover, Mentorship, Message
from alongside.people.labels import spoken
from alongside.people.models import Person

from .shape import CHUNK, Row, Section, columns


def walks(person: Person) -> Iterable[Row]:
    """Everybody they walked with, and changes that were asked for."""
    found = Mentorship.objects.filter(participant=person).select_related("peer__person", "backup_peer__person")
    changes = Prefetch("handovers", Handover.objects.order_by("asked_at"))
    for one in found.prefetch_related(changes).order_by("introduced_at").iterator(chunk_size=CHUNK):
        yield {
            "who": one.peer.person.goes_by, "since": one.introduced_at, "until": one.ended_at,
            "state": spoken("mentorship", one.status), "what": _("Walked with you"),
            "reason": spoken("end_reason", one.end_reason) if one.end_reason else "", "words": "",
        }  # fmt: skip
        for change in one.handovers.all():
            own = change.asked_by_role == "participant"
            yield {
                "who": one.peer.person.goes_by, "since": change.asked_at, "until": change.finished_at,
                "state": spoken("handover", change.status), "what": _("A change was asked for"), "reason": "",
                # What staff or the peer wrote about it is theirs.
                "words": change.reason_words if own else "",
            }  # fmt: skip


def notes(person: Person) -> Iterable[Row]:
    """What was written about them, as they read it on their own page, with what was added (tenet 1)."""
    added = Prefetch("additions", Addition.objects.select_related("author").order_by("added_at"))
    found = Contact.objects.filter(participant=person, status__in=["completed", "attempted"])
    found = found.select_related("author", "written_as").prefetch_related(added).order_by("happened_at")
    for one in found.iterator(chunk_size=CHUNK):
        yield {
            "at": one.happened_at, "who": one.author.goes_by, "state": spoken("contact", one.status),
            "way": spoken("contact_mode", one.mode), "minutes": one.minutes,
            "support": [spoken("kind_of_support", code) for code in one.kinds_of_support], "words": one.note,
            "own_line": one.written_as.their_line if hasattr(one, "written_as") else "",
            "next_step": one.next_step, "next_step_on": one.next_step_on, "read_at": one.read_at,
            "answers": [f"{each.author.goes_by}, {date_format(timezone.localtime(each.added_at))}: {each.words}"
                        for each in one.additions.all()],
        }  # fmt: skip


def messages(person: Person) -> Iterable[Row]:
    """Both sides of each thread."""
    found = Message.objects.filter(mentorship__participant=person).select_related("author").order_by("sent_at")
    for one in found.iterator(chunk_size=CHUNK):
        yield {"at": one.sent_at, "who": one.author.goes_by, "words": one.body, "read_at": one.read_at}


def times(person: Person) -> Iterable[Row]:
    """Times together, by the clock on the wall."""
    found = Appointment.objects.filter(mentorship__participant=person).select_related("mentorship__peer__person")
    for one in found.order_by("on_day", "at_time").iterator(chunk_size=CHUNK):
        yield {
            "day": one.on_day, "time": f"{one.at_time:%H:%M} {one.time_zone}", "minutes": one.minutes,
            "who": one.mentorship.peer.person.goes_by, "way": spoken("contact_mode", one.mode), "place": one.place,
            "state": spoken("appointment", one.status),
        }  # fmt: skip


def offers(person: Person) -> Iterable[Row]:
    """Whom they could choose from. Why somebody could not is not told: it may be somebody else's secret (D7)."""
    found = Offer.objects.filter(episode__person=person).select_related("peer__person", "round")
    for one in found.order_by("offered_at", "rank").iterator(chunk_size=CHUNK):
        own = one.status in ("offered", "chosen", "accepted", "declined")
        yield {
            "at": one.offered_at, "who": one.peer.person.goes_by,
            "state": spoken("offer", one.status) if own else _("It was not possible then"),
            "for": speak_for(one.reasons, YOU), "against": speak_against(one.reasons, YOU),
            "words": one.decline_words if one.status == "declined" else "",
        }  # fmt: skip


SECTIONS = (
    Section("walks", gettext_lazy("Who walked with you"), gettext_lazy("Each of them, and changes."),
            columns("what who since:moment until:moment state reason words"), walks),
    Section("notes", gettext_lazy("Notes about you"), gettext_lazy("What was written down, and your answers."),
            columns("at:moment who state way minutes:number support:list words own_line next_step next_step_on:day "
                    "answers:list read_at:moment"), notes),
    Section("messages", gettext_lazy("Messages"), gettext_lazy("What was written to each other."),
            columns("at:moment who words read_at:moment"), messages),
    Section("times", gettext_lazy("Times together"), gettext_lazy("Planned, been, or called off."),
            columns("day:day time minutes:number who way place state"), times),
    Section("offers", gettext_lazy("Whom you could choose"), gettext_lazy("People who were proposed to you."),
            columns("at:moment who state for:list against:list words"), offers),
)  # fmt: skip
