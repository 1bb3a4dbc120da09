"""A report that the law demands: exactly its fields, never alone, and the person reads of it when the law allows."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.legal.conftest import NOW

from alongside.audit.models import Entry
from alongside.legal import actions, queries
from alongside.legal.models import MandatedReport
from alongside.people.models import OutgoingMessage
from alongside.privacy.accounting import list_sent
from alongside.privacy.actions import open_with_reason
from alongside.rules.mandated_report import KINDS, Facts

pytestmark = pytest.mark.django_db

CHILD = Facts(
    "child_abuse", {"child": "A boy of four", "what_was_seen": "Bruises on both arms"}, "County hotline, Ms. Bell",
    "Dante", NOW - timedelta(hours=1), "supervisor",
)  # fmt: skip
ELDER = replace(
    CHILD, kind="elder_abuse", told={"who_is_harmed": "Her mother, 81", "what_was_seen": "She is locked in at night"}
)


@pytest.fixture
def note(rosa, dante, mentorship):
    """`note(facts)`: Dante writes down that he reported."""

    def write(facts, key=None, by=None):
        return actions.note_report(
            person=rosa.person, facts=facts, reference="R-9", submit_key=key or uuid4(), by=(by or dante).actor, now=NOW
        )  # fmt: skip

    return write


def test_it_is_written_down_with_its_fields_and_nothing_more(note, rosa):
    report = note(CHILD)
    assert (report.fields, report.version) == (["child", "what_was_seen"], 1) and actions.is_as_reported(report)
    (entry,) = Entry.objects.filter(act="disclosure.reported")
    assert (entry.subject_id, entry.reason) == (rosa.person.pk, "child_abuse")
    key = uuid4()
    assert note(CHILD, key) == note(CHILD, key)
    (row, _same) = list_sent(rosa.person.pk).rows
    assert row["recipient"] == "County hotline, Ms. Bell" and row["section"] == "42 CFR 2.12(c)(6)" and row["by"] == ""


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        (replace(CHILD, told=CHILD.told | {"notes": "All of them"}), "not_in_the_list"),
        (replace(CHILD, told={"child": "A boy of four"}), "what_was_seen"),
        (replace(CHILD, agency=""), "agency"),
        (replace(CHILD, made_at=NOW + timedelta(hours=1)), "made_at"),
        (replace(CHILD, told_first=""), "told_first"),
        (replace(ELDER, told=ELDER.told | {"what_was_seen": "Our participant told her peer specialist"}), "reveals"),
        (replace(ELDER, told=ELDER.told | {"what_was_seen": "We know her from Riverbend"}), "reveals"),
        (replace(CHILD, held_back="danger"), "held_until"),
        (replace(CHILD, held_back="agency_said", held_until=NOW + timedelta(days=31)), "held_until"),
    ],
)
def test_what_is_missing_or_too_much_is_refused_and_the_try_is_in_the_log(note, facts, wrong):
    with pytest.raises(actions.NotReported) as refused:
        note(facts)
    assert wrong in refused.value.wrong and not MandatedReport.objects.exists()
    assert Entry.objects.filter(act="disclosure.refused", object_kind="report").count() == 1


def test_a_quiet_report_goes_through_when_it_says_nothing_of_us(note):
    assert note(ELDER).kind == "elder_abuse" and not KINDS["elder_abuse"].may_reveal


def test_nobody_reports_alone(note, lien, dolores):
    for one in (lien, dolores):
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()
    report = note(replace(CHILD, told_first="not_reached"))
    told = OutgoingMessage.objects.filter(template="please_look_now").values_list("recipient", flat=True)
    assert set(told) == {str(lien.user.pk), str(dolores.user.pk)}
    assert queries.get_report(lien.actor, report.pk) == report and queries.get_report(dolores.actor, report.pk) is None
    (shown,) = queries.list_reports(dolores.actor)
    assert not shown.can_open, "a director gives a reason first (D3)"
    open_with_reason(participant=report.person, words="A report was made about her", by=dolores.actor)
    assert queries.get_report(dolores.actor, report.pk) == report and queries.list_reports(dolores.actor)[0].can_open


def test_the_person_reads_of_it_from_its_day_on(note, rosa):
    until = NOW + timedelta(days=20)
    report = note(replace(CHILD, held_back="agency_said", held_until=until))
    assert list_sent(rosa.person.pk).rows == [] and actions.look_after_due(NOW) == 0
    assert actions.look_after_due(until) == 1 and actions.look_after_due(until) == 0
    report.refresh_from_db()
    assert report.person_told_at == until


def test_a_role_that_may_not_reports_nothing(note, rosa):
    with pytest.raises(actions.NotReported) as refused:
        note(CHILD, by=rosa)
    assert refused.value.reason == "not_by_them"


def test_the_database_keeps_a_report(note):
    note(CHILD)
    for change in ({"fields": []}, {"told_from": NOW + timedelta(days=9)}, {"kind": "crime"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MandatedReport.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        MandatedReport.objects.all()._raw_delete("default")
