"""Writing down that somebody has a copy of everything: before the first byte leaves (G1)."""

from django.db import transaction

from alongside.audit.actions import record
from alongside.people.models import Person


@transaction.atomic
def note_taken(*, person: Person, by) -> None:
    """The person took their copy."""
    record(act="takeout.made", by=by, subject=person.pk, object_kind="takeout", object_id=person.pk, view=True)


@transaction.atomic
def note_given(*, person: Person, identity: str, by) -> None:
    """Staff made the copy for the person, and how they made sure who it was. The person reads both in their log."""
    record(act="record.exported", by=by, subject=person.pk, object_kind="takeout", object_id=person.pk, view=True,
           words=identity)  # fmt: skip
