"""A story is withdrawn while somebody publishes it, and while a visitor writes: it is gone, whoever comes first."""

import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError
from django.db.models.query import QuerySet
from django.utils import timezone

from alongside.stories import actions, queries
from alongside.stories.actions import AnotherEdition, NotNow, NotSent, comments, reviewing
from alongside.stories.models import Comment, Story
from tests.races.test_choosing import run_together, two_writers
from tests.stories.conftest import words_of

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]

ROUNDS = 6
"""Each race is run so often: the two threads meet at another point each time."""


def waiting_story(rosa) -> Story:
    words = words_of()
    story = actions.begin(person=rosa.person, words=words, submit_key=uuid4(), by=rosa.actor)
    return actions.send(story=story, by=rosa.actor)


def test_withdrawn_wins_against_publishing(program, rosa, carmen):
    writer, reader = rosa.actor, carmen.actor
    outcomes = set()
    for _ in range(ROUNDS):
        story = waiting_story(rosa)
        results = run_together(
            program,
            lambda story=story: actions.withdraw(story=story, by=writer),
            lambda story=story: actions.publish(story=story, edition=story.edition, by=reader),
        )
        story.refresh_from_db()
        assert results[0] is True and (story.status, story.share) == ("withdrawn", None), results
        assert isinstance(results[1], (Story, NotNow)), results
        if isinstance(results[1], Story):
            assert queries.get_shown(results[1].share, reader) is None
        outcomes.add(type(results[1]).__name__)
    assert Story.objects.filter(status="published").count() == 0
    print(f"what publishing got: {sorted(outcomes)}")


def publish_after_looking(story: Story, by) -> int:
    """A program that looks before it leaps: it reads the state, and later writes the row without asking again."""
    import time

    assert Story.objects.get(pk=story.pk).status == "in_review"
    time.sleep(0.2)
    return Story.objects.filter(pk=story.pk).update(
        status="published", share=uuid4(), published_at=timezone.now(), reviewed_by=by.user_id, ended_at=None
    )


def test_the_database_refuses_a_program_that_looks_before_it_leaps(program, rosa, carmen):
    import time

    writer, reader, refused = rosa.actor, carmen.actor, 0
    for _ in range(ROUNDS):
        story = waiting_story(rosa)

        def withdraw(story=story):
            time.sleep(0.1)  # after the other looked, before it writes
            return actions.withdraw(story=story, by=writer)

        results = run_together(program, withdraw, lambda story=story: publish_after_looking(story, reader))
        story.refresh_from_db()
        assert results[0] is True, results
        if isinstance(results[1], (IntegrityError, DatabaseError)):
            refused += 1
        assert story.status == "withdrawn" and story.share is None, results
    assert refused, "the trigger was needed, or the race was none"


def test_a_change_wins_against_publishing_what_was_read_before(program, rosa, carmen):
    writer, reader = rosa.actor, carmen.actor
    for _ in range(ROUNDS):
        story = waiting_story(rosa)
        edition = story.edition

        def change(story=story):
            actions.take_up(story=story, by=writer)
            actions.save(story=story, words=words_of(title="Changed"), by=writer)
            return actions.send(story=story, by=writer)

        results = run_together(
            program,
            change,
            lambda story=story, edition=edition: actions.publish(story=story, edition=edition, by=reader),
        )
        story.refresh_from_db()
        if story.status == "published":
            assert story.title == "The bus stop" and isinstance(results[0], NotNow), results
        else:
            assert isinstance(results[1], (AnotherEdition, NotNow)), results


def test_nothing_is_written_beneath_a_story_that_is_gone(program, rosa, carmen):
    writer = rosa.actor
    for number in range(ROUNDS):
        story = waiting_story(rosa)
        story = actions.publish(story=story, edition=story.edition, by=carmen.actor)
        results = run_together(
            program,
            lambda story=story: actions.withdraw(story=story, by=writer),
            lambda story=story, number=number: actions.receive_comment(
                story=story, alias="", words=f"Words {number}", seconds=60, trap="", submit_key=uuid4()
            ),
        )
        assert results[0] is True and isinstance(results[1], (Comment, NotSent)), results
        assert Comment.objects.count() == 0


# --- the other two races must catch a naive variant, too -------------------------------------------------------------
@pytest.fixture
def late(monkeypatch):
    """`late(module, name)` gives two events: this step of a module sets the first and waits for the other. No locks."""
    looked, done = threading.Event(), threading.Event()

    def wait_in(module, name):
        real = getattr(module, name)

        def wait(*given, **values):
            looked.set()
            assert done.wait(timeout=20), "nothing keeps them apart"
            return real(*given, **values)

        monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_how: self._chain())
        monkeypatch.setattr(module, name, wait)
        return looked, done

    return wait_in


@two_writers
def test_without_the_lock_what_was_not_read_is_published(program, rosa, carmen, late):
    writer, reader, story = rosa.actor, carmen.actor, waiting_story(rosa)
    edition = story.edition
    read, changed = late(reviewing, "move")

    def change():
        assert read.wait(timeout=20)
        actions.take_up(story=story, by=writer)
        actions.save(story=story, words=words_of(title="Changed"), by=writer)
        actions.send(story=story, by=writer)
        changed.set()

    results = run_together(program, change, lambda: actions.publish(story=story, edition=edition, by=reader) and None)
    story.refresh_from_db()
    published = (story.status, story.title) == ("published", "Changed")
    assert published or isinstance(results[1], DatabaseError), results


@two_writers
def test_without_the_lock_words_are_written_beneath_a_story_that_is_gone(program, rosa, carmen, late):
    writer, story = rosa.actor, waiting_story(rosa)
    story = actions.publish(story=story, edition=story.edition, by=carmen.actor)
    looked, gone = late(comments, "_keep")

    def withdraw():
        assert looked.wait(timeout=20)
        actions.withdraw(story=story, by=writer)
        gone.set()

    results = run_together(
        program,
        withdraw,
        lambda: actions.receive_comment(
            story=story, alias="", words="Words", seconds=60, trap="", submit_key=uuid4()
        ) and None,
    )  # fmt: skip
    assert Comment.objects.count() == 1 or isinstance(results[1], DatabaseError), results
