"""Another peer, a rest, a stop: without blame, without anybody left alone, and with history by choice."""

from datetime import date, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.story import day_there

from alongside.mentoring import actions, queries
from alongside.mentoring.models import Handover, Mentorship
from alongside.people.actions import move_episode, record_boundary
from alongside.privacy.models import Grant
from alongside.privacy.queries import get_participant_visible_to
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.workforce.models import PeerProfile

from .conftest import write_note

pytestmark = pytest.mark.django_db


def meet_next(walk: Mentorship, peer, by) -> Mentorship:
    """The coordinator's side, up to the next mentorship."""
    handover = Handover.objects.get(mentorship=walk)
    actions.arrange_handover(handover=handover, by=by)
    episode = move_episode(episode=walk.episode, to="offered", by=by)
    return actions.start_mentorship(episode=episode, peer=peer.profile, by=by)


def change(client, what, **typed):
    return client.post(reverse("me_change"), {"what": what, **typed})


# --- the participant's page -------------------------------------------------------------------------------------------
def test_nothing_is_chosen_beforehand(signed_in, english, walking):
    text = signed_in(english).get(reverse("me_change")).content.decode()
    assert " checked" not in text and "Meet somebody else" in text and "If you choose nothing here" in text


def test_asking_for_another_needs_no_reason_and_twice_is_once(signed_in, english, walking):
    client = signed_in(english)
    assert change(client, "other").status_code == 302
    assert change(client, "other").status_code == 302
    handover = Handover.objects.get()
    assert (handover.reason_code, handover.history_choice, handover.wants_three_way) == ("", "", None)
    assert "Meeting somebody else" in client.get(reverse("me_home")).content.decode()


def test_a_day_is_asked_for_when_history_begins_on_one(signed_in, english, walking):
    answer = change(signed_in(english), "other", history="since")
    assert b"Choose the day" in answer.content and not Handover.objects.exists()


def test_the_reason_is_not_told_to_the_peer(signed_in, english, dante, carmen, walking):
    change(signed_in(english), "other", reason="feeling", words="He is too loud for me")
    client = signed_in(dante)
    for path in (reverse("mentorship_change", args=[walking.pk]), reverse("record", args=[english.person.pk]),
                 reverse("today"), reverse("caseload")):  # fmt: skip
        text = client.get(path).content.decode()
        assert "too loud" not in text and "does not feel right" not in text
    page = reverse("handover", args=[Handover.objects.get().pk])
    assert b"too loud" in signed_in(carmen).get(page).content


def test_they_may_stay_together_after_all_also_when_it_was_arranged(signed_in, english, carmen, walking):
    client = signed_in(english)
    change(client, "other")
    actions.arrange_handover(handover=Handover.objects.get(), by=carmen.actor)
    assert change(client, "stay").status_code == 302
    walking.refresh_from_db()
    assert (walking.status, walking.episode.status, Handover.objects.get().status) == ("active", "active", "withdrawn")


def test_staying_waits_until_the_offers_are_taken_back(signed_in, english, carmen, walking):
    client = signed_in(english)
    change(client, "other")
    actions.arrange_handover(handover=Handover.objects.get(), by=carmen.actor)
    move_episode(episode=walking.episode, to="offered", by=carmen.actor)
    assert change(client, "stay").status_code == 404
    with pytest.raises(MoveNotAllowed), transaction.atomic():
        actions.withdraw_handover(handover=Handover.objects.get(), by=english.actor)


def test_a_rest_keeps_the_place_and_ends_by_itself(signed_in, english, walking):
    client = signed_in(english)
    until = day_there() + timedelta(days=3)
    assert change(client, "rest", until=until.isoformat()).status_code == 302
    walking.refresh_from_db()
    assert (walking.status, walking.paused_until, walking.episode.status) == ("paused", until, "paused")
    assert b"You are resting" in client.get(reverse("me_home")).content
    assert actions.end_rests(timezone.now()) == 0
    assert actions.end_rests(timezone.now() + timedelta(days=3)) == 1
    walking.refresh_from_db()
    assert (walking.status, walking.paused_until, walking.episode.status) == ("active", None, "active")


def test_coming_back_from_an_open_rest_is_one_tap(signed_in, english, walking):
    client = signed_in(english)
    change(client, "rest")
    assert client.post(reverse("me_go_on")).status_code == 302
    assert client.post(reverse("me_go_on")).status_code == 404
    walking.refresh_from_db()
    assert walking.status == "active"


def test_somebody_who_waits_may_rest_and_wait_again(signed_in, english):
    client = signed_in(english)
    change(client, "rest")
    english.episode.refresh_from_db()
    assert english.episode.status == "paused"
    client.post(reverse("me_go_on"))
    english.episode.refresh_from_db()
    assert english.episode.status == "waiting"


def test_a_rest_before_the_first_talk_is_not_offered(signed_in, english, mentorship):
    client = signed_in(english)
    assert "Rest for a while" not in client.get(reverse("me_change")).content.decode()
    assert change(client, "rest").status_code == 404


def test_stopping_ends_all_at_once_and_leaves_what_was_built(signed_in, english, dante, walking):
    note = write_note(walking, dante.actor)
    client = signed_in(english)
    change(client, "other")
    assert change(client, "stop").status_code == 302
    walking.refresh_from_db()
    english.episode.refresh_from_db()
    assert (walking.status, walking.end_reason) == ("ended", "own_wish")
    assert (english.episode.status, english.episode.close_reason) == ("closed", "own_wish")
    assert not Handover.objects.filter(status__in=["asked", "arranged", "met"]).exists()
    assert get_participant_visible_to(dante.actor, english.person.pk) is None
    assert not Grant.objects.filter(ends_at=None).exists()
    assert PeerProfile.objects.get(pk=dante.profile.pk).places_taken == 0
    assert client.get(reverse("me_note", args=[note.pk])).status_code == 200
    assert b"The door is open" in client.get(reverse("me_home")).content
    assert change(client, "stop").status_code == 404


def test_an_unknown_wish_or_a_strange_field_does_nothing(signed_in, english, walking):
    client = signed_in(english)
    assert change(client, "erase").status_code == 404
    assert change(client, "other", status="ended").status_code == 200
    assert not Handover.objects.exists()


# --- history by choice ------------------------------------------------------------------------------------------------
def readable(reader, person_id) -> set:
    return {note.pk for note in queries.list_contacts_visible_to(reader.actor, person_id)}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.integers(1, 40), min_size=1, max_size=5),
    choice=st.sampled_from(["", "none", "since", "all"]),
    since_days=st.integers(0, 45),
    later=st.sampled_from([None, "none", "since", "all"]),
)
def test_the_next_peer_reads_exactly_what_was_chosen(
    rosa, dante, sol, carmen, walking, days, choice, since_days, later
):
    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        since = day_there() - timedelta(days=since_days)
        notes = [write_note(walking, dante.actor, days_ago=day) for day in days]
        handover = actions.ask_for_another_peer(
            mentorship=walking, by=rosa.actor, history_choice=choice,
            history_since=since if choice == "since" else None, wants_three_way=True,
        )  # fmt: skip
        following = meet_next(walking, sol, carmen.actor)
        own = write_note(following, sol.actor)
        if later is not None:
            handover = actions.choose_history(handover=handover, choice=later, since=since, by=rosa.actor)
        chosen = choice if later is None else later
        allowed = {
            note.pk
            for note in notes
            if chosen == "all" or (chosen == "since" and timezone.localdate(note.happened_at) >= since)
        }
        assert readable(sol, rosa.person.pk) == allowed | {own.pk}
        assert readable(dante, rosa.person.pk) == set()
        raise Undo


def test_history_taken_back_on_the_privacy_page_is_closed_at_once(signed_in, english, dante, sol, carmen, walking):
    write_note(walking, dante.actor, days_ago=3)
    actions.ask_for_another_peer(mentorship=walking, by=english.actor, history_choice="all")
    meet_next(walking, sol, carmen.actor)
    assert len(readable(sol, english.person.pk)) == 1
    client = signed_in(english)
    assert b"because you chose so" in client.get(reverse("me_privacy")).content
    url = reverse("stop_history", args=[Grant.objects.get(kind="history").pk])
    assert signed_in(sol).post(url).status_code == 404
    client = signed_in(english)
    assert client.post(url).status_code == 302 and client.post(url).status_code == 404
    assert readable(sol, english.person.pk) == set()


# --- the staff side ---------------------------------------------------------------------------------------------------
def press(client, walk, what, **typed):
    return client.post(reverse("mentorship_change", args=[walk.pk]), {"what": what, **typed})


def test_a_peer_lets_rest_goes_on_and_asks_to_hand_over(signed_in, dante, walking):
    client = signed_in(dante)
    assert client.get(reverse("mentorship_change", args=[walking.pk])).status_code == 200
    for what, status in (("rest", "paused"), ("go_on", "active"), ("hand_over", "handing_over")):
        assert press(client, walking, what, **({"until": ""} if what == "rest" else {})).status_code == 302
        walking.refresh_from_db()
        assert walking.status == status


def test_a_peer_who_ends_leaves_the_next_step_to_the_coordinator(signed_in, dante, carmen, rosa, walking):
    client = signed_in(dante)
    assert press(client, walking, "end", reason="safety").status_code == 200
    assert press(client, walking, "end", reason="completed")["Location"] == reverse("caseload")
    walking.refresh_from_db()
    assert (walking.status, walking.end_reason, walking.episode.status) == ("ended", "completed", "active")
    coordinator = signed_in(carmen)
    assert b"What comes next?" in coordinator.get(reverse("handovers")).content
    url = reverse("after_parting", args=[walking.episode_id])
    assert coordinator.post(url, {"what_next": "waiting"}).status_code == 302
    assert coordinator.post(url, {"what_next": "closed"}).status_code == 404
    rosa.episode.refresh_from_db()
    assert rosa.episode.status == "waiting"


@pytest.mark.parametrize("arranged", [False, True])
def test_a_peer_may_end_also_while_a_change_is_on_its_way(signed_in, dante, carmen, rosa, walking, arranged):
    """They are not kept at somebody's side by a wish that nobody has seen to yet; the coordinator asks what is next."""
    handover = actions.ask_for_another_peer(mentorship=walking, by=rosa.actor)
    if arranged:
        actions.arrange_handover(handover=handover, by=carmen.actor)
    client = signed_in(dante)
    assert press(client, walking, "end", reason="completed")["Location"] == reverse("caseload")
    walking.refresh_from_db()
    handover.refresh_from_db()
    assert (walking.status, handover.status) == ("ended", "withdrawn")
    rosa.episode.refresh_from_db()
    page = signed_in(carmen).get(reverse("handovers" if rosa.episode.status == "active" else "board")).content.decode()
    assert rosa.person.goes_by in page


def test_a_peer_who_cannot_go_on_brings_the_person_back_to_those_who_choose(signed_in, dante, rosa, walking):
    press(signed_in(dante), walking, "end", reason="peer_unavailable")
    rosa.episode.refresh_from_db()
    assert rosa.episode.status == "waiting"


def test_a_coordinator_ends_for_safety_and_closes(signed_in, carmen, rosa, walking):
    assert press(signed_in(carmen), walking, "end", reason="safety", what_next="closed").status_code == 302
    walking.refresh_from_db()
    rosa.episode.refresh_from_db()
    assert (walking.end_reason, rosa.episode.close_reason) == ("safety", "safety")


def test_a_coordinator_says_who_covers_and_a_boundary_is_not_told(signed_in, carmen, rosa, sol, walking):
    client = signed_in(carmen)
    assert press(client, walking, "backup", backup=str(sol.profile.pk)).status_code == 302
    walking.refresh_from_db()
    assert walking.backup_peer_id == sol.profile.pk
    press(client, walking, "backup", backup="")
    record_boundary(person=rosa.person, other=sol.person, kind="ex", by=carmen.actor)
    answer = client.post(reverse("mentorship_change", args=[walking.pk]),
                         {"what": "backup", "backup": str(sol.profile.pk)}, follow=True)  # fmt: skip
    assert b"cannot cover" in answer.content and b"Former partner" not in answer.content


def test_nobody_else_changes_a_mentorship(signed_in, walking, sol, lien, dolores, ada, rosa, marcus):
    for persona in (sol, lien, dolores, ada, rosa, marcus):
        client = signed_in(persona)
        assert client.get(reverse("mentorship_change", args=[walking.pk])).status_code == 404
        assert press(client, walking, "end", reason="completed").status_code == 404
        assert client.get(reverse("handovers")).status_code == (200 if persona is marcus else 404)


def test_a_handover_from_wish_to_three_way_hello(signed_in, carmen, english, sol, dante, walking):
    change(signed_in(english), "other", history="none", three_way="yes")
    client, handover = signed_in(carmen), Handover.objects.get()
    url = reverse("handover", args=[handover.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"action": "arrange"}).status_code == 302
    walking.refresh_from_db()
    assert (walking.status, walking.episode.status) == ("handing_over", "waiting")
    assert client.post(url, {"action": "history", "history": "all", "three_way": "yes", "via": "phone"})
    handover.refresh_from_db()
    assert handover.history_choice == "all"
    episode = move_episode(episode=walking.episode, to="offered", by=carmen.actor)
    actions.start_mentorship(episode=episode, peer=sol.profile, by=carmen.actor)
    assert b"All three met" in client.get(url).content
    assert client.post(url, {"action": "met"}).status_code == 302
    handover.refresh_from_db()
    walking.refresh_from_db()
    assert (handover.status, walking.status) == ("finished", "ended")
    assert client.get(url).status_code == 404
    assert client.post(url, {"action": "met"}).status_code == 302


def test_arranging_twice_changes_nothing_and_says_so(signed_in, carmen, english, walking):
    change(signed_in(english), "other")
    client, url = signed_in(carmen), reverse("handover", args=[Handover.objects.get().pk])
    client.post(url, {"action": "arrange"})
    assert b"Things have changed meanwhile" in client.post(url, {"action": "arrange"}, follow=True).content


def test_a_foreign_coordinator_finds_nothing(signed_in, marcus, rosa, walking):
    actions.ask_for_another_peer(mentorship=walking, by=rosa.actor)
    client = signed_in(marcus)
    url = reverse("handover", args=[Handover.objects.get().pk])
    assert client.get(url).status_code == client.post(url, {"action": "arrange"}).status_code == 404
    assert client.get(reverse("handover", args=[uuid4()])).status_code == 404
    assert b"Rosa" not in client.get(reverse("handovers")).content


def test_the_list_of_changes_costs_the_same(signed_in, carmen, rosa, walking, django_assert_max_num_queries):
    actions.ask_for_another_peer(mentorship=walking, by=rosa.actor)
    client = signed_in(carmen)
    client.get(reverse("handovers"))
    with django_assert_max_num_queries(12):
        client.get(reverse("handovers"))


def test_closing_an_episode_elsewhere_ends_its_mentorship_too(carmen, walking):
    move_episode(episode=walking.episode, to="closed", by=carmen.actor, reason="lost_touch")
    walking.refresh_from_db()
    assert (walking.status, walking.end_reason) == ("ended", "lost_touch")


def test_days_are_days_of_the_program(walking, dante, rosa, sol, carmen, clock):
    """A note of 11 pm in Los Angeles belongs to that day, whatever day it is in London."""
    clock.set(clock.now.replace(month=3, day=4, hour=7))
    late = write_note(walking, dante.actor)
    clock.forward(days=1)
    actions.ask_for_another_peer(
        mentorship=walking, by=rosa.actor, history_choice="since", history_since=date(2026, 3, 4)
    )
    meet_next(walking, sol, carmen.actor)
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        assert late.pk not in readable(sol, rosa.person.pk)


# --- wishes that cross something else ---------------------------------------------------------------------------------
def test_two_who_meet_after_the_wish_was_said_still_make_way_for_the_next(mentorship, rosa, dante, carmen, sol):
    actions.ask_for_another_peer(mentorship=mentorship, by=rosa.actor)
    write_note(mentorship, dante.actor)
    next_one = meet_next(mentorship, sol, carmen.actor)
    mentorship.refresh_from_db()
    assert (mentorship.status, mentorship.end_reason) == ("ended", "changed_peer")
    assert next_one.status == "introduced"


def test_a_rest_that_ends_leaves_a_running_change_as_it_is(walking, rosa, carmen, sol):
    actions.rest(episode=rosa.episode, by=rosa.actor, until=day_there())
    actions.ask_for_another_peer(mentorship=walking, by=rosa.actor)
    actions.end_rests(timezone.now() + timedelta(days=1))
    walking.refresh_from_db()
    rosa.episode.refresh_from_db()
    assert (walking.status, rosa.episode.status) == ("handing_over", "active")
    assert rosa.episode.paused_until is None
    assert meet_next(walking, sol, carmen.actor).status == "introduced"
