"""What is left out leaves no trace (C1, A1): two people who differ only in what is not covered are told alike.

Both are called the same and signed the same. Of one, nothing more is known; of the other, everything that a permission
does not cover, or that the program agreed to keep back. What leaves of them is compared byte for byte: the printed
page, the mail, the question for the code, the partner's page and its answer. Only what is drawn by lot is taken out.
"""

import re
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.privacy.conftest import signed_in  # noqa: F401  (who signs has just signed in)
from tests.privacy.consents import signed
from tests.story import Persona, day_there, make_persona

from alongside.mentoring.actions import Note, plan_appointment, record_contact, start_mentorship
from alongside.partners import actions as partners
from alongside.people.actions import change_person, move_episode, open_episode, record_boundary, set_safe_contact
from alongside.privacy.actions import ask_restriction, decide_restriction, disclose
from alongside.privacy.models import Consent

pytestmark = pytest.mark.django_db
ADDRESS = "intake@valley.example.org"
COVERED = ["being_here", "reach"]
PHONE = "+1 213-555-0142"
BY_LOT = (
    (re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"), "ID"),
    (re.compile(r"\b[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}\b"), "NUMBER"),
    (re.compile(r'(name="(?:csrfmiddlewaretoken|proof|submit_key)" value=")[^"]+'), r"\1LOT"),
    (re.compile(r'(nonce="|"X-CSRFToken": ")[^"]+'), r"\1LOT"),
    (re.compile(r"/page/[\w-]+/"), "/page/TOKEN/"),
)
"""What is drawn by lot: ids, numbers of permissions, tokens."""


def told_alike(text: str) -> str:
    """A page or a mail without what is drawn by lot."""
    for pattern, instead in BY_LOT:
        text = pattern.sub(instead, text)
    return text


@pytest.fixture(autouse=True)
def one_moment():
    """Both are looked at in the same minute; limits count for this browser only."""
    cache.clear()
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def two(program, carmen) -> tuple[Persona, Persona]:
    """Two who are called the same and came the same day."""
    asked = timezone.now() - timedelta(days=9)
    found = []
    for username in ("rosa", "otra"):
        one = make_persona(program, username, "participant")
        change_person(person=one.person, by=one.actor, goes_by="Rosa", legal_name="Rosa Cenzontle", phone=PHONE)
        one.episode = open_episode(person=one.person, by=carmen.actor, now=asked)
        for state in ("intake", "waiting"):
            one.episode = move_episode(episode=one.episode, to=state, by=carmen.actor, now=asked)
        one.person.refresh_from_db()
        found.append(one)
    return tuple(found)


def fill_with_all_else(rosa: Persona, carmen: Persona, dante: Persona) -> None:
    """Everything about her that the permission does not cover."""
    change_person(
        person=rosa.person, by=rosa.actor, birth_date=date(1984, 5, 17), external_id="MR-4711", pronouns="ella"
    )
    set_safe_contact(person=rosa.person, by=rosa.actor, may_text=True, notes="Not after six")
    record_boundary(person=rosa.person, other=carmen.person, kind="kin", by=carmen.actor)
    move_episode(episode=rosa.episode, to="offered", by=carmen.actor)
    walks = start_mentorship(episode=rosa.episode, peer=dante.profile, by=carmen.actor)
    record_contact(mentorships=[walks], note=a_note(), by=dante.actor)
    plan_appointment(
        mentorship=walks, on_day=day_there() + timedelta(days=2), at_time=time(10), mode="in_person",
        time_zone=walks.program.time_zone, submit_key=uuid4(), by=dante.actor,
    )  # fmt: skip
    other = signed(rosa.person, rosa.actor, recipient="The landlord", items=["being_here", "birth_date", "contacts"])
    disclose(consent=other, way="printed", submit_key=uuid4(), by=carmen.actor)
    ask_restriction(person=rosa.person, items=["notes"], toward="anyone", submit_key=uuid4(), by=rosa.actor)


def a_note() -> Note:
    return Note(submit_key=uuid4(), happened_at=timezone.now() - timedelta(hours=2), mode="phone", reached=True,
                minutes=15, read_together=True)  # fmt: skip


def what_leaves(one: Persona, consent: Consent, carmen: Persona, signed_in) -> dict[str, str]:  # noqa: F811
    """Everything an outsider gets of a permission, by the way it goes."""
    key = UUID(int=7) if one.user.username == "rosa" else UUID(int=8)
    printed = signed_in(carmen).post(reverse("sharing_give", args=[consent.pk]), {"submit_key": str(key)})
    _link, code = partners.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    assert partners.send_due() == {"sent": 1}
    sent, outside = mail.outbox[-1], Client()
    path = re.search(r"http\S+?(/page/[\w-]+/)", sent.body)[1]
    asks = outside.get(path)
    wrong = outside.post(path, {"code": "00000000" if code != "00000000" else "11111111"})
    opened = outside.post(path, {"code": code})
    proof = re.search(r'name="proof" value="([^"]+)"', opened.content.decode())[1]
    thanks = outside.post(f"{path}answer/", {"proof": proof, "answer": "no", "reason": "no_room"})
    pages = {"printed": printed, "asks": asks, "wrong": wrong, "opened": opened, "thanks": thanks}
    found = {name: f"{page.status_code} {page.content.decode()}" for name, page in pages.items()}
    found["mail"] = f"{sent.subject}\n{sent.from_email}\n{sent.body}"
    return {name: told_alike(text) for name, text in found.items()}


def test_what_is_not_covered_leaves_no_trace(two, carmen, dante, signed_in):  # noqa: F811
    bare, full = two
    fill_with_all_else(full, carmen, dante)
    found = [
        what_leaves(one, signed(one.person, one.actor, items=COVERED), carmen, signed_in) for one in (bare, full)
    ]  # fmt: skip
    assert PHONE in found[0]["printed"] and PHONE in found[0]["opened"], "what is covered is there"
    assert differ(*found) == []


def test_what_is_kept_back_reads_like_what_nobody_knows(two, carmen, signed_in):  # noqa: F811
    """B7: her phone is known and kept back; of the other nobody knows one. Whoever gets the page cannot tell."""
    bare, full = two
    change_person(person=bare.person, by=bare.actor, phone="")
    bare.person.refresh_from_db()
    for one, items in ((bare, ["notes"]), (full, ["reach"])):
        asked = ask_restriction(
            person=one.person, items=items, toward="anyone", submit_key=uuid4(), by=one.actor
        )  # fmt: skip
        decide_restriction(restriction=asked, agree=True, words="Yes.", by=carmen.actor)
    found = [
        what_leaves(one, signed(one.person, one.actor, items=COVERED), carmen, signed_in) for one in (bare, full)
    ]  # fmt: skip
    assert PHONE not in str(found)
    assert differ(*found) == []


def test_one_word_more_would_be_seen(two, carmen, signed_in):  # noqa: F811
    """Or the tests above could not fail: a difference in what is covered is found on both pages."""
    bare, full = two
    change_person(person=full.person, by=full.actor, phone="+1 213-555-0199")
    full.person.refresh_from_db()
    found = [
        what_leaves(one, signed(one.person, one.actor, items=COVERED), carmen, signed_in) for one in (bare, full)
    ]  # fmt: skip
    assert differ(*found) == ["opened", "printed"]


def differ(first: dict[str, str], second: dict[str, str]) -> list[str]:
    """Which of them are not the same, byte for byte."""
    assert first.keys() == second.keys()
    return sorted(name for name in first if first[name] != second[name])
