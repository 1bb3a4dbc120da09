"""The pages, as each reader gets them: one press from a public page, the week, a day, the peer's answer."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.outside import without_ids
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.mentoring.models import Appointment
from alongside.outings import actions, queries
from alongside.outings.models import Ask, Felt, Outing, Saved

from .conftest import NOW, THURSDAY, TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(signed_in):
    """`read(rosa, "me_week")`: the page as this person gets it; or only its status."""

    def get(persona, name, *ids, status=200, **query):
        answer = signed_in(persona).get(reverse(name, args=ids), query)
        assert answer.status_code == status, (name, answer.status_code)
        return unescape(answer.content.decode())

    return get


@pytest.fixture
def send(signed_in):
    """`send(rosa, {"what": "plan"}, "me_saved_one", saved.pk)`: the page that follows."""

    def post(persona, values, name, *ids, status=200):
        answer = signed_in(persona).post(reverse(name, args=ids), values, follow=True)
        assert answer.status_code == status, (name, answer.status_code)
        return unescape(answer.content.decode())

    return post


@pytest.fixture
def sam(program, carmen):
    """Another participant."""
    return make_persona(program, "sam", "participant")


# --- from the public page -----------------------------------------------------------------------------------------
def test_who_is_signed_in_as_a_participant_keeps_a_meeting_with_one_press(noon, english, read, send):
    keep = reverse("me_saved_keep", args=[noon.pk])
    assert f'action="{keep}"' in read(english, "meeting", noon.pk)
    assert "Kept. Say on which days" in send(english, {}, "me_saved_keep", noon.pk)
    assert Saved.objects.get().person == english.person


def test_nobody_else_sees_a_difference(noon, dante, carmen, read):
    """Byte for byte what a visitor gets, but for the frame of an account; no form and no token."""

    def main(page: str) -> str:
        return page.partition("<main")[2].partition("</main>")[0]

    visitor = main(unescape(Client().get(reverse("meeting", args=[noon.pk])).content.decode()))
    assert "csrf" not in visitor and "<form" not in visitor and "Noon" in visitor
    for who in (dante, carmen):
        assert main(read(who, "meeting", noon.pk)) == visitor


def test_a_meeting_that_is_listed_no_longer_cannot_be_kept(noon, listed, english, send):
    listed(None)
    send(english, {}, "me_saved_keep", noon.pk, status=404)
    send(english, {}, "me_saved_keep", uuid4(), status=404)


# --- the week -----------------------------------------------------------------------------------------------------
def test_the_week_has_seven_days_and_what_is_planned(saved, english, read):
    page = read(english, "me_week")
    assert page.count('id="day-') == 7 and page.count("Nothing planned.") == 5
    assert "Tuesday, June 2 <" in page and "noon to 1 p.m." in page and "Hall" in page


def test_before_anything_is_kept_it_says_where_to_begin(english, read):
    assert "Nothing kept yet" in read(english, "me_week") and reverse("meetings") in read(english, "me_week")


@pytest.mark.parametrize("told", ["", "x", "99", "-99", "1;2", "²", "-", "--1"])
def test_any_other_week_that_is_asked_for_is_one_of_a_few(saved, english, read, told):
    assert read(english, "me_week", week=told).count('id="day-') == 7


def test_one_press_on_the_week_says_how_it_was_and_comes_back_to_it(saved, english, read, send):
    page = send(english, {"how": "went", "week": "0"}, "me_saved_how", saved.pk, TUESDAY.isoformat())
    assert "My week" in page and 'aria-pressed="true"' in page and Outing.objects.get().how == "went"
    send(english, {"how": "", "week": "0"}, "me_saved_how", saved.pk, TUESDAY.isoformat())
    assert not Outing.objects.exists()


@pytest.mark.parametrize("week", ["--1", "x", ""])
def test_whatever_week_is_sent_with_it_the_press_counts_and_a_week_follows(saved, english, send, week):
    assert "My week" in send(english, {"how": "went", "week": week}, "me_saved_how", saved.pk, TUESDAY.isoformat())
    assert Outing.objects.get().how == "went"


@pytest.mark.parametrize("how, day", [("won", TUESDAY), ("went", THURSDAY)])
def test_nothing_else_can_be_said_and_nothing_of_what_is_to_come(saved, english, send, how, day):
    send(english, {"how": how}, "me_saved_how", saved.pk, day.isoformat(), status=404)


def test_no_page_counts(saved, english, read):
    for days in range(0, 28, 7):
        actions.say_how(saved=saved, on_day=TUESDAY - timedelta(days=days), how="went")
    for page in (read(english, "me_week"), read(english, "me_saved"), read(english, "me_saved_one", saved.pk)):
        assert not any(word in page.lower() for word in ("streak", "in a row", "4 times", "missed"))


# --- what is kept -------------------------------------------------------------------------------------------------
def test_what_its_list_changed_is_said_plainly_with_before_and_now(saved, listed, english, read, send):
    listed(now=NOW - timedelta(days=1), time="18:00", end_time="19:00")
    for name, ids in (("me_saved", ()), ("me_saved_one", (saved.pk,))):
        page = read(english, name, *ids)
        assert "Before: Tuesday, Thursday, noon to 1 p.m.; now: Tuesday, Thursday, 6 p.m. to 7 p.m." in page
    page = send(english, {"what": "take_over"}, "me_saved_one", saved.pk)
    assert "Kept as its list says it now." in page and "other than when you kept it" not in page


def test_what_is_listed_no_longer_is_said_and_shown(saved, listed, english, read):
    listed(None, now=NOW - timedelta(days=1))
    for name, ids in (("me_saved", ()), ("me_saved_one", (saved.pk,)), ("me_week", ())):
        page = read(english, name, *ids)
        assert "Its list has it no longer. Ask before you go." in page and "Hall" in page, name
    assert reverse("meeting", args=[saved.meeting_id]) not in read(english, "me_saved_one", saved.pk)


def test_days_are_chosen_among_its_own(saved, english, send, read):
    page = read(english, "me_saved_one", saved.pk)
    assert page.count('name="days"') == 2
    send(english, {"what": "plan", "days": ["4"]}, "me_saved_one", saved.pk)
    assert Saved.objects.get().plan == [4]
    page = send(english, {"what": "plan", "days": ["0"]}, "me_saved_one", saved.pk)
    assert Saved.objects.get().plan == [4] and "error-summary" in page


def test_something_of_ones_own_is_written_changed_and_put_away(english, send, read):
    values = {"kind": "other", "name": "Soup with Ana", "days": ["0", "3"], "at_time": "", "minutes": "60", "place": ""}
    page = send(english, values | {"submit_key": str(uuid4())}, "me_saved_new")
    saved = Saved.objects.get()
    assert "It is in your week." in page and saved.plan == [0, 3] and saved.starts is None
    assert "no time written down" in read(english, "me_week")
    send(english, values | {"at_time": "18:30", "place": "Her flat"}, "me_saved_change", saved.pk)
    assert "6:30 p.m. to 7:30 p.m." in read(english, "me_week") and "Her flat" in read(english, "me_week")
    send(english, {"what": "away"}, "me_saved_one", saved.pk)
    assert "Soup with Ana" not in read(english, "me_week") and "Soup with Ana" in read(english, "me_saved")
    send(english, {"what": "again"}, "me_saved_one", saved.pk)
    assert "Soup with Ana" in read(english, "me_week")
    send(english, {"what": "erase"}, "me_saved_one", saved.pk)
    assert not Saved.objects.exists()


def test_a_form_with_a_mistake_keeps_what_was_typed_and_names_the_field(english, send):
    page = send(
        english, {"kind": "other", "name": "Soup", "at_time": "late", "minutes": "60", "place": "x"}, "me_saved_new"
    )
    assert 'value="Soup"' in page and "Choose one day at least." in page and not Saved.objects.exists()


def test_what_comes_from_a_list_is_not_rewritten(saved, english, read):
    read(english, "me_saved_change", saved.pk, status=404)


# --- one day ------------------------------------------------------------------------------------------------------
def test_a_note_for_oneself_is_kept_and_shown_only_there(saved, english, send, read):
    page = send(english, {"what": "felt", "felt": "Shy, then warm"}, "me_saved_day", saved.pk, TUESDAY.isoformat())
    assert "Kept, for you alone." in page and "Shy, then warm" in page and "Only you. Not your peer" in page
    for page in (read(english, "me_week"), read(english, "me_saved_one", saved.pk)):
        assert "Shy" not in without_ids(page)
    assert "June 2, 2026" in read(english, "me_saved_one", saved.pk), "the day leads to it"
    send(english, {"what": "felt", "felt": ""}, "me_saved_day", saved.pk, TUESDAY.isoformat())
    assert not Felt.objects.exists()


@pytest.mark.parametrize("day", ["2026-06-03", "2020-06-02", "2027-06-01", "soon", "2026-13-40"])
def test_a_day_that_is_none_is_no_page(saved, english, read, day):
    read(english, "me_saved_day", saved.pk, day, status=404)


def test_a_day_of_which_something_was_said_stays_whatever_the_list_says(saved, listed, english, read, rosa):
    actions.write_felt(saved=saved, on_day=TUESDAY, words="Warm")
    listed(now=NOW, day=[5])
    actions.take_over(saved=saved, by=rosa.actor)
    page = read(english, "me_saved_day", saved.pk, TUESDAY.isoformat())
    assert "Warm" in page and "Its list does not have it on this day any more." in page


def test_what_is_somebody_elses_is_no_page(saved, sam, dante, carmen, marcus, read, send):
    for who in (sam, dante, carmen, marcus):
        for name, ids in (("me_saved_one", ()), ("me_saved_day", (TUESDAY.isoformat(),))):
            read(who, name, saved.pk, *ids, status=404)
            send(who, {"what": "erase"}, name, saved.pk, *ids, status=404)
    assert Saved.objects.count() == 1


def test_paths_and_titles_say_nothing(saved, english, read):
    from alongside.rules.neutral import reveals

    for name, ids in (("me_week", ()), ("me_saved", ()), ("me_saved_new", ()), ("me_saved_one", (saved.pk,)),
                      ("me_saved_day", (saved.pk, TUESDAY.isoformat()))):  # fmt: skip
        title = read(english, name, *ids).partition("<title>")[2].partition("</title>")[0]
        assert not reveals(title) and not reveals(reverse(name, args=ids)) and "Noon" not in title


# --- asking along -------------------------------------------------------------------------------------------------
def test_from_asking_to_both_calendars(saved, mentorship, english, dante, send, read):
    day = (saved.pk, THURSDAY.isoformat())
    page = read(english, "me_saved_day", *day)
    assert "Would you like Dante to come along?" in page and "the next time they work here" in page
    page = send(english, {"what": "ask", "words": "Sit beside me?"}, "me_saved_day", *day)
    assert "Asked. Dante sees it on their list." in page and "Asked, and waits for an answer" in page
    ask = Ask.objects.get()
    today = read(dante, "today")
    assert "Asks you to come along (Thursday)" in today and reverse("along", args=[ask.pk]) in today
    page = read(dante, "along", ask.pk)
    assert "Sit beside me?" in page and "Noon" in page and "Hall" in page
    assert Entry.objects.filter(act="record.opened", actor_person_id=dante.person.pk).exists()
    send(dante, {"what": "yes", "answer": "At the door"}, "along", ask.pk)
    time = Appointment.objects.get()
    assert "Dante answered whether to come along" in read(english, "me_home")
    assert "Dante comes along" in read(english, "me_week")
    page = read(english, "me_saved_day", *day)
    assert "Comes along" in page and "At the door" in page and reverse("me_time", args=[time.pk]) in page
    assert "Dante answered" not in read(english, "me_home"), "she saw it"
    assert "Comes along" in read(dante, "along", ask.pk), "the page stays, with the answer"


def test_not_this_time_with_a_kind_reason(ask, english, dante, send, read):
    page = send(dante, {"what": "no", "no_words": "x"}, "along", ask.pk)
    assert Ask.objects.get().status == "asked" and "error-summary" in page and 'value="x"' in page
    send(dante, {"what": "no", "reason": "own_rest", "no_words": "Next week gladly"}, "along", ask.pk)
    page = read(english, "me_saved_day", ask.saved_id, THURSDAY.isoformat())
    assert "Dante: Not this time" in page and "I need that time for myself" in page and "Next week gladly" in page
    assert "Would you like Dante to come along?" not in page, "nobody is asked twice for one day"


def test_taken_back_just_before_the_answer_tells_so_and_plans_nothing(ask, english, rosa, dante, send):
    send(english, {"what": "take_back"}, "me_saved_day", ask.saved_id, THURSDAY.isoformat())
    send(dante, {"what": "yes"}, "along", ask.pk, status=404)
    assert not Appointment.objects.exists() and Ask.objects.get().status == "taken_back"


def test_who_has_nobody_beside_them_is_offered_no_ask(saved, english, read, send):
    assert "come along?" not in read(english, "me_saved_day", saved.pk, THURSDAY.isoformat())
    page = send(english, {"what": "ask", "words": ""}, "me_saved_day", saved.pk, THURSDAY.isoformat())
    assert "there is nobody to ask" in page and not Ask.objects.exists()


def test_only_whoever_walks_with_them_opens_an_ask(ask, lien, carmen, sam, marcus, program, read):
    pat = make_persona(program, "pat", "peer")
    for who in (pat, lien, carmen, sam, marcus):
        read(who, "along", ask.pk, status=404)


def test_the_peer_sees_of_hers_only_what_she_asked_about(ask, breakfast, dante, read):
    actions.write_felt(saved=ask.saved, on_day=TUESDAY, words="canary of mine")
    actions.say_how(saved=ask.saved, on_day=TUESDAY, how="not")
    for name, ids in (("along", (ask.pk,)), ("record", (ask.saved.person_id,)), ("today", ())):
        page = read(dante, name, *ids)
        assert "canary of mine" not in page and "Breakfast" not in page and "Did not go" not in page


# --- in Spanish ---------------------------------------------------------------------------------------------------
def test_all_of_it_in_spanish(saved, listed, rosa, mentorship, read):
    listed(now=NOW - timedelta(days=1), time="18:00", end_time="19:00")
    page = read(rosa, "me_week") + read(rosa, "me_saved_one", saved.pk)
    page += read(rosa, "me_saved_day", saved.pk, THURSDAY.isoformat())
    for word in ("My week", "What I kept", "Erase it", "Nothing planned", "How did it feel", "Before:", "Only you"):
        assert word not in page
    assert "Mi semana" in page and "Martes 2 de junio" in page and "Antes: martes, jueves, " in page


# --- bounded ------------------------------------------------------------------------------------------------------
def test_thirty_kept_things_take_as_many_queries_as_three(saved, rosa, english, program, signed_in, breakfast):
    def count() -> list[int]:
        client, counts = signed_in(english), []
        for name in ("me_week", "me_saved", "me_week_file"):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name))
            counts.append(len(asked))
        return counts

    count()
    few = count()
    for number in range(30):
        one = actions.save_own(
            person=rosa.person, kind="other", name=f"Walk {number}", place="", days=[1, 2, 3], starts=600, minutes=30,
            submit_key=uuid4(), by=rosa.actor,
        )  # fmt: skip
        actions.say_how(saved=one, on_day=TUESDAY, how="went")
    assert count() == few
    assert len(queries.list_saved(rosa.person.pk)) == 32
