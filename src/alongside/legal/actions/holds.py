"""Opening and ending a legal hold. A hold keeps; it neither opens a record nor lets anything out."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules.legal_hold import KINDS

from ..models import LegalHold


class HoldRefused(Exception):
    """Without a reason nothing is held and no hold ends; an end is written once. `code`: no_words, kind, over."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def open_hold(*, person: Person, kind: str, words: str, by, now: datetime | None = None) -> LegalHold:
    """Keep this person's record whole from now on. Raises `HoldRefused` without a known kind and words that say why.

    The person's row is locked: whoever erases locks it too, so either the hold is seen or there is nobody to hold.
    """
    if kind not in KINDS:
        raise HoldRefused("kind")
    if not words.strip():
        raise HoldRefused("no_words")
    Person.objects.select_for_update().get(pk=person.pk)
    hold = LegalHold.objects.create(
        program_id=person.program_id, person=person, kind=kind, words=words.strip(), opened_at=now or timezone.now(),
        opened_by_id=by.user_id,
    )  # fmt: skip
    record(act="hold.opened", by=by, subject=person.pk, object_kind="legal_hold", object_id=hold.pk, reason=kind)
    return hold


@transaction.atomic
def end_hold(*, hold: LegalHold, words: str, by, now: datetime | None = None) -> LegalHold:
    """The hold is over, and why. Other holds on the same person go on. Raises `HoldRefused` without words or twice."""
    if not words.strip():
        raise HoldRefused("no_words")
    locked = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if locked.ended_at:
        raise HoldRefused("over")
    locked.ended_at, locked.ended_by_id, locked.end_words = now or timezone.now(), by.user_id, words.strip()
    locked.save(update_fields=["ended_at", "ended_by", "end_words"])
    record(act="hold.ended", by=by, subject=locked.person_id, object_kind="legal_hold", object_id=locked.pk,
           reason=locked.kind)  # fmt: skip
    return locked
