"""One note for many: written once, and each who was there has a copy of their own in their record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.groups.holding import log_session
from alongside.groups.models import Came, GroupPlace, GroupSession
from alongside.groups.queries import Occasion
from alongside.mentoring.actions import Billed, Note, record_in_group
from alongside.rules.groups import find_naming, note_for_one

from .sessions import lock_session


class NotHeld(Exception):
    """There is no sheet yet, or the note was written already."""


class NamesSomebody(Exception):
    """Words that others would read name somebody of the group. Carries what `rules.groups.find_naming` found."""

    def __init__(self, found) -> None:
        super().__init__("names somebody")
        self.found = found


@dataclass(frozen=True)
class GroupNote:
    """What the leader wrote. `own` are words for single people by their id; `service` and `place` as a payer asks."""

    submit_key: UUID
    words: str = ""
    own: Mapping[UUID, str] = field(default_factory=dict)
    kinds_of_support: Collection[str] = ()
    read_together: bool = False
    service: str = ""
    place: str = ""
    fine_names: Collection[str] = ()
    """Names that were shown to the leader, who says that here they are none: everyday words, say. Only these pass."""


@transaction.atomic
def write_note(*, occasion: Occasion, note: GroupNote, by, now: datetime | None = None) -> int:
    """Give everybody who was there their copy; how many have one. With whom nobody walks has no note, only "came".

    The same key twice is one (I3). Raises `NotHeld`, `NamesSomebody`, and `mentoring.actions.NoteNotInMode`.
    """
    now = now or timezone.now()
    row = lock_session(occasion.group, occasion, now)
    came = list(Came.objects.filter(session=row).select_related("person").order_by("pk"))
    if row.note_key == note.submit_key:
        return sum(one.contact_id is not None for one in came)
    if row.status != "held" or row.noted_at:
        raise NotHeld
    own = {one.person_id: note.own.get(one.person_id, "") for one in came}
    found = find_naming(note.words, own, names_of(row))
    if not {name for one in found for name in one.named} <= set(note.fine_names):
        raise NamesSomebody(found)
    goals = _goals(row)
    notes = {one.person_id: _note_of(occasion, note, one, goals.get(one.person_id)) for one in came}
    contacts = record_in_group(notes=notes, by=by, now=now)
    for one in came:
        if contact := contacts.get(one.person_id):
            one.contact = contact
            one.save(update_fields=["contact"])
    row.noted_at, row.note_key = now, note.submit_key
    row.save(update_fields=["noted_at", "note_key"])
    log_session("group.noted", row, by=by)
    return len(contacts)


def names_of(row: GroupSession) -> dict[UUID, tuple[str, ...]]:
    """All names of everybody who has a place or was there: who stayed away this time is not named either."""
    places = GroupPlace.objects.filter(group=row.group_id, status="held").select_related("person")
    names = {one.person_id: {one.person.goes_by, one.alias} for one in places}
    for one in Came.objects.filter(session=row).select_related("person"):
        names.setdefault(one.person_id, set()).add(one.person.goes_by)
    return {key: tuple(sorted(filter(None, found))) for key, found in names.items()}


def _goals(row: GroupSession) -> dict[UUID, UUID]:
    """The goal that each said the group goes with, while it is open."""
    places = GroupPlace.objects.filter(
        group=row.group_id, status="held", goal__done_at__isnull=True, goal__set_aside_at__isnull=True
    )
    return dict(places.exclude(goal=None).values_list("person_id", "goal_id"))


def _note_of(occasion: Occasion, note: GroupNote, one: Came, goal_id: UUID | None) -> Note:
    """One copy. A payer asks for a goal: where somebody named none, their contact is not for a payer."""
    session, billed = occasion.session, None
    if note.service:
        pays = note.service != "not_billed" and goal_id is not None
        billed = Billed(
            session.starts_at, session.starts_at + timedelta(minutes=session.minutes),
            note.service if pays else "not_billed", note.place if pays else "", goal_id if pays else None,
        )  # fmt: skip
    return Note(
        submit_key=note.submit_key, happened_at=session.starts_at, mode="group", reached=True,
        minutes=session.minutes if note.kinds_of_support or note.words or billed else 0,
        kinds_of_support=tuple(note.kinds_of_support), note=note_for_one(note.words, note.own.get(one.person_id, "")),
        read_together=note.read_together, billed=billed,
    )  # fmt: skip
