"""What those do who look after a page: leave, hide, show again, pause, ask who somebody is, raise a worry.

Entries of the log hold codes and ids. Only where somebody asked who writes, the entry names the person: they read it.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import record
from alongside.community.models import Community, Flag, PenName, Post
from alongside.groups.showing import in_language
from alongside.people.models import Person
from alongside.rules.lifecycles import PAGE_POST
from alongside.safety.actions import raise_escalation
from alongside.safety.models import Escalation


class OwnWords(Exception):
    """Nobody looks after what they wrote themself: somebody else does."""


def _lock(post: Post, by) -> Post:
    found = Post.objects.select_for_update(of=("self",)).select_related("name", "community__group").get(pk=post.pk)
    if found.name.person_id == by.person_id:
        raise OwnWords
    return found


def _log(act: str, post: Post, *, by, reason: str = "", subject: UUID | None = None) -> None:
    record(act=act, by=by, subject=subject, object_kind="page_post", object_id=post.pk, reason=reason)


def _settle(post: Post, now: datetime) -> int:
    waiting = Flag.objects.filter(post=post, settled_at=None)
    return waiting.update(settled_at=now) if waiting.exists() else 0


@transaction.atomic
def keep(*, post: Post, by, now: datetime | None = None) -> None:
    """Looked at, and it may stay as it is."""
    found = _lock(post, by)
    if _settle(found, now or timezone.now()):
        _log("page.kept", found, by=by)


@transaction.atomic
def hide(*, post: Post, reason: str, words: str, by, now: datetime | None = None) -> Post:
    """Only its writer sees it from now on, and reads why. Raises `rules.lifecycles.MoveNotAllowed`."""
    found = _lock(post, by)
    settled = _settle(found, now or timezone.now())
    if found.status != "hidden":
        PAGE_POST.check_move(found.status, "hidden", by=by.moves_as)
    elif (found.hidden_why, found.hidden_words) == (reason, words) and not settled:
        return found
    found.status, found.hidden_why, found.hidden_words = "hidden", reason, words
    found.save(update_fields=["status", "hidden_why", "hidden_words"])
    _log("page.hidden", found, by=by, reason=reason)
    return found


@transaction.atomic
def show_again(*, post: Post, by, now: datetime | None = None) -> Post:
    """Everybody sees it again."""
    found = _lock(post, by)
    settled = _settle(found, now or timezone.now())
    if found.status == "hidden":
        PAGE_POST.check_move(found.status, "shown", by=by.moves_as)
        found.status, found.hidden_why, found.hidden_words = "shown", "", ""
        found.save(update_fields=["status", "hidden_why", "hidden_words"])
    elif not settled:
        return found
    _log("page.shown", found, by=by)
    return found


@transaction.atomic
def pause(*, name: PenName, days: int, by, now: datetime | None = None) -> PenName:
    """Whoever has this name reads and does not write for some days; none: they write again at once."""
    now = now or timezone.now()
    found = PenName.objects.select_for_update().get(pk=name.pk)
    found.paused_until = now + timedelta(days=days) if days else None
    found.save(update_fields=["paused_until"])
    record(act="page.paused", by=by, object_kind="pen_name", object_id=found.pk, reason=f"days_{days}")
    return found


@transaction.atomic
def ask_who(*, post: Post, reason: str, by) -> Person:
    """Who writes under this name. That somebody asked, and why, stands in the log, and the person reads it."""
    found = _lock(post, by)
    _log("page.who_asked", found, by=by, reason=reason, subject=found.name.person_id)
    return Person.objects.get(pk=found.name.person_id)


@transaction.atomic
def raise_worry(*, post: Post, by, now: datetime | None = None) -> Escalation:
    """Whoever is on duty is told, with the words of the post and who wrote them. Pressed twice is one worry."""
    found = _lock(post, by)
    now = now or timezone.now()
    person = Person.objects.select_related("program").get(pk=found.name.person_id)
    words = _("On the page of “%(group)s”, as “%(name)s”: “%(words)s”") % {
        "group": in_language(found.community.group, "name")["words"], "name": found.name.name, "words": found.words,
    }  # fmt: skip
    key = uuid5(found.pk, "worry")
    is_new = not Escalation.objects.filter(submit_key=key).exists()
    worry = raise_escalation(person=person, words=words, source="message", submit_key=key, by=by, now=now)
    if _settle(found, now) or is_new:
        _log("page.worried", found, by=by)  # the entry of the worry itself names the person (J2)
    return worry


def note_looked(page: Community, *, by) -> None:
    """Somebody who looks after a page opened it. It names nobody: names chosen there lead to nobody by themselves."""
    record(act="page.looked", by=by, object_kind="community", object_id=page.pk, view=True)
