"""Many people at once, as they really come: browsers over HTTP against server processes with the worker beside them.

Each round brings together what meets in a program's day: the same note and message sent twice, the last place of a
peer, an offer answered by the person and by the office, a peer's yes and a change of mind, a list confirmed twice
beside the daily work, and a text that several people change. Nobody may see an error that is not a kind page, and the
database is looked at after every round.

`TEST_CLIENTS=50 TEST_ROUNDS=2000` is the deep run.
"""

import http.client
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from tests.races.house import new_house
from tests.races.server import Server, free_port
from tests.races.worker import Worker
from tests.web.page_forms import form_with

pytestmark = [pytest.mark.races, pytest.mark.timeout(7200)]

CLIENTS = max(8, int(os.environ.get("TEST_CLIENTS", "12")))
ROUNDS = int(os.environ.get("TEST_ROUNDS", "4"))
EDITORS = max(3, CLIENTS // 10)
NAIVE_ROUNDS = 25
TOKEN = "a" * 32
KIND = 'name="viewport"'
"""Our own pages say it, those of a server that gave up do not."""


@dataclass(frozen=True)
class Answer:
    """What a browser got."""

    status: int
    location: str
    body: str


class Browser:
    """One thread of a person who is signed in."""

    def __init__(self, port: int):
        self.port = port
        self.statuses: Counter = Counter()
        self.wrong: list[str] = []
        self.slowest = 0.0
        self.lock = threading.Lock()

    def ask(self, session: str, path: str, fields: dict | None = None) -> Answer:
        """Get a page, or post a form. Whatever is not an answer for people is written down as wrong."""
        headers = {"Cookie": f"s={session}; c={TOKEN}; django_language=en"}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            connection.request("POST" if body is not None else "GET", path, body, headers)
            got = connection.getresponse()
            answer = Answer(got.status, got.headers.get("Location", ""), got.read().decode())
        except (OSError, http.client.HTTPException) as error:
            answer = Answer(0, "", type(error).__name__)
        finally:
            connection.close()
        with self.lock:
            self.statuses[answer.status] += 1
            self.slowest = max(self.slowest, time.monotonic() - began)
            if not self.is_kind(answer):
                self.wrong.append(f"{answer.status} {path} {answer.location} {answer.body[:200]}")
        return answer

    @staticmethod
    def is_kind(answer: Answer) -> bool:
        """Whether this is something that a person can go on with."""
        if answer.status == 302:
            return "sign-in" not in answer.location
        return answer.status == 200 or (400 <= answer.status < 500 and KIND in answer.body)


@pytest.fixture(scope="module")
def city():
    """A house that is open: (the process that sets the stage, browser, file of what the servers said)."""
    with new_house() as made:
        stage = Worker(made.env, "tests.races.storm")
        stage.ask("open_house")
        log = made.home / "said.log"
        server = Server(made, free_port(), log=log)
        try:
            server.wait()
            yield made, stage, Browser(server.port), log
        finally:
            stage.end()
            server.kill()


def add_a_line(browser: Browser, session: str, path: str, line: str, *, guarded: bool = True) -> bool:
    """Add a line to a text that others change too. Who is told of a clash opens the page again, as people do."""
    for _ in range(200):
        page = browser.ask(session, path)
        fields = form_with(page.body, "own_words", "seen")
        text = f"{fields['own_words'][0]}\n{line}".strip()
        seen = fields["seen"] if guarded else ""
        answer = browser.ask(session, path, {**fields, "own_words": text, "seen": seen})
        if answer.status == 302:
            return True
    return False


def jobs_of(world: dict, office: list[str], browser: Browser, tomorrow: str) -> list:
    """Everything that happens at once in a round, as functions without arguments."""
    walk, ask = world["walk"], browser.ask
    note = {"submit_key": walk["note"], "outcome": "reached", "mode": "phone", "minutes": "15", "note": "The week.",
            "happened": "now", "read_together": "yes", "notice": "offered"}  # fmt: skip
    message = {"submit_key": walk["message"], "body": "Thank you."}
    plan = {"submit_key": walk["time"], "on_day": tomorrow, "at_time": "15:00", "mode": "phone", "minutes": "30"}
    two, yes, roster = world["two_answers"], world["yes_or_no"], world["list"]["roster"]
    return [
        *[lambda: ask(walk["peer_session"], f"/people/{walk['person']}/note/", note)] * 2,
        *[lambda: ask(walk["own_session"], f"/me/messages/{walk['mentorship']}/", message)] * 2,
        *[lambda: ask(walk["own_session"], "/me/times/new/", plan)] * 2,
        *[
            lambda one=one: ask(one["session"], f"/me/people/{one['offer']}/", {"action": "choose"})
            for one in world["last_place"]["choosers"]
        ],
        lambda: ask(two["session"], f"/me/people/{two['offer']}/", {"action": "choose"}),
        lambda: ask(office[0], f"/board/{two['episode']}/choice/", {"decision": two["other"], "via": "phone"}),
        lambda: ask(yes["peer_session"], f"/offers/{yes['offer']}/", {"action": "accept"}),
        lambda: ask(yes["session"], f"/me/people/{yes['offer']}/", {"action": "change_mind"}),
        lambda: ask(office[1], f"/board/{yes['episode']}/answer/", {"decision": "not_now", "via": "phone"}),
        *[lambda one=one: ask(one, f"/rosters/{roster}/confirm/", {}) for one in office],
        lambda: ask(walk["peer_session"], "/today/"),
        lambda: ask(office[0], "/board/"),
        lambda: ask(walk["own_session"], "/me/"),
        lambda: ask(walk["peer_session"], f"/people/{walk['person']}/"),
    ]


def test_a_day_on_which_everybody_comes_at_once(city):
    _made, stage, browser, log = city
    office = stage.ask("set_office")["office"]
    tomorrow, wrong, began = stage.ask("tomorrow"), [], time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for number in range(ROUNDS):
            world = stage.ask("set_round", number=number, many=max(2, CLIENTS - 20))
            jobs = jobs_of(world, office, browser, tomorrow)
            lines = [f"line{number}of{place}" for place in range(EDITORS)]
            walk = world["walk"]
            pages = [
                (walk["own_session"], "/me/about/?part=help"),
                (office[0], f"/intake/{walk['episode']}/?part=help"),
            ]
            edits = [
                lambda line=line, page=pages[place % 2]: add_a_line(browser, *page, line)
                for place, line in enumerate(lines)
            ]
            added = [pool.submit(job) for job in edits]
            for one in [pool.submit(job) for job in jobs]:
                one.result()
            kept = [line for line, one in zip(lines, added, strict=True) if one.result()]
            found = stage.ask("judge_round", world=world, lines=kept)
            wrong += [f"round {number}: {one}" for one in found]
            wrong += [f"round {number}: an editor was never let in"] * (len(kept) < len(lines))
    seconds = time.monotonic() - began
    per_second = sum(browser.statuses.values()) / seconds
    print(f"{CLIENTS} clients, {ROUNDS} rounds, answers by status: {dict(browser.statuses)}, "
          f"slowest {browser.slowest:.1f} s, {per_second:.0f} a second")  # fmt: skip
    assert browser.wrong == []
    assert wrong == []
    assert_nothing_was_said(log)


def assert_nothing_was_said(log) -> None:
    """No process met an error that it had to tell of: no locked database, no deadlock, no failed tick."""
    said = log.read_text()
    assert [line for line in said.splitlines() if " WARNING " not in line] == []


def test_without_the_guard_a_change_is_lost(city):
    """The same editors, whose pages do not say what they showed: if nothing is lost now, the test above is blind."""
    _made, stage, browser, _log = city
    office = stage.ask("set_office")["office"][0]
    with ThreadPoolExecutor(EDITORS) as pool:
        for number in range(NAIVE_ROUNDS):
            world = stage.ask("set_text")
            path = f"/intake/{world['episode']}/?part=help"
            lines = [f"line{number}of{place}" for place in range(EDITORS)]
            list(pool.map(lambda line: add_a_line(browser, office, path, line, guarded=False), lines))  # noqa: B023
            if set(stage.ask("read_text", episode=world["episode"])) != set(lines):
                return
    raise AssertionError("nothing was lost")
