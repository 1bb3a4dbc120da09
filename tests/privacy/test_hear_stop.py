"""A word to anybody who works with them is enough: the signed text says so, and these pages keep it (B4)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import drafted, look, signed
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.privacy import actions
from alongside.privacy.consent_queries import list_together
from alongside.privacy.models import Consent, Grant
from alongside.rules.access import CONTENT_STAFF, may
from alongside.rules.consent import texts_1

pytestmark = pytest.mark.django_db

WORK_WITH_PEOPLE = ("dante", "lien", "carmen", "dolores")
"""Her peer, the supervisor of that peer, a coordinator, and a director who wrote a reason."""


@pytest.fixture
def staff(english, mentorship, dante, lien, carmen, dolores):
    actions.open_with_reason(participant=english.person, words="A call from her", by=dolores.actor)
    return {"dante": dante, "lien": lien, "carmen": carmen, "dolores": dolores}


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def state(consent) -> tuple:
    return Consent.objects.values_list("status", "ended_how", "ended_by").get(pk=consent.pk)


def test_everybody_of_whom_the_text_speaks_has_the_act():
    assert "tell anybody who works with you" in repr(vars(texts_1)), "what is signed names them"
    assert {role for role in CONTENT_STAFF if may("hear_stop", {role})} == CONTENT_STAFF


@pytest.mark.parametrize("action", ["spoken", "written"])
@pytest.mark.parametrize("who", WORK_WITH_PEOPLE)
def test_from_the_record_it_is_stopped_for_them(signed_in, english, staff, who, action):
    consent, client = signed(english.person, english.actor), signed_in(staff[who])
    stop, heard = reverse("sharing_stop", args=[consent.pk]), reverse("stop_heard", args=[english.person.pk])
    record = body(client.get(reverse("record", args=[english.person.pk])))
    if who in ("lien", "dolores"):
        others = f'href="{reverse("sharing", args=[english.person.pk])}"'
        assert heard in record and others not in record
    text = body(client.get(heard))
    assert stop in text and "Dr. Ana Ito" in text
    text = body(client.post(stop, {"action": action}, follow=True))
    assert "Stopped for them." in text
    assert state(consent) == ("revoked", action, staff[who].user.pk)
    assert stop not in body(client.get(heard)), "and it is gone from what is in force"
    entry = Entry.objects.get(act="consent.revoked", object_id=consent.pk)
    assert entry.actor_id == staff[who].user.pk


@pytest.mark.parametrize("who", ["lien", "dolores"])
def test_they_hear_a_stop_and_nothing_more(signed_in, english, staff, who):
    """They see to whom it goes and what for. What leaves, and to hand it over, is for peers and coordinators."""
    consent, client = signed(english.person, english.actor), signed_in(staff[who])
    for name, about in (("sharing", english.person), ("sharing_one", consent)):
        assert client.get(reverse(name, args=[about.pk])).status_code == 404
    for name in ("sharing_over", "sharing_told", "sharing_paper", "sharing_give", "sharing_another"):
        assert client.post(reverse(name, args=[consent.pk])).status_code == 404
    assert state(consent)[0] == "active"


def test_who_is_told_of_a_hold_stops_it_no_earlier(signed_in, english, staff):
    consent, client = signed(english.person, english.actor, "criminal_justice"), signed_in(staff["lien"])
    stop = reverse("sharing_stop", args=[consent.pk])
    text = body(client.get(reverse("stop_heard", args=[english.person.pk])))
    assert "They read so before signing." in text and stop not in text
    assert "only from the day named in it" in body(client.post(stop, {"action": "spoken"}, follow=True))
    assert state(consent)[0] == "active"


def test_those_signed_together_stop_in_one_step(signed_in, english, staff):
    first = drafted(english.person, english.actor)
    actions.add_recipient(
        consent=first, recipient="Nurse Bo", recipient_address="", recipient_is_covered=True, by=english.actor
    )
    consents = list_together(Consent.objects.get(pk=first.pk))
    digests = {one.pk: look(one).digest for one in consents}
    actions.sign_together(consent=first, seen=digests, signed_name="Rosa", by=english.actor)
    client = signed_in(staff["lien"])
    assert 'value="all"' in body(client.get(reverse("stop_heard", args=[english.person.pk])))
    client.post(reverse("sharing_stop", args=[consents[0].pk]), {"action": "all"})
    assert {state(one)[0] for one in consents} == {"revoked"}


NOBODY_ELSE = {
    "a director without a reason": "director", "another supervisor": "supervisor", "another peer": "peer",
    "the council": "council", "an administrator": "administrator", "another participant": "participant",
}  # fmt: skip


@pytest.mark.parametrize("role", NOBODY_ELSE.values(), ids=NOBODY_ELSE)
def test_nobody_else_may(signed_in, program, english, mentorship, role):
    consent = signed(english.person, english.actor)
    client = signed_in(make_persona(program, "somebody", role))
    assert client.get(reverse("stop_heard", args=[english.person.pk])).status_code == 404
    assert client.post(reverse("sharing_stop", args=[consent.pk]), {"action": "spoken"}).status_code == 404
    assert state(consent)[0] == "active"


def test_nobody_of_another_program_and_no_director_whose_reason_is_over(signed_in, english, staff, marcus):
    consent = signed(english.person, english.actor)
    Grant.objects.filter(kind="reason").update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    for somebody in (marcus, staff["dolores"]):
        client = signed_in(somebody)
        assert client.get(reverse("stop_heard", args=[english.person.pk])).status_code == 404
        assert client.post(reverse("sharing_stop", args=[consent.pk]), {"action": "spoken"}).status_code == 404
    assert state(consent)[0] == "active"
