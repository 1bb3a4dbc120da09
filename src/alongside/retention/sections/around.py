"""Who may read and who did, which notices went out, and where the person is signed in."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.audit.queries import list_named, list_opened
from alongside.people.labels import label
from alongside.people.models import KnownDevice, OutgoingMessage, Person, SignIn
from alongside.people.queries import list_log_spans
from alongside.privacy.models import Grant
from alongside.privacy.showing import SAVED, list_namings

from .shape import CHUNK, Row, Section, columns

AT_ONCE = 1000
"""Lines of the log that are read in one query."""


def readers(person: Person) -> Iterable[Row]:
    """Who was allowed to open the record, and from when until when."""
    found = Grant.objects.filter(participant=person).select_related("reader").order_by("starts_at")
    for one in found.iterator(chunk_size=CHUNK):
        yield {
            "who": one.reader.goes_by, "reason": str(label("grant", one.kind)), "since": one.starts_at,
            "until": one.ends_at, "words": one.reason_words or "",
        }  # fmt: skip


def opened(person: Person) -> Iterable[Row]:
    """Who opened the record, and who saw the name in a list or a search. The newest first."""
    also = list_log_spans(person.pk)
    for rows in _pages(lambda page: list_opened(person.pk, also=also, page=page, per_page=AT_ONCE)):
        people = _names(rows)
        for one in rows:
            yield {
                "at": one.at, "who": people[one.actor_person_id].goes_by if one.actor_person_id in people else "",
                "role": str(label("role", one.role)), "count": 1, "words": one.words,
                "what": _("Saved what is written about you in a file.") if one.act == SAVED else
                _("Opened your record."),
            }  # fmt: skip
    for rows in _pages(lambda page: list_named(person.pk, also=also, page=page, per_page=AT_ONCE)):
        for one in list_namings(rows, _names(rows)):
            yield {"at": one["day"], "who": one["name"], "role": str(one["role"]), "what": str(one["what"]),
                   "count": one["count"], "words": " · ".join(one["words"])}  # fmt: skip


def _names(rows) -> dict:
    return Person.objects.in_bulk({row.actor_person_id for row in rows if row.actor_person_id})


def _pages(get) -> Iterator[list]:
    number, more = 1, True
    while more:
        page = get(number)
        yield page.rows
        number, more = number + 1, page.has_next


def notices(person: Person) -> Iterable[Row]:
    """Neutral notices that went out to them."""
    for one in OutgoingMessage.objects.filter(person=person).order_by("created_at").iterator(chunk_size=CHUNK):
        yield {
            "at": one.sent_at or one.created_at, "way": WAYS[one.channel], "address": one.recipient,
            "state": PERHAPS if one.status == "failed" and one.sent_at else STATES[one.status],
        }  # fmt: skip


def devices(person: Person) -> Iterable[Row]:
    """Where they are signed in, and devices that signed in before: coarse names, no addresses."""
    for one in SignIn.objects.filter(user__persons=person).order_by("created_at").iterator(chunk_size=CHUNK):
        yield {"what": one.device, "since": one.created_at, "until": one.latest_at, "state": _("Signed in")}
    known = KnownDevice.objects.filter(user__persons=person).order_by("first_at")
    for device in known.iterator(chunk_size=CHUNK):
        yield {"what": device.device, "since": device.first_at, "until": device.latest_at,
               "state": _("Signed in before")}  # fmt: skip


WAYS = {"email": gettext_lazy("E-mail"), "text": gettext_lazy("Text message")}
STATES = {
    "queued": gettext_lazy("Not sent yet"), "sent": gettext_lazy("Sent"), "failed": gettext_lazy("Did not go out"),
    "dropped": gettext_lazy("Held back: you do not wish it"),
}  # fmt: skip
PERHAPS = gettext_lazy("Perhaps sent: nobody knows")
SECTIONS = (
    Section("readers", gettext_lazy("Who may see this"), gettext_lazy("And from when until when."),
            columns("who reason since:moment until:moment words"), readers),
    Section("opened", gettext_lazy("Who opened it"), gettext_lazy("Nobody can take a line out of this list."),
            columns("at:moment who role what count:number words"), opened),
    Section("notices", gettext_lazy("Notices to you"), gettext_lazy("They told nothing but that there is a message."),
            columns("at:moment way address state"), notices),
    Section("devices", gettext_lazy("Where you are signed in"), gettext_lazy("Devices and when they were used."),
            columns("what since:moment until:moment state"), devices),
)  # fmt: skip
