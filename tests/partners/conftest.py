"""Rosa's clinic gets a page: a permission in force, a link that was sent, and what a partner's browser does."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from tests.privacy.conftest import sign_in_now
from tests.privacy.consents import signed

from alongside.partners import actions
from alongside.partners.models import PartnerLink
from alongside.people.actions import change_person
from alongside.privacy.models import Consent

ADDRESS = "intake@valley.example.org"
LINK = re.compile(r"http\S+/page/([\w-]+)/")


@dataclass
class Given:
    """A page that was given out: its link, the token of the mail, the code that was told by phone."""

    link: PartnerLink
    token: str
    code: str

    @property
    def path(self) -> str:
        return f"/page/{self.token}/"

    def now(self) -> PartnerLink:
        self.link.refresh_from_db()
        return self.link


def sent_token() -> str:
    """The token of the latest mail."""
    return LINK.search(mail.outbox[-1].body)[1]


@pytest.fixture(autouse=True)
def no_limits():
    """Limits count for this browser only: other tests came from the same address."""
    cache.clear()


@pytest.fixture
def consent(rosa) -> Consent:
    change_person(
        person=rosa.person, by=rosa.actor, language="en", phone="+1 213-555-0142", birth_date=date(1984, 5, 17)
    )
    rosa.person.refresh_from_db()
    return signed(rosa.person, rosa.actor)


@pytest.fixture
def give(carmen):
    """`give(consent)` makes a page and lets the worker send its link."""

    def give(consent, **values) -> Given:
        link, code = actions.make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=carmen.actor, **values)
        assert actions.send_due(values.get("now")) == {"sent": 1}
        return Given(link, sent_token(), code)

    return give


@pytest.fixture
def given(consent, give) -> Given:
    return give(consent)


@pytest.fixture
def partner() -> Client:
    """A browser somewhere else, signed in nowhere."""
    return Client()


@pytest.fixture
def signed_in(client):
    """Whoever gives something out has just signed in, as in `tests/privacy`."""
    return lambda persona: sign_in_now(client, persona)
