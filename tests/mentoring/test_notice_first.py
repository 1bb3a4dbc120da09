"""The privacy notice comes before the first talk: the note asks for it first, and nothing passes unseen (J6, §2.22)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.mentoring.test_contacts import note

from alongside.audit.models import Entry
from alongside.mentoring import actions
from alongside.mentoring.models import Contact
from alongside.privacy.models import NoticeOffer

pytestmark = pytest.mark.django_db


def typed(**values) -> dict:
    defaults = {"submit_key": str(uuid4()), "outcome": "reached", "mode": "phone", "minutes": "15"}
    return {**defaults, "note": "Dear words", "read_together": "yes", **values}


def exceptions() -> list[str]:
    found = Entry.objects.filter(act__in=["notice.later", "notice.missed"])
    return list(found.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def page(mentorship):
    return reverse("contact_new", args=[mentorship.participant_id])


def test_the_first_note_asks_and_keeps_what_was_typed(signed_in, dante, page):
    client = signed_in(dante)
    assert 'name="notice"' in client.get(page).content.decode()
    answer = client.post(page, typed())
    assert answer.status_code == 200 and "Dear words" in answer.content.decode()
    assert "Please say whether they have the notice" in answer.content.decode() and not Contact.objects.exists()


@pytest.mark.parametrize(("said", "outcome", "why"), [("has_it", "acknowledged", ""),
                                                      ("offered", "not_signed", "did_not_want")])  # fmt: skip
def test_what_the_peer_says_is_offered_with_the_note_and_not_asked_again(signed_in, dante, rosa, page, said, outcome,
                                                                         why):  # fmt: skip
    client = signed_in(dante)
    assert client.post(page, typed(notice=said)).status_code == 302
    offer = NoticeOffer.objects.get()
    assert (offer.person_id, offer.outcome, offer.why_not, offer.how) == (rosa.person.pk, outcome, why, "paper")
    assert offer.offered_by_id == dante.user.pk and offer.language == rosa.person.language[:2]
    assert 'name="notice"' not in client.get(page).content.decode()
    assert client.post(page, typed()).status_code == 302
    assert (NoticeOffer.objects.count(), exceptions()) == (1, [])


@pytest.mark.parametrize(("said", "act"), [("emergency", "notice.later"), ("missed", "notice.missed")])
def test_what_was_not_offered_is_in_the_log_and_asked_again(signed_in, dante, page, said, act):
    client = signed_in(dante)
    assert client.post(page, typed(notice=said)).status_code == 302
    assert Contact.objects.count() == 1 and not NoticeOffer.objects.exists()
    assert exceptions() == [act]
    assert 'name="notice"' in client.get(page).content.decode()
    assert client.post(page, typed()).status_code == 200


def test_a_try_that_reached_nobody_is_no_first_service(signed_in, dante, page):
    answer = signed_in(dante).post(page, {"submit_key": str(uuid4()), "outcome": "no_answer", "mode": "phone"})
    assert answer.status_code == 302 and exceptions() == []


def test_no_first_talk_passes_unseen_by_any_way(mentorship, dante):
    actions.record_contact(mentorships=[mentorship], note=note(reached=False), by=dante.actor)
    assert exceptions() == []
    actions.record_contact(mentorships=[mentorship], note=note(), by=dante.actor)
    actions.record_contact(mentorships=[mentorship], note=note(), by=dante.actor)
    assert exceptions() == ["notice.missed"], "said once, at the first talk"


def test_a_note_of_an_earlier_day_offers_it_on_that_day(mentorship, dante):
    happened = note().happened_at - timedelta(days=3)
    actions.record_contact(mentorships=[mentorship], note=note(happened_at=happened), by=dante.actor, notice="has_it")
    assert abs(NoticeOffer.objects.get().offered_at - happened) < timedelta(hours=24)
