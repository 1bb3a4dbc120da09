"""A list that is read from its address: over a real wire, twice without change, broken, shrunken, private."""

import json
from datetime import timedelta
from html import unescape
from importlib import import_module
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.resources.lists import as_list, everything, service, uid
from tests.test_fetching import send, serving

from alongside.audit.models import Entry
from alongside.fetching import NotFetched
from alongside.people import second_factor
from alongside.resources import actions, queries
from alongside.resources.actions.paging import address_of, origin_of
from alongside.resources.models import Feed, Resource

FOOD, BED, LAW = service(1, "Moss food pantry"), service(2, "Night shelter"), service(3, "Law clinic")
MANY = [service(number, f"Place {number}") for number in range(30)]


@pytest.fixture
def source(program, carmen):
    """A list with an address, never read; `source(url)` leads it to a server of the test."""

    def make(url="https://list.example/all.json", name="2-1-1", every_hours=24, **more) -> Feed:
        feed = actions.add_source(
            program=program, name=name, url="https://list.example/all.json", every_hours=every_hours,
            submit_key=uuid4(), by=carmen.actor, **more,
        )  # fmt: skip
        Feed.objects.filter(pk=feed.pk).update(url=url)
        feed.refresh_from_db()
        return feed

    return make


@pytest.fixture
def browser():
    def open_(persona):
        client = Client()
        client.force_login(persona.user)
        session = client.session
        second_factor.mark_passed(session)
        session.save()
        return client

    return open_


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_a_list_is_read_and_what_did_not_change_is_not_written(program, carmen, source):
    answers, asked = [as_list(FOOD, BED), as_list(FOOD, BED), as_list({**FOOD, "name": "Pantry"}, BED, LAW)], []

    def answer(handler):
        asked.append(handler.headers.get("If-None-Match"))
        send(handler, answers[0])

    with serving(answer) as url:
        feed = source(f"{url}/lists/services.json")
        read = lambda: actions.read_address(feed=Feed.objects.get(), by=carmen.actor, allow_loopback=True)  # noqa: E731
        first = read()
        assert (first.problem, first.counts["new"], first.counts["part"]) == ("", 2, False)
        before, entries = everything(), Entry.objects.count()
        again = read()
        assert (everything(), Entry.objects.count()) == (before, entries) and again.good_at > first.good_at
        del answers[:2]
        changed = read()
    assert (changed.counts["new"], changed.counts["changed"], changed.counts["same"]) == (1, 1, 1)
    assert {one.feed_id for one in Resource.objects.all()} == {feed.pk}


def test_tables_in_a_zip_come_the_same_way(program, carmen, source):
    with scope(program=program):
        actions.import_list(program=program, feed_name="Other", content=as_list(FOOD), file_name="x.json",
                            by=carmen.actor)  # fmt: skip
        content = actions.export(program=program, form="tables", by=carmen.actor)
    with serving(lambda handler: send(handler, content, Content_Type="application/zip")) as url:
        source(f"{url}/package")
        read = actions.read_address(feed=Feed.objects.get(name="2-1-1"), by=carmen.actor, allow_loopback=True)
    assert (read.problem, read.counts["new"]) == ("", 1)


@pytest.mark.parametrize(
    ("content", "status", "problem", "words"),
    [
        (b"", 200, "empty", "This file is empty."), (b"<html>sorry", 200, "json_broken", "in line 1"),
        (b"[]", 200, "no_objects", "We find no services"), (as_list({"name": ""}), 200, "all_refused", "Not one place"),
        (json.dumps([{"id": "t", "name": "Food", "term_uri": "https://example.org"}]).encode(), 200, "empty_now",
         "there were places before"),
        (b"x", 404, "not_there", "There is nothing at this address."), (b"x", 503, "server_error", "trouble"),
    ],
)  # fmt: skip
def test_a_broken_list_changes_nothing_and_says_why(program, carmen, source, browser, content, status, problem, words):
    answers = [(as_list(FOOD, BED), 200), (content, status)]
    with serving(lambda handler: send(handler, *answers.pop(0))) as url:
        feed = source(url)
        for _time in range(2):
            before = everything()
            feed = actions.read_address(feed=feed, by=carmen.actor, allow_loopback=True)
    assert (feed.problem, everything()) == (problem, before) and len(before[0]) == 2
    shown = text_of(browser(carmen).get(reverse("place_source", args=[feed.pk])))
    assert "nothing was changed" in shown and words in shown
    assert "could not be read" in text_of(browser(carmen).get(reverse("directory")))


def page_of(number, *contents, total=3, **more) -> bytes:
    """A page of an HSDS API, which counts its items wrongly as some do."""
    return json.dumps({
        "total_items": 1, "total_pages": total, "page_number": number, "size": len(contents),
        "first_page": number == 1, "last_page": number == total, "empty": not contents,
        "contents": list(contents), **more,
    }).encode()  # fmt: skip


def number_of(handler) -> int:
    """The page that is asked for."""
    return int(parse_qs(urlsplit(handler.path).query).get("page", ["1"])[0])


def test_addresses_keep_all_else_that_they_ask_for():
    assert address_of("https://a.example:8443/v3/services?q=a+b&page=1&tag=", 7) == (
        "https://a.example:8443/v3/services?q=a+b&tag=&page=7"
    )
    assert address_of("https://a.example/services", 2) == "https://a.example/services?page=2"
    assert origin_of("HTTPS://A.example/x") == origin_of("https://a.example/y") != origin_of("https://a.example:8/x")


def test_a_list_in_pages_is_read_to_its_end_and_twice_without_change(program, carmen, source, browser):
    around = {"id": uid(900), "name": "Moss aid", "description": "Helps", "services": [LAW, service(4, "Clinic")]}
    contents, asked = {1: [FOOD], 2: [BED], 3: [around]}, []

    def answer(handler):
        asked.append(handler.path)
        send(handler, page_of(number_of(handler), *contents[number_of(handler)]), ETag='"same"')

    with serving(answer) as url:
        source(f"{url}/services?per_page=1&page=1")
        read = lambda: actions.read_address(feed=Feed.objects.get(), by=carmen.actor, allow_loopback=True)  # noqa: E731
        first = read()
        assert (first.problem, first.counts["new"], first.counts["part"], first.counts["pages"]) == ("", 4, False, 3)
        assert asked == [f"/services?per_page=1&page={number}" for number in (1, 2, 3)]
        assert first.etag == "", "a first page that stays says nothing of the others"
        before = everything()
        assert read().counts == first.counts and everything() == before and len(asked) == 6
        contents[3] = [LAW]
        third = read()
        assert (third.counts["vanished"], third.counts["same"]) == (1, 2)
    assert "It came in 3 pages" in text_of(browser(carmen).get(reverse("place_source", args=[third.pk])))


@pytest.mark.parametrize(
    ("broken", "problem", "words"),
    [
        (lambda one: send(one, b"", 503), "server_error", "trouble of its own"),
        (lambda one: send(one, page_of(1, FOOD)), "page_repeated", "Page 2 of the list held what another"),
        (lambda one: send(one, page_of(None, FOOD)), "page_repeated", "Page 2 of the list held what another"),
        (lambda one: send(one, page_of(2)), "page_missing", "Page 2 of the list was empty"),
        (lambda one: send(one, as_list(BED)), "page_missing", "or no page at all"),
        (lambda one: send(one, page_of(2, BED, total=9)), "pages_changed", "The list changed while we read"),
        (lambda one: send(one, b"<html>", Content_Type="text/html"), "other_kind", "A web page or another kind"),
        (lambda one: send(one, b"", 302, Location="http://169.254.169.254/page"), "private_address", "private network"),
        (lambda one: send(one, b"{" * 100_000), "json_broken", "no whole JSON"),
    ],
)  # fmt: skip
def test_a_page_that_is_wrong_changes_nothing_and_says_why(program, carmen, source, browser, broken, problem, words):
    fine = [True]

    def answer(handler):
        number = number_of(handler)
        if number == 2 and not fine:
            return broken(handler)
        return send(handler, page_of(number, {1: FOOD, 2: BED, 3: LAW}[number]))

    with serving(answer) as url:
        feed = source(f"{url}/services")
        read = lambda: actions.read_address(feed=Feed.objects.get(), by=carmen.actor, allow_loopback=True)  # noqa: E731
        assert read().counts["new"] == 3
        before, fine[:] = everything(), []
        assert read().problem == problem
    assert everything() == before
    assert words in text_of(browser(carmen).get(reverse("place_source", args=[feed.pk])))


def test_pages_are_asked_of_the_site_that_gave_the_first_and_no_other(program, carmen, source, monkeypatch):
    """Another port is another site; and all pages together have an end."""
    with serving(lambda handler: send(handler, page_of(number_of(handler), BED))) as other:

        def answer(handler):
            if number_of(handler) == 1:
                return send(handler, page_of(1, FOOD))
            return send(handler, b"", 302, Location=f"{other}{handler.path}")

        with serving(answer) as url:
            feed = source(f"{url}/services")
            read = lambda: actions.read_address(feed=feed, by=carmen.actor, allow_loopback=True)  # noqa: E731
            assert read().problem == "page_elsewhere"
            monkeypatch.setattr("alongside.resources.actions.paging.SECONDS", 0.0)
            assert read().problem == "too_slow"
    assert not Resource.objects.exists()


def test_a_list_that_lost_most_waits_for_somebody_who_says_that_it_is_right(program, carmen, source, browser):
    answers = [as_list(*MANY), as_list(*MANY[:14]), as_list(*MANY[:14]), as_list(*MANY[:14])]
    with serving(lambda handler: send(handler, answers.pop(0))) as url:
        feed = source(url)
        read = lambda: actions.read_address(feed=Feed.objects.get(), by=carmen.actor, allow_loopback=True)  # noqa: E731
        read()
        before = everything()
        assert [read().problem, read().problem] == ["most_gone"] * 2 and everything() == before
        page = reverse("place_source", args=[feed.pk])
        assert "It is right that most are gone" in text_of(browser(carmen).get(page))
        assert browser(carmen).post(page, {"action": "lose"}).status_code == 302
        assert (read().problem, Resource.objects.filter(is_listed=True).count()) == ("", 14)
    assert not Feed.objects.get().may_lose, "it holds once"


def test_what_is_due_is_read_in_its_program_and_a_failure_is_tried_sooner(program, carmen, unscoped, source):
    with serving(lambda handler: send(handler, b"", 503)) as url:
        with scope(program=program):
            feed = source(url, every_hours=168)
        now = timezone.now() + timedelta(minutes=1)
        assert actions.read_due(now, allow_loopback=True) == {"feeds not read": 1}
        assert actions.read_due(now, allow_loopback=True) == {}
    with scope(program=program):
        feed.refresh_from_db()
        assert (feed.problem, feed.next_at) == ("server_error", now + timedelta(hours=6))
    with serving(lambda handler: send(handler, as_list(FOOD))) as url:
        with scope(program=program):
            Feed.objects.update(url=url)
        later = now + timedelta(hours=7)
        assert actions.read_due(later, allow_loopback=True) == {"feeds read": 1}
    with scope(program=program):
        assert Feed.objects.get().next_at == later + timedelta(hours=168)


def test_a_fault_of_ours_is_said_and_holds_up_no_other(program, carmen, unscoped, source, monkeypatch):
    with serving(lambda handler: send(handler, as_list(FOOD))) as url:
        with scope(program=program):
            source(url, name="Breaks"), source(url, name="Works")
        read = actions.reading.read
        broken = [True]
        monkeypatch.setattr(
            actions.reading, "read", lambda *a, **k: 1 / 0 if broken and broken.pop() else read(*a, **k)
        )
        done = actions.read_due(timezone.now() + timedelta(minutes=1), allow_loopback=True)
    assert done == {"feeds read": 1, "feeds not read": 1}
    with scope(program=program):
        assert [one.problem for one in Feed.objects.order_by("name")] == ["reader_broke", ""]


def test_staff_give_an_address_once_and_change_it(program, carmen, browser):
    client, key = browser(carmen), str(uuid4())
    sent = {"feed": "County", "url": "https://list.example/a.json", "every_hours": 24, "submit_key": key}
    for _again in range(2):
        page = client.post(reverse("place_source_new"), sent)["Location"]
    feed = Feed.objects.get()
    assert page == reverse("place_source", args=[feed.pk]) and feed.next_at
    assert "It was not read yet" in text_of(client.get(page))
    taken = client.post(reverse("place_source_new"), sent | {"submit_key": str(uuid4())})
    assert "has an address already" in text_of(taken) and "https://list.example/a.json" in text_of(taken)
    for url, words in (("http://list.example/", "does not begin with https"), ("", "Write the whole address"),
                       ("https://list.example:8080/", "not an address we may ask")):  # fmt: skip
        answer = client.post(reverse("place_source_new"), sent | {"url": url, "feed": "X", "submit_key": str(uuid4())})
        assert answer.status_code == 200 and words in text_of(answer)
    client.post(page, {"action": "save", "url": "", "every_hours": 24})
    feed.refresh_from_db()
    assert (feed.url, feed.every_hours, feed.next_at) == ("", 0, None)
    acts = Entry.objects.filter(object_kind="feed").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["resource.source_added", "resource.source_changed"]


def test_a_list_that_came_as_a_file_gets_an_address_and_stays_the_same_list(program, carmen, source):
    actions.import_list(program=program, feed_name="2-1-1", content=as_list(FOOD), file_name="x.json", by=carmen.actor)
    with serving(lambda handler: send(handler, as_list(FOOD))) as url:
        feed = actions.read_address(feed=source(url), by=carmen.actor, allow_loopback=True)
    assert feed.counts["same"] == 1 and Resource.objects.count() == 1


def test_addresses_into_our_own_net_are_never_asked(program, carmen, source):
    for url in ("https://127.0.0.1/", "https://[::1]/"):
        feed = actions.read_address(feed=source(url, name=url), by=carmen.actor)
        assert feed.problem == "private_address"
    with pytest.raises(NotFetched):
        actions.add_source(program=program, name="F", url="file:///etc/passwd", every_hours=0, submit_key=uuid4(),
                           by=carmen.actor)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Feed.objects.update(url="")


def test_only_those_who_keep_the_directory_and_only_their_own(program, carmen, dante, rosa, marcus, source, browser):
    url = reverse("place_source", args=[source().pk])
    assert browser(carmen).get(url).status_code == 200
    for persona in (dante, rosa, marcus):
        assert browser(persona).get(url).status_code == 404


# --- places kept private --------------------------------------------------------------------------------------------
def test_what_was_imported_earlier_is_no_longer_found_by_a_private_address(program, carmen):
    home = service(4, "Casa Luna", description="Shelter from domestic violence")
    actions.import_list(program=program, feed_name="x", content=as_list(FOOD, home), file_name="x.json",
                        by=carmen.actor)  # fmt: skip
    luna, food = Resource.objects.get(name="Casa Luna"), Resource.objects.get(name=FOOD["name"])
    was = food.found_at
    Resource.objects.filter(pk=luna.pk).update(found_at=" moss 90033 4 main st ca")
    with scope(program=program):
        assert luna in queries.search(actions_asked("90033"))
    import_module("alongside.resources.migrations.0003_private_addresses_are_not_found").mend(apps, None)
    luna.refresh_from_db(), food.refresh_from_db()
    assert "90033" not in luna.found_at and "main" not in luna.found_at and "moss" in luna.found_at
    assert food.found_at == was and "90033" in food.found_at
    with scope(program=program):
        assert luna not in queries.search(actions_asked("90033")) and luna in queries.search(actions_asked("Moss"))


def actions_asked(place: str):
    from alongside.resources.asking import as_asked

    return as_asked({"place": place})
