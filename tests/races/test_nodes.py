"""Two web servers with one database, one set of keys and one Redis are one site: sessions, limits, and Redis gone (F5).

Real processes; on PostgreSQL with a pool of connections.
"""

import http.client
import re
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from tests.races.house import ON_POSTGRESQL, new_house
from tests.races.redis_server import running_redis
from tests.races.server import Server, free_port
from tests.races.worker import Worker
from tests.story import PASSWORD

pytestmark = [pytest.mark.races, pytest.mark.timeout(600)]
TOKEN = "a" * 32
SIGN_IN = "/account/sign-in/"


@dataclass
class Site:
    """Two nodes and what they share."""

    ports: tuple[int, int]
    stage: Worker
    redis: object
    log: object

    def ask(self, node: int, path: str, fields: dict | None = None, session: str = ""):
        """(status, location, new session or None, body) of a page of one node."""
        # Both are one site: a proxy in front gives each the name that visitors typed.
        headers = {"Cookie": f"s={session}; c={TOKEN}; django_language=en", "Host": "localhost"}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[node], timeout=60)
        connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        words = answer.read().decode()
        found = re.search(r"(?:^|[ ,])s=([a-z0-9]{20,})", ",".join(answer.headers.get_all("Set-Cookie") or []))
        connection.close()
        return answer.status, answer.headers.get("Location", ""), found and found[1], words

    def sign_in(self, node: int, name: str, password: str = PASSWORD):
        """Try to sign in; the same as `ask`."""
        return self.ask(node, SIGN_IN, {"login": name, "password": password})


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    home = tmp_path_factory.mktemp("nodes")
    with new_house() as made, running_redis(home) as redis:
        made.env["ALONGSIDE_REDIS_URL"] = redis.url
        if ON_POSTGRESQL:
            made.env["ALONGSIDE_DB_POOL"] = "4"
        stage = Worker(made.env, "tests.races.nodes")
        stage.ask("open_house")
        log = home / "said.log"
        servers = [Server(made, free_port(), log=log, worker=False) for _ in range(2)]
        try:
            for server in servers:
                server.wait()
            yield Site((servers[0].port, servers[1].port), stage, redis, log)
        finally:
            stage.end()
            for server in servers:
                server.kill()


@pytest.fixture
def site(house):
    """The site with empty counters, and with Rosa's and Marcus' accounts."""
    house.stage.ask("begin_anew")
    return house


def test_signed_in_at_one_is_signed_in_at_the_other(site):
    status, location, session, _ = site.sign_in(0, "rosa")
    assert (status, location) == (302, "/home/")
    for node in (0, 1):
        assert site.ask(node, "/account/", session=session)[0] == 200
    assert site.ask(1, "/account/sign-out/", {}, session=session)[0] == 302
    for node in (0, 1):
        assert site.ask(node, "/account/", session=session)[:2] == (302, f"{SIGN_IN}?next=/account/")


def test_a_disabled_account_is_out_at_both_at_once(site):
    session = site.sign_in(0, "rosa")[2]
    assert site.ask(1, "/account/", session=session)[0] == 200
    site.stage.ask("disable", name="rosa")
    for node in (0, 1):
        assert site.ask(node, "/account/", session=session)[0] == 302


def test_tries_are_counted_for_both_together(site):
    """Five wrong passwords for one account in five minutes, at whichever server; then the right one waits, too."""
    for number in range(4):
        assert site.sign_in(number % 2, "rosa", "wrong horse battery")[0] == 200
    assert site.sign_in(0, "rosa")[0] == 302  # four are not yet too many
    for number in range(5):
        assert site.sign_in(number % 2, "rosa", "wrong horse battery")[0] in (200, 429)
    assert {site.sign_in(node, "rosa")[0] for node in (0, 1)} <= {200, 429}
    assert site.sign_in(1, "marcus")[0] == 302


def test_without_redis_nobody_guesses_and_help_stays_open(site):
    session = site.sign_in(0, "rosa")[2]
    site.redis.kill()
    for node in (0, 1):
        status, _, _, words = site.sign_in(node, "rosa")
        assert status == 503 and "One moment, please" in words and "988" in words
        assert site.sign_in(node, "rosa", "wrong")[0] == 503
        for path in ("/", "/help/", "/ask/", "/become-a-peer/", SIGN_IN, "/reading/", "/policies/"):
            assert site.ask(node, path)[0] == 200, path
        assert site.ask(node, "/account/", session=session)[0] == 200  # who is in goes on
    site.redis.start()
    assert site.sign_in(0, "rosa")[0] == 302
    assert [line for line in site.log.read_text().splitlines() if "Traceback" in line] == []


def test_a_session_that_ended_while_redis_was_gone_is_over_within_a_minute(site):
    session = site.sign_in(0, "rosa")[2]
    assert site.ask(0, "/account/", session=session)[0] == 200
    assert 0 < site.stage.ask("remembered_for", key=session) <= 60


def test_redis_holds_nothing_that_runs(site):
    """No pickles: whoever reaches the cache can run nothing on the servers."""
    site.sign_in(0, "rosa", "wrong horse battery")
    site.sign_in(0, "rosa")
    values = site.stage.ask("list_values")
    assert len(values) >= 3
    assert all(value.startswith(("[", '"', "true")) or value.isdigit() for value in values), values
