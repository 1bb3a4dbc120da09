"""A dead link tells nothing: expired, stopped, used up, locked, never sent, of nobody, or a wrong code (A1).

The same status, words and length; and the same work, so that time tells nothing either: each no asks the same
statements of the database in the same order and makes the same hashes. Medians are measured by
`python -m benchmarks.alike`, which fails when they are further apart than 10 %.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope
from tests.partners.conftest import ADDRESS, sent_token
from tests.privacy.consents import signed
from tests.story import make_persona

from alongside.partners import actions
from alongside.partners.actions import opening
from alongside.partners.models import PartnerLink
from alongside.privacy.actions import stop_sharing
from alongside.privacy.models import Consent

pytestmark = pytest.mark.django_db
NO = ("wrong_code", "unknown", "stopped", "lapsed", "code_too_old", "used_up", "opened_too_often", "locked",
      "other_program", "consent_stopped", "consent_over", "not_sent")  # fmt: skip


@pytest.fixture
def dead(consent, give, rosa, carmen, other_program):
    """`dead(kind)` gives (token, code) of a link that does not open."""

    def make(kind: str) -> tuple[str, str]:
        if kind == "unknown":
            return "x" * 32, "12345678"
        if kind == "not_sent":
            actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
            return "y" * 32, "12345678"
        given = give(consent)
        rows = PartnerLink.objects.filter(pk=given.link.pk)
        now = timezone.now()
        if kind == "wrong_code":
            return given.token, "0000000x"
        if kind == "stopped":
            actions.stop_link(link=given.link, by=rosa.actor)
        if kind == "lapsed":
            actions.lapse_due(given.link.expires_at)
        if kind == "code_too_old":
            rows.update(code_expires_at=now - timedelta(minutes=1))
        if kind == "used_up":
            opened = actions.open_link(token=given.token, code=given.code)
            actions.answer_link(token=given.token, link_id=opened.link.pk, accepts=False, reason="no_room")
        if kind == "opened_too_often":
            for _ in range(10):
                actions.open_link(token=given.token, code=given.code)
        if kind == "locked":
            for _ in range(5):
                actions.open_link(token=given.token, code="none")
        if kind == "consent_stopped":
            stop_sharing(consent=given.link.consent, by=rosa.actor)
        if kind == "consent_over":  # past the actions: its links were left open
            Consent.objects.filter(pk=consent.pk).update(status="expired", ended_at=now, ended_how="day")
        if kind == "other_program":
            return given.token, _code_of_another_program(other_program)
        return given.token, given.code

    return make


def _code_of_another_program(program) -> str:
    with scope(program=program):
        olu = make_persona(program, "olu", "participant")
        clerk = make_persona(program, "clerk", "coordinator")
        _link, code = actions.make_link(
            consent=signed(olu.person, olu.actor), address=ADDRESS, submit_key=uuid4(), by=clerk.actor
        )
    return code


def ask(partner, token: str, code: str) -> dict:
    """What an answer tells: status, headers, words without what this very request wrote itself, and the work."""
    cache.clear()  # the limits count before anything is looked at, and for each alike
    partner.get("/page/warm/")
    hashes: list[str] = []
    with CaptureQueriesContext(connection) as asked, pytest.MonkeyPatch.context() as patch:
        for name in ("hash_code", "hash_token", "constant_time_compare"):
            patch.setattr(opening, name, counted(hashes, name, getattr(opening, name)))
        answer = partner.post(f"/page/{token}/", {"code": code})
    text = answer.content.decode().replace(token, "TOKEN")
    return {
        "status": answer.status_code,
        "headers": sorted(f"{name}: {value}" for name, value in answer.items() if name != "Content-Security-Policy"),
        "words": re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text),
        "statements": [shape(query["sql"]) for query in asked.captured_queries],
        "hashes": hashes,
    }


def counted(hashes: list[str], name: str, function):
    """The same function, which notes that it was called."""

    def inside(*given):
        hashes.append(name)
        return function(*given)

    return inside


def shape(sql: str) -> str:
    """A statement without the values in it."""
    sql = re.sub(r"'[^']*'(?:::\w+)?|\b\d+\b|\b[0-9a-f]{32}\b|NULL", "?", sql)
    return re.sub(r"s\d+_x\d+", "savepoint", re.sub(r'"s[\w]+"', "savepoint", sql))


@pytest.mark.parametrize("kind", NO[1:])
def test_every_no_is_the_same_no(dead, partner, kind):
    live = ask(partner, *dead("wrong_code"))
    other = ask(partner, *dead(kind))
    assert other["status"] == live["status"] == 200
    assert "That did not open." in other["words"]
    assert other["words"] == live["words"]
    assert other["headers"] == live["headers"]


@pytest.mark.parametrize("kind", NO[1:])
def test_every_no_is_the_same_work(dead, partner, kind):
    live = ask(partner, *dead("wrong_code"))
    other = ask(partner, *dead(kind))
    assert len(live["statements"]) > 5, "it looked, or the test is blind"
    assert other["statements"] == live["statements"]
    assert other["hashes"] == live["hashes"] == ["hash_token", "hash_code", "constant_time_compare"]


def test_opening_one_by_get_looks_nothing_up(dead, partner):
    texts = set()
    for kind in ("wrong_code", "unknown", "stopped"):
        token, _code = dead(kind)
        with CaptureQueriesContext(connection) as asked:
            texts.add(re.sub(r'value="[^"]*"', "", partner.get(f"/page/{token}/").content.decode().replace(token, "T")))
        assert not [query for query in asked.captured_queries if "partners_" in query["sql"]]
    assert len(texts) == 1


def test_an_answer_to_a_dead_one_is_the_same_no(dead, partner):
    for kind in ("unknown", "stopped"):
        token, _code = dead(kind)
        answer = partner.post(f"/page/{token}/answer/", {"answer": "yes", "proof": "x"})
        assert "That did not open." in answer.content.decode()


def test_whoever_compares_answers_would_see_a_difference(given, partner):
    """The comparison is not blind: the right code answers otherwise, and works otherwise."""
    right, wrong = ask_for_real(partner, given.token, given.code), ask_for_real(partner, given.token, "none")
    assert right != wrong and sent_token() == given.token


def ask_for_real(partner, token: str, code: str) -> tuple[str, ...]:
    with CaptureQueriesContext(connection) as asked:
        partner.post(f"/page/{token}/", {"code": code})
    return tuple(shape(query["sql"]) for query in asked.captured_queries)
