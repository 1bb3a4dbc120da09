"""Signing asks again who it is, when they signed in longer than five minutes ago, and nothing typed is lost (D5)."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import drafted, look, signed
from tests.story import PASSWORD

from alongside.partners.models import LinkMail
from alongside.people.actions import change_person
from alongside.people.models import HeldForm
from alongside.privacy.models import Consent, Disclosure, ProgramLaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def adult(rosa):
    change_person(person=rosa.person, by=rosa.actor, language="en", birth_date=date(1984, 5, 17))
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    rosa.person.refresh_from_db()
    return rosa


@pytest.fixture
def wait():
    """`wait(minutes=6)` lets that much time pass."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield lambda **step: traveller.shift(timedelta(**step))


def status(consent) -> str:
    return Consent.objects.values_list("status", flat=True).get(pk=consent.pk)


def test_within_five_minutes_nobody_is_asked(signed_in, adult, wait):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    wait(minutes=4)
    values = {"seen": look(consent).digest, "agrees": "on", "signed_name": "Rosa Cenzontle"}
    assert client.post(reverse("me_share", args=[consent.pk]), values).url == reverse("me_privacy")
    assert status(consent) == "active"


def test_later_it_asks_and_gives_back_what_was_typed(signed_in, adult, wait):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    wait(minutes=6)
    sign = reverse("me_share", args=[consent.pk])
    values = {"seen": look(consent).digest, "agrees": "on", "signed_name": "Rosa Cenzontle"}
    answer = client.post(sign, values)
    assert answer.url.startswith(reverse("account_reauthenticate")) and status(consent) == "draft"
    assert "Cenzontle" in HeldForm.objects.get().payload
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": sign})
    assert answer.url == sign and status(consent) == "draft", "nothing is signed by itself"
    text = client.get(sign).content.decode()
    assert 'value="Rosa Cenzontle"' in text and re.search(r'name="agrees"[^>]*checked', text)
    assert consent.items == Consent.objects.get(pk=consent.pk).items
    assert client.post(sign, values).url == reverse("me_privacy")
    assert status(consent) == "active" and not HeldForm.objects.exists()


def test_a_wrong_password_signs_nothing(signed_in, adult, wait):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    wait(minutes=6)
    sign = reverse("me_share", args=[consent.pk])
    client.post(sign, {"seen": look(consent).digest, "agrees": "on", "signed_name": "Rosa"})
    client.post(reverse("account_reauthenticate"), {"password": "not this one", "next": sign})
    client.post(sign, {"seen": look(consent).digest, "agrees": "on", "signed_name": "Rosa"})
    assert status(consent) == "draft"


def test_staff_with_a_signed_paper_are_asked_too(signed_in, adult, carmen, wait):
    consent, client = drafted(adult.person, adult.actor), signed_in(carmen)
    wait(minutes=6)
    page, paper = reverse("sharing_one", args=[consent.pk]), reverse("sharing_paper", args=[consent.pk])
    values = {"seen": look(consent).digest, "signed_name": "Rosa Cenzontle", "holds": "on", "_page": page}
    answer = client.post(paper, values)
    assert answer.url.startswith(reverse("account_reauthenticate")) and status(consent) == "draft"
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page}).url == page
    text = client.get(page).content.decode()
    assert 'value="Rosa Cenzontle"' in text and re.search(r'name="holds"[^>]*checked', text)
    client.post(paper, values)
    assert status(consent) == "active"


def test_stopping_never_asks(signed_in, adult, wait):
    """A step that only closes is open to whoever holds the session: it takes one step (B4)."""
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    client.post(reverse("me_share", args=[consent.pk]),
                {"seen": look(consent).digest, "agrees": "on", "signed_name": "Rosa"})  # fmt: skip
    wait(minutes=12)
    assert client.post(reverse("me_share_stop", args=[consent.pk])).url == reverse("me_privacy")
    assert status(consent) == "revoked"


def test_whoever_prints_for_a_recipient_is_asked_and_nothing_left_before(signed_in, adult, carmen, wait):
    consent, client = signed(adult.person, adult.actor), signed_in(carmen)
    wait(minutes=6)
    page = reverse("sharing_one", args=[consent.pk])
    values = {"submit_key": str(uuid4()), "_page": page}
    answer = client.post(reverse("sharing_give", args=[consent.pk]), values)
    assert answer.url == f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}"
    assert not Disclosure.objects.exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page})
    assert client.post(reverse("sharing_give", args=[consent.pk]), values).status_code == 200
    assert Disclosure.objects.count() == 1


def test_whoever_mails_a_page_is_asked_and_finds_the_address_again(signed_in, adult, carmen, wait):
    consent, client = signed(adult.person, adult.actor), signed_in(carmen)
    wait(minutes=6)
    page = reverse("partner_link_new", args=[consent.pk])
    values = {"address": "ana@example.org", "days": "3", "submit_key": str(uuid4())}
    assert client.post(page, values).url.startswith(reverse("account_reauthenticate"))
    assert not Disclosure.objects.exists() and not LinkMail.objects.exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page})
    text = client.get(page).content.decode()
    assert 'value="ana@example.org"' in text and 'value="3"' in text
    assert client.post(page, values).status_code == 200 and LinkMail.objects.count() == 1


LAW = {
    "part2": "program",
    "majority_age": "18",
    "minor_alone_from": "",
    "fundraises": "no",
    "hipaa": "yes",
    "emancipated_alone": "no",
    "note": "Law",
}
"""What holds where nobody said anything: nothing is loosened by it."""


@pytest.mark.parametrize(
    "looser", [{}, {"part2": "neither"}, {"minor_alone_from": "13"}, {"hipaa": "no"}, {"emancipated_alone": "yes"}]
)
def test_a_law_that_loosens_asks_and_one_that_does_not_is_saved(signed_in, dolores, wait, looser):
    client = signed_in(dolores)
    wait(minutes=6)
    answer = client.post(reverse("law"), LAW | looser)
    assert answer.url.startswith(reverse("account_reauthenticate") if looser else reverse("law"))
    assert ProgramLaw.objects.exists() == (not looser)
    if looser:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("law")})
        text = client.get(reverse("law")).content.decode()
        name, value = next(iter(looser.items()))
        assert 'value="Law"' in text and re.search(rf'name="{name}"[^>]*value="{value}"', text)
        assert client.post(reverse("law"), LAW | looser).url == reverse("law") and ProgramLaw.objects.count() == 1
