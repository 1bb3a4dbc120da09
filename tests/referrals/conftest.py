"""Rosa looks for a place: a shelter of the directory, a clinic by its name; and Dr. Ito refers Olu in."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.privacy.conftest import signed_in  # noqa: F401
from tests.privacy.consents import signed

from alongside.partners import actions as partners
from alongside.people.actions import change_person
from alongside.referrals import actions
from alongside.referrals.models import Referral
from alongside.resources.actions import write_by_hand
from alongside.resources.forms import ResourceForm

CLINIC, ADDRESS = "Valley Clinic", "intake@valley.example.org"
LINK = re.compile(r"http\S+/page/([\w-]+)/")
INCOMING = {
    "kind": "own_recovery", "language": "en", "from_name": "Ana Ito", "from_place": "County Hospital",
    "from_reach": "ito@hospital.example.org", "goes_by": "Olu", "phone": "+12135550177", "email": "",
    "words": "Somebody to talk to",
    "safe_contact": {"channel": "phone", "may_call": True, "may_text": False, "may_email": False,
                     "may_voicemail": False, "from_hour": 9, "until_hour": 20, "name_to_use": ""},
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_limits():
    """Limits count for this browser only: other tests came from the same address."""
    cache.clear()


@pytest.fixture
def shelter(program, carmen):
    """A place of the directory."""
    full = dict.fromkeys((name for name in ResourceForm().fields if name != "submit_key"), "")
    full |= {"name": "River House", "phone": "(213) 555-0199", "needs": ["housing"], "groups": [], "languages": ["en"]}
    return write_by_hand(program=program, values=full, by=carmen.actor, resource=None, submit_key=uuid4())


@pytest.fixture
def begin(rosa):
    """`begin()`: Rosa chooses the clinic herself; nothing has left."""

    def begin(who=None, *, by=None, place=CLINIC, way="told", **values) -> Referral:
        who = who or rosa
        values.setdefault("submit_key", uuid4())
        return actions.begin(person=who.person, way=way, place=place, by=by or who.actor, **values)

    return begin


@pytest.fixture
def permission(rosa):
    """What Rosa signed for the clinic."""
    change_person(
        person=rosa.person, by=rosa.actor, language="en", phone="+1 213-555-0142", birth_date=date(1984, 5, 17)
    )
    rosa.person.refresh_from_db()
    return signed(rosa.person, rosa.actor, recipient=CLINIC, recipient_address=ADDRESS)


@dataclass
class Told:
    """A referral of which the clinic was told: token and code of its page."""

    referral: Referral
    link: object
    token: str
    code: str

    def now(self) -> Referral:
        self.referral.refresh_from_db()
        return self.referral


@pytest.fixture
def tell(carmen):
    """`tell(referral)`: Carmen sends the page and the worker mails it."""

    def tell(referral, **values) -> Told:
        referral.refresh_from_db()
        values.setdefault("submit_key", uuid4())
        link, code = actions.tell_partner(referral=referral, address=ADDRESS, by=carmen.actor, **values)
        partners.send_due(values.get("now"))
        return Told(referral, link, LINK.search(mail.outbox[-1].body)[1], code)

    return tell


@pytest.fixture
def told(permission, begin, tell) -> Told:
    return tell(begin())


@pytest.fixture
def partner() -> Client:
    """A browser somewhere else, signed in nowhere."""
    return Client()


@pytest.fixture
def incoming(program):
    """What Dr. Ito wrote, and the secret of his page."""
    from django_scopes import scope

    from alongside.referrals.models import Incoming

    token = actions.receive(program=program, submit_key=uuid4(), **INCOMING)
    with scope(program=program):
        found = Incoming.objects.get()
    found.token = token
    return found


def in_days(days: int):
    return timezone.now() + timedelta(days=days)
