"""Sessions, the sign-in sheet, and one note for many."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from alongside.audit.models import Entry
from alongside.council.actions import adopt_policy
from alongside.groups import actions, queries
from alongside.groups.models import Came, GroupSession
from alongside.impact.counting import read_day
from alongside.mentoring.actions import NoteNotInMode
from alongside.mentoring.models import Contact, Mentorship
from alongside.mentoring.queries import list_own_notes
from alongside.people.actor import SystemActor

from .conftest import SIX, TUESDAY

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def policy(program):
    """`policy("count")`: that mode of notes is in force."""
    return lambda mode: adopt_policy(program=program, kind="notes", values={"mode": mode}, by=SystemActor())


def note(**values) -> actions.GroupNote:
    return actions.GroupNote(
        **({"submit_key": uuid4(), "words": "We walked by the river.", "read_together": True} | values)
    )


@pytest.fixture
def writes(on, dante):
    return lambda **values: actions.write_note(occasion=on(), note=note(**values), by=dante.actor, now=SIX)


# --- sessions -----------------------------------------------------------------------------------------------------
def test_one_session_is_moved_and_everybody_with_a_place_is_told_once(walk, on, joins, rosa, dante, carmen, program):
    from alongside.people.actions import set_safe_contact
    from alongside.people.models import OutgoingMessage

    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    set_safe_contact(person=rosa.person, by=carmen.actor, channel="email", may_email=True)
    joins(rosa)
    moved = {"day": TUESDAY + timedelta(days=1), "at_time": time(17), "minutes": 45, "reason": "The room is painted."}
    actions.move_session(occasion=on(), by=dante.actor, now=SIX - WEEK, **moved)
    found = queries.list_next_occasions([walk], program, SIX - WEEK / 2, 2)[walk.pk]
    assert [(one.session.day, one.session.at) for one in found] == [
        (TUESDAY + timedelta(days=1), time(17)),
        (TUESDAY + WEEK, time(18)),
    ]
    assert [one.template for one in OutgoingMessage.objects.filter(once_key__startswith="group-time")] == [
        "time_changed"
    ]


def test_a_session_moved_twice_to_the_same_time_is_told_once(on, joins, rosa, dante, carmen):
    from alongside.people.actions import set_safe_contact
    from alongside.people.models import OutgoingMessage

    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    set_safe_contact(person=rosa.person, by=carmen.actor, channel="email", may_email=True)
    joins(rosa)
    moved = {"day": TUESDAY + timedelta(days=1), "at_time": time(17), "minutes": 45, "reason": "The room is painted."}
    for _ in range(2):
        actions.move_session(occasion=on(), by=dante.actor, now=SIX - WEEK, **moved)
    assert OutgoingMessage.objects.filter(once_key__startswith="group-time").count() == 1
    actions.move_session(occasion=on(), by=dante.actor, now=SIX - WEEK, **moved | {"at_time": time(16)})
    assert OutgoingMessage.objects.filter(once_key__startswith="group-time").count() == 2


def test_a_session_is_called_off_and_on_again(on, dante):
    actions.cancel_session(occasion=on(), reason="Snow.", by=dante.actor, now=SIX - WEEK)
    assert on().session.status == "cancelled" and on().row.reason == "Snow."
    with pytest.raises(actions.NotNow):
        actions.hand_in_sheet(occasion=on(), came=set(), shown=set(), walk_ins=0, by=dante.actor, now=SIX)
    actions.plan_again(occasion=on(), by=dante.actor, now=SIX - WEEK)
    assert on().session.status == "planned" and on().row.reason == ""


def test_what_was_held_is_moved_no_more(on, came, dante):
    came()
    with pytest.raises(actions.AlreadyHeld):
        actions.cancel_session(occasion=on(), reason="Snow.", by=dante.actor)


# --- the sheet ----------------------------------------------------------------------------------------------------
def test_a_sheet_is_handed_in_corrected_and_counts_those_without_a_record(on, joins, came, rosa, sam):
    joins(rosa)
    joins(sam)
    came(rosa, sam, walk_ins=3)
    came(rosa, walk_ins=2, shown=(rosa, sam))
    row = GroupSession.objects.get()
    assert [one.person for one in queries.list_came(row)] == [rosa.person]
    assert queries.count_came([row]) == {row.pk: 3}
    acts = Entry.objects.filter(subject_id=sam.person.pk, act__startswith="came").values_list("act", flat=True)
    assert sorted(acts) == ["came.added", "came.taken_back"]


def test_who_has_no_place_is_not_written_down(joins, came, rosa, sam):
    joins(rosa)
    came(rosa, sam)
    assert [one.person_id for one in Came.objects.all()] == [rosa.person.pk]


def test_who_signed_in_while_the_sheet_was_open_stays(on, joins, came, rosa, sam):
    joins(rosa)
    joins(sam)
    assert actions.sign_in(occasion=on(), person_id=rosa.person.pk, by=rosa.actor, now=SIX)
    assert not actions.sign_in(occasion=on(), person_id=rosa.person.pk, by=rosa.actor, now=SIX), "twice is once"
    came(sam)  # a page on which Rosa was not ticked yet
    assert {one.person_id: one.how for one in Came.objects.all()} == {rosa.person.pk: "self", sam.person.pk: "sheet"}


@pytest.mark.parametrize("minutes", [-16, 61])
def test_nobody_signs_in_too_early_or_too_late(on, joins, rosa, minutes):
    joins(rosa)
    with pytest.raises(actions.NotNow):
        actions.sign_in(occasion=on(), person_id=rosa.person.pk, by=rosa.actor, now=SIX + timedelta(minutes=minutes))
    assert not Came.objects.exists()


def test_a_sheet_opens_a_quarter_of_an_hour_before(joins, came, rosa):
    joins(rosa)
    with pytest.raises(actions.NotNow):
        came(rosa, now=SIX - timedelta(minutes=16))
    came(rosa, now=SIX - timedelta(minutes=14))


# --- one note for many --------------------------------------------------------------------------------------------
def test_each_has_a_copy_of_their_own_in_which_nobody_else_is_named(
    mentorship, joins, came, writes, rosa, sam, program
):
    joins(rosa)
    joins(sam)
    came(rosa, sam)
    assert writes(own={rosa.person.pk: "You laughed."}) == 1, "nobody walks with Sam yet"
    contact = Contact.objects.get()
    assert (contact.participant, contact.mode, contact.minutes) == (rosa.person, "group", 60)
    assert contact.note == "We walked by the river.\n\nYou laughed." and contact.happened_at == SIX
    assert list(list_own_notes(rosa.actor)) == [contact]
    assert {one.person_id: one.contact_id for one in Came.objects.all()} == {
        rosa.person.pk: contact.pk,
        sam.person.pk: None,
    }


@pytest.fixture
def beside_sam(carmen, dante, sam):
    """Dante walks with Sam too."""
    from alongside.mentoring.actions import start_mentorship
    from alongside.people.actions import move_episode

    move_episode(episode=sam.episode, to="offered", by=carmen.actor)
    return start_mentorship(episode=sam.episode, peer=dante.profile, by=carmen.actor)


def test_two_copies_are_one_occasion_and_words_for_one_go_to_nobody_else(
    mentorship, beside_sam, joins, came, writes, rosa, sam
):
    joins(rosa)
    joins(sam)
    came(rosa, sam)
    assert writes(own={rosa.person.pk: "You laughed."}) == 2
    notes = {one.participant_id: one for one in Contact.objects.all()}
    assert notes[sam.person.pk].note == "We walked by the river."
    assert len({one.occasion for one in notes.values()}) == 1


@pytest.mark.parametrize(
    "words",
    [{"words": "Sam spoke of his son."}, {"own": True}, {"words": "We thank BLUE"}],
    ids=["for_all", "for_another", "by_alias"],
)
def test_a_name_of_the_group_is_shown_before_anything_is_kept(mentorship, joins, came, writes, rosa, sam, words):
    joins(rosa)
    joins(sam, alias="Blue")
    came(rosa, sam)
    values = {"own": {rosa.person.pk: "You helped sam."}} if "own" in words else words
    with pytest.raises(actions.NamesSomebody):
        writes(**values)
    assert not Contact.objects.exists() and on_noted() is None
    assert writes(fine_names=["Sam", "Blue"], **values) == 1, "an everyday word is no name"


def on_noted():
    return GroupSession.objects.get().noted_at


def test_a_name_of_somebody_who_stayed_away_is_shown_too(mentorship, joins, came, writes, rosa, sam):
    joins(rosa)
    joins(sam)
    came(rosa)
    with pytest.raises(actions.NamesSomebody):
        writes(words="We missed Sam.")


def test_a_note_sent_twice_is_one_and_then_the_sheet_stays(mentorship, joins, came, writes, rosa, sam):
    joins(rosa)
    joins(sam)
    came(rosa)
    key = uuid4()
    assert (writes(submit_key=key), writes(submit_key=key)) == (1, 1)
    with pytest.raises(actions.NotHeld):
        writes()
    with pytest.raises(actions.NotNow):
        came(rosa, sam)
    assert Contact.objects.count() == 1


def test_without_a_sheet_there_is_no_note(mentorship, joins, writes, rosa):
    joins(rosa)
    with pytest.raises(actions.NotHeld):
        writes()


def test_a_group_keeps_no_promise_and_asks_no_less_of_the_peer(mentorship, joins, came, writes, rosa):
    """Today goes on to say who needs somebody: a group is no talk between two."""
    Mentorship.objects.filter(pk=mentorship.pk).update(next_step_on=TUESDAY, asked_for_call_at=SIX)
    joins(rosa)
    came(rosa)
    writes()
    mentorship.refresh_from_db()
    assert mentorship.latest_reached_at is None and mentorship.status == "introduced"
    assert mentorship.next_step_on == TUESDAY and mentorship.asked_for_call_at == SIX


def test_no_figure_counts_a_group_as_a_talk_between_two(mentorship, joins, came, writes, rosa, program):
    joins(rosa)
    came(rosa)
    writes()
    assert read_day(program, TUESDAY) == {}
    Contact.objects.update(mode="phone")
    assert list(read_day(program, TUESDAY).values()) == [(1, 1)], "or the test is blind"


# --- how much is written is a policy ------------------------------------------------------------------------------
def test_words_that_were_not_read_together_are_not_kept(mentorship, joins, came, writes, rosa):
    joins(rosa)
    came(rosa)
    with pytest.raises(NoteNotInMode):
        writes(read_together=False)
    assert not Contact.objects.exists() and on_noted() is None
    assert writes(words="", read_together=False) == 1


def test_a_program_that_counts_keeps_no_words(mentorship, joins, came, writes, rosa, policy):
    policy("count")
    joins(rosa)
    came(rosa)
    with pytest.raises(NoteNotInMode):
        writes()
    assert writes(words="", read_together=False, kinds_of_support=["affiliational"]) == 1
    assert (Contact.objects.get().minutes, Contact.objects.get().note) == (60, "")


def test_a_payer_pays_for_those_who_named_a_goal(mentorship, beside_sam, joins, came, writes, rosa, sam, policy):
    from alongside.recovery.actions import add_goal

    policy("billable")
    goal = add_goal(person=rosa.person, area="home", words="A room", submit_key=uuid4(), by=rosa.actor)
    joins(rosa, goal=goal)
    joins(sam)
    came(rosa, sam)
    assert writes(service="group", place="community", read_together=False) == 2
    found = {one.participant_id: one.written_as for one in Contact.objects.select_related("written_as")}
    assert (found[rosa.person.pk].service, found[rosa.person.pk].goal) == ("group", goal)
    assert (found[sam.person.pk].service, found[sam.person.pk].goal) == ("not_billed", None)
