"""The pages as people use them: the person, their peer, those who may read, and everybody else."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.privacy.actions import open_with_reason
from alongside.recovery import actions
from alongside.recovery.models import Goal, Sheet, Step

pytestmark = pytest.mark.django_db


def of(name, rosa, *ids):
    return reverse(name, args=[rosa.person.pk, *ids])


@pytest.fixture
def goal(english, mentorship):
    """Rosa wants a room, and writes a hope."""
    actions.write_parts(person=english.person, kind="plan", wanted={"hope": "A garden"}, by=english.actor)
    return actions.add_goal(person=english.person, area="home", words="A room", submit_key=uuid4(), by=english.actor)


def test_an_empty_plan_invites_and_asks_for_nothing(text_of, english):
    text = text_of(english, "/me/plan/")
    assert "Nothing is written yet" in text and "Begin with a hope" in text
    assert not Sheet.objects.exists()


def test_a_plan_is_written_without_javascript(signed_in, text_of, english):
    client = signed_in(english)
    page = client.get(reverse("me_plan_words"))
    typed = {
        "hope": "A garden",
        "strengths": "",
        "people": "Ana",
        "places": "",
        "seen": page.context["form"]["seen"].value(),
    }
    assert client.post(reverse("me_plan_words"), typed).status_code == 302
    text = text_of(english, "/me/plan/")
    assert "A garden" in text and "Ana" in text and "Still open, if you like:" in text


def test_nothing_at_all_may_be_left_out_of_a_form_and_still_be_saved(signed_in, english):
    assert signed_in(english).post(reverse("me_plan_words"), {}).status_code == 302


def test_a_stage_brings_questions_that_fit_and_closes_nothing(signed_in, text_of, english):
    client = signed_in(english)
    assert client.post(reverse("me_stages"), {"stage_home": "not_now", "stage_health": "doing"}).status_code == 302
    text = text_of(english, "/me/plan/")
    assert "What is good about how it is now?" in text and "What helps you to go on?" in text
    assert text.count("Add a goal") == 4
    assert client.post(reverse("me_stages"), {"stage_home": "cured"}).status_code == 200


def test_a_goal_and_its_steps_from_the_first_word_to_done(signed_in, text_of, english, mentorship):
    client = signed_in(english)
    answer = client.post(reverse("me_goal_new"), {"words": "A room", "area": "home", "submit_key": str(uuid4())})
    goal = Goal.objects.get()
    assert answer["Location"] == reverse("me_goal", args=[goal.pk])
    typed = {"action": "step", "words": "Call Ana", "owner": "peer", "due_on": "", "submit_key": str(uuid4())}
    assert client.post(answer["Location"], typed).status_code == 302
    step = Step.objects.get()
    assert "Call Ana" in text_of(english, "/me/plan/") and "the person beside me" in text_of(english, "/me/plan/")
    assert client.post(reverse("me_step", args=[step.pk]), {"action": "done"}).status_code == 302
    typed = {"words": "Call Ana again", "owner": "person", "due_on": "2026-01-05"}
    assert client.post(reverse("me_step", args=[step.pk]), typed).status_code == 302
    assert (
        client.post(
            reverse("me_goal", args=[goal.pk]), {"action": "goal", "words": "A flat", "area": "purpose"}
        ).status_code
        == 302
    )
    assert client.post(reverse("me_goal", args=[goal.pk]), {"action": "done"}).status_code == 302
    text = text_of(english, "/me/plan/history/")
    for words in ("Goal reached", "Step done", "Before: A room", "Goal moved to another area", "Call Ana again"):
        assert words in text
    assert "Reached" in text_of(english, "/me/plan/")


def test_an_empty_goal_is_asked_for_again_and_keeps_what_was_typed(signed_in, english):
    answer = signed_in(english).post(reverse("me_goal_new"), {"words": "A room", "area": ""})
    assert answer.status_code == 200 and b"A room" in answer.content and b"Please choose." in answer.content


def test_the_peer_reads_and_writes_with_her(signed_in, text_of, english, dante, goal):
    assert "A garden" in text_of(dante, of("plan_of", english)) and "A room" in text_of(dante, of("plan_of", english))
    client = signed_in(dante)
    page = client.get(of("plan_words_of", english))
    typed = {"hope": "A garden", "strengths": "Patience", "seen": page.context["form"]["seen"].value()}
    assert client.post(of("plan_words_of", english), typed).status_code == 302
    key = str(uuid4())
    typed = {"action": "step", "words": "Ask the city", "owner": "peer", "submit_key": key}
    assert client.post(of("goal_of", english, goal.pk), typed).status_code == 302
    text = text_of(english, "/me/plan/history/")
    assert "Patience" in text and "Dante" in text and "Ask the city" in text
    opened = Entry.objects.filter(act="record.opened", subject_id=english.person.pk, object_kind="plan")
    assert opened.exists() and {entry.actor_person_id for entry in opened} == {dante.person.pk}


def test_two_who_write_at_once_lose_nothing(signed_in, english, dante, goal, client):
    from django.test import Client

    hers = signed_in(english)
    seen = hers.get(reverse("me_plan_words")).context["form"]["seen"].value()
    actions.write_parts(person=english.person, kind="plan", wanted={"hope": "A garden by the river"}, by=dante.actor)
    answer = hers.post(reverse("me_plan_words"), {"hope": "A boat", "seen": seen})
    assert answer.status_code == 200
    assert b"A garden by the river" in answer.content and b"A boat" in answer.content
    again = answer.context["form"]["seen"].value()
    assert hers.post(reverse("me_plan_words"), {"hope": "A boat", "seen": again}).status_code == 302
    assert isinstance(hers, Client) and Sheet.objects.get(kind="plan").parts["hope"] == "A boat"


@pytest.mark.parametrize("who", ["lien", "carmen"])
def test_who_answers_for_the_walk_reads_and_does_not_write(request, signed_in, text_of, english, dante, goal, who):
    somebody = request.getfixturevalue(who)
    text = text_of(somebody, of("plan_of", english))
    assert "A garden" in text and "Add a goal" not in text
    client = signed_in(somebody)
    for name, ids in (("plan_words_of", ()), ("goal_new_of", ()), ("goal_of", (goal.pk,)), ("safe_words_of", ())):
        assert client.get(of(name, english, *ids)).status_code == 404
        assert client.post(of(name, english, *ids), {"words": "x"}).status_code == 404


def test_a_director_reads_only_with_a_reason_which_the_person_sees(signed_in, text_of, english, dolores, goal):
    assert signed_in(dolores).get(of("plan_of", english)).status_code == 404
    open_with_reason(participant=english.person, words="You asked me to look.", by=dolores.actor)
    assert "A garden" in text_of(dolores, of("plan_of", english))
    assert "You asked me to look." in text_of(english, reverse("me_privacy"))


def test_strangers_find_nothing(signed_in, program, english, goal, ada, marcus):
    step = actions.add_step(goal=goal, words="Call", owner="peer", submit_key=uuid4(), by=english.actor)
    pat, ines = make_persona(program, "pat", "peer"), make_persona(program, "ines", "participant")
    for somebody in (pat, ines, ada, marcus):
        client = signed_in(somebody)
        for name, ids in (("plan_of", ()), ("safe_of", ()), ("well_of", ()), ("days_of", ()), ("history_of", ()),
                          ("goal_of", (goal.pk,)), ("step_of", (step.pk,))):  # fmt: skip
            assert client.get(of(name, english, *ids)).status_code == 404, (somebody.user.username, name)
        assert client.get(reverse("me_goal", args=[goal.pk])).status_code == 404
        assert client.post(reverse("me_step", args=[step.pk]), {"action": "done"}).status_code == 404


def test_the_goal_of_another_is_not_found_beneath_ones_own_person(signed_in, program, carmen, english, dante, goal):
    """The id in the path and the id of the goal belong together (D2)."""
    from alongside.recovery.models import Goal

    client = signed_in(dante)
    mine = actions.add_goal(person=dante.person, area="home", words="Mine", submit_key=uuid4(), by=dante.actor)
    assert Goal.objects.count() == 2
    assert client.get(of("goal_of", english, mine.pk)).status_code == 404


# --- hard days ------------------------------------------------------------------------------------------------------
def test_the_safety_plan_dials_and_asks_for_both_kinds_of_contact(signed_in, text_of, english):
    client = signed_in(english)
    assert client.post(reverse("me_safe_words"), {"signs": "I stop sleeping"}).status_code == 302
    text = text_of(english, "/me/plan/ways/")
    assert "Whom could you ask for help?" in text and "takes your mind off it?" in text
    client.post(reverse("me_safe_words"), {"company": "The library", "ask": "Ana 213-555-0199\nBen"})
    text = text_of(english, "/me/plan/ways/")
    assert 'href="tel:2135550199"' in text and "Whom could you ask for help?" not in text
    assert 'href="tel:988"' in text and "<title>My page" in text


def test_the_peer_helps_to_hold_the_safety_plan(signed_in, text_of, english, dante, mentorship):
    client = signed_in(dante)
    assert client.post(of("safe_words_of", english), {"own_ways": "A walk"}).status_code == 302
    assert "A walk" in text_of(english, "/me/plan/ways/") and "you do not judge risk" in text_of(
        dante, of("safe_of", english)
    )
    assert Entry.objects.filter(object_kind="safety_plan", subject_id=english.person.pk, act="record.opened").exists()


# --- staying well, and what is hidden -------------------------------------------------------------------------------
def test_what_is_hidden_is_read_by_nobody_else_and_looks_like_nothing(signed_in, text_of, english, dante, mentorship):
    client = signed_in(english)
    assert client.post(reverse("me_well_words"), {"good_day": "I sing"}).status_code == 302
    assert "I sing" in text_of(dante, of("well_of", english)) and "I sing" in text_of(dante, of("history_of", english))
    empty = text_of(dante, of("days_of", english))
    assert signed_in(english).post(reverse("me_hide"), {"kind": "well", "action": "hide"}).status_code == 302
    hidden = text_of(dante, of("well_of", english))
    for text in (empty, hidden):
        assert "There is nothing to read here." in text
    assert "I sing" not in hidden and "I sing" not in text_of(dante, of("history_of", english))
    text = text_of(english, "/me/plan/well/")
    assert "I sing" in text and "Only you can open this page now." in text
    assert "I sing" in text_of(english, "/me/plan/history/")
    signed_in(english).post(reverse("me_hide"), {"kind": "well", "action": "show"})
    assert "I sing" in text_of(dante, of("well_of", english))


@pytest.mark.parametrize("typed", [{}, {"kind": "plan", "action": "hide"}, {"kind": "well", "action": "burn"}])
def test_nothing_else_is_hidden(signed_in, english, typed):
    assert signed_in(english).post(reverse("me_hide"), typed).status_code == 404


# --- days -----------------------------------------------------------------------------------------------------------
def test_days_are_counted_begun_again_and_stopped_on_one_page(signed_in, text_of, english, dante, mentorship):
    client, url = signed_in(english), reverse("me_days")
    assert "Count days" in text_of(english, url) and "Built in all" not in text_of(english, url)
    assert (
        client.post(url, {"action": "begin", "first_on": "2026-01-01", "submit_key": str(uuid4())}).status_code == 302
    )
    assert "Built in all:" in text_of(english, url) and "Counting since Jan. 1, 2026" in text_of(english, url)
    assert (
        client.post(url, {"action": "begin", "first_on": "2026-02-01", "submit_key": str(uuid4())}).status_code == 302
    )
    assert "Earlier days count too." in text_of(english, url) and "Built in all:" in text_of(
        dante, of("days_of", english)
    )
    client = signed_in(english)
    assert client.post(url, {"action": "first", "first_on": "2026-02-02"}).status_code == 302
    refused = client.post(url, {"action": "begin", "first_on": "2999-01-01"})
    assert refused.status_code == 200 and b"Choose today" in refused.content
    assert (
        client.post(url, {"action": "glad", "words": "I called my mother", "submit_key": str(uuid4())}).status_code
        == 302
    )
    assert "I called my mother" in text_of(english, url)
    assert client.post(url, {"action": "stop"}).status_code == 302
    assert "Not counting now. What was built is kept." in text_of(english, url)
    assert b"Take off" not in signed_in(dante).get(of("days_of", english)).content


def test_no_page_of_hers_speaks_of_a_streak_or_a_reset(text_of, english, goal):
    for name in ("me_plan", "me_days", "me_well", "me_safe", "me_history"):
        text = text_of(english, reverse(name)).lower()
        assert not [word for word in ("streak", "reset", "relapse", "clean time", "failed") if word in text], name
