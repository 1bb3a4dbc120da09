"""Somebody audits the program (§2.53): promised in writing first, written down for each person, copies destroyed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.legal.conftest import NOW
from tests.privacy.conftest import sign_in_now
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.legal import actions
from alongside.legal.models import Inspected, Inspection
from alongside.people.models import OutgoingMessage
from alongside.privacy.accounting import list_sent
from alongside.rules.inspection import PROMISES, Terms

pytestmark = pytest.mark.django_db
BODY = "Ms. Ito, Ito Audits"


@pytest.fixture
def terms():
    today = day_there()
    return Terms(BODY, "State agency", "agency", "copied", "Whether our grant was well used", ("contacts",), "A. Ito",
                 today, tuple(PROMISES), today + timedelta(days=90))  # fmt: skip


@pytest.fixture
def agree(program, dolores, terms):
    """`agree(**changes)`: the audit with its agreement."""

    def make(key=None, by=None, **changes):
        return actions.agree_inspection(
            program=program, terms=replace(terms, **changes), kept_where="Safe", submit_key=key or uuid4(),
            by=(by or dolores).actor,
        )  # fmt: skip

    return make


def test_what_is_seen_is_written_down_once_and_the_person_reads_of_it(agree, rosa, dolores):
    key = uuid4()
    audit = agree(key)
    assert agree(key) == audit
    look = actions.let_look(inspection=audit, person=rosa.person, by=dolores.actor)
    assert actions.let_look(inspection=audit, person=rosa.person, by=dolores.actor) == look
    entry = Entry.objects.get(act="disclosure.inspected")
    assert (entry.subject_id, entry.fields, entry.reason) == (rosa.person.pk, ["contacts"], "copied")
    (row,) = list_sent(rosa.person.pk).rows
    assert row["recipient"] == f"{BODY}, State agency" and row["section"] == "42 CFR 2.53(b)(2)(i)"
    assert row["purpose"] == "Whether our grant was well used"


def test_without_an_agreement_or_by_somebody_else_nothing_is_written(agree, carmen, rosa):
    for changes in ({"promises": ("limits",)}, {"destroy_by": None}, {"capacity": "qualified"}):
        with pytest.raises(actions.InspectionRefused):
            agree(**changes)
    with pytest.raises(actions.InspectionRefused):
        agree(by=carmen)
    with pytest.raises(actions.NotInspected):
        actions.let_look(inspection=agree(), person=rosa.person, by=carmen.actor)
    assert not Inspected.objects.exists()
    assert Entry.objects.get(act="disclosure.refused").reason == "not_by_them"


def test_after_its_end_nobody_is_seen(agree, rosa, dolores):
    audit, today = agree(), day_there()
    for changes in ({"words": " ", "destroyed_on": today}, {"words": "Done"},
                    {"words": "Done", "destroyed_on": today + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(actions.InspectionRefused):
            actions.end_inspection(inspection=audit, by=dolores.actor, **changes)
    ended = actions.end_inspection(inspection=audit, words="They wrote to us", destroyed_on=today, by=dolores.actor)
    assert actions.end_inspection(inspection=audit, words="Again", by=dolores.actor).end_words == "They wrote to us"
    assert ended.destroyed_on == today
    with pytest.raises(actions.NotInspected):
        actions.let_look(inspection=audit, person=rosa.person, by=dolores.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspected.objects.create(
            program_id=audit.program_id, inspection=audit, person=rosa.person, items=["contacts"], looked_at=NOW
        )  # fmt: skip


def test_whoever_answers_is_reminded_before_the_day_and_after_it(agree, program, dolores, terms):
    dolores.user.email = "dolores@example.org"
    dolores.user.save()
    audit = agree()
    begun = OutgoingMessage.objects.count()
    actions.look_after_due(NOW)
    assert OutgoingMessage.objects.count() == begun
    for days in (-3, -3, 2, 2):
        actions.look_after_due(NOW + (terms.destroy_by - day_there()) + timedelta(days=days))
    assert Entry.objects.filter(act="inspection.warned", object_id=audit.pk).count() == 2
    assert OutgoingMessage.objects.filter(once_key__startswith=f"copies:{audit.pk.hex}").count() == 2
    actions.end_inspection(inspection=audit, words="Done", destroyed_on=day_there(), by=dolores.actor)
    actions.look_after_due(NOW + timedelta(days=400))
    assert Entry.objects.filter(act="inspection.warned").count() == 2


def test_the_database_keeps_what_was_agreed_to(agree, rosa, dolores):
    audit = agree()
    actions.let_look(inspection=audit, person=rosa.person, by=dolores.actor)
    rows = Inspection.objects.filter(pk=audit.pk)
    for change in ({"how": "premises", "destroy_by": None}, {"capacity": "qualified"}, {"items": ["reach"]},
                   {"destroy_by": audit.destroy_by + timedelta(days=9)}, {"ended_at": NOW}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspected.objects.update(items=["reach"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspected.objects.all().delete()


def test_from_the_agreement_to_the_end_on_the_pages(client, rosa, dolores, terms):
    sign_in_now(client, dolores)
    assert reverse("inspection_new") in client.get(reverse("legal")).content.decode()
    values = {
        "body": BODY, "behalf": "State agency", "capacity": "agency", "how": "copied", "purpose": terms.purpose,
        "items": ["contacts"], "signed_by": "A. Ito", "agreed_on": terms.agreed_on.isoformat(), "kept_where": "Safe",
        "promises": ["limits"], "destroy_by": terms.destroy_by.isoformat(),
    }  # fmt: skip
    again = client.post(reverse("inspection_new"), values)
    assert again.status_code == 200 and BODY in again.content.decode() and not Inspection.objects.exists()
    made = client.post(reverse("inspection_new"), values | {"promises": list(PROMISES)})
    audit = Inspection.objects.get()
    page = made["Location"]
    assert page == reverse("inspection", args=[audit.pk])
    text = client.get(page).content.decode()
    assert "42 CFR 2.53(f)" in text and "give it back to nobody but us" in text
    found = client.post(reverse("inspection_find", args=[audit.pk]), {"words": "Their sample", "name": "Rosa"})
    look = reverse("inspection_look", args=[audit.pk, rosa.person.pk])
    assert look in found.content.decode()
    client.post(look, {"words": "Their sample"})
    assert Inspected.objects.get().person_id == rosa.person.pk
    assert "Rosa" not in client.get(page).content.decode(), "a director gives a reason before a record opens"
    end = reverse("inspection_end", args=[audit.pk])
    assert client.post(end, {"words": "Done"}).status_code == 200 and not Inspection.objects.get().ended_at
    client.post(end, {"words": "Done", "destroyed_on": day_there().isoformat()})
    assert Inspection.objects.get().ended_at and end not in client.get(page).content.decode()
