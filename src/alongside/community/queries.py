"""What may be read of pages of groups. Whoever is kept apart from a writer sees nothing of theirs, and no gap (D7)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from alongside.audit.fields import blind_index, every_index
from alongside.groups.models import Group, GroupPlace, Leader
from alongside.groups.queries import get_group_led_by, is_leader, list_apart
from alongside.occasions.showing import suggest_alias
from alongside.people.models import Program
from alongside.rules.community import quiet_ends_at

from .models import Community, Flag, PenName, Post

PER_PAGE = 20


# --- pages --------------------------------------------------------------------------------------------------------
def list_open() -> QuerySet[Community]:
    """Pages that are open now: of groups that have not ended and are still for those for whom it was opened."""
    found = Community.objects.filter(is_open=True, opened_for=F("group__for_whom")).exclude(group__status="ended")
    return found.select_related("group")


def has_page(group: Group) -> bool:
    """Whether the people of this group write to one another now."""
    return list_open().filter(group=group).exists()


def get_page_of(person_id: UUID, group_id: UUID) -> Community | None:
    """The open page of a group in which somebody holds a place; None: the caller answers 404."""
    held = GroupPlace.objects.filter(person_id=person_id, group=OuterRef("group"), status="held")
    return list_open().filter(Exists(held), group_id=group_id).first()


def get_group_looked_after(actor, group_id: UUID) -> Group | None:
    """A group whose page the actor looks after: one they lead, or any of the program for a coordinator."""
    found = get_group_led_by(actor, group_id)
    return found if found and (actor.has("coordinator") or is_leader(actor, found)) else None


def is_inside(community: Community, person_id: UUID | None) -> bool:
    """Whether somebody holds a place in the group or leads it: then they may write."""
    group = community.group_id
    return (
        GroupPlace.objects.filter(group=group, person_id=person_id, status="held").exists()
        or Leader.objects.filter(group=group, person_id=person_id).exists()
    )


def get_name(community: Community, person_id: UUID | None) -> PenName | None:
    """The name somebody chose for this page."""
    return PenName.objects.filter(community=community, person_id=person_id).first()


def has_written_under(person_id: UUID | None, group_id: UUID) -> bool:
    """Whether somebody chose a name on the page of this group once, open or not."""
    return PenName.objects.filter(community__group=group_id, person_id=person_id).exists()


def suggest_name(community: Community) -> str:
    """A name that is nobody's, on this page either."""
    taken = set(PenName.objects.filter(community=community).values_list("name_index", flat=True))
    made = (suggest_alias() for _try in range(50))
    return (
        next((name for name in made if taken.isdisjoint(every_index(blind_index(name, "name")))), "") or suggest_alias()
    )


def quiet_until(community: Community, program: Program, now: datetime) -> datetime | None:
    """When the quiet hours end that are now."""
    return quiet_ends_at(community.quiet_from, community.quiet_until, now, ZoneInfo(program.time_zone))


# --- posts --------------------------------------------------------------------------------------------------------
def list_posts(community: Community, person_id: UUID | None, *, hidden_too: bool = False) -> QuerySet[Post]:
    """What this person may see of a page, with the names: nothing of whoever they are kept apart from.

    An answer to what they do not see is not there either. What is hidden only its writer sees, and `hidden_too`
    whoever looks after the page.
    """
    apart = list_apart([person_id]) if person_id else set()
    posts = Post.objects.filter(community=community).select_related("name")
    if apart:
        posts = posts.exclude(name__person_id__in=apart)
        posts = posts.filter(Q(answers_to=None) | ~Q(answers_to__name__person_id__in=apart))
    if not hidden_too:
        posts = posts.filter(Q(status="shown") | Q(name__person_id=person_id))
        posts = posts.filter(Q(answers_to=None) | Q(answers_to__status="shown") | Q(name__person_id=person_id))
    return posts


@dataclass(frozen=True)
class Thread:
    """A post and the answers to it. `flags`: for each reason how many asked for a look, by the post's id."""

    post: Post
    answers: list[Post] = field(default_factory=list)


def list_threads(
    community: Community, person_id: UUID | None, *, number: Any = 1, hidden_too: bool = False
) -> tuple[Any, list[Thread]]:
    """One part of a page, newest first, each with its answers, oldest first: (the part, its threads)."""
    posts = list_posts(community, person_id, hidden_too=hidden_too)
    answers = Prefetch("answers", posts.order_by("written_at", "pk"), to_attr="seen_answers")
    heads = posts.filter(answers_to=None).order_by("-written_at", "pk").prefetch_related(answers)
    part = Paginator(heads, PER_PAGE).get_page(number)
    return part, [Thread(post, post.seen_answers) for post in part]


def get_post(community: Community, person_id: UUID | None, post_id: UUID, *, hidden_too: bool = False) -> Post | None:
    """One post that this person may see."""
    return list_posts(community, person_id, hidden_too=hidden_too).filter(pk=post_id).first()


def list_written(person_id: UUID) -> QuerySet[Post]:
    """Everything somebody wrote on whatever page, also where they have no place any more, newest first."""
    found = Post.objects.filter(name__person_id=person_id).select_related("name", "community__group")
    return found.order_by("-written_at", "pk")


def list_flagged(community: Community, person_id: UUID | None) -> QuerySet[Post]:
    """Posts that wait for a look, those about which somebody is worried first, then the oldest.

    Nobody looks at their own: somebody else does.
    """
    waiting = Flag.objects.filter(settled_at=None)
    worried = waiting.filter(post=OuterRef("pk"), reason="worried")
    posts = list_posts(community, person_id, hidden_too=True).filter(Exists(waiting.filter(post=OuterRef("pk"))))
    posts = posts.exclude(name__person_id=person_id) if person_id else posts
    return posts.annotate(is_worried=Exists(worried)).order_by("-is_worried", "written_at", "pk")


def count_flags(posts: Iterable[Post]) -> dict[UUID, list[tuple[str, int]]]:
    """For what reasons how many asked for a look that nobody took yet."""
    rows = Flag.objects.filter(post__in=[one.pk for one in posts], settled_at=None)
    found: dict[UUID, list[tuple[str, int]]] = {}
    for row in rows.order_by().values("post_id", "reason").annotate(n=Count("pk")).order_by("-n", "reason"):
        found.setdefault(row["post_id"], []).append((row["reason"], row["n"]))
    return found


def get_flag(name: PenName | None, post: Post) -> Flag | None:
    """What somebody asked for about a post already."""
    return Flag.objects.filter(by=name, post=post).first() if name else None


def list_flagged_by(name: PenName | None, posts: Iterable[Post]) -> set[UUID]:
    """For which of these somebody asked for a look already."""
    ids = [one.pk for one in posts]
    return set(Flag.objects.filter(by=name, post__in=ids).values_list("post_id", flat=True)) if name else set()
