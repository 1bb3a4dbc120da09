"""The ends of the log leave the machine once a day, by file, mail or POST, and are what `verify` compares with (G2)."""

import http.server
import json
import os
import stat
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection

from alongside import fetching
from alongside.audit import heads_away, triggers
from alongside.audit.actions import record_each
from alongside.audit.models import NO_PROGRAM, Entry, HeadsSent, Seal
from alongside.audit.sealing import heads, read_heads, seal_pending, verify

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 8, 23, 50, tzinfo=UTC)
PROGRAM = UUID(int=10)


def act(count: int) -> None:
    by = SimpleNamespace(user_id=UUID(int=1), person_id=UUID(int=2), program_id=PROGRAM, role="peer")
    record_each([UUID(int=100 + n) for n in range(count)], act="record.opened", by=by, words="crimson", now=NOW)
    seal_pending(NOW)


@pytest.fixture
def share(settings, tmp_path):
    """A file on a share."""
    settings.ALONGSIDE_HEADS_TO = str(tmp_path / "heads.jsonl")
    return tmp_path / "heads.jsonl"


def test_nothing_leaves_where_nobody_said_where_to(settings):
    act(1)
    settings.ALONGSIDE_HEADS_TO = ""
    assert heads_away.publish_due(NOW) == 0 and heads_away.list_problems(NOW + timedelta(days=9)) == []


def test_once_a_day_a_line_for_each_chain_and_nothing_else(share):
    act(3)
    assert heads_away.publish_due(NOW) == 1
    assert heads_away.publish_due(NOW + timedelta(minutes=9)) == 0, "the same day"
    act(1)
    assert heads_away.publish_due(NOW + timedelta(minutes=11)) == 2, "a new day in UTC, and the chain outside programs"
    lines = [json.loads(line) for line in share.read_text().splitlines()]
    assert all(line.keys() == {"made_at", "heads"} for line in lines)
    assert [list(line["heads"]) for line in lines] == [[str(PROGRAM)], [str(NO_PROGRAM)], [str(PROGRAM)]]
    assert lines[0]["heads"][str(PROGRAM)] == [3, Seal.objects.get(program=PROGRAM, number=3).mac]
    assert stat.S_IMODE(share.stat().st_mode) == 0o600
    assert Entry.objects.filter(act="heads.published").count() == 2


def test_what_left_finds_a_log_that_was_cut_short(share):
    act(5)
    heads_away.publish_due(NOW)
    act(2)
    heads_away.publish_due(NOW + timedelta(days=1))
    assert read_heads(share)[PROGRAM] == heads()[PROGRAM]
    assert verify(now=NOW, heads=read_heads(share)).is_sound
    with triggers.suspended(connection):
        Seal.objects.filter(program=PROGRAM, number=7).delete()
        Entry.objects.filter(seal=None, program_id=PROGRAM).delete()
    assert verify(now=NOW).is_sound, "by itself nobody sees it"
    assert [one.code for one in verify(now=NOW, heads=read_heads(share)).problems] == ["tail_missing"]


def test_a_mail_is_neutral_and_is_read_as_it_came(settings, tmp_path):
    settings.ALONGSIDE_HEADS_TO = "keeper@elsewhere.example"
    act(2)
    assert heads_away.publish_due(NOW) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["keeper@elsewhere.example"], "Numbers of the day")
    raw = sent.message().as_bytes()
    assert b"crimson" not in raw and str(UUID(int=100)).encode() not in raw
    (tmp_path / "kept.eml").write_bytes(raw)
    assert read_heads(tmp_path / "kept.eml") == {PROGRAM: heads()[PROGRAM]}


@contextmanager
def taking(status: int = 204, location: str = ""):
    """A server that takes what is handed to it; yields its address and what it got."""
    got = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, self.headers["Content-Type"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/heads?from=a", got
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def on_this_machine(monkeypatch):
    """The real client, which may ask this machine in tests alone."""
    real = fetching.send
    monkeypatch.setattr(heads_away, "send", lambda *words, **more: real(*words, **more, allow_loopback=True))


def test_an_address_takes_them(settings, tmp_path, on_this_machine):
    act(2)
    with taking() as (url, got):
        settings.ALONGSIDE_HEADS_TO = url
        assert heads_away.publish_due(NOW) == 1
    ((path, kind, body),) = got
    assert (path, kind) == ("/heads?from=a", "application/x-ndjson")
    (tmp_path / "kept").write_bytes(body)
    assert read_heads(tmp_path / "kept") == {PROGRAM: heads()[PROGRAM]}


@pytest.mark.parametrize(("status", "reason"), [(500, "server_error"), (403, "closed"), (302, "other_status")])
def test_what_was_not_taken_is_tried_again(settings, on_this_machine, status, reason):
    act(2)
    with taking(status, "http://127.0.0.1:9/elsewhere") as (url, got):
        settings.ALONGSIDE_HEADS_TO = url
        with pytest.raises(fetching.NotFetched) as refused:
            heads_away.publish_due(NOW)
        assert refused.value.reason == reason and len(got) == 1
    assert not HeadsSent.objects.exists()
    with taking() as (url, _got):
        settings.ALONGSIDE_HEADS_TO = url
        assert heads_away.publish_due(NOW) == 1


@pytest.mark.parametrize(
    ("to", "reason"),
    [("http://elsewhere.example/x", "not_https"), ("https://127.0.0.1/x", "private_address"),
     ("ftp://x.example/", "not_https")],
)  # fmt: skip
def test_only_the_open_net_by_https(settings, to, reason):
    act(1)
    settings.ALONGSIDE_HEADS_TO = to
    with pytest.raises(fetching.NotFetched) as refused:
        heads_away.publish_due(NOW)
    assert refused.value.reason == reason


def test_a_share_that_is_not_mounted_shows_on_the_page_of_jobs(settings, tmp_path, monkeypatch):
    from alongside import jobs
    from alongside.running.actions import Notes
    from alongside.running.models import Failure

    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)  # it would end the transaction of the test
    act(1)
    settings.ALONGSIDE_HEADS_TO = str(tmp_path / "not-there" / "heads.jsonl")
    (tick,) = (one for one in jobs.TICKS if one.function == "alongside.audit.heads_away.publish_due")
    notes = Notes()
    jobs.begin(notes, (tick,))
    assert not jobs.run_one(tick, notes)
    assert Failure.objects.get().error == "FileNotFoundError"
    assert heads_away.list_problems(NOW) != []
    os.mkdir(tmp_path / "not-there")
    assert jobs.run_one(tick, notes)


def test_the_check_tells_when_nothing_left_for_two_days(share):
    act(1)
    heads_away.publish_due(NOW)
    assert heads_away.list_problems(NOW + timedelta(hours=40)) == []
    assert heads_away.list_problems(NOW + timedelta(hours=49)) != []


def test_a_file_without_heads_is_refused(tmp_path):
    (tmp_path / "x").write_text("hello\n{}\n[1]\n")
    with pytest.raises(ValueError, match="no heads"):
        read_heads(tmp_path / "x")
