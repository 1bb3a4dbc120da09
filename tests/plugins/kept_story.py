"""The whole story is told once in a process, and a test that has it undoes only what it did itself.

Telling takes seconds, and more than a hundred tests want it. It is kept in a transaction around the transactions of
the tests: each gets a copy of the objects, and the rows as they were told. A test without the story that asks the
database ends it; so does time, for codes and moments in it would grow old. A test with a transaction of its own, as
one with real processes, has the story told for itself.
"""

import copy
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from django_scopes import scope

KEPT_FOR = 240
"""Seconds: a code of the story lives ten minutes, and a test of all pages takes less than the rest."""


class KeptStory:
    """The story as it was told in this process, if it is kept, and the transaction around it."""

    def __init__(self, blocker):
        self._blocker, self._around, self._story, self._told_at = blocker, None, None, 0.0

    @property
    def is_old(self) -> bool:
        """Whether it was told too long ago, or on another day."""
        then, now = time.localtime(self._told_at), time.localtime()
        return time.time() - self._told_at > KEPT_FOR or (then.tm_yday, then.tm_hour) != (now.tm_yday, now.tm_hour)

    def tell(self) -> None:
        """Tell it, where it is not kept."""
        if self._around is not None:
            return
        from tests.promises import whole_story
        from tests.story import STAFF, make_persona, make_program

        before, box = settings.ALONGSIDE_LEDGER_FILE, getattr(mail, "outbox", None)
        settings.ALONGSIDE_LEDGER_FILE = Path(tempfile.mkdtemp(prefix="story")) / "ledger"
        self._blocker.unblock()
        around = transaction.atomic()
        around.__enter__()
        try:
            with translation.override("en"):
                program = make_program("Riverbend", "riverbend")
                with scope(program=program):
                    staff = [make_persona(program, *one) for one in STAFF]
                    self._story = whole_story.tell(program, *staff)
        except BaseException:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
            raise
        finally:
            self._blocker.restore()
            settings.ALONGSIDE_LEDGER_FILE = before
            if box is not None:
                mail.outbox = box
        self._around, self._told_at = around, time.time()

    def copy(self):
        """The story for one test: what it does to an object is gone with it, as what it does to a row."""
        with self._blocker.unblock():
            forget_what_the_process_counted()
        return copy.deepcopy(self._story)

    def drop(self) -> None:
        """End it: its rows were never there."""
        if self._around is None:
            return
        around, self._around, self._story = self._around, None, None
        with self._blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


def forget_what_the_process_counted() -> None:
    """What the process knows about the program of the story is of another test."""
    from alongside.impact import queries
    from alongside.privacy import refused

    cache.clear()
    refused.tries.forget()
    queries._kept.clear()


kept: list[KeptStory] = []
"""The one of this process, once a test asked for it."""

now_at: list[pytest.Item] = []
"""The test that is set up."""


def takes_it(item) -> bool:
    """Whether a test has the story as it is kept."""
    marker = item.get_closest_marker("django_db")
    own = marker is not None and (marker.kwargs.get("transaction") or bool(marker.args and marker.args[0]))
    names = item.fixturenames
    return "whole_story" in names and not own and not {"transactional_db", "live_server"} & {*names}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before a test that asks the database: the story as it was told, or nothing of it."""
    now_at[:] = [item]
    asks = "db" in item.fixturenames or "transactional_db" in item.fixturenames or item.get_closest_marker("django_db")
    for story in kept if asks else ():
        if not takes_it(item) or story.is_old:
            story.drop()
        if takes_it(item):
            story.tell()


@pytest.fixture(scope="session")
def story_keeper(django_db_setup, django_db_blocker):
    """Made before the transaction of the first test that has the story; told at once, where it is to be kept."""
    keeper = KeptStory(django_db_blocker)
    if takes_it(now_at[0]):
        keeper.tell()
    kept.append(keeper)
    yield keeper
    keeper.drop()
    kept.clear()


@pytest.fixture
def kept_story(request):
    """The story of this test, where it is kept; else None."""
    return kept[0].copy() if kept and takes_it(request.node) else None


@pytest.fixture
def whole_story(story_keeper, kept_story, program, carmen, lien, dolores, ada):
    """A program full of life, with canaries (`tests.promises.whole_story.Story`)."""
    from tests.promises import whole_story as story_of_everybody

    return kept_story or story_of_everybody.tell(program, carmen, lien, dolores, ada)
