"""Words of visitors: received without asking who, read by a person, shown or not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.rules.access import may
from alongside.rules.lifecycles import COMMENT, STAFF
from alongside.rules.stories import judge_comment, tidy

from .. import queries
from ..models import Comment, Story
from ..steps import NotForYou, check_reviews


class NotSent(Exception):
    """The words do not go to a reader. `code` is one of `rules.stories.NOT_SENT`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def receive_comment(
    *, story: Story, alias: str, words: str, seconds: float | None, trap: str, submit_key: UUID,
    now: datetime | None = None,
) -> Comment:  # fmt: skip
    """Words beneath a published story, for a reader; the same key twice is one (I3). Raises `NotSent`.

    The story is locked: it may be withdrawn at this moment, and then nothing is kept ("gone").
    """
    now = now or timezone.now()
    alias, words = " ".join(tidy(alias).split()), tidy(words)
    found = Story.objects.select_for_update().filter(pk=story.pk, status="published", comments_open=True).first()
    if found is None or not words:
        raise NotSent("gone")
    sent_before = Comment.objects.filter(submit_key=submit_key, story=found).first()
    if sent_before:
        return sent_before
    code = judge_comment(
        words, alias, seconds=seconds, trap=trap, was_said=queries.was_said(found.program_id, words, now),
        waiting=queries.count_waiting(found),
    )  # fmt: skip
    if code:
        raise NotSent(code)
    comment = Comment.objects.create(
        program_id=found.program_id, page="story", story=found, alias=alias, words=words, sent_at=now,
        submit_key=submit_key,
    )  # fmt: skip
    record(act="comment.received", by=None, program_id=found.program_id, object_kind="comment", object_id=comment.pk,
           now=now)  # fmt: skip
    return comment


@transaction.atomic
def decide_comment(*, comment: Comment, to: str, by, now: datetime | None = None) -> bool:
    """Show it or not ("shown", "refused"). Whether that changed anything. Raises `NotForYou`."""
    now = now or timezone.now()
    found = (
        Comment.objects.select_for_update(of=("self",)).select_related("story__person").filter(pk=comment.pk).first()
    )
    if found is None:
        return False  # its story was withdrawn meanwhile
    if found.story is not None:
        check_reviews(owner=found.story.person, by=by)
    elif not may("review_stories", by.roles):
        raise NotForYou
    if not COMMENT.may_move(found.status, to, by=STAFF):
        return False
    found.status, found.decided_at, found.decided_by = to, now, by.user_id
    found.save(update_fields=["status", "decided_at", "decided_by"])
    record(act="comment.decided", by=by, object_kind="comment", object_id=found.pk, reason=to, now=now)
    return True
