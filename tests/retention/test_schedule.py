"""What is past its time goes by itself, in small parts, when the law and the program say, never under a hold."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import signed

from alongside.audit.models import Entry
from alongside.legal.actions import open_hold
from alongside.mentoring.actions import Note, add_to_note, record_contact, send_message
from alongside.mentoring.models import Addition, Contact, Message, WrittenAs
from alongside.people.actions import move_episode
from alongside.people.models import Person
from alongside.people.names import ERASED
from alongside.privacy.actions import disclose, stop_sharing
from alongside.privacy.models import Consent, Disclosure
from alongside.retention import due
from alongside.retention.actions import erase_due, schedule
from alongside.retention.erasing import erase_person
from alongside.retention.models import Erasing, Period, Sealed
from alongside.retention.periods import get_periods, set_period
from alongside.rules.retention import KINDS, PeriodRefused, months_of

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365.25)


@pytest.fixture
def noted(mentorship, dante, rosa):
    """A note of today with an answer, and a message."""
    note = Note(submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=20,
                kinds_of_support=("emotional",), note="we talked", next_step="call again",
                read_together=True, their_line="I am fine")  # fmt: skip
    (contact,) = record_contact(mentorships=[mentorship], note=note, by=dante.actor)
    add_to_note(contact=contact, words="thanks", submit_key=uuid4(), by=rosa.actor, is_answer=True)
    send_message(mentorship=mentorship, body="See you", submit_key=uuid4(), by=dante.actor)
    return contact


def test_the_words_of_a_note_go_and_what_is_counted_stays(noted):
    assert erase_due(timezone.now() + 6.9 * YEAR)["notes"] == 0
    noted.refresh_from_db()
    assert noted.note == "we talked"
    done = erase_due(timezone.now() + 7.1 * YEAR)
    assert done["notes"] == 3 and not Addition.objects.exists() and not WrittenAs.objects.exists()
    noted.refresh_from_db()
    assert (noted.note, noted.next_step, noted.status, noted.minutes) == ("", "", "completed", 20)
    assert erase_due(timezone.now() + 7.1 * YEAR)["notes"] == 0, "done once"


def test_messages_stay_while_two_walk_together(noted, carmen, rosa):
    assert erase_due(timezone.now() + 3 * YEAR)["messages"] == 0
    rosa.episode.refresh_from_db()
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="completed")
    assert erase_due(timezone.now() + 2.1 * YEAR)["messages"] == 1
    assert not Message.objects.exists()


def test_nothing_goes_under_a_legal_hold(noted, rosa, carmen, dolores):
    rosa.episode.refresh_from_db()
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="completed")
    open_hold(person=rosa.person, kind="demand", words="A subpoena names her", by=dolores.actor)
    assert erase_due(timezone.now() + 20 * YEAR) == {}
    noted.refresh_from_db()
    assert noted.note == "we talked" and Message.objects.exists()
    assert Person.objects.get(pk=rosa.person.pk).goes_by == "Rosa"


def test_a_hold_that_comes_while_a_part_is_erased_is_seen(noted, rosa, dolores, monkeypatch):
    """Between finding the rows and locking the people somebody opens a hold."""
    real = due.list_rows

    def slow(one, before, held):
        rows = list(real(one, before, held).values_list("pk", flat=True))
        if rows and not held:
            open_hold(person=rosa.person, kind="demand", words="A subpoena names her", by=dolores.actor)
        return real(one, before, []).filter(pk__in=rows) if not held else real(one, before, held)

    monkeypatch.setattr(schedule, "list_rows", slow)
    assert erase_due(timezone.now() + 8 * YEAR)["notes"] == 0
    noted.refresh_from_db()
    assert noted.note == "we talked"


def test_a_whole_record_goes_years_after_the_last_time(noted, rosa, carmen):
    rosa.episode.refresh_from_db()
    assert erase_due(timezone.now() + 9 * YEAR)["record"] == 0, "somebody is with us"
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="completed")
    done = erase_due(timezone.now() + 7.1 * YEAR)
    assert done["record"] == 1
    assert Person.objects.get(pk=rosa.person.pk).goes_by == ERASED
    assert erase_due(timezone.now() + 7.1 * YEAR)["record"] == 0


def test_small_parts(noted, mentorship, dante, monkeypatch, carmen, rosa):
    for number in range(5):
        send_message(mentorship=mentorship, body=f"Word {number}", submit_key=uuid4(), by=dante.actor)
    rosa.episode.refresh_from_db()
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="completed")
    monkeypatch.setattr(schedule, "ROWS", 2)
    counts = [erase_due(timezone.now() + 2.5 * YEAR)["messages"] for _turn in range(4)]
    assert counts == [2, 2, 2, 0]


def test_each_person_reads_in_their_log_what_went(noted, rosa):
    erase_due(timezone.now() + 8 * YEAR)
    entries = Entry.objects.filter(act="retention.erased", subject_id=rosa.person.pk)
    assert {entry.reason for entry in entries} >= {"notes"}


def test_consents_and_the_accounting_stay_six_years(rosa, carmen):
    consent = signed(rosa.person, rosa.actor)
    disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor)
    stop_sharing(consent=consent, by=rosa.actor)
    assert erase_due(timezone.now() + 5.9 * YEAR) == {}
    assert Consent.objects.count() == Disclosure.objects.count() == 1
    done = erase_due(timezone.now() + 6.1 * YEAR)
    assert (done["accounting"], done["consents"]) == (1, 1)
    assert not Consent.objects.exists() and not Disclosure.objects.exists()


def test_papers_under_seal_go_when_their_time_is_over(rosa, carmen):
    consent = signed(rosa.person, rosa.actor)
    disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor)
    erase_person(person=rosa.person, by=carmen.actor, cause="wish", now=timezone.now())
    assert Sealed.objects.count() == 2
    assert erase_due(timezone.now() + 5.9 * YEAR) == {}
    erase_due(timezone.now() + 6.1 * YEAR)
    assert not Sealed.objects.exists()


def test_papers_about_privacy_go_six_years_after_they_ended(program, rosa, carmen, dolores):
    from alongside.privacy.actions import (
        answer_complaint,
        ask_restriction,
        end_restriction,
        look_into,
        receive_complaint,
        tell_limits,
    )
    from alongside.privacy.models import Complaint, LimitsTold, Restriction

    named = {"person": rosa.person, "toward": "anyone", "words": "", "items": ["times"]}
    end_restriction(
        restriction=ask_restriction(submit_key=uuid4(), by=rosa.actor, **named), by=rosa.actor, how="spoken"
    )
    ask_restriction(submit_key=uuid4(), by=rosa.actor, **named)
    tell_limits(person=rosa.person, language="es", by=carmen.actor)
    for via, more in (("public", {"reach": "555"}), ("own", {"person": rosa.person, "by": rosa.actor})):
        complaint = receive_complaint(program=program, words="Not right", via=via, submit_key=uuid4(), **more)
        answer_complaint(
            complaint=look_into(complaint=complaint, by=dolores.actor), words="We are sorry", by=dolores.actor
        )
    assert erase_due(timezone.now() + 5.9 * YEAR)["papers"] == 0
    assert erase_due(timezone.now() + 6.1 * YEAR)["papers"] == 3
    assert not Complaint.objects.exists(), "also the one that is nobody's"
    assert Restriction.objects.get().status == "asked" and LimitsTold.objects.exists(), "she is with us"
    assert not Erasing.objects.exists()
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="own_wish")
    assert erase_due(timezone.now() + 6.1 * YEAR)["papers"] == 1
    assert not LimitsTold.objects.exists()


def test_a_page_for_a_partner_goes_with_the_line_of_the_accounting(whole_story):
    from alongside.legal.models import LegalHold
    from alongside.partners.models import LinkMail, PartnerLink

    assert erase_due(timezone.now() + 6.5 * YEAR)["accounting"] == 0, "there is a hold"
    LegalHold.objects.update(ended_at=timezone.now(), end_words="over")
    assert PartnerLink.objects.count() == 3
    set_period(program=whole_story.program, kind="record", months=600, basis="A test", by=whole_story.dolores.actor)
    erase_due(timezone.now() + 5.9 * YEAR)
    assert PartnerLink.objects.count() == LinkMail.objects.count() == 3
    erase_due(timezone.now() + 6.1 * YEAR)
    assert not PartnerLink.objects.exists() and not LinkMail.objects.exists() and not Disclosure.objects.exists()


# --- periods ------------------------------------------------------------------------------------------------------
def test_the_laws_least_is_refused_below_everywhere(program, dolores):
    with pytest.raises(PeriodRefused):
        set_period(program=program, kind="consents", months=71, basis="Less paper", by=dolores.actor)
    for kind in ("papers", "consents", "accounting"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Period.objects.create(
                program=program, kind=kind, version=9, months=71, basis="Less", set_at=timezone.now(), set_by=None
            )
    assert months_of("consents", {"consents": 1}) == 72


def test_a_program_keeps_longer_or_shorter_with_a_reason(program, dolores, noted):
    set_period(program=program, kind="notes", months=12, basis="Our council, 2026", by=dolores.actor)
    set_period(program=program, kind="notes", months=120, basis="42 CFR 438.3(u)", by=dolores.actor)
    assert get_periods() == {"notes": 120} and Period.objects.count() == 2
    assert erase_due(timezone.now() + 8 * YEAR)["notes"] == 0
    for change in (lambda: Period.objects.update(months=1), lambda: Period.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_another_program_has_its_own_periods(program, other_program, dolores):
    from django_scopes import scope

    set_period(program=program, kind="notes", months=12, basis="Our council", by=dolores.actor)
    with scope(program=other_program):
        assert get_periods() == {}


def test_the_page_of_the_director_says_what_goes_and_sets_a_period(program, dolores, signed_in, noted):
    Contact.objects.update(happened_at=timezone.now() - 8 * YEAR)
    browser = signed_in(dolores)
    page = browser.get(reverse("keeping")).content.decode()
    assert "3 due" in page and "7 years" in page and "45 CFR 164.530" in page
    answer = browser.post(reverse("keeping"), {"kind": "consents", "months": "12", "basis": "Less paper"})
    assert answer.status_code == 200 and "at least 72 months" in answer.content.decode()
    answer = browser.post(reverse("keeping"), {"kind": "notes", "months": "120", "basis": "42 CFR 438.3(u)"})
    assert answer.status_code == 302 and get_periods() == {"notes": 120}
    page = browser.get(reverse("keeping")).content.decode()
    assert "10 years" in page and "3 due" not in page


def test_every_kind_is_due_somewhere():
    assert due.DUE.keys() | {"record"} == KINDS.keys()


def test_sealed_papers_are_opened_with_a_reason_only(rosa, carmen, dolores, client):
    from tests.interop.test_exports import just_signed_in

    signed(rosa.person, rosa.actor)
    (erasure, *_more) = erase_person(person=rosa.person, by=carmen.actor, cause="wish", now=timezone.now())
    just_signed_in(client, dolores)
    path = reverse("sealed", args=[erasure.pk])
    assert "Somebody outside" not in client.get(path).content.decode()
    number = Sealed.objects.get().content["number"]
    assert number not in client.get(path).content.decode()
    assert number not in client.post(path, {"words": "no"}).content.decode()
    assert not Entry.objects.filter(act="sealed.opened").exists()
    assert number in client.post(path, {"words": "The state inspects our consents"}).content.decode()
    assert Entry.objects.filter(act="sealed.opened", subject_id=rosa.person.pk).exists()
