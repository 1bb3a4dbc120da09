"""Today: who needs me and why, in a fixed number of queries."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation
from tests.story import day_there

from alongside.council.models import Policy
from alongside.council.queries import get_cadence_policy
from alongside.mentoring import actions, queries
from alongside.mentoring.models import Mentorship
from alongside.mentoring.queries import today
from alongside.mentoring.queries.team import list_silent
from alongside.mentoring.reasons import speak
from alongside.people.actions import create_person, move_episode, open_episode
from alongside.people.models import Episode, Person
from alongside.people.prepared import ask_unmade
from alongside.recovery.actions import add_goal, add_step, settle_goal, settle_step
from alongside.rules.cadence import RANKS, CadencePolicy, Reason, find_need
from alongside.workforce.models import PeerProfile


def walk_with(dante, carmen, name: str, days_ago: int = 20):
    """Another participant of Dante's, introduced some days ago."""
    now = timezone.now() - timedelta(days=days_ago)
    person = create_person(program=dante.program, by=carmen.actor, goes_by=name)
    episode = open_episode(person=person, by=carmen.actor, now=now)
    for state in ("intake", "waiting", "offered"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor, now=now)
    return actions.start_mentorship(episode=episode, peer=dante.profile, by=carmen.actor, now=now)


def reach(mentorship, dante, days_ago: int, **values):
    at = timezone.now() - timedelta(days=days_ago)
    note = actions.Note(
        submit_key=uuid4(), happened_at=at, mode="phone", reached=True, minutes=10, read_together=True, **values
    )
    actions.record_contact(mentorships=[mentorship], note=note, by=dante.actor)


def names(dante) -> list[str]:
    return [row.participant.goes_by for _, row in queries.list_who_needs_me(dante.actor, dante.program)]


def test_a_promise_stands_before_silence(mentorship, dante, carmen):
    PeerProfile.objects.filter(pk=dante.person.pk).update(capacity=5)
    quiet = walk_with(dante, carmen, "Quiet")
    promised = walk_with(dante, carmen, "Promised")
    reach(quiet, dante, 15)
    reach(promised, dante, 1, next_step_on=day_there())
    reach(mentorship, dante, 0)
    assert names(dante) == ["Promised", "Quiet"]


def test_whoever_rests_is_left_in_peace_until_they_write(mentorship, dante, rosa):
    reach(mentorship, dante, 15)
    mentorship.refresh_from_db()
    actions.pause_mentorship(mentorship=mentorship, by=rosa.actor)
    assert names(dante) == []
    mentorship.refresh_from_db()
    actions.send_message(mentorship=mentorship, body="Are you there?", submit_key=uuid4(), by=rosa.actor)
    assert names(dante) == ["Rosa"]


def test_asking_for_a_call_is_first_and_ends_when_reached(mentorship, dante, rosa):
    reach(mentorship, dante, 3)
    actions.ask_for_call(mentorship=mentorship, by=rosa.actor)
    ((need, _),) = queries.list_who_needs_me(dante.actor, dante.program)
    assert need.reasons[0].code == "asked_for_call"
    reach(mentorship, dante, 0)
    assert names(dante) == []


def test_who_was_called_is_not_silent(mentorship, dante, lien):
    """A caller talked with Rosa yesterday: she is not silent, and Dante's own call is due all the same."""
    now = timezone.now()
    Mentorship.objects.filter(pk=mentorship.pk).update(introduced_at=now - timedelta(days=20))
    Episode.objects.filter(pk=mentorship.episode_id).update(active_since=now - timedelta(days=20))
    ((need, _row),) = queries.list_who_needs_me(dante.actor, dante.program)
    assert "silent" in [reason.code for reason in need.reasons] and list_silent(lien.actor)
    mentorship.episode.note_call_reached(now - timedelta(days=1))
    mentorship.episode.note_call_reached(now - timedelta(days=9))
    ((need, _row),) = queries.list_who_needs_me(dante.actor, dante.program)
    quiet = next(reason for reason in need.reasons if reason.code in ("silent", "quiet"))
    assert quiet.code == "quiet" and not list_silent(lien.actor)
    with translation.override("en"):
        said = speak(quiet, day_there())
    assert "A caller talked with them yesterday" in said and "quiet" not in said and "Not reached" not in said
    later = now + timedelta(days=14)
    ((need, _row),) = queries.list_who_needs_me(dante.actor, dante.program, later)
    assert "silent" in [reason.code for reason in need.reasons] and list_silent(lien.actor, later)


def test_the_backup_peer_sees_them_while_the_peer_is_away(mentorship, dante, carmen):
    from tests.story import make_persona

    from alongside.workforce.actions import create_peer, set_available

    backup = make_persona(dante.program, "bea", "peer")
    profile = create_peer(person=backup.person, by=carmen.actor, capacity=1)
    actions.set_backup_peer(mentorship=mentorship, backup_peer=profile, by=carmen.actor)
    assert names(backup) == []
    set_available(peer=dante.profile, available=False, by=dante.actor)
    assert names(backup) == ["Rosa"]


def test_a_step_of_the_plan_that_the_peer_takes_is_a_reason_until_it_is_done(mentorship, dante, rosa):
    reach(mentorship, dante, 0)
    goal = add_goal(person=rosa.person, area="home", words="A room", submit_key=uuid4(), by=rosa.actor)
    for owner, days in (("peer", 1), ("person", 0), ("peer", 0)):
        due = day_there() + timedelta(days=days)
        add_step(goal=goal, words="Ask", owner=owner, due_on=due, submit_key=uuid4(), by=rosa.actor)
        ours = [need.reasons[0].code for need, _row in queries.list_who_needs_me(dante.actor, dante.program)]
        assert ours == (["plan_step_due"] if (owner, days) == ("peer", 0) else [])
    settle_step(step=goal.steps.get(owner="peer", due_on=day_there()), to="done", by=dante.actor)
    assert names(dante) == []
    again = timezone.now() + timedelta(days=1)
    assert [row.participant.goes_by for _, row in queries.list_who_needs_me(dante.actor, dante.program, again)] == [
        "Rosa"
    ]
    settle_goal(goal=goal, to="set_aside", by=rosa.actor)
    assert queries.list_who_needs_me(dante.actor, dante.program, again) == []


def look(dante, day: date):
    """Today's rows as they came, and what is known of them on this day."""
    came = ask_unmade(today._to_reach, peer=dante.person.pk, today=day)
    return came, today._known(ZoneInfo(dante.program.time_zone), get_cadence_policy(), day)


def test_what_a_need_was_found_by_are_the_facts_alone(mentorship, dante):
    """The facts stand first in a row, no name among them and nothing sealed: none is kept in memory."""
    person = mentorship.participant
    person.phone = "+12135550147"
    person.save()
    query = today._to_reach(dante.person.pk, day_there()).query
    assert tuple(query.selected)[: len(today.FACTS)] == today.FACTS
    came, _known = look(dante, day_there())
    ((row,), (made,)), many = (came.rows, came.make()), len(today.FACTS)
    assert "Rosa" in row[many:] and "Rosa" not in row[:many]
    (sealed,) = [one for one in row if isinstance(one, str) and len(one) > 60]
    assert sealed not in row[:many] and made.participant.phone == "+12135550147"


def test_a_need_is_worked_out_once_for_the_same_facts(mentorship, dante, carmen, monkeypatch):
    PeerProfile.objects.filter(pk=dante.person.pk).update(capacity=5)
    today._known.cache_clear()
    quiet, worked_out = walk_with(dante, carmen, "Quiet"), []
    monkeypatch.setattr(today, "find_need", lambda *facts: worked_out.append(facts) or find_need(*facts))
    assert names(dante) == ["Quiet", "Rosa"] == names(dante) and len(worked_out) == 2
    Person.objects.filter(pk=quiet.participant_id).update(goes_by="Ada")  # who is renamed has the same need
    assert names(dante) == ["Ada", "Rosa"] and len(worked_out) == 2
    reach(quiet, dante, 0)
    assert names(dante) == ["Rosa"] == names(dante) and len(worked_out) == 3
    tomorrow = timezone.now() + timedelta(days=1)
    assert [row.participant.goes_by for _, row in queries.list_who_needs_me(dante.actor, dante.program, tomorrow)]
    assert len(worked_out) == 5, "another day is worked out anew"
    monkeypatch.setattr(today, "MOST_KNOWN", 1)
    today._known.cache_clear()
    assert names(dante) == ["Rosa"] and len(worked_out) == 7
    assert len(look(dante, day_there())[1]._needs) == 1, "and there is an end to it"


def test_a_policy_that_was_adopted_holds_at_once(mentorship, dante):
    reach(mentorship, dante, 1)
    assert names(dante) == []
    Policy.objects.create(
        program=dante.program, kind="cadence", version=2, values=replace(CadencePolicy(), phases=(), after_every_days=1)
        .to_values(), adopted_at=timezone.now(),
    )  # fmt: skip
    assert names(dante) == ["Rosa"]


def test_every_reason_is_spoken_in_both_languages():
    today = day_there()
    at = timezone.now()
    params = {"asked_on": today, "due_on": today, "kind": "call", "at": at, "count": 2, "on": today, "chosen_on": today}
    params |= {"quiet_days": 9, "call_was_due": today - timedelta(days=2), "never_reached": 0, "attempts": 1}
    params["tried_on"] = today
    for code in RANKS:
        with translation.override("en"):
            english = speak(Reason(code, today, params), today)
        with translation.override("es"):
            assert speak(Reason(code, today, params), today) != english


def test_nine_days_quiet_is_spoken_with_the_weekday():
    due = date(2026, 11, 17)
    reason = Reason("quiet", due, {"quiet_days": 9, "call_was_due": due, "never_reached": 0})
    assert speak(reason, date(2026, 11, 23)) == "9 days quiet; a call was due Tuesday"
    with translation.override("es"):  # in which days of the week are written small within a sentence
        assert speak(reason, date(2026, 11, 23)).endswith(" martes")


def test_the_page_costs_the_same_for_two_people_as_for_six(
    signed_in, mentorship, dante, carmen, django_assert_max_num_queries
):
    PeerProfile.objects.filter(pk=dante.person.pk).update(capacity=9)
    for count in range(5):
        walk_with(dante, carmen, f"P{count}")
    client = signed_in(dante)
    client.get(reverse("today"))
    for page in ("today", "caseload"):
        with django_assert_max_num_queries(13):
            answer = client.get(reverse(page))
        assert answer.content.decode().count('class="row"') == 6


def test_today_is_only_for_peers(signed_in, mentorship, rosa, carmen, marcus):
    for stranger in (rosa, carmen, marcus):
        assert signed_in(stranger).get(reverse("today")).status_code == 404


def test_today_says_that_somebody_chose_me_and_waits(signed_in, program, dante, rosa, carmen):
    from alongside.matching.actions import choose, send_offers

    client = signed_in(dante)
    assert "chose you" not in client.get(reverse("today")).content.decode()
    round_ = send_offers(episode=rosa.episode, by=carmen.actor, peers=[dante.profile])
    choose(offer=round_.offers.get(), by=rosa.actor)
    assert "1 person chose you" in client.get(reverse("today")).content.decode()
