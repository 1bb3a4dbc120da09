"""Each refused try to open something of somebody is written down, and nobody can tell by the answer (G1, A2)."""

import re
from contextlib import contextmanager
from random import Random
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.promises.every_url import Page, find_object, list_pages
from tests.promises.test_every_url import NEVER_THEIRS, everybody, no_scope, quiet, sign_in, undone  # noqa: F401

from alongside.audit.models import Entry
from alongside.privacy import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_tries():
    """Nobody tried anything in this hour."""
    refused.tries.forget()


def pages_with_an_id(story) -> list[tuple[Page, dict]]:
    """Every page whose path names an id, with the ids of the story."""
    found = []
    for page in list_pages():
        named = {kwarg: find_object(story, page.name, kwarg) for kwarg, _ in page.converters}
        if any(isinstance(one, UUID) for one in named.values()):
            found.append((page, named))
    return found


def browser_of(story, who: str) -> Client:
    cookies, client = sign_in(story, who).cookies, Client()
    client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
    return client


@contextmanager
def statements():
    """What the database is asked inside."""
    asked: list[str] = []

    def look(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield asked


def entries() -> list[Entry]:
    return list(Entry.objects.filter(act="access.refused").order_by("pk"))


def test_a_real_id_and_an_invented_one_are_answered_and_asked_alike(everybody):  # noqa: F811
    """Same status, words, headers, and the same statements to the database: the same class of time."""
    different = []
    for who in sorted(NEVER_THEIRS):
        client = browser_of(everybody, who)
        for page, named in pages_with_an_id(everybody):
            found = []
            for ids in (named, {key: uuid4() if isinstance(one, UUID) else one for key, one in named.items()}):
                refused.tries.forget()
                with undone(), no_scope(), statements() as asked:
                    answer = client.get(reverse(page.name, kwargs=ids))
                found.append((answer.status_code, faceless(answer), len(asked)))
            if found[0][0] == 404 and found[0] != found[1]:
                different.append(f"{who} {page.name}: {found[0][0]} {found[0][2]} / {found[1][0]} {found[1][2]}")
    assert not different, "\n".join(different)


FACES = re.compile(rb'X-CSRFToken": "\w+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|csrfmiddlewaretoken" value="\w+"'
                   rb"|nonce-[^' ]+")  # fmt: skip


def faceless(answer) -> bytes:
    """Body and headers without ids, tokens and nonces."""
    headers = "".join(f"{name}: {value}\n" for name, value in sorted(answer.items())).encode()
    return FACES.sub(b"", headers + answer.content)


@pytest.mark.once
def test_the_medians_of_many_tries_are_alike(everybody):  # noqa: F811
    """Rosa's record as Pat, who is nobody to her, and an id that never was: 60 each, by lot which of the two comes
    first, so that what the process does at every so many requests falls on both."""
    client, spent, chance = browser_of(everybody, "pat"), {"real": [], "invented": []}, Random(5)
    for turn in range(61):
        for kind in chance.sample(sorted(spent), 2):
            refused.tries.forget()
            path = reverse("record", args=[everybody.rosa.person.pk if kind == "real" else uuid4()])
            with no_scope():
                begun = perf_counter()
                assert client.get(path).status_code == 404
                if turn:
                    spent[kind].append(perf_counter() - begun)
    real, invented = median(spent["real"]), median(spent["invented"])
    assert abs(real - invented) < 0.25 * max(real, invented), f"{real:.4f} {invented:.4f}"


def test_who_may_open_it_and_a_visitor_write_nothing(everybody):  # noqa: F811
    path = reverse("record", args=[everybody.rosa.person.pk])
    with no_scope():
        assert browser_of(everybody, "dante").get(path).status_code == 200
        assert Client().get(path).status_code == 302
        assert browser_of(everybody, "dante").get("/people/nothing-like-an-id/").status_code == 404
    assert entries() == []


def test_the_reason_says_whether_it_was_the_role_or_the_person(everybody):  # noqa: F811
    path = reverse("record", args=[everybody.rosa.person.pk])
    with no_scope():
        for who in ("pat", "ada"):
            browser_of(everybody, who).get(path)
    assert [one.reason for one in entries()] == ["not_theirs", "not_their_role"]


def test_nobody_fills_the_log_by_trying(everybody, monkeypatch):  # noqa: F811
    monkeypatch.setattr(refused, "PER_HOUR", 5)
    client = browser_of(everybody, "pat")
    with no_scope():
        for _each in range(20):
            assert client.get(reverse("record", args=[uuid4()])).status_code == 404
        browser_of(everybody, "marcus").get(reverse("record", args=[uuid4()]))
    reasons = [one.reason for one in entries()]
    assert reasons == ["not_theirs"] * 5 + ["too_many"] + ["not_theirs"], "another account counts for itself"


def test_the_next_hour_begins_anew():
    counted, account = refused.Tries(), uuid4()
    assert [counted.count(account) for _each in range(3)] == [1, 2, 3]
    counted._hour -= 1
    assert counted.count(account) == 1


def test_the_person_does_not_read_of_a_try_that_saw_nothing(everybody):  # noqa: F811
    from alongside.audit.queries import list_opened

    rosa = everybody.rosa.person.pk
    before = len(list_opened(rosa, per_page=500).rows)
    with no_scope():
        browser_of(everybody, "pat").get(reverse("record", args=[rosa]))
    assert len(list_opened(rosa, per_page=500).rows) == before
    assert entries()[0].subject_id == rosa
