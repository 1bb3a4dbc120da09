"""What may be read of stories: by whom, and in which state."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django_scopes import scopes_disabled

from alongside.audit.fields import blind_index
from alongside.people.models import Program
from alongside.rules.stories import may_see
from alongside.workforce.models import PeerProfile

from .models import Comment, Story

MOST = 200
"""Stories of one writer, or lines of a history, that a list shows."""


# --- for everybody ------------------------------------------------------------------------------------------------
def list_shown(program: Program, actor, *, language: str = "", voice: str = "", pathway: str = "") -> QuerySet[Story]:
    """Published ones of the program in scope that this actor may open, newest first. Those for matches are in none."""
    audiences = [one for one in ("public", "program") if may_see(one, is_of_program=is_of(actor, program.pk))]
    wanted = {"language": language, "voice": voice, "pathway": pathway}
    return (
        Story.objects.filter(program=program, status="published", audience__in=audiences)
        .filter(**{name: value for name, value in wanted.items() if value})
        .select_related("recording")
        .defer("keep_out")
        .order_by("-published_at", "pk")
    )


def get_shown(share: UUID, actor) -> Story | None:
    """The published story of this address, of any program, where the actor may open it. The caller answers 404."""
    with scopes_disabled():  # an address that is passed on leads there from any program's pages
        story = Story.objects.filter(share=share, status="published").select_related("recording", "program").first()
    if story is None or not may_see(story.audience, is_of_program=is_of(actor, story.program_id)):
        return None
    return story


def is_of(actor, program_id: UUID) -> bool:
    """Whether the actor is signed in with a role in this program."""
    return bool(actor.user_id and actor.roles and actor.program_id == program_id)


def list_comments(story: Story) -> QuerySet[Comment]:
    """What everybody may read beneath a story, the earliest first; nothing where its owner wants none."""
    if not story.comments_open:
        return Comment.objects.none()
    return story.comments.filter(status="shown").order_by("sent_at", "pk")


def list_beneath(page_id: UUID) -> QuerySet[Comment]:
    """What everybody may read beneath a page of the public site, the earliest first."""
    return Comment.objects.filter(beneath=page_id, status="shown").order_by("sent_at", "pk")


def count_waiting(**where) -> int:
    """How many words beneath a page wait for a reader: `story=` a story, or `beneath=` the id of a public page."""
    return Comment.objects.filter(status="waiting", **where).count()


def count_said(program_id: UUID, words: str, now: datetime, **where) -> tuple[int, int]:
    """How often the same words came within a day, whatever became of them: to any page, and to this one."""
    lately = Comment.objects.filter(program_id=program_id, sent_at__gte=now - timedelta(days=1))
    counts = lately.filter(words_index=blind_index(words, "comment")).aggregate(
        said=Count("pk"), here=Count("pk", filter=Q(**where))
    )
    return counts["said"], counts["here"]


# --- for matching -------------------------------------------------------------------------------------------------
def list_with_offers(person_ids: Sequence[UUID]) -> dict[UUID, Story]:
    """Person to their newest published story that stands beside their offers. One query; bytes are not read."""
    rows = Story.objects.filter(person_id__in=person_ids, status="published", with_offers=True)
    return {row.person_id: row for row in rows.select_related("recording").defer("keep_out").order_by("published_at")}


def is_peer(person_id: UUID) -> bool:
    """Whether somebody is offered to others."""
    return PeerProfile.objects.filter(pk=person_id).exists()


# --- for the writer -----------------------------------------------------------------------------------------------
def list_own(actor) -> list[Story]:
    """All of the actor's, the newest first."""
    rows = Story.objects.filter(person_id=actor.person_id).select_related("recording")
    return list(rows.defer("parts", "keep_out").order_by("-made_at", "pk")[:MOST])


def get_own(actor, story_id: UUID) -> Story | None:
    """One of the actor's, in whatever state."""
    return Story.objects.filter(pk=story_id, person_id=actor.person_id).select_related("recording").first()


def list_turns(story: Story) -> list:
    """Its history, the latest first."""
    return list(story.turns.order_by("-at")[:MOST])


# --- for readers --------------------------------------------------------------------------------------------------
def list_in_review(actor) -> QuerySet[Story]:
    """Those that wait, the longest first, without the actor's own."""
    rows = Story.objects.filter(status="in_review").exclude(person__user_id=actor.user_id)
    return rows.select_related("recording").defer("parts", "keep_out").order_by("sent_at", "pk")


def list_reviewed(actor) -> QuerySet[Story]:
    """Those on the site, which can be given back, the newest first, without the actor's own."""
    rows = Story.objects.filter(status="published").exclude(person__user_id=actor.user_id)
    return rows.select_related("recording").defer("parts", "keep_out").order_by("-published_at", "pk")


def get_for_review(actor, story_id: UUID) -> Story | None:
    """One that waits or stands on the site; never one's own."""
    rows = Story.objects.filter(pk=story_id, status__in=("in_review", "published"))
    return rows.exclude(person__user_id=actor.user_id).select_related("recording").defer("keep_out").first()


def list_waiting_comments(actor) -> QuerySet[Comment]:
    """What visitors wrote that nobody has read yet, the longest first; never beneath a story of the actor's own."""
    rows = _to_decide(actor).filter(status="waiting").select_related("story").defer("story__parts", "story__keep_out")
    return rows.order_by("sent_at", "pk")


def get_comment(actor, comment_id: UUID) -> Comment | None:
    """One of the program in scope, not beneath a story of the actor's own."""
    return _to_decide(actor).filter(pk=comment_id).first()


def _to_decide(actor) -> QuerySet[Comment]:
    """Beneath nobody's draft: its title is its writer's alone. What waits there waits for the story to be back."""
    there = Q(story=None) | Q(story__status="published")
    return Comment.objects.filter(there).exclude(story__person__user_id=actor.user_id)
