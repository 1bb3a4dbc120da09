"""The pages: joining and leaving by oneself, the sheet, one note for many, and what each reader sees of the others."""

import json
import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from tests.outside import without_ids

from alongside.groups import actions
from alongside.groups.models import Came, Group, GroupPlace, GroupSession, Leader
from alongside.mentoring.models import Contact
from alongside.people.actions import record_boundary
from alongside.people.models import HeldForm

from .conftest import SIX, TUESDAY, VALUES, make_served

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def tuesday_at_six():
    """The first session has just begun."""
    with time_machine.travel(SIX + timedelta(minutes=5), tick=False) as traveller:
        yield traveller


@pytest.fixture
def read(signed_in):
    """`read(rosa, "me_groups")`: the page as this person gets it; or only its status."""

    def get(persona, name, *ids, status=200):
        answer = signed_in(persona).get(reverse(name, args=ids))
        assert answer.status_code == status, (name, answer.status_code)
        return unescape(answer.content.decode())

    return get


@pytest.fixture
def send(signed_in):
    """`send(rosa, {"what": "join"}, "me_group", walk.pk)`: the answer, followed."""

    def post(persona, values, name, *ids):
        return signed_in(persona).post(reverse(name, args=ids), values, follow=True)

    return post


def said(answer) -> str:
    return unescape(answer.content.decode())


# --- a person's own pages -----------------------------------------------------------------------------------------
def test_somebody_joins_is_there_and_leaves_by_themself(walk, english, read, send):
    assert "Evening walk" in read(english, "me_groups") and "2 places are free" in read(english, "me_groups")
    assert "12 Canary Street" not in read(english, "me_group", walk.pk), "where it is, those with a place see"
    answer = send(english, {"what": "join", "alias": "Blue"}, "me_group", walk.pk)
    assert "You have a place" in said(answer) and "12 Canary Street" in said(answer)
    send(english, {"what": "here"}, "me_group", walk.pk)
    assert Came.objects.get().how == "self"
    assert "You are on the list of who came." in read(english, "me_group", walk.pk)
    send(english, {"what": "leave"}, "me_group", walk.pk)
    assert GroupPlace.objects.get().status == "left" and "You can join" in read(english, "me_groups")


def test_titles_and_paths_say_nothing_of_the_group(walk, english, read):
    for page, ids in (("me_groups", ()), ("me_group", (walk.pk,))):
        title = read(english, page, *ids).partition("<title>")[2].partition("</title>")[0]
        assert "Groups" in title and "walk" not in title.lower()


def test_of_the_others_there_is_a_number_until_all_agree_to_a_name(walk, english, sam, joins, read, send):
    joins(english, alias="Blue", shows_alias=True)
    joins(sam, alias="Red")
    page = without_ids(read(english, "me_group", walk.pk))
    assert "Those who lead the group, and who supervises them, see the name you choose" in page
    assert "You and 1 other person." in page and "Red" not in page and "Sam" not in page
    send(sam, {"what": "save", "alias": "Red", "shows_alias": "on"}, "me_group", walk.pk)
    page = without_ids(read(english, "me_group", walk.pk))
    assert "Blue, Red" in page and "Sam" not in page


def test_who_waits_sees_their_turn_and_no_address(walk, english, sam, nia, joins, read):
    for number, who in enumerate((sam, nia, english)):
        joins(who, now=SIX - timedelta(days=3) + timedelta(minutes=number))
    page = read(english, "me_group", walk.pk)
    assert "Your turn is number 1." in page and "12 Canary Street" not in page
    assert "I am here" not in page


def test_a_time_for_the_calendar_says_nothing(walk, english, joins, signed_in):
    path = reverse("me_group_time", args=[walk.pk, TUESDAY.isoformat()])
    assert signed_in(english).get(path).status_code == 404, "who has no place has no times"
    joins(english)
    body = signed_in(english).get(path).content.decode()
    assert "20260602T180000" in body and "America/Los_Angeles" in body
    for word in ("walk", "paseo", "Canary", "group", "Dante"):
        assert word.lower() not in body.lower().replace("uid", "")


def test_two_calendars_do_not_tell_that_two_people_are_in_one_group(walk, english, sam, joins, signed_in):
    path = reverse("me_group_time", args=[walk.pk, TUESDAY.isoformat()])

    def uid(who):
        return re.search(r"UID:(\S+)", signed_in(who).get(path).content.decode())[1]

    joins(english)
    joins(sam)
    assert uid(english) != uid(sam) and uid(english) == uid(english), "the same entry, when it is taken again"


@pytest.mark.parametrize("day", ["2026-06-03", "soon", "2026-13-40"])
def test_a_day_that_is_none_is_no_page(walk, english, dante, joins, read, day):
    joins(english)
    read(english, "me_group_time", walk.pk, day, status=404)
    read(dante, "group_sheet", walk.pk, day, status=404)


def test_a_group_for_others_is_no_page(walk, program, carmen, read):
    ana = make_served(program, "ana", carmen.actor, kind="loved_one")
    assert "Evening walk" not in read(ana, "me_groups")
    read(ana, "me_group", walk.pk, status=404)


def test_whoever_has_a_place_sees_it_and_leaves_whatever_came_between(walk, english, dante, carmen, joins, read, send):
    joins(english)
    record_boundary(person=english.person, other=dante.person, kind="ex", by=carmen.actor)
    assert "Evening walk" in read(english, "me_groups")
    Group.objects.filter(pk=walk.pk).update(for_whom="loved_one")
    read(english, "me_group", walk.pk)
    send(english, {"what": "leave"}, "me_group", walk.pk)
    assert GroupPlace.objects.get().left_why == "own_wish"
    assert "Evening walk" not in read(english, "me_groups")
    read(english, "me_group", walk.pk, status=404)


# --- who leads ----------------------------------------------------------------------------------------------------
def test_who_leads_sees_names_and_no_records(walk, dante, sam, joins, read):
    joins(sam)
    page = read(dante, "group", walk.pk)
    assert "Sam" in page and reverse("groups_of", args=[sam.person.pk]) not in page
    read(dante, "groups_of", sam.person.pk, status=404)
    read(dante, "record", sam.person.pk, status=404)


def test_a_peer_who_does_not_lead_it_and_another_program_see_no_page(walk, carmen, marcus, program, read, dante):
    Leader.objects.all().delete()
    for who in (dante, marcus):
        read(who, "group", walk.pk, status=404)
        read(who, "group_sheet", walk.pk, TUESDAY.isoformat(), status=404)
    assert "You lead no group yet" in read(dante, "groups")


def test_the_sheet_is_one_page_and_one_submit(walk, dante, english, sam, joins, read, send, tuesday_at_six, client):
    joins(english)
    joins(sam)
    actions.sign_in(occasion=_occasion(walk), person_id=sam.person.pk, by=sam.actor)
    page = read(dante, "group_sheet", walk.pk, TUESDAY.isoformat())
    assert page.count('type="checkbox"') == 2 and page.count("checked") == 1, "who signed in is ticked"
    values = {"came": [english.person.pk, sam.person.pk], "shown": sam.person.pk, "walk_ins": "2"}
    assert "Thank you for leading" in said(send(dante, values, "group_sheet", walk.pk, TUESDAY.isoformat()))
    assert Came.objects.count() == 2 and GroupSession.objects.get().walk_ins == 2
    tuesday_at_six.move_to(SIX + timedelta(hours=2))
    client.cookies.clear()  # two hours are longer than anybody stays signed in
    assert "4 people came" in read(dante, "group", walk.pk)


def _occasion(walk):
    from alongside.groups import queries

    return queries.get_occasion(Group.objects.get(pk=walk.pk), walk.program, TUESDAY)


def test_the_roster_says_on_which_day_somebody_was_last_there(walk, dante, sam, joins, read, tuesday_at_six):
    joins(sam, alias="Blue")
    actions.hand_in_sheet(occasion=_occasion(walk), came={sam.person.pk}, shown=(), walk_ins=0, by=dante.actor, now=SIX)
    tuesday_at_six.move_to(SIX + WEEK)
    page = without_ids(read(dante, "group", walk.pk))
    assert "Last here on June 2, 2026" in page and "Blue" in page and "Sam" not in page
    assert page.count("No sheet yet") == 0, "what is just on is not among what is over"


def test_who_chose_another_name_and_left_is_not_named_by_their_own(walk, mentorship, dante, english, sam, joins, read):
    joins(english)
    joins(sam, alias="Blue")
    both = {english.person.pk, sam.person.pk}
    actions.hand_in_sheet(occasion=_occasion(walk), came=both, shown=(), walk_ins=0, by=dante.actor)
    actions.leave(place=GroupPlace.objects.get(person=sam.person), by=sam.actor)
    for name in ("group_sheet", "group_note"):
        page = without_ids(read(dante, name, walk.pk, TUESDAY.isoformat()))
        assert "Sam" not in page and "Somebody who left" in page
    assert "For Somebody who left alone" not in page and "For Rosa alone" in page


def test_paper_says_nothing_of_what_it_is_for(walk, dante, read):
    page = read(dante, "group_paper", walk.pk, TUESDAY.isoformat())
    printed = page.partition("<h1>")[2].partition("</main>")[0]
    assert "June 2, 2026, 6 p.m." in printed
    for word in ("walk", "Riverbend", "Canary", "group"):
        assert word not in printed.replace("data-screen-only", "").partition("<table")[2]
    assert printed.count("<tr>") == 1 + walk.capacity + 4


def test_paper_has_a_line_for_each_and_some_more(walk, dante, read):
    Group.objects.filter(pk=walk.pk).update(capacity=40)
    assert read(dante, "group_paper", walk.pk, TUESDAY.isoformat()).count("<tr>") == 1 + 44


def test_one_note_is_written_and_each_reads_their_own(walk, mentorship, dante, english, sam, joins, read, send):
    joins(english)
    joins(sam)
    values = {"came": [english.person.pk, sam.person.pk], "shown": "", "walk_ins": ""}
    send(dante, values, "group_sheet", walk.pk, TUESDAY.isoformat())
    note = {"submit_key": uuid4(), "words": "We walked, and Sam sang.", "read_together": "on"}
    where = ("group_note", walk.pk, TUESDAY.isoformat())
    page = said(send(dante, note, *where))
    assert "This may name somebody of the group" in page and "For all: Sam" in page
    assert "We walked, and Sam sang." in page and not Contact.objects.exists()
    assert "Nobody walks yet with: Sam." in page
    page = said(send(dante, note | {"words": "We walked and sang."}, *where))
    assert "Saved. 1 person has their own copy." in page
    assert "We walked and sang." in read(english, "me_notes") and "We walked" not in read(sam, "me_notes")
    assert "The note of this day is written" in read(dante, *where)
    assert "We walked and sang." in read(dante, "record", english.person.pk), "their peer reads it"
    assert "June 2, 2026" in read(dante, "groups_of", english.person.pk)


def test_saying_that_a_harder_word_is_fine_says_nothing_of_names(walk, mentorship, dante, english, sam, joins, send):
    joins(english)
    joins(sam)
    send(dante, {"came": [english.person.pk]}, "group_sheet", walk.pk, TUESDAY.isoformat())
    where = ("group_note", walk.pk, TUESDAY.isoformat())
    note = {"submit_key": uuid4(), "words": "Sam called himself an addict.", "read_together": "on"}
    assert "How would you say it to them?" in said(send(dante, note, *where))
    page = said(send(dante, note | {"action": "fine"}, *where))
    assert "This may name somebody of the group" in page and "For all: Sam" in page and not Contact.objects.exists()
    assert 'name="fine" value="Sam"' in page
    note |= {"action": "fine", "fine": "Sam", "words": "Sam called himself an addict, and Rosa a friend."}
    assert "For all: Rosa, Sam" in said(send(dante, note, *where)), "a name that came in since is shown as well"
    assert not Contact.objects.exists()
    page = said(send(dante, note | {"fine": ["Sam", "Rosa"]}, *where))
    assert "Saved. 1 person has their own copy." in page


def test_words_nobody_read_are_shown_again_with_the_reason(walk, mentorship, dante, english, joins, send):
    joins(english)
    send(dante, {"came": [english.person.pk]}, "group_sheet", walk.pk, TUESDAY.isoformat())
    note = {"submit_key": uuid4(), "words": "We walked."}
    page = said(send(dante, note, "group_note", walk.pk, TUESDAY.isoformat()))
    assert "heard them read aloud. Tick it" in page and "We walked." in page and not Contact.objects.exists()


def test_words_of_a_second_who_leads_are_not_lost(walk, mentorship, dante, carmen, english, joins, send):
    joins(english)
    send(dante, {"came": [english.person.pk]}, "group_sheet", walk.pk, TUESDAY.isoformat())
    where = ("group_note", walk.pk, TUESDAY.isoformat())
    note = {"submit_key": uuid4(), "words": "We walked.", "read_together": "on"}
    send(dante, note, *where)
    page = said(send(dante, note | {"submit_key": uuid4(), "words": "We sang by the river."}, *where))
    assert "The note of this day was written already." in page and "We sang by the river." in page
    assert Contact.objects.get().note == "We walked."


def test_only_who_leads_writes_the_note(walk, carmen, dante, english, joins, read, send, program):
    joins(english)
    send(carmen, {"came": [english.person.pk]}, "group_sheet", walk.pk, TUESDAY.isoformat())
    assert Came.objects.count() == 1, "a coordinator may hand in a sheet"
    read(carmen, "group_note", walk.pk, TUESDAY.isoformat(), status=404)


def test_one_time_is_moved_with_a_reason_that_those_with_a_place_read(walk, dante, english, joins, read, send):
    joins(english)
    day = (TUESDAY + WEEK).isoformat()
    values = {
        "what": "move",
        "day": "2026-06-10",
        "at_time": "17:00",
        "minutes": "45",
        "reason": "The room is painted.",
    }
    send(dante, values, "group_session", walk.pk, day)
    page = read(english, "me_group", walk.pk)
    assert "The room is painted." in page and "changed" in page
    page = said(send(dante, {"what": "cancel", "why": "Snow."}, "group_session", walk.pk, day))
    assert "Called off" in page
    send(dante, {"what": "again"}, "group_session", walk.pk, day)
    assert GroupSession.objects.get().status == "planned"


def test_a_session_moves_to_no_other_day_of_the_series(walk, dante, send):
    values = {"what": "move", "day": "2026-06-16", "at_time": "18:00", "minutes": "60"}
    page = said(send(dante, values, "group_session", walk.pk, "2026-06-09"))
    assert "The group meets on that day anyway." in page and not GroupSession.objects.exists()


def test_who_leads_puts_in_whom_they_walk_with_and_nobody_else(walk, mentorship, dante, english, sam, send, read):
    assert "Quick" not in read(dante, "group", walk.pk)
    page = said(send(dante, {"who": english.person.pk}, "group_add", walk.pk))
    assert "They have a place." in page
    assert "Please choose somebody first." in said(send(dante, {"who": sam.person.pk}, "group_add", walk.pk))
    assert [one.person_id for one in GroupPlace.objects.all()] == [english.person.pk]
    assert "Somebody who stands beside you put you in." in read(english, "me_group", walk.pk)
    place = GroupPlace.objects.get()
    send(dante, {}, "group_out", walk.pk, place.pk)
    place.refresh_from_db()
    assert (place.status, place.left_why) == ("left", "by_leader")


# --- a coordinator ------------------------------------------------------------------------------------------------
def test_a_coordinator_opens_a_group_says_who_leads_and_ends_it(carmen, dante, sam, read, send, program):
    values = VALUES | {
        "starts_on": "2026-06-09", "until_on": "", "at_time": "19:00", "submit_key": uuid4(), "is_online": "on"
    }  # fmt: skip
    values.pop("is_online")
    page = said(send(carmen, values, "group_new"))
    assert "The group is there." in page and "Each week on Tuesday at 7 p.m." in page
    group = Group.objects.get()
    assert "Dante" in said(send(carmen, {"who": dante.person.pk}, "group_leaders", group.pk))
    assert Leader.objects.get().person == dante.person
    send(carmen, {"who": sam.person.pk}, "group_leaders", group.pk)
    assert Leader.objects.count() == 1, "only peers lead"
    send(carmen, {"not": dante.person.pk}, "group_leaders", group.pk)
    assert not Leader.objects.exists()
    for state in ("resting", "open", "ended", "open"):
        send(carmen, {"to": state}, "group_state", group.pk)
    assert Group.objects.get().status == "ended"


def test_fewer_places_than_are_taken_are_refused_kindly(walk, carmen, english, sam, joins, send, read):
    joins(english)
    joins(sam)
    page = read(carmen, "group_change", walk.pk)
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    values = VALUES | {"starts_on": "2026-06-02", "until_on": "", "at_time": "18:00", "capacity": "1", "seen": seen}
    values.pop("is_online")
    assert "Nobody loses theirs." in said(send(carmen, values, "group_change", walk.pk))
    assert Group.objects.get().capacity == 2


def test_on_a_record_somebody_is_put_into_a_group(walk, carmen, sam, send, read):
    assert "They are in no group now." in read(carmen, "groups_of", sam.person.pk)
    send(carmen, {"who": walk.pk}, "groups_of", sam.person.pk)
    assert GroupPlace.objects.get().person == sam.person
    assert "Has a place since" in read(carmen, "groups_of", sam.person.pk)


def test_a_sheet_that_was_ticked_when_the_session_ended_is_there_again(walk, dante, english, sam, joins, read):
    joins(english)
    joins(sam)
    path = reverse("group_sheet", args=[walk.pk, TUESDAY.isoformat()])
    payload = {"came": [str(sam.person.pk)], "walk_ins": ["3"], "shown": [""]}
    HeldForm.objects.create(user=dante.user, path=path, payload=json.dumps(payload), created_at=SIX)
    page = read(dante, "group_sheet", walk.pk, TUESDAY.isoformat())
    assert page.count("checked") == 1 and 'value="3"' in page
    assert re.search(rf'value="{sam.person.pk}"[^>]*checked', page)


def test_why_a_session_is_called_off_is_there_again_too(walk, dante, read):
    path = reverse("group_session", args=[walk.pk, TUESDAY.isoformat()])
    payload = json.dumps({"what": ["cancel"], "why": ["The room is being painted."]})
    HeldForm.objects.create(user=dante.user, path=path, payload=payload, created_at=SIX)
    page = read(dante, "group_session", walk.pk, TUESDAY.isoformat())
    assert "The room is being painted." in page.partition('name="why"')[2].partition(">")[0]


def test_pages_cost_the_same_for_two_people_and_for_twenty(
    walk, carmen, dante, program, signed_in, django_assert_max_num_queries, joins, mentorship, english
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(who, name, *ids):
        client = signed_in(who)
        client.get(reverse(name, args=ids))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name, args=ids)).status_code == 200
        return len(asked)

    pages = [
        (dante, "groups"), (dante, "group", walk.pk), (dante, "group_sheet", walk.pk, TUESDAY.isoformat()),
        (english, "me_groups"), (english, "me_group", walk.pk), (carmen, "groups_of", english.person.pk),
    ]  # fmt: skip
    joins(english)
    few = [cost(*page) for page in pages]
    Group.objects.filter(pk=walk.pk).update(capacity=30)
    for number in range(20):
        joins(make_served(program, f"somebody{number}", carmen.actor))
        group = actions.open_group(program=program, values=dict(VALUES), submit_key=uuid4(), by=carmen.actor)
        actions.add_leader(group=group, peer=dante.profile, by=carmen.actor)
        joins(english, group=group)
    assert [cost(*page) for page in pages] == few
