"""The pages: less than a minute for the person, a quiet trend for whoever may read, nothing for anybody else."""

from re import findall
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.checkins import actions
from alongside.checkins.models import CheckIn, Rhythm
from alongside.council.actions import adopt_policy
from alongside.rules.check_in import QUESTIONS
from alongside.safety.models import Escalation

pytestmark = pytest.mark.django_db


@pytest.fixture
def text_of(signed_in):
    """`text_of(rosa, "/me/check-in/")`: the page as this person gets it."""
    from html import unescape

    def read(persona, path):
        answer = signed_in(persona).get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.content.decode())

    return read


def test_it_says_truly_who_reads_it_and_when(text_of, english):
    text = text_of(english, reverse("me_check_in"))
    assert "Nobody walks with you at the moment" in text and "Nobody watches it around the clock" in text
    assert "Please call me" not in text, "there is nobody to promise a call"


def test_with_somebody_beside_their_name_stands_there(text_of, english, mentorship):
    text = text_of(english, reverse("me_check_in"))
    assert "Dante can read it the next time they work here" in text and "Please call me" in text
    assert reverse("me_help") in text


def test_it_is_sent_without_javascript_and_partly_is_enough(signed_in, english, mentorship):
    client, key = signed_in(english), str(uuid4())
    typed = {"mood": "2", "craving": "", "wants_call": "on", "submit_key": key}
    assert client.post(reverse("me_check_in"), typed).status_code == 302
    client.post(reverse("me_check_in"), typed)
    made = CheckIn.objects.get()
    assert made.answers == {"mood": 2} and made.wants_call
    assert "Dante sees first thing" in client.get(reverse("me_check_ins")).content.decode()


def test_nothing_chosen_is_said_kindly(signed_in, english):
    answer = signed_in(english).post(reverse("me_check_in"), {"mood": "", "submit_key": str(uuid4())})
    assert answer.status_code == 200 and "One answer is enough" in answer.content.decode()
    answer = signed_in(english).post(reverse("me_check_in"), {"mood": "9", "submit_key": str(uuid4())})
    assert answer.status_code == 200 and not CheckIn.objects.exists()


def test_a_loved_one_is_not_asked_about_a_pull_to_use(text_of, english):
    assert "pull to use" in text_of(english, reverse("me_check_in"))
    english.person.episodes.update(kind="loved_one")
    assert "pull to use" not in text_of(english, reverse("me_check_in"))


def test_not_this_time_costs_nothing(signed_in, english):
    assert signed_in(english).post(reverse("me_check_in_skip")).status_code == 302
    assert not CheckIn.objects.exists()


def test_the_list_says_what_the_picture_shows(text_of, english, checks_in, mentorship, dante):
    checks_in({"mood": 4, "home": 2}, weeks_ago=1)
    checks_in({"mood": 5}, wants_call=True)
    for persona, path in (
        (english, reverse("me_check_ins")),
        (dante, reverse("check_ins_of", args=[english.person.pk])),
    ):
        text = text_of(persona, path)
        assert "Mood: 4 of 5 · Home: 2 of 5" in text and "Wanted a call" in text
        assert text.count('<rect class="bar"') == 2 and 'aria-hidden="true"' in text
    assert Entry.objects.filter(act="record.opened", subject_id=english.person.pk).exists()


def test_from_a_check_in_it_is_one_step_to_tell_a_worry(signed_in, english, checks_in, mentorship, dante):
    checks_in({"mood": 1})
    client = signed_in(dante)
    way = reverse("worry_new", args=[english.person.pk]) + "?from=check_in"
    assert f'href="{way}"' in client.get(reverse("check_ins_of", args=[english.person.pk])).content.decode()
    answer = client.post(way, {"words": "She says it is very low", "source": "check_in"})
    assert answer.status_code == 302
    assert Escalation.objects.get().source == "check_in"


def test_whoever_hides_is_read_by_nobody_else(signed_in, text_of, english, checks_in, mentorship, dante):
    checks_in({"mood": 4})
    page = reverse("check_ins_of", args=[english.person.pk])
    assert "Mood: 4" in text_of(dante, page)
    typed = {"who": "me", "is_reminded": "on"}
    assert signed_in(english).post(reverse("me_check_in_wishes"), typed).status_code == 302
    assert Rhythm.objects.get().is_hidden and Rhythm.objects.get().next_ask_on
    assert "Mood: 4" not in text_of(dante, page) and "There is nothing to read here" in text_of(dante, page)
    assert "Mood: 4" in text_of(english, reverse("me_check_ins"))
    assert "Only you." in text_of(english, reverse("me_check_in"))


def test_a_stranger_gets_nothing(signed_in, english, checks_in, mentorship, marcus, ada, lien, carmen):
    checks_in({"mood": 4})
    page = reverse("check_ins_of", args=[english.person.pk])
    for stranger in (marcus, ada):
        assert signed_in(stranger).get(page).status_code == 404
    for reader in (lien, carmen):
        assert signed_in(reader).get(page).status_code == 200


def test_how_to_answer_by_text_names_the_order(text_of, english):
    text = text_of(english, reverse("me_check_in_wishes"))
    names = ("Mood: 1 is", "Free of the pull to use: 1 is", "Feeling connected: 1 is")
    assert sorted(names, key=text.index) == list(names)
    assert "we need your number" in text


def test_what_happened_on_today_is_spoken(text_of, english, checks_in, mentorship, dante):
    checks_in({"mood": 2}, wants_call=True)
    assert "Checked in and wants a call" in text_of(dante, reverse("today"))


def test_the_wishes_of_somebody_who_never_checked_in_are_the_open_ones(english):
    from alongside.checkins.queries import get_rhythm

    found = get_rhythm(english.person.pk)
    assert (found.is_hidden, found.answers_by_text, found.next_ask_on) == (False, False, None)
    actions.skip_check_in(person=english.person, by=english.actor)
    assert get_rhythm(english.person.pk).pk == Rhythm.objects.get().pk


def test_the_policy_says_what_is_asked_and_in_which_order(signed_in, text_of, english, mentorship, program, house):
    adopt_policy(program=program, kind="check_in", values={"questions": ["home", "mood"]}, by=house)
    text = text_of(english, reverse("me_check_in"))
    asked = [one for one in findall(r'name="(\w+)"', text) if one in QUESTIONS]
    assert list(dict.fromkeys(asked)) == ["home", "mood"]
    assert "How do you feel?" in text and "pull to use" not in text
    wishes = text_of(english, reverse("me_check_in_wishes"))
    assert wishes.index("<li>Home: ") < wishes.index("<li>Mood: ") and "<li>Health: " not in wishes
    client, sent = signed_in(english), {"mood": "2", "home": "5", "submit_key": str(uuid4())}
    assert client.post(reverse("me_check_in"), sent | {"health": "1"}).status_code == 200
    assert not CheckIn.objects.exists(), "what is not asked is not taken"
    assert client.post(reverse("me_check_in"), sent).status_code == 302
    assert CheckIn.objects.get().answers == {"mood": 2, "home": 5}
