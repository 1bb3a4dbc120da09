"""Signing asks again who it is, when they signed in longer than five minutes ago, and nothing typed is lost (D5)."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import drafted, look
from tests.story import PASSWORD

from alongside.people.actions import change_person
from alongside.people.models import HeldForm
from alongside.privacy.models import Consent

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
