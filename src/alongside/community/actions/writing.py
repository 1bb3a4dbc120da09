"""What people of a group do on its page: choose a name, write, answer, take back, ask for a look.

In the log an entry about somebody names the page and never the post: ids of posts stand on pages, and the two together
would say who wrote it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.audit.fields import blind_index
from alongside.community.guards import REFUSED
from alongside.community.models import Community, Flag, PenName, Post
from alongside.community.queries import is_inside
from alongside.people.models import Person
from alongside.rules.community import MOST_AN_HOUR, tells_who
from alongside.rules.lifecycles import PAGE_POST


class NotInside(Exception):
    """They have no place in the group any more, or the page is closed."""


class IsPaused(Exception):
    """Whoever looks after the page paused their writing. Carries until when."""

    def __init__(self, until: datetime) -> None:
        super().__init__("paused")
        self.until = until


class TooMany(Exception):
    """More in one hour than anybody reads."""


class NameTaken(Exception):
    """Somebody of the page has this name."""


class TellsWho(Exception):
    """The name is one of their own."""


def log_own(act: str, community_id: UUID, *, by) -> None:
    """An entry about who acts, which names the page and nothing on it."""
    record(act=act, by=by, subject=by.person_id, object_kind="community", object_id=community_id)


@transaction.atomic
def choose_name(
    *, community: Community, name: str, by, wants_news: bool = False, now: datetime | None = None
) -> PenName:
    """The name under which somebody writes here, from now on and before; and whether they want to hear of news.

    Raises `NotInside`, `TellsWho`, `NameTaken`.
    """
    now = now or timezone.now()
    Community.objects.select_for_update().get(pk=community.pk)
    if not is_inside(community, by.person_id):
        raise NotInside
    person = Person.objects.get(pk=by.person_id)
    if tells_who(name, [person.goes_by, person.legal_name]):
        raise TellsWho
    names = PenName.objects.filter(community=community)
    if names.filter(name_index=blind_index(name, "name")).exclude(person=person).exists():
        raise NameTaken
    found = names.filter(person=person).first()
    if found is None:
        found = PenName(program_id=community.program_id, community=community, person=person, made_at=now)
    elif (found.name, found.wants_news) == (name, wants_news):
        return found
    if wants_news and not found.wants_news:
        found.news_until = now
    found.name, found.wants_news = name, wants_news
    found.save()
    log_own("page.named", community.pk, by=by)
    return found


def write(
    *, community: Community, name: PenName, words: str, submit_key: UUID, by, answers_to: Post | None = None,
    now: datetime | None = None,
) -> Post:  # fmt: skip
    """Write, or answer; an answer to an answer stands beneath the same post. The same key twice is one (I3).

    Raises `NotInside`, `IsPaused`, `TooMany`.
    """
    try:
        return _write(community, name, words, submit_key, by, answers_to, now or timezone.now())
    except IntegrityError as error:
        # What the page said a moment ago is no longer so: the database knows, whoever was quicker.
        if REFUSED in str(error):
            raise NotInside from error
        raise


@transaction.atomic
def _write(community, name, words, submit_key, by, answers_to, now) -> Post:
    name = PenName.objects.select_for_update().get(pk=name.pk, community=community, person_id=by.person_id)
    if before := Post.objects.filter(submit_key=submit_key, name=name).first():
        return before
    if name.paused_until and name.paused_until > now:
        raise IsPaused(name.paused_until)
    if Post.objects.filter(name=name, written_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooMany
    head = answers_to
    if head is not None and head.is_answer:
        head = head.answers_to
    post = Post.objects.create(
        program_id=community.program_id, community=community, name=name, words=words, written_at=now,
        submit_key=submit_key, is_answer=answers_to is not None, answers_to=head,
    )  # fmt: skip
    log_own("page.wrote", community.pk, by=by)
    return post


@transaction.atomic
def take_back(*, post: Post, by) -> bool:
    """Erase one's own post at once, shown or hidden, on whatever page; answers stay. Whether it was there."""
    found = Post.objects.select_for_update(of=("self",)).filter(pk=post.pk, name__person_id=by.person_id).first()
    if found is None:
        return False
    PAGE_POST.check_move(found.status, "erased", by=by.moves_as)
    found.delete()
    log_own("page.took_back", found.community_id, by=by)
    return True


@transaction.atomic
def flag(*, post: Post, name: PenName, reason: str, by, now: datetime | None = None) -> Flag:
    """Ask those who look after the page to look at a post; once for each person and post. Raises `TooMany`.

    Whoever asked for something else before, or was answered, may still say that they are worried: it waits anew.
    Raises `NotInside` for somebody who has no place any more, and of a post that was taken back meanwhile.
    """
    now = now or timezone.now()
    name = PenName.objects.select_for_update().get(pk=name.pk, person_id=by.person_id)
    is_there = Post.objects.select_for_update().filter(pk=post.pk).exists()
    if not is_there or not is_inside(post.community, by.person_id):
        raise NotInside
    before = Flag.objects.filter(post=post, by=name).first()
    if before and (reason != "worried" or (before.reason == "worried" and before.settled_at is None)):
        return before
    if Flag.objects.filter(by=name, at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooMany
    found = before or Flag(program_id=post.program_id, post=post, by=name)
    found.reason, found.at, found.told_at, found.settled_at = reason, now, None, None
    found.save()
    log_own("page.flagged", post.community_id, by=by)
    return found
