"""The look for known weaknesses that runs by itself: a real server answers as OSV does, with one planted (K3)."""

import http.server
import json
import re
import threading
from datetime import datetime, time, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from tests.story import ZONE, day_there

from alongside.audit.models import Entry
from alongside.fetching import NotFetched
from alongside.people.models import OutgoingMessage
from alongside.running import advisories, weaknesses
from alongside.running.models import WeaknessLook

pytestmark = pytest.mark.django_db

NIGHT = datetime.combine(day_there(), time(3), tzinfo=ZONE)
LOCK = Path(__file__).resolve().parents[2] / "requirements.txt"
KNOWN = [
    {"id": "GHSA-xxxx-planted-0001", "affected": [{"package": {"name": "planted-part", "ecosystem": "PyPI"},
                                                   "versions": ["1.0", "1.1"]}]},
    {"id": "PYSEC-0000-2", "affected": [{"package": {"name": "planted-part", "ecosystem": "PyPI"},
                                         "versions": ["1.1"]}]},
    {"id": "GHSA-xxxx-of-npm-0003", "affected": [{"package": {"name": "django", "ecosystem": "npm"},
                                                  "versions": ["5.2.19"]}]},
]  # fmt: skip
"""Entries in the schema of OSV, as far as a question reads them."""


def answer_as_osv(question: dict) -> dict:
    """`{"results": [{"vulns": [{"id", "modified"}]} or {}]}`, in the order of the queries."""
    results = []
    for query in question["queries"]:
        found = [
            {"id": one["id"], "modified": "2026-01-01T00:00:00Z"}
            for one in KNOWN
            for affected in one["affected"]
            if affected["package"] == query["package"] and query["version"] in affected["versions"]
        ]
        results.append({"vulns": found} if found else {})
    return {"results": results}


class Osv(http.server.BaseHTTPRequestHandler):
    """A list of weaknesses at /v1/querybatch, and what it was asked."""

    asked: list = []
    says: bytes | None = None

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(question)
        body = self.says if self.says is not None else json.dumps(answer_as_osv(question)).encode()
        self.send_response(200 if self.path == "/v1/querybatch" else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said):
        """Nothing."""


@pytest.fixture
def osv(settings, monkeypatch):
    """A server of our own, named in the setting."""
    monkeypatch.setattr(Osv, "asked", [])
    monkeypatch.setattr(Osv, "says", None)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Osv)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ALONGSIDE_ADVISORIES = f"http://127.0.0.1:{server.server_port}/v1/querybatch"
    yield settings.ALONGSIDE_ADVISORIES
    server.shutdown()
    server.server_close()


@pytest.fixture
def ada_with_mail(ada, program):
    ada.user.email = "ada@example.org"
    ada.user.save()
    return ada


def locked() -> list[tuple[str, str]]:
    return re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", LOCK.read_text(), re.MULTILINE)


def look(now) -> int:
    return advisories.look_due(now, allow_loopback=True)


def test_it_finds_what_is_planted_and_nothing_in_our_lock(osv):
    assert len(locked()) > 50
    assert advisories.find(osv, locked(), allow_loopback=True) == []
    planted = [*locked(), ("planted-part", "1.1"), ("planted-part", "2.0")]
    assert advisories.find(osv, planted, allow_loopback=True) == [
        "planted-part 1.1: GHSA-xxxx-planted-0001", "planted-part 1.1: PYSEC-0000-2",
    ]  # fmt: skip


def test_long_lists_are_asked_in_parts(osv, monkeypatch):
    monkeypatch.setattr(advisories, "AT_ONCE", 7)
    parts = [*locked(), ("planted-part", "1.0")]
    assert advisories.find(osv, parts, allow_loopback=True) == ["planted-part 1.0: GHSA-xxxx-planted-0001"]
    assert len(Osv.asked) == -(-len(parts) // 7) and sum(len(one["queries"]) for one in Osv.asked) == len(parts)


def test_it_runs_each_week_by_itself_and_only_names_and_versions_leave(osv, ada_with_mail, signed_in):
    assert look(NIGHT) == 0 and look(NIGHT + timedelta(days=6)) == 0
    (question,) = Osv.asked
    assert {*question} == {"queries"}
    assert all(
        {*one} == {"package", "version"} and {*one["package"]} == {"name", "ecosystem"} for one in question["queries"]
    )
    names = {one["package"]["name"]: one["version"] for one in question["queries"]}
    assert names["django"] == dict(locked())["django"] and len(names) > 50
    one = WeaknessLook.objects.get()
    assert (one.looked_by, one.found, one.which) == (None, False, [])
    assert Entry.objects.get(act="weakness.looked").reason == "none"
    assert not weaknesses.is_due(one, NIGHT + timedelta(days=7)) and not OutgoingMessage.objects.exists()
    assert look(NIGHT + timedelta(days=7)) == 0 and len(Osv.asked) == 2
    page = unescape(signed_in(ada_with_mail).get(reverse("jobs")).content.decode())
    assert "names and versions of these parts and nothing else" in page and "pip-audit" not in page


def test_what_it_finds_is_told_at_once_and_stands_on_the_page(osv, ada_with_mail, signed_in, monkeypatch):
    monkeypatch.setattr(advisories, "list_parts", lambda: [*locked(), ("planted-part", "1.0")])
    assert look(NIGHT) == 1 and look(NIGHT) == 0
    (notice,) = OutgoingMessage.objects.filter(once_key__startswith="weak:")
    assert notice.recipient == str(ada_with_mail.user.pk) and notice.template == "please_look_now"
    assert Entry.objects.get(act="weakness.looked").reason == "found"
    page = unescape(signed_in(ada_with_mail).get(reverse("jobs")).content.decode())
    assert "planted-part 1.0: GHSA-xxxx-planted-0001" in page and "One was found" in page


@pytest.mark.parametrize(
    "says",
    [b'{"results": []}', b"{}", b"[]", b"none", b'{"results": {}}', b'{"results": [1]}',
     b'{"results": [{"vulns": [{}]}]}',
     b'{"results": [{"vulns": 3}]}'],
)  # fmt: skip
def test_without_a_whole_answer_nothing_is_called_clean(osv, monkeypatch, says):
    monkeypatch.setattr(advisories, "list_parts", lambda: [("planted-part", "1.0")])
    monkeypatch.setattr(Osv, "says", says)
    with pytest.raises(advisories.NoAnswer):
        look(NIGHT)
    assert not WeaknessLook.objects.exists() and not Entry.objects.filter(act="weakness.looked").exists()


def test_an_address_that_does_not_answer_fails_the_job(osv, settings):
    settings.ALONGSIDE_ADVISORIES = osv.replace("/v1/querybatch", "/gone")
    with pytest.raises(NotFetched):
        look(NIGHT)
    settings.ALONGSIDE_ADVISORIES = osv
    with pytest.raises(NotFetched):
        advisories.look_due(NIGHT)  # outside of tests no address of this machine is asked
    assert not WeaknessLook.objects.exists()


def test_where_no_list_is_named_nothing_is_asked(settings, osv):
    settings.ALONGSIDE_ADVISORIES = ""
    assert look(NIGHT) == 0 and Osv.asked == [] and not WeaknessLook.objects.exists()
