"""What its writer does with a story: write, send to a reader, go on writing, withdraw everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules.stories import PARTS, SPOKEN, tidy, what_is_missing, with_offers

from ..models import Recording, Story
from ..queries import is_peer
from ..steps import AnotherEdition, NotNow, NotYours, lock_own, move, note_turn, owner_kind

MOST = 50
"""Stories of one writer. Nobody needs more; a script might."""


class NotReady(Exception):
    """Something is missing before it can be sent: `missing`, codes of `rules.stories.MISSING`."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class TooMany(Exception):
    """There are as many as one writer may have."""


@dataclass(frozen=True)
class Words:
    """What a writer says in a story, and how it is to be shared. `parts`: code of `PARTS` or `SPOKEN` to words."""

    voice: str
    language: str
    audience: str
    title: str = ""
    alias: str = ""
    pathway: str = ""
    keep_out: str = ""
    wants_offers: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)

    def fields(self, *, is_peer: bool) -> dict:
        """Columns of a story. Words are tidied; a part without any is left out."""
        parts = {code: tidy(self.parts.get(code, "")) for code in (*PARTS, SPOKEN)}
        return {
            "voice": self.voice, "language": self.language, "pathway": self.pathway,
            "audience": self.audience if is_peer or self.audience != "matches" else "program",
            "with_offers": with_offers(self.audience, self.wants_offers, is_peer=is_peer),
            "title": " ".join(tidy(self.title).split()), "alias": " ".join(tidy(self.alias).split()),
            "keep_out": tidy(self.keep_out), "parts": {code: words for code, words in parts.items() if words},
        }  # fmt: skip


@transaction.atomic
def begin(
    *, person: Person, words: Words, submit_key: UUID, by, comments_open: bool = True, now: datetime | None = None
) -> Story:
    """A first draft; the same key twice is one (I3). Raises `NotYours` and `TooMany`."""
    now = now or timezone.now()
    if person.pk != by.person_id:
        raise NotYours
    Person.objects.select_for_update().get(pk=person.pk)
    sent_before = Story.objects.filter(submit_key=submit_key, person=person).first()
    if sent_before:
        return sent_before
    if Story.objects.filter(person=person).count() >= MOST:
        raise TooMany
    story = Story.objects.create(
        program_id=person.program_id, person=person, made_at=now, changed_at=now, submit_key=submit_key,
        comments_open=comments_open, **words.fields(is_peer=is_peer(person.pk)),
    )  # fmt: skip
    note_turn(story, "begun", by, now)
    record(act="story.saved", by=by, subject=person.pk, object_kind="story", object_id=story.pk, now=now)
    return story


@transaction.atomic
def save(*, story: Story, words: Words, by, edition: int | None = None, now: datetime | None = None) -> Story:
    """Other words for a draft; nothing needs to be whole yet.

    `edition`: what its writer had before them. Raises `NotYours`, `NotNow` once it was sent, and `AnotherEdition` when
    another window was quicker.
    """
    now = now or timezone.now()
    found = lock_own(story, by)
    if found.status != "draft":
        raise NotNow(found.status)
    if edition not in (None, found.edition):
        raise AnotherEdition
    values = words.fields(is_peer=is_peer(found.person_id))
    if SPOKEN not in words.parts and SPOKEN in found.parts:
        # Without a recording there is no box for it; what was written for an earlier one is not lost.
        values["parts"][SPOKEN] = found.parts[SPOKEN]
    changed = [name for name, value in values.items() if getattr(found, name) != value]
    if changed:
        for name in changed:
            setattr(found, name, values[name])
        found.edition, found.changed_at = found.edition + 1, now
        found.save(update_fields=[*changed, "edition", "changed_at"])
        record(act="story.saved", by=by, subject=found.person_id, object_kind="story", object_id=found.pk, now=now,
               fields=changed)  # fmt: skip
    return found


@transaction.atomic
def send(*, story: Story, by, now: datetime | None = None) -> Story:
    """To a reader. Raises `NotYours`, `NotNow`, and `NotReady` while something is missing."""
    now = now or timezone.now()
    found = lock_own(story, by)
    has_sound = Recording.objects.filter(story=found).exists()
    missing = what_is_missing(alias=found.alias, title=found.title, parts=found.parts, has_sound=has_sound)
    if missing:
        raise NotReady(missing)
    move(found, "in_review", as_=owner_kind(by), sent_at=now)
    note_turn(found, "sent", by, now)
    record(act="story.sent", by=by, subject=found.person_id, object_kind="story", object_id=found.pk, now=now)
    return found


@transaction.atomic
def take_up(*, story: Story, by, now: datetime | None = None) -> Story:
    """Back from the reader, to go on writing. Raises `NotYours`, and `NotNow` where nobody has it to read."""
    now = now or timezone.now()
    found = lock_own(story, by)
    if found.status != "in_review":
        raise NotNow(found.status)
    move(found, "draft", as_=owner_kind(by))
    note_turn(found, "taken_up", by, now)
    record(act="story.taken_up", by=by, subject=found.person_id, object_kind="story", object_id=found.pk, now=now)
    return found


@transaction.atomic
def withdraw(*, story: Story, by, now: datetime | None = None) -> bool:
    """Withdraw it everywhere, whatever it is: its address ends, and what visitors wrote beneath it is erased.

    Whether it was there; a second time does nothing. Raises `NotYours`.
    """
    now = now or timezone.now()
    found = lock_own(story, by)
    if found.status == "withdrawn":
        return False
    move(found, "withdrawn", as_=owner_kind(by), share=None, published_at=None, reviewed_by=None, ended_at=now)
    if found.comments.all().delete()[0]:
        record(act="comment.erased", by=by, object_kind="story", object_id=found.pk, now=now)
    note_turn(found, "withdrawn", by, now)
    record(act="story.withdrawn", by=by, subject=found.person_id, object_kind="story", object_id=found.pk, now=now)
    return True


@transaction.atomic
def copy_to_draft(*, story: Story, submit_key: UUID, by, now: datetime | None = None) -> Story:
    """A new draft with the words of one that was withdrawn, not its sound. Raises as `begin`, and `NotNow`."""
    found = lock_own(story, by)
    if found.status != "withdrawn":
        raise NotNow(found.status)
    words = Words(
        voice=found.voice, language=found.language, audience=found.audience, title=found.title, alias=found.alias,
        pathway=found.pathway, keep_out=found.keep_out, wants_offers=found.with_offers,
        parts={code: words for code, words in found.parts.items() if code in PARTS},
    )  # fmt: skip
    return begin(
        person=found.person, words=words, submit_key=submit_key, by=by, comments_open=found.comments_open, now=now
    )


@transaction.atomic
def set_comments(*, story: Story, are_open: bool, by, now: datetime | None = None) -> bool:
    """Whether visitors may write beneath it. Closed, nothing of theirs is shown. Raises `NotYours`."""
    found = lock_own(story, by)
    if found.comments_open == are_open:
        return False
    found.comments_open = are_open
    found.save(update_fields=["comments_open"])
    record(act="story.comments_set", by=by, subject=found.person_id, object_kind="story", object_id=found.pk,
           now=now or timezone.now())  # fmt: skip
    return True
