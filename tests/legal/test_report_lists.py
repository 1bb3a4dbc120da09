"""A program whose state has a list of its own: the form asks it, the gate and the database hold its bound (J3)."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests.legal.conftest import NOW
from tests.rules.test_report_lists import OWN, SCHOOL
from tests.story import day_there

from alongside.council.actions import adopt_policy
from alongside.legal import actions
from alongside.legal.models import MandatedReport
from alongside.rules.consent import Posture
from alongside.rules.disclosure import Asked, decide
from alongside.rules.mandated_report import KINDS, Facts
from alongside.rules.policy_values import PolicyInvalid

pytestmark = pytest.mark.django_db

TOLD = {"child": "T., about four", "what_was_seen": "Alone at home", "when_and_where": "Last night"}


@pytest.fixture
def own_list(program, dolores):
    return adopt_policy(
        program=program,
        kind="reports",
        values={"lists": {"child_abuse": OWN}},
        note="Counsel read it",
        by=dolores.actor,
    )


def note(person, by, **told):
    facts = Facts("child_abuse", TOLD | told, "Hotline", "Dante Reyes", NOW - timedelta(minutes=5), "supervisor")
    return actions.note_report(person=person, facts=facts, reference="", submit_key=uuid4(), by=by.actor)


def test_the_form_asks_what_the_state_asks_and_the_person_reads_it(own_list, mentorship, signed_in, dante, lien, rosa):
    client, url = signed_in(dante), reverse("report_new", args=[rosa.person.pk])
    page = unescape(client.get(url, {"kind": "child_abuse"}).content.decode())
    assert SCHOOL["en"] in page and "9.1(b)" in page and "Welfare Code § 9.1" in page
    assert 'name="told_other_children"' not in page and 'name="told_own_school"' in page
    sent = {f"told_{name}": words for name, words in TOLD.items()}
    sent |= {"kind": "child_abuse", "agency": "Hotline", "told_first": "supervisor", "held_back": "no",
             "on_day": str(day_there() - timedelta(days=1)), "at_time": "10:00"}  # fmt: skip
    answer = client.post(url, sent)
    assert answer.status_code == 200 and "Last night" in answer.content.decode(), (
        "a needed one is missing, nothing lost"
    )
    assert client.post(url, sent | {"told_own_school": "Lincoln"}).status_code == 302
    report = MandatedReport.objects.get()
    assert (report.list_version, report.source, report.asked_more) == (own_list.version, "Welfare Code § 9.1", 1)
    shown = unescape(signed_in(lien).get(reverse("report", args=[report.pk])).content.decode())
    assert SCHOOL["en"] in shown and "Lincoln" in shown and "Welfare Code § 9.1" in shown
    rosa.user.language = "es"
    rosa.user.save()
    hers = unescape(signed_in(rosa).get(reverse("me_sent")).content.decode())
    assert SCHOOL["es"] in hers and "Welfare Code § 9.1" in hers and "Lincoln" not in hers


def test_what_was_asked_then_stays_when_the_list_changes(
    own_list, program, mentorship, dante, dolores, rosa, signed_in, lien
):  # fmt: skip
    report = note(rosa.person, dante, own_school="Lincoln")
    adopt_policy(program=program, kind="reports", values={"lists": {}}, note="The law ended", by=dolores.actor)
    assert SCHOOL["en"] in unescape(signed_in(lien).get(reverse("report", args=[report.pk])).content.decode())
    with pytest.raises(actions.NotReported) as refused:
        note(rosa.person, dante, own_school="Lincoln")
    assert refused.value.wrong == ["not_in_the_list"]
    assert note(rosa.person, dante).list_version is None


def test_what_it_needs_is_needed_and_what_it_leaves_out_is_too_much(own_list, mentorship, dante, rosa):
    for told, wrong in (({}, ["own_school"]), ({"own_school": "L", "other_children": "Two"}, ["not_in_the_list"])):
        with pytest.raises(actions.NotReported) as refused:
            note(rosa.person, dante, **told)
        assert refused.value.wrong == wrong
    assert not MandatedReport.objects.exists()


def test_the_gate_lets_out_a_list_that_keeps_to_its_bound_and_no_other(own_list, mentorship, dante, rosa):
    kind = actions.get_lists()[1].kind("child_abuse")
    asked = Asked("mandated_report", frozenset({"peer"}), person="rosa", recipient="Hotline", purpose="child_abuse",
                  items=kind.needed, report=kind)  # fmt: skip
    assert decide(asked, (), Posture(), NOW).items == kind.needed
    for wrong in (None, replace(kind, may_reveal=False), replace(kind, more=("notes",)), KINDS["threat"]):
        assert not decide(replace(asked, report=wrong), (), Posture(), NOW).may_leave


def test_a_policy_beyond_the_bound_is_never_in_force(program, dolores):
    for wrong in ({"crime": OWN | {"needed": [], "left_out": []}}, {"child_abuse": OWN | {"source": "counsel"}}):
        with pytest.raises(PolicyInvalid):
            adopt_policy(program=program, kind="reports", values={"lists": wrong}, note="x", by=dolores.actor)


@pytest.mark.parametrize(
    "change", [{"source": ""}, {"list_version": None}, {"questions": {}}, {"asked_more": 0}, {"kind": "crime"}]
)
def test_the_database_keeps_the_list_with_its_law(own_list, mentorship, dante, rosa, change):
    report = note(rosa.person, dante, own_school="Lincoln")
    with pytest.raises(DatabaseError), transaction.atomic():
        MandatedReport.objects.filter(pk=report.pk).update(**change)


def test_the_database_takes_no_list_without_a_law_and_no_question_about_a_crime(own_list, mentorship, dante, rosa):
    report = note(rosa.person, dante, own_school="Lincoln")
    for wrong in ({"source": ""}, {"list_version": None}, {"kind": "crime"}):
        report.pk, report.id, report.submit_key = None, uuid4(), uuid4()
        for name, value in ({"kind": "child_abuse", "source": "A law 1", "list_version": 2} | wrong).items():
            setattr(report, name, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            report.save(force_insert=True)


def test_everybody_reads_which_law_asks_what(own_list, client, program):
    page = unescape(client.get("/policies/").content.decode())
    assert "The list of Welfare Code § 9.1" in page and f"{SCHOOL['en']} (9.1(b))" in page
    assert "The list of federal law, and no more" in page
