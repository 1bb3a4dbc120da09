"""What a reader does: publish what they read, or give it back with kind words. Never their own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.outbox import queue_notice
from alongside.rules.lifecycles import STAFF
from alongside.rules.stories import RETURN_REASONS, tidy

from ..models import Story
from ..steps import AnotherEdition, NotNow, check_reviews, move, note_turn

WITHOUT_SHARE = {"share": None, "published_at": None, "reviewed_by": None}


def _lock(story: Story, by) -> Story:
    found = Story.objects.select_for_update(of=("self",)).select_related("person__program").get(pk=story.pk)
    check_reviews(owner=found.person, by=by)
    return found


def note_read(*, story: Story, by) -> None:
    """Written before the page is made: the writer sees in their log that somebody read it (G1)."""
    record(act="story.read", by=by, subject=story.person_id, object_kind="story", object_id=story.pk, view=True)


@transaction.atomic
def publish(*, story: Story, edition: int, by, now: datetime | None = None) -> Story:
    """Share it with whom its writer chose, under a new address. Raises `NotForYou`, `AnotherEdition`, `NotNow`."""
    now = now or timezone.now()
    found = _lock(story, by)
    if found.edition != edition:
        raise AnotherEdition
    move(found, "published", as_=STAFF, share=uuid4(), published_at=now, reviewed_by=by.user_id)
    note_turn(found, "published", by, now)
    record(act="story.published", by=by, subject=found.person_id, object_kind="story", object_id=found.pk, now=now)
    queue_notice(found.person, "something_new", now=now)
    return found


@transaction.atomic
def give_back(
    *, story: Story, reasons: Sequence[str], words: str, edition: int, by, now: datetime | None = None
) -> Story:
    """Back to its writer, also from the site: with reasons of `RETURN_REASONS` and own words.

    Raises `ValueError` without any of the two, `NotForYou`, `AnotherEdition`, `NotNow`.
    """
    now, words = now or timezone.now(), tidy(words)
    if not set(reasons) <= set(RETURN_REASONS) or not (reasons or words):
        raise ValueError("say why")
    found = _lock(story, by)
    if found.edition != edition:
        raise AnotherEdition
    if found.status not in ("in_review", "published"):
        raise NotNow(found.status)
    move(found, "draft", as_=STAFF, **WITHOUT_SHARE)
    note_turn(found, "given_back", by, now, reasons=list(reasons), words=words)
    record(act="story.given_back", by=by, subject=found.person_id, object_kind="story", object_id=found.pk, now=now)
    queue_notice(found.person, "something_new", now=now)
    return found
