"""Places, the waiting list in its order, and what the database itself holds."""

from datetime import time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.waits import waits as count_waiting

from alongside.audit.models import Entry
from alongside.groups import actions, queries
from alongside.groups.merged_rows import settle
from alongside.groups.models import Group, GroupPlace
from alongside.people.actions import move_episode, record_boundary
from alongside.people.models import OutgoingMessage
from alongside.web.meanwhile import ChangedMeanwhile, Seen

from .conftest import SIX, VALUES, make_served

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(program):
    """`told(rosa)`: the neutral notices waiting for somebody."""
    return lambda who: list(
        OutgoingMessage.objects.filter(person=who.person, once_key__startswith="group").values_list(
            "template", flat=True
        )
    )


@pytest.fixture
def reachable(carmen):
    """Everybody may be told by e-mail."""
    from alongside.people.actions import set_safe_contact

    def reach(*people):
        for one in people:
            one.user.email = f"{one.user.username}@example.org"
            one.user.save()
            set_safe_contact(person=one.person, by=carmen.actor, channel="email", may_email=True)

    return reach


def states(group):
    return [one.status for one in GroupPlace.objects.filter(group=group).order_by("asked_at")]


def test_the_last_place_is_given_and_the_next_waits(walk, joins, rosa, sam, nia):
    given = [joins(who, now=SIX - timedelta(days=8 - at)) for at, who in enumerate((rosa, sam, nia))]
    assert [one.status for one in given] == ["held", "held", "waiting"]
    walk.refresh_from_db()
    assert walk.places_taken == walk.capacity == 2
    assert queries.in_line(given[2]) == 1


def test_whoever_waits_longest_gets_a_free_place_and_is_told_neutrally(
    walk, joins, rosa, sam, nia, program, carmen, told, reachable
):
    late = make_served(program, "lou", carmen.actor)
    reachable(nia, late)
    first = joins(rosa)
    joins(sam)
    waits = joins(nia, now=SIX - timedelta(days=7))
    joins(late, now=SIX - timedelta(days=6))
    assert actions.leave(place=first, by=rosa.actor)
    waits.refresh_from_db()
    assert waits.status == "held" and told(nia) == ["something_new"] and told(late) == []
    assert not actions.leave(place=first, by=rosa.actor), "twice is once"


def test_everybody_with_a_place_is_told_when_the_group_meets_at_another_time_or_no_more(
    walk, joins, rosa, sam, nia, carmen, told, reachable
):
    reachable(rosa, nia)
    joins(rosa)
    joins(sam)
    joins(nia)

    def change(**values):
        actions.change_group(group=walk, values=VALUES | values, by=carmen.actor)

    change(about_en="Bring good shoes.")
    assert told(rosa) == [], "what nobody has to know at once"
    later = {"at_time": time(19)}
    for _ in range(2):
        change(**later)
    assert told(rosa) == ["time_changed"], "sent twice, told once"
    change(**later, place="14 Canary Street")
    for number, state in enumerate(("resting", "open", "ended"), start=3):
        actions.move_group(group=walk, to=state, by=carmen.actor)
        assert told(rosa) == ["time_changed"] * number
    assert told(nia) == [], "who only waits has no time that changes"


def test_joining_twice_is_one_place_with_the_newer_name(walk, joins, rosa):
    joins(rosa, alias="Blue")
    place = joins(rosa, alias="Red", shows_alias=True)
    assert GroupPlace.objects.get() == place and (place.alias, place.shows_alias) == ("Red", True)


def test_more_places_go_to_those_who_wait_and_fewer_than_taken_are_refused(walk, joins, rosa, sam, nia, carmen):
    for who in (rosa, sam, nia):
        joins(who)
    actions.change_group(group=walk, values=VALUES | {"capacity": 3}, by=carmen.actor)
    assert states(walk) == ["held", "held", "held"]
    with pytest.raises(actions.TooSmall):
        actions.change_group(group=walk, values=VALUES | {"capacity": 2}, by=carmen.actor)


def test_the_database_refuses_one_too_many_and_a_second_place(walk, joins, rosa, sam, nia):
    joins(rosa)
    joins(sam)
    waits = joins(nia)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupPlace.objects.filter(pk=waits.pk).update(status="held", held_at=SIX)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupPlace.objects.create(program=walk.program, group=walk, person=nia.person, asked_at=SIX)


def test_a_row_that_goes_frees_its_place_and_the_tick_gives_it_on(walk, joins, rosa, sam, nia):
    first = joins(rosa)
    joins(sam)
    waits = joins(nia)
    GroupPlace.objects.filter(pk=first.pk).delete()
    assert Group.objects.get(pk=walk.pk).places_taken == 1
    assert count_waiting("fill_free_places", walk.program, SIX) == 1
    assert actions.fill_free_places(SIX) == 1 and actions.fill_free_places(SIX) == 0
    assert count_waiting("fill_free_places", walk.program, SIX) == 0
    waits.refresh_from_db()
    assert waits.status == "held" and Group.objects.get(pk=walk.pk).places_taken == 2


def test_loved_ones_do_not_come_where_participants_are(walk, joins, program, carmen):
    ana = make_served(program, "ana", carmen.actor, kind="loved_one")
    assert queries.list_groups_open_to(ana.person.pk) == []
    with pytest.raises(actions.NotOpenToThem):
        joins(ana)


def test_a_group_led_by_somebody_they_are_kept_apart_from_is_not_there(walk, joins, rosa, dante, carmen):
    assert queries.list_groups_open_to(rosa.person.pk) == [walk]
    record_boundary(person=rosa.person, other=dante.person, kind="kin", by=carmen.actor)
    assert queries.list_groups_open_to(rosa.person.pk) == []
    with pytest.raises(actions.NotOpenToThem):
        joins(rosa)


def test_nobody_leads_a_group_of_somebody_they_are_kept_apart_from(walk, joins, sam, dante, carmen, program):
    from tests.story import make_persona

    from alongside.workforce.actions import create_peer

    joins(sam)
    pat = make_persona(program, "pat", "peer")
    pat.profile = create_peer(person=pat.person, by=carmen.actor, capacity=1)
    record_boundary(person=sam.person, other=pat.person, kind="ex", by=carmen.actor)
    with pytest.raises(actions.NotTheirGroup):
        actions.add_leader(group=walk, peer=pat.profile, by=carmen.actor)


def test_whoever_is_kept_apart_from_who_leads_since_they_asked_is_given_no_place(
    walk, joins, rosa, sam, nia, dante, program, carmen
):
    late = make_served(program, "lou", carmen.actor)
    first = joins(rosa)
    joins(sam)
    waits = joins(nia, now=SIX - timedelta(days=7))
    after = joins(late, now=SIX - timedelta(days=6))
    record_boundary(person=nia.person, other=dante.person, kind="ex", by=carmen.actor)
    actions.leave(place=first, by=rosa.actor)
    assert actions.fill_free_places(SIX) == 0
    waits.refresh_from_db()
    after.refresh_from_db()
    assert (waits.status, after.status) == ("waiting", "held")


def test_the_end_of_an_episode_frees_the_place(walk, joins, rosa, sam, nia, carmen):
    first = joins(rosa)
    joins(sam)
    joins(nia)
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="own_wish")
    first.refresh_from_db()
    assert (first.status, first.left_why) == ("left", "closed")
    assert sorted(states(walk)) == ["held", "held", "left"]


def test_in_a_break_nobody_gets_a_place_and_at_the_end_all_end(walk, joins, rosa, sam, nia, carmen):
    actions.move_group(group=walk, to="resting", by=carmen.actor)
    assert joins(rosa).status == "waiting"
    actions.move_group(group=walk, to="open", by=carmen.actor)
    assert states(walk) == ["held"]
    actions.move_group(group=walk, to="ended", by=carmen.actor)
    assert states(walk) == ["left"] and Group.objects.get(pk=walk.pk).places_taken == 0
    with pytest.raises(actions.NotOpenToThem):
        joins(sam)


def test_whoever_is_put_in_is_told_and_it_is_written_who_did(walk, mentorship, rosa, dante, told, reachable):
    reachable(rosa)
    place = actions.ask_for_place(group=walk, person=rosa.person, by=dante.actor, now=SIX)
    assert place.added_by_id == dante.person.pk and told(rosa) == ["something_new"]
    acts = Entry.objects.filter(subject_id=rosa.person.pk, act__startswith="group_place").values_list("act", flat=True)
    assert sorted(acts) == ["group_place.added", "group_place.held"]


def test_two_who_change_a_group_at_once_undo_nothing(walk, carmen):
    seen = Seen.of_values(actions.values_of(walk), walk.pk)
    actions.change_group(group=walk, values=VALUES | {"minutes": 90}, by=carmen.actor)
    with pytest.raises(ChangedMeanwhile):
        actions.change_group(group=walk, values=VALUES | {"minutes": 45}, by=carmen.actor, seen=seen)


def test_a_group_sent_twice_is_one(program, carmen):
    key = uuid4()
    one, two = (actions.open_group(program=program, values=dict(VALUES), submit_key=key, by=carmen.actor) for _ in "12")
    assert one == two


def test_two_records_that_become_one_keep_the_earlier_turn(walk, joins, rosa, sam, nia, program, carmen):
    twin = make_served(program, "twin", carmen.actor)
    joins(rosa)
    joins(sam)
    later, earlier = joins(nia, now=SIX - timedelta(days=3)), joins(twin, now=SIX - timedelta(days=6))
    changed, deleted = [], []
    joining = SimpleNamespace(
        kept=nia.person, gone=twin.person, delete=deleted.append,
        change=lambda row, **values: changed.append((row, values)),
    )  # fmt: skip
    settle(joining=joining)
    assert deleted == [later] and changed == [(earlier, {"person_id": nia.person.pk})]
