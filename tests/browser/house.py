"""One server with one story for all tests of a module, and browsers of those who live in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django_scopes import scope
from pytest_django.live_server_helper import LiveServer

from tests.promises import whole_story
from tests.story import make_persona, make_program

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


class House:
    """The server's address, its story, and a browser for anybody."""

    def __init__(self, browser, url: str, story):
        self.browser, self.url, self.story = browser, url, story

    def sign_in_cookie(self, who: str) -> str:
        """A session of somebody, past the second step."""
        from allauth.account.internal.flows.login import record_authentication
        from django.test import Client

        from alongside.people import second_factor

        client = Client()
        client.force_login(self.story.people[who].user)
        session = client.session
        second_factor.mark_passed(session)
        record_authentication(SimpleNamespace(session=session), self.story.people[who].user, "password")
        session.save()
        return session.session_key

    def open(self, who: str = "visitor", language: str = "en", viewport=PHONE, **options):
        """A browser context of its own for this person (`visitor` is signed out), in this language."""
        context = self.browser.new_context(
            base_url=self.url, viewport=viewport, locale="en-US", reduced_motion="reduce", **options
        )
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if who != "visitor":
            cookies[settings.SESSION_COOKIE_NAME] = self.sign_in_cookie(who)
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        return context


@contextmanager
def tell_whole_story(browser, blocker) -> Iterator[House]:
    """The story of the promises behind a real server; the database is emptied afterwards."""
    from alongside.audit import triggers

    with blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        # The tests are marked `django_db(transaction=True)`, so that there is a database; it is emptied once, below.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: None)
        program = make_program("Riverbend", "riverbend")
        with scope(program=program):
            staff = [make_persona(program, *one) for one in (
                ("carmen", "coordinator"), ("lien", "supervisor"), ("dolores", "director"), ("ada", "administrator"),
            )]  # fmt: skip
            story = whole_story.tell(program, *staff)
        server = LiveServer("localhost")
        try:
            yield House(browser, server.url.replace("127.0.0.1", "localhost"), story)
        finally:
            server.stop()
            with triggers.suspended(connection):
                call_command("flush", verbosity=0, interactive=False)
