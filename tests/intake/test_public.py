"""The pages for everybody: asking takes three answers, says nothing about who was known, and never blocks help."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache

from alongside.intake import actions
from alongside.intake.models import Application, Inquiry
from alongside.people.actions import create_person
from alongside.people.form_limits import PER_HOUR
from alongside.rules.neutral import is_neutral

PAGES = ("/", "/ask/", "/ask/thanks/", "/become-a-peer/", "/become-a-peer/thanks/", "/help/", "/what-we-protect/")


@pytest.fixture(autouse=True)
def no_counts(db):
    cache.clear()


def ask_values(**values) -> dict:
    return {
        "kind": "own_recovery",
        "needs": ["housing"],
        "own_words": "A place to sleep.",
        "goes_by": "Sol",
        "reach": ["call", "text"],
        "phone": "(213) 555-0123",
        "email": "",
        "may_voicemail": "no",
        "hours": "17-20",
        "name_to_use": "Sol",
        "website": "",
        "submit_key": str(uuid4()),
    } | values


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_public_page_stands_in_both_languages(client, program, path, language):
    client.cookies["django_language"] = language
    page = client.get(path)
    assert page.status_code == 200
    html = page.content.decode()
    assert f'lang="{language}"' in html
    assert "Leave now" in html or "Salir" in html
    assert not re.search(r'(?:src|href)="https?://', html)


def test_an_ask_is_kept_with_its_safe_contact_rules(client, program):
    assert client.post("/ask/", ask_values()).url == "/ask/thanks/"
    ask = Inquiry.objects.get()
    assert (ask.goes_by, ask.phone, ask.kind, ask.status) == ("Sol", "+12135550123", "own_recovery", "new")
    assert ask.answers == {"needs": ["housing"], "own_words": "A place to sleep."}
    assert ask.safe_contact == {
        "channel": "phone",
        "may_call": True,
        "may_text": True,
        "may_email": False,
        "may_voicemail": False,
        "from_hour": 17,
        "until_hour": 20,
        "name_to_use": "Sol",
    }


def test_the_same_ask_sent_twice_is_one(client, program):
    values = ask_values()
    client.post("/ask/", values)
    client.post("/ask/", values)
    assert Inquiry.objects.count() == 1


def test_coming_by_needs_neither_phone_nor_email(client, program):
    values = ask_values(reach=["come_by"], phone="")
    del values["may_voicemail"]
    assert client.post("/ask/", values).status_code == 302
    assert Inquiry.objects.get().safe_contact["channel"] == "none"


def test_what_was_typed_survives_a_mistake(client, program):
    page = client.post("/ask/", ask_values(phone="12", own_words="Please be gentle."))
    assert page.status_code == 200
    html = page.content.decode()
    assert "Please be gentle." in html and 'value="Sol"' in html and "area code" in html
    assert not Inquiry.objects.exists()


def test_a_name_that_the_form_does_not_have_is_refused(client, program):
    assert client.post("/ask/", ask_values(status="taken_up")).status_code == 200
    assert not Inquiry.objects.exists()


def test_machines_get_thanks_and_nothing_is_kept(client, program):
    assert client.post("/ask/", ask_values(website="http://buy.example")).url == "/ask/thanks/"
    assert not Inquiry.objects.exists()


def test_the_answer_is_the_same_for_somebody_known(client, program, house):
    create_person(program=program, by=house, goes_by="Sol", phone="+12135550123")
    known = client.post("/ask/", ask_values())
    unknown = client.post("/ask/", ask_values(phone="(213) 555-0199", goes_by="Nobody"))
    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)
    assert client.get(known.url).content.split(b"<main")[1] == client.get(unknown.url).content.split(b"<main")[1]


def test_a_flood_is_slowed_kindly_and_help_stays_open(client, program):
    for _ in range(PER_HOUR):
        client.post("/ask/", ask_values())
    page = client.post("/ask/", ask_values(own_words="I wrote this."))
    assert page.status_code == 429 and "I wrote this." in page.content.decode()
    assert client.get("/help/").status_code == 200


def test_a_failing_cache_lets_people_ask(client, program, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("gone")

    monkeypatch.setattr("alongside.people.form_limits.cache.add", broken)
    assert client.post("/ask/", ask_values()).status_code == 302


def test_an_application_keeps_what_somebody_chose_to_share(client, program, carmen):
    values = {
        "goes_by": "Ana", "phone": "", "email": "ana@example.org", "serves": ["own_recovery"],
        "languages": ["en", "es"],
        "experiences": ["alcohol"], "pathways": ["secular"], "modes": ["phone"], "capacity": "3",
        "hours": ["mon_evening"], "why": "To give back.", "story": "Six years now.", "website": "",
        "submit_key": str(uuid4()),
    }  # fmt: skip
    assert client.post("/become-a-peer/", values).url == "/become-a-peer/thanks/"
    client.post("/become-a-peer/", values)
    application = Application.objects.get()
    application = actions.move_application(application=application, to="screening", by=carmen.actor)
    peer = actions.accept_application(application=application, by=carmen.actor)
    assert (peer.capacity, peer.languages, peer.story, peer.hours_known) == (3, ["en", "es"], "Six years now.", True)


def test_an_application_needs_a_way_to_answer(client, program):
    page = client.post(
        "/become-a-peer/", {"goes_by": "Ana", "serves": ["own_recovery"], "languages": ["en"], "capacity": "2"}
    )
    assert page.status_code == 200 and not Application.objects.exists()


def test_a_program_that_takes_no_asks_has_no_form(client, program):
    program.is_public = False
    program.save()
    assert client.get("/ask/").status_code == 404
    assert client.get("/help/").status_code == 200


def test_the_address_of_a_program_leads_to_its_page(client, program, other_program):
    assert client.get("/at/harbor/").url == "/"
    client.post("/ask/", ask_values())
    assert not Inquiry.objects.exists()
    assert client.get("/at/nowhere/").url == "/"


def test_titles_say_nothing(client, program):
    for path in ("/ask/", "/ask/thanks/", "/help/"):
        title = re.search(r"<title>(.*?)</title>", client.get(path).content.decode()).group(1)
        assert is_neutral(title), title
