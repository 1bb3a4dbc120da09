"""Dr. Ito refers Olu: under a minute, no look-up, one answer; he reads "received" until Olu signs for more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.privacy.consents import drafted, look
from tests.referrals.conftest import INCOMING
from tests.web.same_words import words_of

from alongside.audit.models import Entry
from alongside.intake.actions import take_up
from alongside.intake.models import Inquiry
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
    assert "Olu" not in text and "0177" not in text and "Ito" not in text
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
    assert actions.look_up(incoming.token, timezone.now() + timedelta(days=31)) is None
    assert actions.look_up(incoming.token, timezone.now() + timedelta(days=29)) is not None


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


def test_before_a_permission_he_reads_received_and_no_more(taken, carmen):
    assert actions.look_up(taken.token).shown == ""
    assert queries.list_permissions_for(queries.get_incoming(taken.pk)) == []


def test_he_reads_what_the_person_signed_for_and_it_is_written_down(taken, carmen):
    person = taken.inquiry.person
    consent = signed_for(person, carmen)
    assert queries.list_permissions_for(queries.get_incoming(taken.pk)) == [consent]
    actions.show_status(incoming=taken, consent=consent, shown="in_touch", submit_key=uuid4(), by=carmen.actor)
    page = Client().get(f"/refer/{taken.token}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "We are in touch with them" in page and "42 CFR" in page and consent.number in page
    assert "Olu" not in page and "0177" not in page
    left = Disclosure.objects.get()
    assert (left.items, left.recipient, left.person) == (["being_here"], "Dr. Ana Ito", person)
    assert Entry.objects.filter(act="incoming.looked_at", subject_id=person.pk).count() == 1


def test_of_a_permission_that_covers_more_only_the_status_leaves(taken, carmen):
    consent = signed_for(taken.inquiry.person, carmen, items=("being_here", "reach", "contacts"))
    actions.show_status(incoming=taken, consent=consent, shown="with_us", submit_key=uuid4(), by=carmen.actor)
    assert Disclosure.objects.get().items == ["being_here"]


def test_from_the_moment_it_is_taken_back_he_reads_received_again(taken, carmen):
    consent = signed_for(taken.inquiry.person, carmen)
    actions.show_status(incoming=taken, consent=consent, shown="in_touch", submit_key=uuid4(), by=carmen.actor)
    assert actions.look_up(taken.token).shown == "in_touch"
    stop_sharing(consent=consent, by=carmen.actor)
    assert actions.look_up(taken.token).shown == ""
    with pytest.raises(NotDisclosed):
        actions.show_status(incoming=taken, consent=consent, shown="with_us", submit_key=uuid4(), by=carmen.actor)


def test_staff_make_sure_who_wrote_before_anybody_reads_more(taken, carmen, signed_in):
    """Anybody can write "Ana Ito" into a public form: who they are is asked at a number that the program knows."""
    consent, client = signed_for(taken.inquiry.person, carmen), signed_in(carmen)
    page = f"/referrals/in/{taken.pk}/show/"
    sent = {"shown": "with_us", "consent": str(consent.pk), "submit_key": str(uuid4())}
    answer = client.post(page, sent)
    assert answer.status_code == 200 and "anybody can write any name" in answer.content.decode()
    assert not Disclosure.objects.exists()
    assert client.post(page, sent | {"sure": "on"}).status_code == 302
    assert actions.look_up(taken.token).shown == "with_us"


def test_who_opens_the_permissions_of_somebody_there_is_in_their_log(taken, carmen, signed_in):
    signed_for(taken.inquiry.person, carmen)
    before = Entry.objects.filter(act="record.opened", subject_id=taken.inquiry.person_id).count()
    assert "Dr. Ana Ito" in signed_in(carmen).get(f"/referrals/in/{taken.pk}/").content.decode()
    after = Entry.objects.filter(act="record.opened", subject_id=taken.inquiry.person_id).count()
    assert after == before + 1


@pytest.mark.parametrize(("recipient", "items"), [("Dr. Who", ("being_here",)), ("Dr. Ana Ito", ("reach",))])
def test_a_permission_for_another_or_for_other_things_shows_nothing(taken, carmen, recipient, items):
    consent = signed_for(taken.inquiry.person, carmen, recipient=recipient, items=items)
    assert queries.list_permissions_for(queries.get_incoming(taken.pk)) == []
    with pytest.raises(NotDisclosed):
        actions.show_status(incoming=taken, consent=consent, shown="in_touch", submit_key=uuid4(), by=carmen.actor)
    taken.refresh_from_db()
    assert taken.shown == "" and not Disclosure.objects.exists()


def test_the_permission_of_somebody_else_shows_nothing(taken, rosa, carmen):
    from tests.privacy.consents import signed

    from alongside.people.actions import change_person

    change_person(person=rosa.person, by=rosa.actor, language="en")
    consent = signed(rosa.person, rosa.actor, recipient="Dr. Ana Ito")
    with pytest.raises(NotDisclosed):
        actions.show_status(incoming=taken, consent=consent, shown="in_touch", submit_key=uuid4(), by=carmen.actor)


def test_the_database_refuses_a_status_without_a_live_permission(taken, carmen):
    def show(**values):
        Incoming.objects.filter(pk=taken.pk).update(shown="with_us", shown_at=timezone.now(), **values)

    for attempt in (lambda: show(), lambda: show(disclosure=None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    consent = signed_for(taken.inquiry.person, carmen)
    actions.show_status(incoming=taken, consent=consent, shown="in_touch", submit_key=uuid4(), by=carmen.actor)
    stop_sharing(consent=consent, by=carmen.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        show()


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
