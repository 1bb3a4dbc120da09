"""What a person wishes about check-ins: who reads them, whether to be reminded, whether to answer by text."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.checkins.holding import hold_rhythm, local_day, notice
from alongside.checkins.models import Rhythm
from alongside.checkins.queries import get_check_in_policy
from alongside.people.models import Person


@transaction.atomic
def set_wishes(
    *, person: Person, is_hidden: bool, is_reminded: bool, answers_by_text: bool, by, now: datetime | None = None
) -> Rhythm:
    """Set them. Whoever hides is not watched from this moment; a first reminder comes a turn from today."""
    now = now or timezone.now()
    policy = get_check_in_policy()
    rhythm = hold_rhythm(person)
    before = (rhythm.is_hidden, bool(rhythm.next_ask_on), rhythm.answers_by_text)
    wanted = (is_hidden, is_reminded, answers_by_text)
    names = ("is_hidden", "is_reminded", "answers_by_text")
    changed = [name for name, old, new in zip(names, before, wanted, strict=True) if old != new]
    if not changed:
        return rhythm
    rhythm.is_hidden, rhythm.answers_by_text = is_hidden, answers_by_text
    if not is_reminded:
        rhythm.next_ask_on = None
    elif not rhythm.next_ask_on:
        rhythm.next_ask_on = local_day(person, now) + timedelta(days=policy.every_days)
    if "is_hidden" in changed:
        notice(rhythm, policy)
    rhythm.save()
    record(
        act="check_in.wishes_changed", by=by, subject=person.pk, object_kind="rhythm", object_id=rhythm.pk,
        fields=changed,
    )  # fmt: skip
    return rhythm
