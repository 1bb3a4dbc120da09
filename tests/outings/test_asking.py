"""Asking the peer to come along: once for a date, yes or a kind no, taken back, over by itself."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.story import ZONE

from alongside.audit.models import Entry
from alongside.mentoring.actions import ask_for_another_peer, end_mentorship
from alongside.mentoring.models import Appointment, Mentorship
from alongside.mentoring.queries import get_own_mentorship, look_at_today
from alongside.outings import actions, queries
from alongside.outings.models import Ask
from alongside.outings.showing import show_answer
from alongside.people.models import OutgoingMessage, Person
from alongside.rules.lifecycles import MoveNotAllowed

from .conftest import NOW, THURSDAY, TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_mail(rosa, dante):
    """Both get notices by e-mail."""
    from alongside.people.actions import set_safe_contact

    for one in (rosa, dante):
        Person.objects.filter(pk=one.person.pk).update(email=f"{one.user.username}@example.org")
        one.person.refresh_from_db()
        set_safe_contact(person=one.person, by=one.actor, channel="email", may_email=True)


def notices(of, *, template: str) -> int:
    return OutgoingMessage.objects.filter(person=of.person, template=template).count()


@pytest.fixture
def today(dante, program):
    """`today()`: codes of the reasons of Dante's list."""

    def look(now=NOW):
        needs, _all = look_at_today(dante.actor, program, now)
        return [reason.code for need, _row in needs for reason in need.reasons]

    return look


def test_the_peer_sees_it_on_today_with_a_reason_and_is_told_once(ask, today, dante):
    assert "asked_along" in today() and notices(dante, template="please_answer") == 1


def test_today_leads_to_the_first_one(ask, saved, mentorship, rosa, dante, program):
    actions.ask_along(saved=saved, on_day=TUESDAY, mentorship=mentorship, by=rosa.actor)
    (_need, row), *_rest = look_at_today(dante.actor, program, NOW)[0]
    assert row.along_id == Ask.objects.get(on_day=TUESDAY).pk


def test_asked_twice_is_asked_once(ask, saved, mentorship, rosa, dante):
    again = actions.ask_along(saved=saved, on_day=THURSDAY, mentorship=mentorship, words="Please", by=rosa.actor)
    assert again.pk == ask.pk and again.words == "Would you sit beside me?" and Ask.objects.count() == 1
    assert notices(dante, template="please_answer") == 1


def test_the_database_holds_that_it_is_once(ask, saved, mentorship):
    with pytest.raises(DatabaseError), transaction.atomic():
        Ask.objects.create(
            program_id=saved.program_id, saved=saved, mentorship=mentorship, on_day=THURSDAY, starts_at=ask.starts_at,
            minutes=60, asked_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    "day", [TUESDAY - timedelta(days=7), TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=63)],
    ids=["over", "no day of it", "too far"],
)  # fmt: skip
def test_nobody_is_asked_for_a_day_that_cannot_be(saved, mentorship, rosa, day):
    with pytest.raises(actions.NotAskable):
        actions.ask_along(saved=saved, on_day=day, mentorship=mentorship, by=rosa.actor)


def test_nobody_is_asked_for_what_has_no_time_is_put_away_or_is_anothers(saved, breakfast, mentorship, rosa, noon, sam):
    named = {"mentorship": mentorship, "on_day": THURSDAY, "by": rosa.actor}
    timeless = actions.change_own(
        saved=breakfast, kind="other", name="x", place="", days=[4], starts=None, minutes=30, by=rosa.actor
    )
    away = actions.put_away(saved=saved, by=rosa.actor)
    for one in (timeless, away, sam):
        with pytest.raises(actions.NotAskable):
            actions.ask_along(saved=one, **named)


def test_to_what_is_on_all_day_somebody_is_asked_also_where_that_day_is_longer(whole_day, mentorship, rosa):
    ask = actions.ask_along(saved=whole_day, on_day=date(2026, 11, 1), mentorship=mentorship, by=rosa.actor)
    assert ask.minutes == 24 * 60


@pytest.fixture
def whole_day(rosa, tuesday):
    """A line that is open all Sunday, on the last Saturday of October."""
    tuesday.move_to(datetime(2026, 10, 31, 9, tzinfo=ZONE))
    return actions.save_own(
        person=rosa.person, kind="other", name="Line", place="", days=[0], starts=0, minutes=24 * 60, by=rosa.actor,
        submit_key=uuid4(),
    )  # fmt: skip


@pytest.fixture
def sam(program, noon):
    """Something that Sam saved."""
    from tests.story import make_persona

    found = make_persona(program, "sam", "participant")
    return actions.save_meeting(person=found.person, meeting=noon, submit_key=uuid4(), by=found.actor)


# --- answers ------------------------------------------------------------------------------------------------------
def test_a_yes_is_a_time_in_both_calendars(ask, dante, rosa, today):
    actions.come_along(ask=ask, answer="At the door, ten to", by=dante.actor)
    (time,) = Appointment.objects.all()
    assert (time.on_day, time.at_time.hour, time.minutes, time.mode) == (THURSDAY, 12, 60, "in_person")
    assert "Hall" in time.place and queries.get_appointment(Ask.objects.get()) == time
    assert notices(rosa, template="something_new") == 1 and "asked_along" not in today()
    from alongside.mentoring.queries import list_times_for_feed

    for who in (rosa, dante):
        assert list(list_times_for_feed(who.person, TUESDAY)) == [time]


def test_a_yes_twice_is_one_time(ask, dante):
    for _twice in range(2):
        actions.come_along(ask=ask, by=dante.actor)
    assert Appointment.objects.count() == 1


def test_online_it_is_a_video_call(listed, rosa, mentorship, dante):
    row = listed(formatted_address="", location="", latitude="", longitude="", conference_url="https://zoom.us/j/1")
    saved = actions.save_meeting(person=rosa.person, meeting=row, submit_key=uuid4(), by=rosa.actor)
    ask = actions.ask_along(saved=saved, on_day=THURSDAY, mentorship=mentorship, by=rosa.actor)
    actions.come_along(ask=ask, by=dante.actor)
    assert Appointment.objects.get().mode == "video"


def test_a_no_has_a_kind_reason_and_is_the_end_for_that_day(ask, saved, mentorship, dante, rosa, today):
    actions.not_this_time(ask=ask, reason="too_far", answer="Next week?", by=dante.actor)
    assert "asked_along" not in today() and notices(rosa, template="something_new") == 1
    with pytest.raises(actions.AlreadyAsked):
        actions.ask_along(saved=saved, on_day=THURSDAY, mentorship=mentorship, by=rosa.actor)
    actions.ask_along(saved=saved, on_day=TUESDAY, mentorship=mentorship, by=rosa.actor)
    assert "asked_along" in today() and not Appointment.objects.exists()


@pytest.mark.parametrize("wrong", [{"status": "not_this_time"}, {"status": "yes"}, {"reason": "too_far"}])
def test_the_database_refuses_half_an_answer(ask, wrong):
    with pytest.raises(DatabaseError), transaction.atomic():
        Ask.objects.filter(pk=ask.pk).update(**wrong)


def test_an_answer_waits_for_the_person_until_they_saw_it(ask, dante, rosa):
    assert not get_own_mentorship(rosa.actor).has_new_answers
    actions.not_this_time(ask=ask, reason="own_rest", by=dante.actor)
    assert get_own_mentorship(rosa.actor).has_new_answers
    actions.mark_read(queries.list_new_answers(rosa.person.pk))
    assert not get_own_mentorship(rosa.actor).has_new_answers


def test_the_backup_peer_answers_while_the_peer_is_away(ask, mentorship, program, carmen, dante):
    from tests.story import make_persona

    from alongside.mentoring.actions import set_backup_peer
    from alongside.workforce.actions import create_peer
    from alongside.workforce.models import PeerProfile

    pat = make_persona(program, "pat", "peer")
    profile = create_peer(person=pat.person, by=carmen.actor, capacity=2, languages=["en"])
    set_backup_peer(mentorship=mentorship, backup_peer=profile, by=carmen.actor)
    assert queries.get_ask_to(pat.actor, ask.pk) is None
    PeerProfile.objects.filter(pk=dante.profile.pk).update(status="unavailable")
    actions.come_along(ask=queries.get_ask_to(pat.actor, ask.pk), by=pat.actor)
    assert Ask.objects.get().answered_by == pat.person
    (said,) = [show_answer(one)["words"] for one in queries.list_new_answers(ask.saved.person_id)]
    assert said.startswith("Pat comes along"), "whoever comes is named"


# --- taken back, lapsed, ended ------------------------------------------------------------------------------------
def test_taken_back_it_is_gone_from_today_and_may_be_asked_again(ask, saved, mentorship, rosa, dante, today):
    actions.take_back(ask=ask, by=rosa.actor)
    assert "asked_along" not in today() and queries.get_ask_to(dante.actor, ask.pk) is None
    with pytest.raises(MoveNotAllowed):
        actions.come_along(ask=ask, by=dante.actor)
    again = actions.ask_along(saved=saved, on_day=THURSDAY, mentorship=mentorship, by=rosa.actor)
    assert again.pk == ask.pk and "asked_along" in today()


def test_what_was_answered_cannot_be_taken_back(ask, rosa, dante):
    actions.come_along(ask=ask, by=dante.actor)
    with pytest.raises(MoveNotAllowed):
        actions.take_back(ask=ask, by=rosa.actor)


def test_neither_may_make_the_moves_of_the_other(ask, rosa, dante):
    with pytest.raises(MoveNotAllowed):
        actions.come_along(ask=ask, by=rosa.actor)
    with pytest.raises(MoveNotAllowed):
        actions.take_back(ask=ask, by=dante.actor)


def test_it_lapses_when_it_begins_and_not_before(ask, dante, today):
    assert actions.lapse_due(ask.starts_at - timedelta(minutes=1)) == 0
    assert [actions.lapse_due(ask.starts_at) for _twice in range(2)] == [1, 0]
    assert Ask.objects.get().status == "lapsed" and "asked_along" not in today(ask.starts_at)
    assert Entry.objects.filter(act="along.lapsed").count() == 1


def test_before_the_tick_comes_by_a_late_yes_plans_nothing(ask, dante):
    with pytest.raises(actions.NotAskable):
        actions.come_along(ask=ask, by=dante.actor, now=ask.starts_at)
    assert not Appointment.objects.exists()


def test_it_ends_with_the_mentorship(ask, mentorship, carmen, rosa, saved, dante):
    end_mentorship(mentorship=mentorship, reason="moved", by=carmen.actor)
    assert Ask.objects.get().status == "ended" and queries.get_ask_to(dante.actor, ask.pk) is None
    with pytest.raises(actions.NotAskable):
        actions.ask_along(saved=saved, on_day=TUESDAY, mentorship=mentorship, by=rosa.actor)


@pytest.mark.parametrize("how", ["insert", "update"])
def test_the_database_refuses_an_ask_in_an_ended_mentorship(ask, mentorship, carmen, saved, how):
    end_mentorship(mentorship=mentorship, reason="moved", by=carmen.actor)
    with pytest.raises(DatabaseError, match="ask_in_ended_mentorship"), transaction.atomic():
        if how == "update":
            Ask.objects.filter(pk=ask.pk).update(status="asked")
        else:
            Ask.objects.create(
                program_id=saved.program_id, saved=saved, mentorship=mentorship, on_day=date(2026, 6, 9),
                starts_at=NOW + timedelta(days=7), minutes=60, asked_at=NOW,
            )  # fmt: skip


def test_while_another_peer_is_looked_for_it_stays(ask, mentorship, rosa, dante, today):
    ask_for_another_peer(mentorship=mentorship, by=rosa.actor, reason_words="")
    assert Ask.objects.get().status == "asked" and "asked_along" in today()


def test_who_rests_and_asks_is_on_today(ask, mentorship, today):
    Mentorship.objects.filter(pk=mentorship.pk).update(status="paused")
    assert "asked_along" in today()


def test_each_move_is_in_the_log_without_a_word(ask, rosa, dante):
    actions.take_back(ask=ask, by=rosa.actor)
    acts = Entry.objects.filter(object_kind="ask_along", subject_id=rosa.person.pk).values_list("act", flat=True)
    assert list(acts.order_by("id")) == ["along.asked", "along.taken_back"]
    assert "sit beside" not in "".join(str(vars(one)) for one in Entry.objects.all())


def test_the_words_are_not_readable_in_the_database(ask, connection_rows):
    assert "sit beside" not in connection_rows("outings_ask")
