"""Pages: of whoever holds a place, of whoever looks after it; 404 for all others, nothing lost, nothing told."""

import re
from datetime import time, timedelta
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.community import actions, queries
from alongside.community.models import Community, PenName, Post
from alongside.groups import actions as groups
from alongside.groups.models import Group, GroupPlace
from alongside.people.actions import record_boundary
from alongside.rules.neutral import reveals
from alongside.safety.models import Escalation
from tests.groups.conftest import make_served
from tests.outside import without_ids

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def now_writes(page):
    """`now_writes(rosa, "Hello")`: this minute, so that pages of today show it."""

    def write(who, words, *, to=None, ago=timedelta()):
        now = timezone.now() - ago
        name = queries.get_name(page, who.person.pk) or actions.choose_name(
            community=page, name=f"Owl {who.person.pk.hex[:6]}", by=who.actor, now=now
        )
        return actions.write(
            community=page, name=name, words=words, submit_key=uuid4(), by=who.actor, answers_to=to, now=now
        )

    return write


@pytest.fixture(autouse=True)
def in_english(english):
    """Rosa reads English here."""


@pytest.fixture
def at(page):
    return lambda name, *more: reverse(name, args=[page.group_id, *more])


def test_somebody_chooses_a_name_writes_and_takes_it_back(page, rosa, signed_in, at):
    client = signed_in(rosa)
    assert at("me_page") in text_of(client.get(reverse("me_group", args=[page.group_id])))
    assert client.get(at("me_page_write")).url == at("me_page_name")
    offered = re.search(r'name="name" value="([^"]+)"', text_of(client.get(at("me_page_name")))).group(1)
    assert client.post(at("me_page_name"), {"name": offered}).url == at("me_page_write")
    client.post(at("me_page_write"), {"words": "Hello all", "submit_key": str(uuid4())})
    shown = text_of(client.get(at("me_page")))
    assert "Hello all" in shown and offered in shown and not reveals(re.search("<title>(.*?)</title>", shown).group(1))
    post = Post.objects.get()
    answer = client.post(reverse("me_written_back", args=[post.pk]), {"to": "page"})
    assert answer.url == at("me_page") and not Post.objects.exists()
    assert client.post(reverse("me_written_back", args=[post.pk])).status_code == 404


def test_a_taken_or_telling_name_is_told_at_the_field_and_nothing_is_lost(page, rosa, sam, named, signed_in, at):
    named(sam, "Heron 12")
    client = signed_in(rosa)
    for name, said in (
        ("heron 12", "has this name"),
        (rosa.person.goes_by, "can tell who you are"),
        ("--", "any name"),
    ):
        shown = text_of(client.post(at("me_page_name"), {"name": name}))
        assert said in shown and f'value="{name}"' in shown
    assert not PenName.objects.filter(person=rosa.person).exists()


def test_words_stay_in_the_box_when_they_cannot_be_kept(page, rosa, dante, now_writes, signed_in, at):
    post = now_writes(rosa, "One")
    client = signed_in(rosa)
    actions.pause(name=post.name, days=1, by=dante.actor)
    shown = text_of(client.post(at("me_page_write"), {"words": "My long words", "submit_key": str(uuid4())}))
    assert "paused" in shown and "My long words" in shown and Post.objects.count() == 1
    too_long = text_of(client.post(at("me_page_write"), {"words": "a" * 1501, "submit_key": str(uuid4())}))
    assert "a" * 1501 in too_long and "Your words" in too_long


def test_for_everybody_else_there_is_no_page(page, rosa, nia, lien, marcus, now_writes, signed_in, at):
    post = now_writes(rosa, "One")
    names = ("me_page", "me_page_name", "me_page_write", "page", "page_set")
    for who in (nia, lien, marcus):
        client = signed_in(who)
        for name in names:
            assert client.get(at(name)).status_code in (403, 404), (who, name)
        for name in ("me_page_answer", "me_page_flag", "page_post"):
            assert client.get(at(name, post.pk)).status_code in (403, 404)
    assert signed_in(nia).get(at("me_page")).status_code == 404
    assert nia.actor and signed_in(nia).get(reverse("me_page", args=[uuid4()])).status_code == 404


def test_whoever_left_reads_no_more_and_still_takes_back(page, rosa, now_writes, signed_in, at):
    post = now_writes(rosa, "One")
    groups.leave(place=GroupPlace.objects.get(person=rosa.person, status="held"), by=rosa.actor)
    client = signed_in(rosa)
    assert client.get(at("me_page")).status_code == 404
    assert client.post(at("me_page_write"), {"submit_key": str(uuid4())}).status_code == 404
    assert "One" in text_of(client.get(reverse("me_written")))
    assert client.post(reverse("me_written_back", args=[post.pk])).url == reverse("me_written")
    assert not Post.objects.exists()


def test_nobody_takes_back_what_is_not_theirs(page, rosa, sam, dante, now_writes, signed_in, at):
    post = now_writes(rosa, "One")
    assert signed_in(sam).post(reverse("me_written_back", args=[post.pk])).status_code == 404
    assert signed_in(dante).post(at("page_back", post.pk)).status_code == 404
    assert Post.objects.exists()


def test_a_boundary_is_a_page_that_does_not_exist(page, rosa, sam, carmen, now_writes, signed_in, at):
    post = now_writes(rosa, "Words of Rosa")
    now_writes(sam, "I answer", to=post)
    record_boundary(person=sam.person, other=rosa.person, kind="ex", by=carmen.actor)
    client = signed_in(sam)
    shown = text_of(client.get(at("me_page")))
    assert "Words of Rosa" not in shown and post.name.name not in shown
    assert client.get(at("me_page_answer", post.pk)).status_code == 404
    assert client.get(at("me_page_flag", post.pk)).status_code == 404


def test_no_page_for_members_says_who_anybody_is(page, rosa, sam, dante, now_writes, signed_in, at):
    head = now_writes(rosa, "One")
    now_writes(dante, "Two", to=head)
    shown = text_of(signed_in(sam).get(at("me_page")))
    main = shown[shown.find("<main") :]
    for who in (rosa, dante):
        assert who.person.goes_by not in main and str(who.person.pk) not in shown and str(who.user.pk) not in shown


def test_whoever_leads_looks_hides_and_is_not_shown_who_it_is(page, rosa, sam, dante, now_writes, signed_in, at):
    post = now_writes(rosa, "One")
    client = signed_in(sam)
    client.post(at("me_page_name"), {"name": "Lark 4"})
    assert client.post(at("me_page_flag", post.pk), {"reason": "unkind"}).url == at("me_page")
    client = signed_in(dante)
    board = text_of(client.get(at("page")))
    assert "unkind" in board and "Lark 4" not in board
    shown = text_of(client.get(at("page_post", post.pk)))
    assert rosa.person.goes_by not in shown[shown.find("<main") :]
    missing = text_of(client.post(at("page_post", post.pk), {"what": "hide", "reason": "unkind", "words": ""}))
    assert "Please fill this in" in missing
    client.post(at("page_post", post.pk), {"what": "hide", "reason": "unkind", "words": "You are welcome here"})
    assert "You are welcome here" in text_of(signed_in(rosa).get(at("me_page")))
    assert "One" not in without_ids(text_of(signed_in(sam).get(at("me_page"))))
    client = signed_in(dante)
    assert client.post(at("page_post", post.pk), {"what": "show"}).url == at("page")
    client.post(at("page_post", post.pk), {"what": "pause", "days": "3"})
    post.name.refresh_from_db()
    assert post.name.paused_until and post.name.paused_until > timezone.now() + timedelta(days=2)
    assert client.post(at("page_post", post.pk), {"what": "nonsense"}).status_code == 404


def test_who_is_this_asks_why_first(page, rosa, dante, now_writes, signed_in, at):
    post = now_writes(rosa, "One")
    client = signed_in(dante)
    without = text_of(client.post(at("page_post", post.pk), {"what": "who"}))
    assert rosa.person.goes_by not in without[without.find("<main") :]
    assert not Entry.objects.filter(act="page.who_asked").exists()
    shown = text_of(client.post(at("page_post", post.pk), {"what": "who", "why": "in_danger"}))
    assert (
        rosa.person.goes_by in shown[shown.find("<main") :] and Entry.objects.filter(act="page.who_asked").count() == 1
    )


def test_a_worry_is_one_press(page, rosa, dante, now_writes, signed_in, at):
    post = now_writes(rosa, "It is too much")
    for _twice in range(2):
        assert signed_in(dante).post(at("page_post", post.pk), {"what": "worry"}).url == at("page")
    assert Escalation.objects.get().person_id == rosa.person.pk


def test_a_coordinator_looks_after_it_and_does_not_write(page, carmen, rosa, now_writes, signed_in, at):
    now_writes(rosa, "One")
    client = signed_in(carmen)
    assert "One" in text_of(client.get(at("page"))) and at("page_write") not in text_of(client.get(at("page")))
    assert client.get(at("page_name")).status_code == 404
    assert client.get(at("page_write")).url == at("page_name")
    assert Entry.objects.filter(act="page.looked", subject_id=None).exists()


def test_a_made_up_name_is_free(page, rosa, sam, named, signed_in, at, monkeypatch):
    named(sam, "Heron 12")
    birds = iter(["Heron 12", "heron  12", "Owl 30", "Heron 12", "Lark 11", "Finch 20"])
    monkeypatch.setattr("alongside.community.queries.suggest_alias", lambda: next(birds))
    assert 'value="Owl 30"' in text_of(signed_in(rosa).get(at("me_page_name")))
    assert "“Finch 20” is free" in text_of(signed_in(rosa).post(at("me_page_name"), {"name": "Heron 12"}))


def test_what_was_to_be_answered_may_go_and_the_words_stay(page, rosa, sam, now_writes, named, signed_in, at):
    named(sam, "Owl 30")
    post = now_writes(rosa, "One")
    client, key = signed_in(sam), str(uuid4())
    assert client.get(at("me_page_answer", post.pk)).status_code == 200
    actions.take_back(post=post, by=rosa.actor)
    assert client.get(at("me_page_answer", post.pk)).status_code == 404
    assert client.post(at("me_page_answer", post.pk), {"submit_key": key}).status_code == 404
    for gone in (post.pk, uuid4()):
        shown = text_of(client.post(at("me_page_answer", gone), {"words": "My long answer", "submit_key": key}))
        assert "not here any more" in shown and "My long answer" in shown and f'action="{at("me_page_write")}"' in shown
    assert not Post.objects.exists()
    client.post(at("me_page_write"), {"words": "My long answer", "submit_key": key})
    assert Post.objects.get().is_answer is False


@pytest.mark.parametrize("how", ["closed", "left"])
def test_who_loses_the_way_in_while_they_type_keeps_their_words(
    page, rosa, sam, nia, dante, now_writes, signed_in, at, how
):
    post = now_writes(sam, "Words of Sam")
    now_writes(rosa, "One")
    if how == "closed":
        actions.set_page(group=page.group, is_open=False, by=dante.actor)
    else:
        groups.leave(place=GroupPlace.objects.get(person=rosa.person, status="held"), by=rosa.actor)
    sent = {"words": "My long words", "submit_key": str(uuid4())}
    for url in (at("me_page_write"), at("me_page_answer", post.pk), at("me_page_answer", uuid4())):
        shown = text_of(signed_in(rosa).post(url, sent))
        assert "My long words" in shown and "takes no words from you" in shown
        assert "Words of Sam" not in shown and post.name.name not in shown and "Evening walk" not in shown
        assert signed_in(nia).post(url, sent).status_code == 404, "who never wrote there learns nothing"
    assert Post.objects.count() == 2


def test_spanish_is_what_this_package_says_and_not_what_another_means(page, rosa, dante, now_writes, signed_in, at):
    """The first package that translates a sentence wins: a sentence with two meanings needs its context."""
    post, hers = now_writes(rosa, "Una"), {"accept-language": "es"}
    for who in (rosa, dante):
        who.user.language = "es"
        who.user.save()
    assert ">Retirarlo<" in text_of(signed_in(rosa).get(at("me_page"), headers=hers))
    board = text_of(signed_in(dante).get(at("page"), headers=hers))
    assert "No hay nada pendiente." in board and "Mirarlo<" in board
    actions.hide(post=post, reason="unkind", words="x", by=dante.actor)
    assert "Mostrarlo otra vez" in text_of(signed_in(dante).get(at("page_post", post.pk), headers=hers))


def test_nobody_looks_at_their_own_words(page, dante, carmen, rosa, now_writes, signed_in, at):
    post = now_writes(dante, "One")
    client = signed_in(dante)
    assert client.get(at("page_post", post.pk)).status_code == 404
    assert client.post(at("page_post", post.pk), {"what": "keep"}).status_code == 404
    assert signed_in(carmen).get(at("page_post", post.pk)).status_code == 200


def test_whoever_is_paused_is_offered_no_box(page, rosa, sam, dante, now_writes, signed_in, at):
    mine = now_writes(rosa, "One")
    now_writes(sam, "Two")
    client = signed_in(rosa)
    assert "/answer/" in text_of(client.get(at("me_page")))
    actions.pause(name=mine.name, days=1, by=dante.actor)
    shown = text_of(client.get(at("me_page")))
    assert "/answer/" not in shown and at("me_page_write") not in shown and "paused" in shown


def test_all_that_somebody_wrote_is_there_to_take_back(page, rosa, now_writes, signed_in):
    for number in range(52):
        now_writes(rosa, f"Words number {number:02}", ago=timedelta(hours=60 - number))
    client = signed_in(rosa)
    first, second = (text_of(client.get(reverse("me_written"), {"page": one})) for one in (1, 2))
    assert "Words number 51" in first and "Words number 00" not in first and "Words number 00" in second


def test_the_reason_for_a_page_of_both_may_be_written_better(walk, carmen, dante, signed_in):
    Group.objects.filter(pk=walk.pk).update(for_whom="everybody")
    url, client = reverse("page_set", args=[walk.pk]), signed_in(carmen)
    for why in ("They asked for it", "All nine asked for it in May"):
        client.post(url, {"is_open": "on", "mixed_why": why})
        assert Community.objects.get().mixed_why == why
    assert "say why" in text_of(client.post(url, {"is_open": "on", "mixed_why": " "}))
    signed_in(dante).post(url, {"is_open": "on", "quiet_from": "22:00", "quiet_until": "07:00"})
    found = Community.objects.get()
    assert found.quiet_from == time(22) and found.mixed_why == "All nine asked for it in May"


def test_a_group_that_has_ended_opens_no_page(walk, carmen, signed_in):
    groups.move_group(group=walk, to="ended", by=carmen.actor)
    shown = text_of(signed_in(carmen).post(reverse("page_set", args=[walk.pk]), {"is_open": "on"}))
    assert "This group has ended" in shown and not Community.objects.exists()


def test_nobody_opens_again_unseen_what_another_closed(page, dante, carmen, signed_in, at):
    url, client = at("page_set"), signed_in(dante)
    shown = text_of(client.get(url))
    seen = re.search(r'name="seen" value="([^"]*)"', shown).group(1)
    actions.set_page(group=page.group, is_open=False, quiet_from=time(22), quiet_until=time(7), by=carmen.actor)
    sent = {"is_open": "on", "quiet_from": "21:00", "quiet_until": "07:00", "seen": seen}
    again = text_of(client.post(url, sent))
    assert "changed this meanwhile" in again and not Community.objects.get().is_open
    assert "21:00" in again, "what was typed stays"


# --- a supervisor: sees the group of their peer, and nothing of its page (decision 0047) ----------------------------
@pytest.fixture
def supervised(dante, lien):
    dante.person.supervisor = lien.person
    dante.person.save()
    return lien


def test_a_supervisor_sees_the_group_of_their_peer_and_no_way_to_its_page(page, walk, supervised, signed_in, at):
    client = signed_in(supervised)
    for url in (reverse("groups"), reverse("group", args=[walk.pk])):
        shown = text_of(client.get(url))
        assert "Evening walk" in shown and "/page/" not in shown


def test_a_supervisor_can_do_nothing_on_the_page(page, supervised, rosa, now_writes, signed_in, at):
    post = now_writes(rosa, "Words of the group")
    client = signed_in(supervised)
    for name, *more in (("page",), ("page_set",), ("page_name",), ("page_write",), ("page_post", post.pk),
                        ("page_answer", post.pk), ("page_back", post.pk), ("me_page",), ("me_page_write",),
                        ("me_page_flag", post.pk)):  # fmt: skip
        for answer in (client.get(at(name, *more)), client.post(at(name, *more), {"what": "hide", "words": "x"})):
            assert answer.status_code in (403, 404, 405), name
            assert "Words of the group" not in text_of(answer)
    assert Post.objects.get().status == "shown" and Community.objects.get().is_open


def test_a_supervisor_hears_of_a_worry_with_the_words(page, supervised, dante, rosa, now_writes, signed_in):
    worry = actions.raise_worry(post=now_writes(rosa, "It is too much"), by=dante.actor)
    shown = text_of(signed_in(supervised).get(reverse("worry", args=[worry.pk])))
    assert "It is too much" in shown and rosa.person.goes_by in shown


def test_opening_and_closing(walk, dante, carmen, rosa, joins, signed_in):
    joins(rosa)
    url, client = reverse("page_set", args=[walk.pk]), signed_in(dante)
    assert client.get(reverse("page", args=[walk.pk])).url == url
    half = text_of(client.post(url, {"is_open": "on", "quiet_from": "22:00"}))
    assert "both times" in half and "22:00" in half
    client.post(url, {"is_open": "on", "quiet_from": "22:00", "quiet_until": "07:00"})
    assert Community.objects.get().quiet_from == time(22)
    Group.objects.filter(pk=walk.pk).update(for_whom="everybody")
    assert "A coordinator opens its page" in text_of(client.post(url, {"is_open": "on"}))
    client = signed_in(carmen)
    assert "say why" in text_of(client.post(url, {"is_open": "on", "mixed_why": ""}))
    client.post(url, {"is_open": "on", "mixed_why": "They asked for it"})
    assert queries.has_page(Group.objects.get(pk=walk.pk))


def test_quiet_hours_say_that_nobody_is_there_and_keep_the_words(page, rosa, signed_in, at, now_writes):
    here = timezone.localtime(timezone=ZoneInfo(page.program.time_zone))
    begins, ends = (here - timedelta(hours=1)).time(), (here + timedelta(hours=2)).time()
    Community.objects.update(quiet_from=begins, quiet_until=ends)
    client = signed_in(rosa)
    now_writes(rosa, "In the night")
    shown = text_of(client.get(at("me_page")))
    assert "Nobody of us is here now" in shown and "Help now" in shown and "In the night" in shown
    Community.objects.update(quiet_from=ends, quiet_until=begins)
    shown = text_of(client.get(at("me_page")))
    assert "Nobody of us is here now" not in shown and "Help now" in shown


def test_as_many_queries_for_thirty_posts_as_for_three(page, program, carmen, rosa, sam, dante, joins, now_writes,
                                                        signed_in, at):  # fmt: skip
    hours = iter(range(100, 2, -1))

    def fill(count):
        for number in range(count):
            ago = timedelta(hours=next(hours))  # each later than the one before: nobody writes too much in an hour
            who = make_served(program, f"p{uuid4().hex[:8]}", carmen.actor)
            joins(who)
            head = now_writes(who, f"Words {number}")
            now_writes(sam, "Yes", to=head, ago=ago)
            actions.flag(post=head, name=queries.get_name(page, rosa.person.pk), reason="other", by=rosa.actor,
                         now=timezone.now() - ago)  # fmt: skip

    def count(who, name):
        client = signed_in(who)
        client.get(at(name))
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get(at(name)).status_code == 200
        return len(queries_made)

    now_writes(rosa, "First")
    fill(3)
    before = [count(rosa, "me_page"), count(dante, "page")]
    fill(27)
    assert [count(rosa, "me_page"), count(dante, "page")] == before
    assert "Page 1 of 2" in text_of(signed_in(rosa).get(at("me_page")))


def test_no_search_engine_and_nothing_cached(page, rosa, signed_in, at):
    answer = signed_in(rosa).get(at("me_page"))
    assert "noindex" in text_of(answer) and "no-store" in answer["Cache-Control"]
