"""Who may write on the page of a group, under which name, and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.audit.models import Entry
from alongside.community import actions, queries
from alongside.community.models import Community, PenName, Post
from alongside.groups import actions as groups
from alongside.groups.models import Group, GroupPlace
from alongside.people.actions import record_boundary
from alongside.rules.community import MOST_AN_HOUR
from tests.community.conftest import NOON
from tests.groups.conftest import SIX, VALUES

pytestmark = pytest.mark.django_db


def texts(page, who, **more):
    return [one.words for one in queries.list_posts(page, who.person.pk, **more).order_by("written_at", "pk")]


def test_the_page_is_off_until_it_is_opened(walk, joins, rosa, dante):
    joins(rosa)
    assert queries.get_page_of(rosa.person.pk, walk.pk) is None and not queries.has_page(walk)
    actions.set_page(group=walk, is_open=True, by=dante.actor)
    assert queries.get_page_of(rosa.person.pk, walk.pk) and queries.has_page(walk)
    actions.set_page(group=walk, is_open=False, by=dante.actor)
    assert queries.get_page_of(rosa.person.pk, walk.pk) is None


def test_only_who_holds_a_place_finds_it(page, walk, rosa, sam, nia, joins):
    assert queries.get_page_of(rosa.person.pk, walk.pk) == page
    assert queries.get_page_of(nia.person.pk, walk.pk) is None
    Group.objects.filter(pk=walk.pk).update(capacity=2)
    joins(nia)  # waits
    assert queries.get_page_of(nia.person.pk, walk.pk) is None


def test_words_and_names_are_encrypted(page, rosa, named, writes):
    named(rosa, "Heron 12")
    writes(rosa, "violet words")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM community_post UNION ALL SELECT name FROM community_penname")
        stored = str(cursor.fetchall())
    assert "violet" not in stored and "Heron" not in stored


def test_whoever_has_no_place_is_refused_by_the_database(page, rosa, sam, nia, dante, named, joins, walk):
    for who in (rosa, dante):
        name = named(who, f"Owl {who.person.pk.hex[:4]}")
        _insert(page, name)
    stranger = PenName.objects.create(
        program=page.program, community=page, person=nia.person, name="Lark", made_at=NOON
    )
    _refused(page, stranger)
    Group.objects.filter(pk=walk.pk).update(capacity=2)
    joins(nia)
    _refused(page, stranger)  # a turn is no place
    name = PenName.objects.get(person=rosa.person)
    groups.leave(place=GroupPlace.objects.get(person=rosa.person, status="held"), by=rosa.actor)
    _refused(page, name)
    leader = PenName.objects.get(person=dante.person)
    groups.remove_leader(group=walk, person_id=dante.person.pk, by=dante.actor)
    _refused(page, leader)


def _insert(page, name, **more):
    return Post.objects.create(
        program=page.program, community=page, name=name, words="x", written_at=NOON, submit_key=uuid4(), **more
    )


def _refused(page, name, **more):
    with pytest.raises(IntegrityError, match="page_takes_no_post"), transaction.atomic():
        _insert(page, name, **more)


def test_the_database_refuses_while_closed_paused_or_for_others(page, rosa, named, walk):
    name = named(rosa, "Heron 12")
    _insert(page, name)
    name.paused_until = NOON + timedelta(days=1)
    name.save()
    _refused(page, name)
    name.paused_until = NOON
    name.save()
    _insert(page, name)
    Group.objects.filter(pk=walk.pk).update(for_whom="loved_one")
    _refused(page, name)
    Group.objects.filter(pk=walk.pk).update(for_whom="own_recovery")
    Community.objects.filter(pk=page.pk).update(is_open=False)
    _refused(page, name)


def test_an_answer_answers_a_post_of_the_same_page_and_no_answer(page, rosa, named, writes):
    head = writes(rosa, "Who walks on Sunday?")
    name = queries.get_name(page, rosa.person.pk)
    answer = _insert(page, name, is_answer=True, answers_to=head)
    _refused(page, name, is_answer=True, answers_to=answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        _insert(page, name, answers_to=head)  # and does not say that it is one


def test_leaving_ends_reading_and_writing_at_once_and_ones_own_words_stay_ones_own(page, walk, rosa, sam, writes):
    post = writes(rosa, "Hello")
    groups.leave(place=GroupPlace.objects.get(person=rosa.person, status="held"), by=rosa.actor)
    assert queries.get_page_of(rosa.person.pk, walk.pk) is None
    with pytest.raises(actions.NotInside):
        writes(rosa, "And again")
    assert texts(page, sam) == ["Hello"]
    assert [one.pk for one in queries.list_written(rosa.person.pk)] == [post.pk]
    assert actions.take_back(post=post, by=rosa.actor) and texts(page, sam) == []


def test_the_same_form_sent_twice_is_one_post(page, rosa, writes):
    key = uuid4()
    assert writes(rosa, "Once", key=key) == writes(rosa, "Once", key=key)
    assert Post.objects.count() == 1


def test_a_name_is_of_one_person_in_whatever_spelling(page, rosa, sam, named):
    named(rosa, "Garza 12")
    with pytest.raises(actions.NameTaken):
        named(sam, "gárza  12")
    assert named(rosa, "GARZA 12").name == "GARZA 12"


def test_nobody_takes_their_own_name(page, rosa, named):
    for own in (rosa.person.goes_by, rosa.person.goes_by.split()[0].upper()):
        with pytest.raises(actions.TellsWho):
            named(rosa, own)


def test_earlier_posts_follow_the_name(page, rosa, sam, named, writes):
    named(rosa, "Heron 12")
    writes(rosa, "Hello")
    named(rosa, "Owl 30")
    assert [one.name.name for one in queries.list_posts(page, sam.person.pk)] == ["Owl 30"]


def test_whoever_has_no_place_chooses_no_name(page, nia, named):
    with pytest.raises(actions.NotInside):
        named(nia, "Lark 1")


def test_taken_back_is_gone_and_answers_stay(page, rosa, sam, writes):
    head = writes(rosa, "I wrote too much")
    answer = writes(sam, "It was good to read", to=head)
    assert not actions.take_back(post=head, by=sam.actor)
    assert actions.take_back(post=head, by=rosa.actor) and not actions.take_back(post=head, by=rosa.actor)
    answer.refresh_from_db()
    assert answer.answers_to is None and answer.is_answer and texts(page, sam) == ["It was good to read"]


def test_an_answer_to_an_answer_stands_beneath_the_same_post(page, rosa, sam, writes):
    head = writes(rosa, "One")
    first = writes(sam, "Two", to=head)
    assert writes(rosa, "Three", to=first).answers_to_id == head.pk


def test_whoever_is_kept_apart_sees_nothing_of_the_other_and_no_gap(page, rosa, sam, nia, carmen, joins, writes):
    joins(nia)
    head = writes(rosa, "From Rosa")
    writes(nia, "Nia to Rosa", to=head)
    writes(sam, "From Sam")
    record_boundary(person=sam.person, other=rosa.person, kind="ex", by=carmen.actor)
    assert texts(page, sam) == ["From Sam"] and "From Sam" not in texts(page, rosa)
    assert set(texts(page, nia)) == {"From Rosa", "Nia to Rosa", "From Sam"}
    part, threads = queries.list_threads(page, sam.person.pk)
    assert part.paginator.count == 1 and len(threads) == 1
    assert queries.get_post(page, sam.person.pk, head.pk) is None


def test_participants_and_loved_ones_share_a_page_only_with_a_reason_of_staff(walk, dante, carmen, rosa, joins):
    Group.objects.filter(pk=walk.pk).update(for_whom="everybody")
    joins(rosa)
    for by, why in ((dante.actor, "We all want it"), (carmen.actor, " ")):
        with pytest.raises(actions.NeedsReason):
            actions.set_page(group=walk, is_open=True, mixed_why=why, by=by)
    assert not queries.has_page(walk)
    page = actions.set_page(group=walk, is_open=True, mixed_why="All of them asked for it", by=carmen.actor)
    assert queries.has_page(walk) and page.mixed_why
    with pytest.raises(IntegrityError), transaction.atomic():
        Community.objects.filter(pk=page.pk).update(mixed_at=None)


def test_a_group_that_becomes_one_for_others_closes_its_page(page, walk):
    Group.objects.filter(pk=walk.pk).update(for_whom="everybody")
    assert not queries.has_page(walk)


def test_too_many_in_an_hour_wait(page, rosa, writes):
    for number in range(MOST_AN_HOUR):
        writes(rosa, f"Words {number}")
    with pytest.raises(actions.TooMany):
        writes(rosa, "One more")
    assert writes(rosa, "Later", now=NOON + timedelta(hours=1, seconds=1))


def test_the_log_says_who_wrote_and_never_what_or_which(page, rosa, writes):
    post = writes(rosa, "violet words")
    entries = Entry.objects.filter(act="page.wrote")
    assert [(one.subject_id, one.object_id) for one in entries] == [(rosa.person.pk, page.pk)]
    assert not Entry.objects.filter(object_id=post.pk).exists()


def test_a_page_of_another_group_takes_no_post_of_this_name(page, program, carmen, dante, rosa, named, sam):
    other = groups.open_group(program=program, values=dict(VALUES), submit_key=uuid4(), by=carmen.actor, now=SIX)
    there = actions.set_page(group=other, is_open=True, by=carmen.actor)
    groups.ask_for_place(group=other, person=rosa.person, by=rosa.actor)
    _refused(there, named(rosa, "Heron 12"))
