"""A participant changes what they ask for, and how they may be reached."""

import re

from alongside.intake.actions import Wish, save_wishes
from alongside.people.models import Person, SafeContact
from alongside.rules.neutral import is_neutral


def test_everything_is_shown_at_a_glance(signed_in, rosa, carmen):
    save_wishes(episode=rosa.episode, by=carmen.actor, needs=["housing"], preferences=[Wish("gender", "woman", "must")])
    client = signed_in(rosa)
    client.cookies["django_language"] = "en"
    html = client.get("/me/about/").content.decode()
    assert "Housing" in html and "Must: Woman" in html


def test_the_person_changes_their_wishes(signed_in, rosa):
    client = signed_in(rosa)
    client.post(
        "/me/about/?part=help", {"needs": ["family"], "own_words": "Mi familia.", "pathways": [], "languages": ["es"]}
    )
    client.post("/me/about/?part=peer", {"gender_strength": "must", "gender_values": ["woman"]})
    client.post("/me/about/?part=times", {"hours": ["sat_morning"], "modes": ["phone"], "zip": "", "max_miles": ""})
    rosa.episode.refresh_from_db()
    wishes = rosa.episode.wishes
    assert (wishes.needs, wishes.own_words, wishes.hours_known) == (["family"], "Mi familia.", True)
    assert [(p.feature, p.strength) for p in wishes.preferences.all()] == [("gender", "must")]


def test_the_person_changes_how_they_may_be_reached(signed_in, rosa):
    values = {
        "goes_by": "Rosita", "pronouns": "ella", "language": "es", "reach": ["text"], "phone": "(213) 555-0123",
        "email": "", "may_voicemail": "no", "hours": "17-20", "name_to_use": "",
    }  # fmt: skip
    assert signed_in(rosa).post("/me/about/?part=person", values).url == "/me/about/"
    safe = SafeContact.objects.get(person=rosa.person)
    assert (safe.channel, safe.may_text, safe.may_call, safe.from_hour) == ("text", True, False, 17)
    assert Person.objects.get(pk=rosa.person.pk).goes_by == "Rosita"


def test_what_the_office_knows_cannot_be_sent_along(signed_in, rosa):
    page = signed_in(rosa).post("/me/about/?part=help", {"needs": ["family"], "staff_notes": "x"})
    assert page.status_code == 200
    assert not hasattr(rosa.episode, "wishes")


def test_somebody_without_an_episode_sees_a_kind_page(signed_in, program):
    from tests.story import make_persona

    assert signed_in(make_persona(program, "noor", "participant")).get("/me/about/").status_code == 200


def test_title_and_address_are_neutral(signed_in, rosa):
    for part in ("", "?part=help", "?part=peer", "?part=times", "?part=life", "?part=person"):
        html = signed_in(rosa).get(f"/me/about/{part}").content.decode()
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL).group(1)
        assert is_neutral(title) and "Rosa" not in title
        assert 'name="staff_notes"' not in html


def test_staff_have_no_such_page(signed_in, carmen):
    assert signed_in(carmen).get("/me/about/").status_code == 404
