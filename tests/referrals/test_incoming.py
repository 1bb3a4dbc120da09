"""Dr. Ito refers Olu: under a minute, no look-up, one answer; more comes by a page with a code, if Olu signs."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from tests.outside import without_ids
from tests.privacy.consents import drafted, look
from tests.referrals.conftest import INCOMING
from tests.web.same_words import words_of

from alongside.audit.models import Entry
from alongside.intake.actions import take_up
from alongside.intake.models import Inquiry
from alongside.partners import actions as partners
from alongside.partners.models import PartnerLink
from alongside.people.models import Person
from alongside.privacy.actions import NotDisclosed, sign_consent, stop_sharing
from alongside.privacy.models import Disclosure
from alongside.referrals import actions, queries
from alongside.referrals.models import Incoming

pytestmark = pytest.mark.django_db

FORM = {
    "from_name": "Ana Ito", "from_place": "County Hospital", "from_reach": "ito@hospital.example.org",
    "goes_by": "Olu", "kind": "own_recovery", "phone": "(213) 555-0177", "email": "", "language": "en",
    "words": "Somebody to talk to", "agreed": "on", "website": "",
}  # fmt: skip


def send(client, **values):
    return client.post("/refer/", FORM | {"submit_key": str(uuid4())} | values, HTTP_ACCEPT_LANGUAGE="en")


def signed_for(person, carmen, recipient="Dr. Ana Ito", items=("being_here",)):
    consent = drafted(person, carmen.actor, recipient=recipient, items=list(items))
    return sign_consent(
        consent=consent, seen=look(consent).digest, signed_name="Olu Bright", by=carmen.actor, how="paper"
    )


@pytest.fixture
def taken(incoming, carmen):
    """Taken into intake and up: Olu has a record now."""
    inquiry = actions.take_into_intake(incoming=incoming, by=carmen.actor)
    take_up(inquiry=inquiry, by=carmen.actor)
    incoming.refresh_from_db()
    Person.objects.filter(pk=inquiry.__class__.objects.get(pk=inquiry.pk).person_id).update(birth_date=None)
    return incoming


def test_a_few_fields_are_enough_and_lead_to_a_page_that_says_received(program):
    client = Client()
    answer = send(client)
    assert answer.status_code == 302 and answer.url.startswith("/refer/")
    page = client.get(answer.url, HTTP_ACCEPT_LANGUAGE="en")
    found = Incoming.objects.get()
    text = page.content.decode()
    assert page.status_code == 200 and found.number in text and "Received on" in text
    plain = without_ids(text)
    assert "Olu" not in plain and "0177" not in plain and "Ito" not in plain
    assert found.phone == "+12135550177" and found.safe_contact["may_call"] and not found.safe_contact["may_text"]


def test_the_answer_is_the_same_whoever_the_person_is(program, rosa):
    Person.objects.filter(pk=rosa.person.pk)
    from alongside.people.actions import change_person

    change_person(person=rosa.person, by=rosa.actor, phone="+12135550142")

    def said(**values):
        answer = send(Client(), **values)
        page = Client().get(answer.url, HTTP_ACCEPT_LANGUAGE="en")
        return (
            answer.status_code,
            page.status_code,
            words_of(page, answer.url, Incoming.objects.latest("received_at").number),
        )

    assert said(goes_by="Rosa", phone="(213) 555-0142") == said(goes_by="Nobody", phone="(213) 555-0100")
    assert (
        Inquiry.objects.count() == 0
        and not Entry.objects.filter(subject_id=rosa.person.pk, act__startswith="incom").exists()
    )


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"agreed": ""}, "Please ask them first"),
        ({"phone": "", "email": ""}, "a phone number or an e-mail of theirs"),
        ({"phone": "12"}, "with its area code"),
        ({"from_name": ""}, "Please fill this in"),
    ],
)
def test_mistakes_are_named_kindly_and_nothing_typed_is_lost(program, values, says):
    answer = send(Client(), **values)
    text = answer.content.decode()
    assert answer.status_code == 200 and says in text and "Somebody to talk to" in text
    assert not Incoming.objects.exists()


def test_sent_twice_is_one_with_the_same_page(program):
    key = str(uuid4())
    assert send(Client(), submit_key=key).url == send(Client(), submit_key=key).url
    assert Incoming.objects.count() == 1
    assert not Incoming.objects.filter(submit_key=key).exists(), "whoever reads the database has no secret of a page"


def test_a_flood_from_one_address_is_slowed_kindly(program):
    client = Client()
    for _ in range(20):
        assert send(client).status_code == 302
    late = send(client)
    assert late.status_code == 429 and "Somebody to talk to" in late.content.decode()


def test_what_machines_fill_in_is_kept_nowhere(program):
    assert send(Client(), website="x").status_code == 302 and not Incoming.objects.exists()


def test_a_wrong_or_old_link_is_a_page_that_does_not_exist(program, incoming):
    assert Client().get("/refer/nothing/").status_code == 404
    assert actions.look_up(incoming.token, timezone.now() + timedelta(days=15)) is None
    assert actions.look_up(incoming.token, timezone.now() + timedelta(days=13)) is not None


def test_one_press_makes_it_an_ask_and_twice_is_once(incoming, carmen):
    first = actions.take_into_intake(incoming=incoming, by=carmen.actor)
    assert actions.take_into_intake(incoming=incoming, by=carmen.actor) == first
    assert (
        Inquiry.objects.count() == 1 and first.goes_by == "Olu" and first.answers["own_words"] == "Somebody to talk to"
    )
    assert not Person.objects.filter(goes_by="Olu").exists(), "who it is, a coordinator decides at the ask"


def test_set_aside_can_be_taken_up_later(incoming, carmen):
    actions.set_incoming_aside(incoming=incoming, by=carmen.actor)
    assert actions.take_into_intake(incoming=incoming, by=carmen.actor).status == "new"


@pytest.fixture
def show(taken, carmen):
    """`show(consent)`: Carmen gives Dr. Ito a page about how it stands: (link, code, token of the mail)."""

    def show(consent, now=None, **values):
        values.setdefault("submit_key", uuid4())
        link, code = actions.show_status(
            incoming=taken, consent=consent, address="ito@hospital.example.org", by=carmen.actor, now=now, **values
        )
        sent: list[str] = []
        partners.send_due(now, deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
        return link, code, sent[0] if sent else ""

    return show


def reads(incoming) -> str:
    """The page of the one who referred, without what is of this request."""
    text = Client().get(f"/refer/{incoming.token}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    return re.sub(r'nonce="[^"]*"|"X-CSRFToken": "[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_before_a_permission_nothing_can_be_given(taken, carmen):
    assert queries.list_permissions_for(queries.get_incoming(taken.pk)) == []


def test_he_reads_what_the_person_signed_for_on_a_page_with_a_code(taken, carmen, show):
    """Exactly what the preview showed, with statement, items and end; his first page says what it said before (B3)."""
    person, before = taken.inquiry.person, reads(taken)
    consent = signed_for(person, carmen)
    assert queries.list_permissions_for(queries.get_incoming(taken.pk)) == [consent]
    link, code, token = show(consent)
    assert reads(taken) == before and "with us" not in before.lower().replace("stay with us", "")
    page = f"/page/{token}/"
    assert "With us from" not in Client().get(page, HTTP_ACCEPT_LANGUAGE="en").content.decode(), "first the code"
    text = Client().post(page, {"code": code}, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    ((item, rows),) = consent.shown["preview"]
    assert item == "being_here" and all(what in text and value in text for what, value in rows)
    assert "42 CFR part 2 prohibits" in text and consent.number in text and "Dr. Ana Ito" in text
    assert len(consent.shown["document"]) > 5
    assert [one["code"] for one in consent.shown["document"] if escape(one["text"].split("\n")[0]) not in text] == []
    assert "0177" not in without_ids(text)
    left = Disclosure.objects.get()
    assert (left.items, left.recipient, left.way) == (["being_here"], "Dr. Ana Ito", "partner_link")
    assert link.expires_at - link.made_at <= timedelta(days=14)
    assert Entry.objects.filter(act="partner_link.opened", subject_id=person.pk).count() == 1


def test_whoever_referred_is_asked_for_no_answer_and_can_give_none(taken, carmen, show):
    link, code, token = show(signed_for(taken.inquiry.person, carmen))
    text = Client().post(f"/page/{token}/", {"code": code}, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Nothing to answer" in text and "Can you take this on?" not in text and "/answer/" not in text
    assert partners.answer_link(token=token, link_id=link.pk, accepts=True) is None
    assert PartnerLink.objects.get(pk=link.pk).status == "opened", "it can be read again"


def test_no_link_of_it_lives_longer_than_two_weeks(incoming, taken, carmen, show):
    assert incoming.expires_at - incoming.received_at <= timedelta(days=14)
    with pytest.raises(ValueError, match="1 to 14 days"):
        show(signed_for(taken.inquiry.person, carmen), days=15)


def test_of_a_permission_that_covers_more_only_being_here_leaves(taken, carmen, show):
    consent = signed_for(taken.inquiry.person, carmen, items=("being_here", "reach", "contacts"))
    link, _code, _token = show(consent)
    assert Disclosure.objects.get().items == ["being_here"]
    assert [item for item, _rows in PartnerLink.objects.get(pk=link.pk).content] == ["being_here"]


def test_from_the_moment_it_is_taken_back_nothing_opens(taken, carmen, show):
    consent = signed_for(taken.inquiry.person, carmen)
    _link, code, token = show(consent)
    assert partners.open_link(token=token, code=code) is not None
    stop_sharing(consent=consent, by=carmen.actor)
    assert partners.open_link(token=token, code=code) is None
    with pytest.raises(NotDisclosed):
        show(consent)


def test_another_page_closes_the_one_before(taken, carmen, show):
    consent = signed_for(taken.inquiry.person, carmen)
    first, code, token = show(consent)
    second, _code, _token = show(consent)
    taken.refresh_from_db()
    assert taken.link == second and partners.open_link(token=token, code=code) is None
    assert PartnerLink.objects.get(pk=first.pk).status == "stopped"


def test_two_who_show_how_it_stands_at_once_mail_it_once(taken, carmen, signed_in):
    consent, client = signed_for(taken.inquiry.person, carmen), signed_in(carmen)
    page = f"/referrals/in/{taken.pk}/"
    assert 'name="seen"' in client.get(page).content.decode()
    sent = {"consent": str(consent.pk), "address": "ito@hospital.example.org", "days": "7", "sure": "on", "seen": ""}
    assert client.post(f"{page}show/", sent | {"submit_key": str(uuid4())}).status_code == 200
    second = client.post(f"{page}show/", sent | {"submit_key": str(uuid4())}, follow=True)
    assert "nothing was sent a second time" in second.content.decode() and Disclosure.objects.count() == 1
    known = client.get(page).context["form"]["seen"].value()
    assert client.post(f"{page}show/", sent | {"seen": known, "submit_key": str(uuid4())}).status_code == 200
    assert Disclosure.objects.count() == 2


def test_staff_make_sure_who_wrote_before_anybody_reads_more(taken, carmen, signed_in):
    """Anybody can write "Ana Ito" into a public form: who they are is asked at a number that the program knows."""
    consent, client = signed_for(taken.inquiry.person, carmen), signed_in(carmen)
    page = f"/referrals/in/{taken.pk}/show/"
    sent = {"consent": str(consent.pk), "address": "ito@hospital.example.org", "days": "7", "submit_key": str(uuid4())}
    answer = client.post(page, sent)
    assert answer.status_code == 200 and "anybody can write any name" in answer.content.decode()
    assert not Disclosure.objects.exists()
    slip = client.post(page, sent | {"sure": "on"})
    assert re.search(r"<strong>\d{4} \d{4}</strong>", slip.content.decode()) and Disclosure.objects.count() == 1


def test_who_opens_the_permissions_of_somebody_there_is_in_their_log(taken, carmen, signed_in):
    signed_for(taken.inquiry.person, carmen)
    before = Entry.objects.filter(act="record.opened", subject_id=taken.inquiry.person_id).count()
    assert "Dr. Ana Ito" in signed_in(carmen).get(f"/referrals/in/{taken.pk}/").content.decode()
    after = Entry.objects.filter(act="record.opened", subject_id=taken.inquiry.person_id).count()
    assert after == before + 1


@pytest.mark.parametrize(("recipient", "items"), [("Dr. Who", ("being_here",)), ("Dr. Ana Ito", ("reach",))])
def test_a_permission_for_another_or_for_other_things_shows_nothing(taken, carmen, show, recipient, items):
    consent = signed_for(taken.inquiry.person, carmen, recipient=recipient, items=items)
    assert queries.list_permissions_for(queries.get_incoming(taken.pk)) == []
    with pytest.raises(NotDisclosed):
        show(consent)
    taken.refresh_from_db()
    assert taken.link is None and not Disclosure.objects.exists() and not PartnerLink.objects.exists()


def test_the_permission_of_somebody_else_shows_nothing(taken, rosa, carmen, show):
    from tests.privacy.consents import signed

    from alongside.people.actions import change_person

    change_person(person=rosa.person, by=rosa.actor, language="en")
    with pytest.raises(NotDisclosed):
        show(signed(rosa.person, rosa.actor, recipient="Dr. Ana Ito"))
    assert not PartnerLink.objects.exists()


def test_the_database_refuses_a_page_about_another_or_without_a_live_permission(taken, rosa, carmen, show):
    from tests.privacy.consents import signed

    from alongside.people.actions import change_person

    change_person(person=rosa.person, by=rosa.actor, language="en")
    of_rosa = signed(rosa.person, rosa.actor)
    other, _code = partners.make_link(consent=of_rosa, address="x@example.org", submit_key=uuid4(), by=carmen.actor)
    consent = signed_for(taken.inquiry.person, carmen)
    link, _code, _token = show(consent)
    Incoming.objects.filter(pk=taken.pk).update(link=None)
    stop_sharing(consent=consent, by=carmen.actor)
    for wrong in (other, link):
        with pytest.raises(IntegrityError), transaction.atomic():
            Incoming.objects.filter(pk=taken.pk).update(link=wrong)


def test_carmen_gives_the_page_and_reads_the_code_once(taken, carmen, signed_in):
    consent, client = signed_for(taken.inquiry.person, carmen), signed_in(carmen)
    path = f"/referrals/in/{taken.pk}/"
    text = client.get(path).content.decode()
    assert "ito@hospital.example.org" in text and "Send it, and show me the code" in text
    wrong = client.post(
        f"{path}show/", {"consent": str(consent.pk), "address": "no address", "days": "7", "sure": "on"}
    )
    assert wrong.status_code == 200 and "no address" in wrong.content.decode() and not Disclosure.objects.exists()
    values = {
        "consent": str(consent.pk),
        "address": "ana@hospital.example.org",
        "days": "7",
        "sure": "on",
        "submit_key": str(uuid4()),
    }
    slip = client.post(f"{path}show/", values)
    assert re.search(r"<strong>\d{4} \d{4}</strong>", slip.content.decode())
    assert client.post(f"{path}show/", values).status_code == 302, "the same again is the same page, and no code"
    assert Disclosure.objects.get().recipient_address == "ana@hospital.example.org"
    assert "ana@hospital.example.org" in client.get(path).content.decode()


def test_nobody_of_another_program_sees_it(incoming, marcus, carmen, signed_in):
    assert signed_in(marcus).get(f"/referrals/in/{incoming.pk}/").status_code == 404
    assert signed_in(carmen).get(f"/referrals/in/{incoming.pk}/").status_code == 200


def test_the_pages_of_the_inbox(incoming, carmen, signed_in):
    client = signed_in(carmen)
    assert "Olu" in client.get("/referrals/in/").content.decode()
    answer = client.post(f"/referrals/in/{incoming.pk}/", {"what": "take"})
    assert answer.url == f"/asks/{Inquiry.objects.get().pk}/"
    assert "received" in client.get(f"/referrals/in/{incoming.pk}/").content.decode().lower()


def test_what_he_wrote_is_kept_as_he_wrote_it(incoming):
    assert {name: getattr(incoming, name) for name in INCOMING} == INCOMING
