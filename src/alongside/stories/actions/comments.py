"""Words of visitors: received without asking who, read by a person, shown or not."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Said:
    """What a visitor sent: words and a name, how many seconds after the page was opened (None: nobody knows), what
    stands in the field that people do not see, and the key by which the same form twice is one (I3)."""

    alias: str
    words: str
    seconds: float | None
    trap: str
    submit_key: UUID


@transaction.atomic
def receive_comment(
    *, story: Story, alias: str, words: str, seconds: float | None, trap: str, submit_key: UUID,
    now: datetime | None = None,
) -> Comment:  # fmt: skip
    """Words beneath a published story, for a reader; the same key twice is one (I3). Raises `NotSent`.

    The story is locked: it may be withdrawn at this moment, and then nothing is kept ("gone").
    """
    found = Story.objects.select_for_update().filter(pk=story.pk, status="published", comments_open=True).first()
    if found is None:
        raise NotSent("gone")
    said = Said(alias, words, seconds, trap, submit_key)
    return _keep(said, found.program_id, {"page": "story", "story": found}, now or timezone.now())


@transaction.atomic
def receive_beneath(*, beneath: UUID, said: Said, program_id: UUID, now: datetime | None = None) -> Comment:
    """The same beneath a page of the public site, which the caller has locked and found open. Raises `NotSent`."""
    return _keep(said, program_id, {"page": "site", "beneath": beneath}, now or timezone.now())


def _keep(said: Said, program_id: UUID, where: dict, now: datetime) -> Comment:
    alias, words = " ".join(tidy(said.alias).split()), tidy(said.words)
    if not words:
        raise NotSent("gone")
    if sent_before := Comment.objects.filter(submit_key=said.submit_key, **where).first():
        return sent_before
    everywhere, here = queries.count_said(program_id, words, now, **where)
    code = judge_comment(
        words, alias, seconds=said.seconds, trap=said.trap, said=everywhere, said_here=here,
        waiting=queries.count_waiting(**where),
    )  # fmt: skip
    if code:
        raise NotSent(code)
    comment = Comment.objects.create(
        program_id=program_id, alias=alias, words=words, sent_at=now, submit_key=said.submit_key, **where
    )
    record(act="comment.received", by=None, program_id=program_id, object_kind="comment", object_id=comment.pk,
           now=now)  # fmt: skip
    return comment


@transaction.atomic
def erase_beneath(*, beneath: UUID, by, now: datetime | None = None) -> int:
    """Erase all words beneath a page of the public site that is removed. Returns how many."""
    count = Comment.objects.filter(page="site", beneath=beneath).delete()[0]
    if count:
        record(act="comment.erased", by=by, object_kind="comment", now=now or timezone.now())
    return count


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
