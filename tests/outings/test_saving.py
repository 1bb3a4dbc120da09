"""Saving, planning, what a list changed since: the copy stays, the change is said, and told once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.waits import waits

from alongside.audit.models import Entry
from alongside.meetings.actions import change_feed
from alongside.outings import actions, queries
from alongside.outings.models import Ask, Felt, Outing, Saved
from alongside.people.models import Merge, OutgoingMessage

from .conftest import NOW, THURSDAY, TUESDAY

pytestmark = pytest.mark.django_db


def test_a_meeting_is_saved_once_whoever_presses_twice(noon, rosa):
    named = {"person": rosa.person, "meeting": noon, "by": rosa.actor}
    first, second = (actions.save_meeting(submit_key=uuid4(), **named) for _twice in range(2))
    assert first.pk == second.pk and Saved.objects.count() == 1
    assert Entry.objects.filter(act="saved.added", subject_id=rosa.person.pk).count() == 1


def test_the_database_holds_that_it_is_once(saved, rosa):
    with pytest.raises(DatabaseError), transaction.atomic():
        Saved.objects.create(
            program_id=saved.program_id, person=rosa.person, meeting=saved.meeting, kind="listed", copy={}, zone="UTC",
            saved_at=NOW, looked_at=NOW, submit_key=uuid4(),
        )  # fmt: skip


@pytest.mark.parametrize("wrong", [{"starts": 600, "ends": 600}, {"starts": 600, "ends": None}, {"kind": "else"}])
def test_times_that_cannot_be_are_refused(saved, wrong):
    with pytest.raises(DatabaseError), transaction.atomic():
        Saved.objects.filter(pk=saved.pk).update(**wrong)


def test_the_name_is_not_readable_in_the_database(breakfast, connection_rows):
    assert "Breakfast" not in connection_rows("outings_saved") and "Kitchen" not in connection_rows("outings_saved")


@pytest.mark.parametrize(
    "values, codes",
    [
        ({"time": "18:00", "end_time": "19:00"}, ("time",)),
        ({"day": [2]}, ("time",)),
        ({"location": "Church"}, ("place",)),
        ({"name": "Midday"}, ("name",)),
        ({"types": ["TC"], "conference_url": "https://zoom.us/j/1"}, ("closed", "online")),
    ],
)
def test_a_change_of_the_list_is_said_and_the_copy_stays(saved, look, listed, values, codes):
    listed(now=NOW - timedelta(days=1), **values)
    found = look(saved)
    assert set(found.changes) == set(codes)
    assert found.copy["name"] == "Noon" and found.copy["starts"] == 720, "what she kept is as she kept it"


def test_other_words_of_the_list_are_no_change(saved, look, listed):
    listed(now=NOW - timedelta(days=1), notes="Bring a cup")
    assert look(saved).changes == ()


def test_what_is_listed_no_longer_stays_readable(saved, look, listed, feed, carmen):
    listed(None, now=NOW - timedelta(days=1))
    assert look(saved).changes == ("gone",) and look(saved).best["place"] == "Hall"
    listed(now=NOW)
    assert look(saved).changes == (), "it is back"
    change_feed(feed=feed, values={"is_on": False}, by=carmen.actor)
    assert look(saved).changes == ("gone",)


def test_also_where_the_row_of_the_list_is_not_there_at_all(saved, look):
    Saved.objects.filter(pk=saved.pk).update(meeting=None)
    assert look(saved).changes == ("gone",) and look(saved).best["name"] == "Noon"


def test_taken_over_it_is_as_the_list_says_and_days_that_are_none_are_planned_no_longer(saved, look, listed, rosa):
    listed(now=NOW - timedelta(days=1), day=[2, 6], time="18:00", end_time="19:00")
    taken = actions.take_over(saved=saved, by=rosa.actor)
    assert (taken.plan, taken.days, taken.starts) == ([2], [2, 6], 1080) and look(saved).changes == ()


def test_only_its_own_days_can_be_planned(saved, rosa):
    assert actions.plan_days(saved=saved, days=[0, 1, 4], by=rosa.actor).plan == [4]


def test_put_away_and_taken_up_again(saved, noon, rosa):
    actions.put_away(saved=saved, by=rosa.actor)
    assert queries.list_saved(rosa.person.pk) == [] and len(queries.list_put_away(rosa.person.pk)) == 1
    again = actions.save_meeting(person=rosa.person, meeting=noon, submit_key=uuid4(), by=rosa.actor)
    assert again.pk == saved.pk and again.plan == [2, 4]


def test_own_words_and_times_change_and_new_days_are_planned(breakfast, rosa):
    actions.plan_days(saved=breakfast, days=[1], by=rosa.actor)
    changed = actions.change_own(
        saved=breakfast, kind="meeting", name="Tea", place="", days=[1, 2], starts=None, minutes=60, by=rosa.actor
    )
    assert (changed.copy["name"], changed.plan, changed.ends) == ("Tea", [1], None)
    changed = actions.change_own(
        saved=breakfast, kind="meeting", name="Tea", place="", days=[1, 6], starts=0, minutes=60, by=rosa.actor
    )
    assert changed.plan == [1, 6]


def test_the_same_form_twice_is_one(rosa):
    key = uuid4()
    for _twice in range(2):
        actions.save_own(
            person=rosa.person, kind="other", name="Walk", place="", days=[1], starts=600, minutes=30, submit_key=key,
            by=rosa.actor,
        )  # fmt: skip
    assert Saved.objects.count() == 1


def test_erased_it_is_gone_with_all_of_it(saved, ask, rosa):
    actions.say_how(saved=saved, on_day=TUESDAY, how="went")
    actions.write_felt(saved=saved, on_day=TUESDAY, words="Warm")
    actions.erase_saved(saved=saved, by=rosa.actor)
    assert not any(model.objects.exists() for model in (Saved, Outing, Felt, Ask))


# --- said of a day ------------------------------------------------------------------------------------------------
def test_one_press_says_how_it_was_and_another_changes_it(saved):
    for how in ("went", "went", "else"):
        actions.say_how(saved=saved, on_day=TUESDAY, how=how)
    assert queries.get_how(saved, TUESDAY) == "else" and Outing.objects.count() == 1
    actions.say_how(saved=saved, on_day=TUESDAY, how="")
    assert queries.get_how(saved, TUESDAY) == ""


def test_a_note_is_written_changed_and_taken_away_and_the_log_knows_nothing(saved):
    before = Entry.objects.count()
    actions.write_felt(saved=saved, on_day=TUESDAY, words="Shy at first")
    actions.write_felt(saved=saved, on_day=TUESDAY, words="Then warm")
    assert queries.get_felt(saved, TUESDAY).words == "Then warm" and Felt.objects.count() == 1
    actions.write_felt(saved=saved, on_day=TUESDAY, words="  ")
    actions.say_how(saved=saved, on_day=TUESDAY, how="not")
    assert not Felt.objects.exists() and Entry.objects.count() == before


# --- told ---------------------------------------------------------------------------------------------------------
def told() -> int:
    return OutgoingMessage.objects.filter(template="time_changed").count()


@pytest.fixture
def by_mail(rosa):
    from alongside.people.actions import set_safe_contact
    from alongside.people.models import Person

    Person.objects.filter(pk=rosa.person.pk).update(email="rosa@example.org")
    rosa.person.refresh_from_db()
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)


def test_who_means_to_go_is_told_once_of_each_change(saved, listed, by_mail):
    assert not actions.tell_changes(NOW)["told"]
    listed(now=NOW, location="Church")
    assert waits("tell_changes", saved.program, NOW) == 1
    assert [actions.tell_changes(NOW + timedelta(minutes=number))["told"] for number in range(3)] == [1, 0, 0]
    assert waits("tell_changes", saved.program, NOW) == 0
    listed(now=NOW + timedelta(hours=1), location="School")
    assert actions.tell_changes(NOW + timedelta(hours=1))["told"] == 1
    listed(None, now=NOW + timedelta(hours=2))
    assert actions.tell_changes(NOW + timedelta(hours=2))["told"] == 1
    assert told() == 3


def test_that_it_is_as_before_again_is_told_and_so_is_the_same_change_once_more(saved, listed, by_mail):
    for hour, place in enumerate(("Church", "Hall", "Church")):
        listed(now=NOW + timedelta(hours=hour), location=place)
        counts = [actions.tell_changes(NOW + timedelta(hours=hour, minutes=more))["told"] for more in (1, 2)]
        assert counts == [1, 0], place
    assert told() == 3


def test_what_is_back_in_its_list_is_told(saved, listed, by_mail):
    listed(None, now=NOW)
    assert actions.tell_changes(NOW)["told"] == 1
    listed(now=NOW + timedelta(hours=1))
    assert [actions.tell_changes(NOW + timedelta(hours=1, minutes=more))["told"] for more in (1, 2)] == [1, 0]


def test_what_somebody_took_over_they_are_not_told_of(saved, listed, by_mail, rosa):
    listed(now=NOW, types=["TC"], location="Church")
    actions.take_over(saved=saved, by=rosa.actor)
    listed(now=NOW + timedelta(hours=1), types=["TC"], location="Church", notes="Bring a cup")
    assert not actions.tell_changes(NOW + timedelta(hours=1, minutes=1))["told"]


def test_other_words_put_away_or_unplanned_tell_nobody(saved, listed, by_mail, rosa):
    listed(now=NOW, notes="Bring a cup")
    assert not actions.tell_changes(NOW)["told"]
    listed(now=NOW, location="Church")
    actions.plan_days(saved=saved, days=[], by=rosa.actor)
    assert not actions.tell_changes(NOW)["told"]
    actions.plan_days(saved=saved, days=[4], by=rosa.actor)
    actions.put_away(saved=saved, by=rosa.actor)
    assert not actions.tell_changes(NOW)["told"] and told() == 0


# --- records that become one --------------------------------------------------------------------------------------
def test_joined_records_have_what_both_saved_and_nothing_is_lost(saved, noon, program, carmen, rosa):
    from alongside.people.actions import create_person, merge_persons, undo_merge
    from alongside.privacy.merged_rows import list_reader_ids

    other = create_person(program=program, by=carmen.actor, goes_by="Rosa")
    twice = actions.save_meeting(person=other, meeting=noon, submit_key=uuid4(), by=carmen.actor)
    actions.write_felt(saved=twice, on_day=THURSDAY, words="Warm")
    merge_persons(
        first=rosa.person, second=other, by=carmen.actor,
        readers_seen=list_reader_ids(rosa.person.pk, other.pk), now=timezone.now(),
    )  # fmt: skip
    merge = Merge.objects.get()
    mine = Saved.objects.filter(person=merge.kept)
    assert mine.count() == 2 and mine.filter(put_away_at__isnull=True).count() == 1 and Felt.objects.count() == 1
    undo_merge(merge=merge, by=carmen.actor)
    assert Saved.objects.get(pk=twice.pk).person_id == other.pk and Saved.objects.filter(put_away_at=None).count() == 2
