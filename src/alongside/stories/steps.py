"""What the actions on a story have in common: the locked row, a move by the state table, a line of the history."""

from datetime import datetime

from alongside.people.models import Person
from alongside.rules.access import may
from alongside.rules.lifecycles import PARTICIPANT, PEER, STORY, MoveNotAllowed

from .models import Story, StoryTurn


class NotYours(Exception):
    """It is somebody else's story."""


class AnotherEdition(Exception):
    """The story was changed since whoever acts opened it: look at it again first."""


class NotNow(Exception):
    """The story is in a state in which this is not done."""


class NotForYou(Exception):
    """The actor may not review, or it is their own."""


def lock_own(story: Story, by) -> Story:
    """The story as it is now, locked. Raises `NotYours`."""
    found = Story.objects.select_for_update().get(pk=story.pk)
    if by.person_id is None or found.person_id != by.person_id:
        raise NotYours
    return found


def check_reviews(*, owner: Person, by) -> None:
    """Raise `NotForYou` unless the actor may review this writer's stories."""
    if not may("review_stories", by.roles) or by.user_id is None or owner.user_id == by.user_id:
        raise NotForYou


def note_turn(story: Story, what: str, by, now: datetime, **more) -> None:
    """One line of the history."""
    StoryTurn.objects.create(
        program_id=story.program_id,
        story=story,
        at=now,
        what=what,
        edition=story.edition,
        by_account=by.user_id,
        **more,
    )


def move(story: Story, to: str, *, as_: str, **values) -> None:
    """Bring a locked story into another state, if the table holds that move. Raises `NotNow`."""
    try:
        STORY.check_move(story.status, to, by=as_)
    except MoveNotAllowed as refused:
        raise NotNow(story.status) from refused
    story.status = to
    for name, value in values.items():
        setattr(story, name, value)
    story.save(update_fields=["status", *values])


def owner_kind(by) -> str:
    """What the state table calls the writer."""
    return PARTICIPANT if by.has("participant") else PEER
