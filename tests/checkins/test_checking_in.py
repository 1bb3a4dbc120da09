"""Checking in: kept once, what it sets off, what hiding ends, and that the database holds it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.checkins import actions
from alongside.checkins.models import CheckIn, Rhythm
from alongside.council.actions import adopt_policy
from alongside.mentoring.actions import Note, record_contact
from alongside.mentoring.queries import list_who_needs_me
from alongside.people.events import list_handlers
from alongside.people.models import OutgoingMessage

pytestmark = pytest.mark.django_db


def codes(dante, now=None):
    return [reason.code for need, _row in list_who_needs_me(dante.actor, dante.program, now) for reason in need.reasons]


def reach(mentorship, dante, now=None):
    note = Note(submit_key=uuid4(), happened_at=now or timezone.now(), mode="phone", reached=True, minutes=10)
    record_contact(mentorships=[mentorship], note=note, by=dante.actor)


def test_it_is_kept_once_with_its_entry_and_no_content_in_the_log(checks_in, rosa):
    key = uuid4()
    first, again = checks_in({"mood": 4, "home": 2}, submit_key=key), checks_in({"mood": 1}, submit_key=key)
    assert first == again and CheckIn.objects.get().answers == {"mood": 4, "home": 2}
    entry = Entry.objects.get(act="check_in.given")
    assert entry.subject_id == rosa.person.pk and set(entry.fields) == {"home", "mood"}


def test_answers_cannot_be_read_in_the_database(checks_in):
    checks_in({"mood": 4})
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM checkins_checkin")
        assert "mood" not in str(cursor.fetchone()[0])


@pytest.mark.parametrize("answers", [{"mood": 0}, {"mood": 6}, {"weight": 3}])
def test_what_is_no_answer_is_refused(checks_in, answers):
    with pytest.raises(ValueError):
        checks_in(answers)
    assert not CheckIn.objects.exists()


def test_nothing_said_is_nothing_kept(checks_in):
    with pytest.raises(actions.NothingSaid):
        checks_in({})


def test_the_scale_is_that_of_the_council_and_stays_with_the_answer(checks_in, program, house):
    checks_in({"mood": 5})
    adopt_policy(program=program, kind="check_in", values={"scale": 3, "questions": ["mood"]}, by=house)
    with pytest.raises(ValueError):
        checks_in({"mood": 5})
    checks_in({"mood": 3})
    assert list(CheckIn.objects.order_by("at").values_list("scale", flat=True)) == [5, 3]


# --- what the peer sees on Today ----------------------------------------------------------------------------------
def test_a_wish_for_a_call_is_first_on_today_until_they_spoke(checks_in, mentorship, dante):
    reach(mentorship, dante, timezone.now() - timedelta(hours=2))
    checks_in({"mood": 2}, wants_call=True)
    assert codes(dante)[0] == "check_in_call"
    assert OutgoingMessage.objects.filter(person=dante.person, template="something_new").count() <= 1
    reach(mentorship, dante)
    assert codes(dante) == []


def test_asking_by_the_button_stays_what_it_is(checks_in, mentorship, dante, rosa):
    from alongside.mentoring.actions import ask_for_call

    checks_in({"mood": 4}, weeks_ago=1, wants_call=False)
    ask_for_call(mentorship=mentorship, by=rosa.actor)
    assert codes(dante)[0] == "asked_for_call"


def test_without_anybody_beside_a_wish_breaks_nothing(checks_in):
    assert checks_in({}, wants_call=True).wants_call
    assert set(list_handlers("call_wanted")) == {
        "alongside.calls.actions.agreeing.call_soon_as_wished",
        "alongside.mentoring.actions.messages.ask_for_call_in_check_in",
    }


def test_a_drop_is_a_reason_until_somebody_reached_them(habit, mentorship, dante):
    habit(4, 4, 5, 4, 4, 4, 2, 1)
    assert "check_in_drop" in codes(dante)
    reach(mentorship, dante)
    assert "check_in_drop" not in codes(dante)


def test_a_better_week_ends_the_reason(habit, checks_in, mentorship, dante):
    habit(4, 4, 5, 4, 4, 4, 2, 1, ago=1)
    checks_in(4)
    assert "check_in_drop" not in codes(dante)


def test_who_used_to_check_in_and_stopped_is_a_reason(habit, mentorship, dante):
    habit(4, 4, 4, 4, 4)
    later = timezone.now() + timedelta(days=16)
    assert "check_in_silence" not in codes(dante, timezone.now() + timedelta(days=13))
    assert "check_in_silence" in codes(dante, later)
    reach(mentorship, dante, later - timedelta(hours=1))
    assert "check_in_silence" not in codes(dante, later)


def test_leaving_it_out_this_time_is_no_silence(habit, mentorship, dante, rosa):
    habit(4, 4, 4, 4, 4, ago=2)
    actions.skip_check_in(person=rosa.person, by=rosa.actor)
    assert Rhythm.objects.get().quiet_from_on == day_there() + timedelta(days=15)
    assert "check_in_silence" not in codes(dante, timezone.now() + timedelta(days=13))


# --- hiding -------------------------------------------------------------------------------------------------------
def wish(rosa, **values):
    actions.set_wishes(
        person=rosa.person, by=rosa.actor,
        **{"is_hidden": False, "is_reminded": False, "answers_by_text": False} | values,
    )  # fmt: skip


def test_whoever_hides_is_not_watched_and_may_still_ask_for_a_call(habit, checks_in, mentorship, dante, rosa):
    habit(4, 4, 5, 4, 4, 4, 2, 1)
    wish(rosa, is_hidden=True)
    later = timezone.now() + timedelta(days=60)
    assert not {"check_in_drop", "check_in_silence"} & {*codes(dante), *codes(dante, later)}
    checks_in(1, wants_call=True)
    assert codes(dante)[0] == "check_in_call"
    wish(rosa, is_hidden=False)
    assert "check_in_drop" in codes(dante), "what is shown again is looked at again"


def test_the_database_holds_that_hidden_is_not_watched(habit, rosa):
    habit(4, 4, 4, 4, 4)
    for values in ({"is_hidden": True}, {"latest_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rhythm.objects.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.update(via="bird")
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.update(scale=1)


def test_a_wish_that_changes_nothing_leaves_no_entry(rosa):
    wish(rosa)
    assert not Entry.objects.filter(act="check_in.wishes_changed").exists()
    wish(rosa, is_reminded=True)
    assert Entry.objects.get(act="check_in.wishes_changed").fields == ["is_reminded"]
