"""Putting a recording to a story that is being written, and erasing it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.rules import sound

from .. import sounds
from ..models import Recording, Story
from ..steps import NotNow, NotYours, lock_own


def _of_draft(story: Story, by) -> Story:
    found = lock_own(story, by)
    if found.status != "draft":
        raise NotNow(found.status)
    return found


def _log_changed(story: Story, act: str, by, now: datetime) -> None:
    story.edition, story.changed_at = story.edition + 1, now
    story.save(update_fields=["edition", "changed_at"])
    record(act=act, by=by, subject=story.person_id, object_kind="story", object_id=story.pk, now=now)


def put_sound(*, story: Story, content: bytes, by, now: datetime | None = None) -> Recording:
    """Put a recording to a draft instead of an earlier one; what tells of its maker is taken out.

    The file is read before the database is held: it takes a moment, and on SQLite nobody else could write meanwhile.
    Raises `rules.sound.NotSound`, `NotYours`, `NotNow`.
    """
    now = now or timezone.now()
    if story.person_id != by.person_id:
        raise NotYours
    return _keep(story, sound.clean(content), by, now)


@transaction.atomic
def _keep(story: Story, cleaned: sound.Sound, by, now: datetime) -> Recording:
    found = _of_draft(story, by)
    Recording.objects.filter(story=found).delete()
    recording = Recording.objects.create(
        program_id=found.program_id, story=found, kind=cleaned.kind, size=len(cleaned.content), added_at=now
    )
    sounds.write(recording, cleaned.content)
    _log_changed(found, "story.sound_added", by, now)
    return recording


@transaction.atomic
def take_sound_away(*, story: Story, by, now: datetime | None = None) -> bool:
    """Erase the recording of a draft. Whether there was one. Raises `NotYours`, `NotNow`."""
    found = _of_draft(story, by)
    if not Recording.objects.filter(story=found).delete()[0]:
        return False
    _log_changed(found, "story.sound_removed", by, now or timezone.now())
    return True
