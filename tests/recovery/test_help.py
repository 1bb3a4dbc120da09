"""Help now: by country, with the peer on call, and plain about what nobody watches."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.outside import without_ids

from alongside.people.actions import disable_account
from alongside.people.models import Program
from alongside.recovery import actions
from alongside.recovery.models import OnCallLine
from alongside.rules.help_numbers import read_numbers
from alongside.safety.actions import set_turn

pytestmark = pytest.mark.django_db
PHONE = "+12135550188"


@pytest.fixture
def at(monkeypatch):
    """`at(23)`: it is that hour where the program is."""

    def set_hour(hour):
        moment = datetime(2026, 6, 15, hour, 5, tzinfo=ZoneInfo("America/Los_Angeles"))
        monkeypatch.setattr(timezone, "localtime", lambda *_: moment)

    return set_hour


def on_call(carmen, program, **values):
    values = {"phone": PHONE, "from_hour": 9, "until_hour": 21} | values
    return actions.set_on_call(program=program, by=carmen.actor, **values)


def test_every_way_to_the_lifeline_naloxone_and_what_nobody_watches(text_of, english):
    text = text_of(english, "/me/help/")
    for words in ('href="tel:988"', 'href="sms:988"', "988lifeline.org", 'href="tel:911"', "Give naloxone",
                  "What nobody watches", "are not read around the clock"):  # fmt: skip
        assert words in text
    assert 'href="http' not in text.replace('href="https://www.weather.gov', "")


def test_in_spanish_it_says_which_key_and_which_word(text_of, rosa):
    text = text_of(rosa, "/me/help/")
    assert "AYUDA" in text and 'lang="es"' in text


def stand(carmen, program, person, deputy=None, **hours):
    """On the rota each day."""
    for weekday in range(7):
        set_turn(program=program, weekday=weekday, **{"from_hour": 0, "until_hour": 0} | hours, person=person.person,
                 deputy=deputy.person if deputy else None, by=carmen.actor)  # fmt: skip


def test_the_peer_on_call_is_shown_while_somebody_answers(text_of, english, carmen, lien, program, at):
    on_call(carmen, program)
    stand(carmen, program, lien)
    at(12)
    text = text_of(english, "/me/help/")
    assert f'href="tel:{PHONE}"' in text and "The peer on call answers now." in text
    at(23)
    text = text_of(english, "/me/help/")
    assert PHONE not in text and "The peer on call answers again" in text
    on_call(carmen, program, from_hour=0, until_hour=0)
    assert f'href="tel:{PHONE}"' in text_of(english, "/me/help/")


def test_without_somebody_on_the_rota_nobody_is_promised(text_of, english, carmen, lien, program, at):
    on_call(carmen, program)
    at(12)
    text = text_of(english, "/me/help/")
    assert "answers now" not in text and "perhaps nobody answers" in text and f'href="tel:{PHONE}"' in text
    at(23)
    text = text_of(english, "/me/help/")
    assert "answers again" not in text and "is not answered now" in text and PHONE not in text
    # A rota that is empty at that hour promises nothing then, and only then.
    stand(carmen, program, lien, from_hour=14, until_hour=9)
    at(12)
    assert "perhaps nobody answers" in text_of(english, "/me/help/")
    at(15)
    assert "The peer on call answers now." in text_of(english, "/me/help/")
    at(23)
    assert "answers again" not in text_of(english, "/me/help/"), "nobody stands there at nine in the morning"


def test_who_left_answers_no_more_and_who_stands_in_does(text_of, english, carmen, lien, dolores, program, at):
    on_call(carmen, program)
    stand(carmen, program, lien, deputy=dolores)
    at(12)
    disable_account(user=lien.user, by=carmen.actor)
    assert "The peer on call answers now." in text_of(english, "/me/help/")
    disable_account(user=dolores.user, by=carmen.actor)
    assert "answers now" not in text_of(english, "/me/help/")


def test_a_rota_without_a_telephone_promises_no_telephone(text_of, english, carmen, lien, program, at):
    stand(carmen, program, lien)
    at(12)
    text = text_of(english, "/me/help/")
    assert "on call" not in text and 'href="tel:988"' in text


def test_the_coordinator_reads_that_nobody_stands_there(text_of, carmen, lien, program):
    on_call(carmen, program, from_hour=0, until_hour=0)
    assert "Right now nobody does" in text_of(carmen, reverse("on_call"))
    stand(carmen, program, lien)
    assert "Right now nobody does" not in text_of(carmen, reverse("on_call"))


def test_her_own_people_stand_on_the_page(text_of, english, mentorship):
    actions.write_parts(
        person=english.person, kind="safe", wanted={"ask": "Ana 213-555-0199", "signs": "I stop sleeping"},
        by=english.actor,
    )  # fmt: skip
    text = text_of(english, "/me/help/")
    assert 'href="tel:2135550199"' in text and "Dante walks with you" in text


def test_another_country_shows_its_own_numbers_and_none_of_the_us(text_of, english, program, settings, client):
    settings.ALONGSIDE_HELP_NUMBERS = read_numbers(
        {"NZ": {"emergency": "111", "lines": [{"name": "crisis", "way": "call", "number": "1737"}]}}
    )
    Program.objects.filter(pk=program.pk).update(country="NZ")
    for text in (text_of(english, "/me/help/"), text_of(english, "/me/"), text_of(english, "/me/plan/ways/")):
        assert "tel:988" not in text and "tel:911" not in text and 'href="tel:1737"' in text
    client.logout()
    public = client.get("/help/").content.decode()
    assert "tel:988" not in public and "tel:911" not in public and 'href="tel:111"' in public


def test_a_country_without_numbers_shows_none_of_another(text_of, english, program):
    Program.objects.filter(pk=program.pk).update(country="ZZ")
    for path in ("/me/help/", "/me/", "/me/plan/ways/", "/me/plan/"):
        text = without_ids(text_of(english, path))
        assert "988" not in text and "tel:911" not in text
    assert "Help now" in text_of(english, "/me/plan/")


def test_help_is_one_tap_away_on_every_page_of_hers(text_of, english):
    for name in ("me_home", "me_plan", "me_days", "me_well", "me_privacy", "me_notes"):
        assert f'href="{reverse("me_help")}"' in text_of(english, reverse(name)), name


def test_the_coordinator_sets_the_telephone_and_others_do_not(signed_in, carmen, dante, lien, program):
    client = signed_in(carmen)
    url = reverse("on_call")
    assert client.get(url).status_code == 200
    assert client.post(url, {"phone": PHONE, "from_hour": "18", "until_hour": "2"}).status_code == 302
    line = OnCallLine.objects.get()
    assert (line.phone, line.from_hour, line.until_hour) == (PHONE, 18, 2)
    for typed in (
        {"phone": "ring me", "from_hour": "1", "until_hour": "2"},
        {"phone": PHONE, "from_hour": "25", "until_hour": "2"},
    ):
        assert client.post(url, typed).status_code == 200
    assert client.post(url, {"phone": "", "from_hour": "9", "until_hour": "21"}).status_code == 302
    assert not OnCallLine.objects.exists()
    for somebody in (dante, lien):
        assert signed_in(somebody).get(url).status_code == 404
