"""B1: whoever writes the row, and however, without every element of §2.31 the database has no active consent.

Each case is a copy of a signed row, still a draft, that is made active by SQL: with one thing taken away it is refused,
and with nothing taken away it is not, or the refusal would be for another reason.
"""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.privacy.consents import signed

from alongside.privacy.actions import set_law
from alongside.privacy.models import Consent
from alongside.rules.consent import ELEMENTS, ITEMS, KINDS, Posture, items_for

pytestmark = pytest.mark.django_db

WITHOUT = {
    # element of §2.31: (kind, what is written instead), each on its own
    "name": [("specific", "person_name = NULL"), ("specific", "person_name = ''")],
    "discloser": [("specific", "discloser = ''")],
    "items": [
        ("specific", "items = '[]'"), ("specific", "items = '[\"safety_plan\"]'"),
        ("specific", "items = '[\"being_here\", \"safety_plan\"]'"), ("criminal_justice", "items = '[\"notes\"]'"),
        ("specific", "purpose = 'housing', items = '[\"notes\"]'"),
    ],
    "recipient": [("specific", "recipient = NULL"), ("specific", "recipient = ''")],
    "members": [("intermediary", "members = NULL"), ("intermediary", "members = ''")],
    "purpose": [
        ("specific", "purpose = 'legal'"), ("specific", "purpose = ''"), ("legal", "purpose = 'tpo'"),
        ("legal", "purpose = 'care'"), ("tpo", "purpose = 'legal'"),
    ],
    "matter": [
        ("legal", "purpose_words = NULL"), ("legal", "purpose_words = ''"), ("research", "purpose_words = ''"),
        ("criminal_justice", "purpose_words = ''"), ("specific", "purpose = 'other', purpose_words = ''"),
    ],
    "right_to_revoke": [
        ("specific", "statements = {right_to_revoke}"), ("tpo", "statements = {right_to_revoke}"),
        ("criminal_justice", "statements = {right_to_revoke_held}"),
    ],
    "redisclosure": [("specific", "statements = {redisclosure}"), ("tpo", "statements = {redisclosure}")],
    "refusing": [("tpo", "statements = {refusing}"), ("intermediary", "statements = {refusing}")],
    "hipaa": [("specific", "statements = {hipaa}"), ("tpo", "statements = {hipaa}")],
    "fundraising": [("specific", "statements = {fundraising}")],
    "expiry": [
        ("specific", "expires_at = NULL"), ("specific", "expires_event = 'none'"),
        ("legal", "expires_event = 'end_of_study'"),
    ],
    "period": [("criminal_justice", "expires_at = NULL, expires_event = 'end_of_case'")],
    "held_until": [
        ("criminal_justice", "held_until = NULL"), ("specific", "held_until = expires_at"),
        ("criminal_justice", "expires_at = signed_at"), ("specific", "held_event = 'end_of_case'"),
        ("criminal_justice", "held_event = 'end_of_days'"), ("criminal_justice", "released_at = signed_at"),
    ],
    "signature": [
        ("specific", "signed_name = NULL"), ("specific", "signed_name = ''"), ("specific", "signer = ''"),
        ("specific", "signed_how = ''"), ("specific", "signer = 'minor_and_parent'"),
        ("specific", "signer = 'minor_and_parent', other_name = ''"), ("specific", "signer = 'guardian'"),
        ("specific", "signer = 'guardian', other_name = '', other_basis = ''"),
        ("specific", "signer = 'guardian', other_name = signed_name, other_basis = ''"),
        ("specific", "signer = 'minor_and_parent', other_name = signed_name"),
        ("specific", "signer = 'guardian', other_name = signed_name, other_basis = signed_name"),
        ("specific", "signer = 'emancipated'"), ("specific", "signer = 'emancipated', other_basis = ''"),
        ("specific", "age_known = 'by its looks'"),
        ("specific", "signer = 'survivor', other_name = signed_name, other_basis = signed_name"),
        ("specific", "signer = 'survivor', other_name = signed_name, other_basis = signed_name, died_on = ''"),
    ],
    "date": [("specific", "signed_at = NULL")],
    "shown": [
        ("specific", "shown = NULL"), ("specific", "shown = ''"), ("specific", "shown_digest = ''"),
        ("specific", "text_version = NULL"), ("specific", "statements = '[]'"),
    ],
}  # fmt: skip
CASES = [(element, kind, change) for element, cases in WITHOUT.items() for kind, change in cases]
MAY = [
    ("specific", "signer = 'guardian', other_name = signed_name, other_basis = signed_name, signed_how = 'paper'"),
    ("specific", "signer = 'minor_and_parent', other_name = signed_name, signed_how = 'paper'"),
    (
        "specific",
        "signer = 'survivor', other_name = signed_name, other_basis = signed_name, died_on = signed_name, "
        "signed_how = 'paper'",
    ),
    ("specific", "signer = 'emancipated', other_basis = signed_name"),
    ("criminal_justice", "held_event = 'end_of_case'"),
    ("tpo", "recipient_is_covered = FALSE, statements = {hipaa}"),
    ("specific", "purpose = 'other', purpose_words = signed_name"),
]
"""Changes that take nothing away."""


def test_every_element_has_a_case_in_the_database():
    assert WITHOUT.keys() == ELEMENTS.keys()


@pytest.mark.parametrize(("element", "kind", "change"), CASES)
def test_the_database_refuses_an_active_one_without_an_element(rosa, dolores, program, element, kind, change):
    if element == "fundraising":
        set_law(program=program, posture=Posture(fundraises=True), note="The board", by=dolores.actor)
    consent = signed(rosa.person, rosa.actor, kind)
    copy = copy_as_draft(consent)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_active(copy, consent, change)
    assert make_active(copy, consent) == 1, "with all of them it may, or the refusal was for another reason"


@pytest.mark.parametrize(("kind", "change"), MAY)
def test_what_takes_nothing_away_may_be_active(rosa, kind, change):
    consent = signed(rosa.person, rosa.actor, kind)
    assert make_active(copy_as_draft(consent), consent, change) == 1


@pytest.mark.parametrize(
    ("kind", "purpose"), [(kind.code, purpose) for kind in KINDS.values() for purpose in kind.purposes]
)
def test_the_database_knows_the_same_items_as_the_rules(rosa, kind, purpose):
    consent = signed(rosa.person, rosa.actor, kind)
    words = ", purpose_words = signed_name" if purpose == "other" else ""
    for item in ITEMS:
        change, copy = f"purpose = '{purpose}', items = '[\"{item}\"]'{words}", copy_as_draft(consent)
        if item in items_for(kind, purpose):
            assert make_active(copy, consent, change) == 1
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            make_active(copy, consent, change)


def test_one_that_was_signed_before_the_program_asked_for_money_stays(rosa, dolores, program):
    consent = signed(rosa.person, rosa.actor)
    set_law(program=program, posture=Posture(fundraises=True), note="The board", by=dolores.actor)
    Consent.objects.filter(pk=consent.pk).update(told_at=consent.signed_at)
    consent.refresh_from_db()
    assert consent.status == "active" and "fundraising" not in consent.statements


def test_what_was_said_is_not_changed_afterwards(rosa):
    consent = signed(rosa.person, rosa.actor)
    assert consent.statements == [block["code"] for block in consent.shown["document"]]
    with pytest.raises(IntegrityError, match="consent_stays"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(statements=[*consent.statements, "fundraising"])


def make_active(copy: str, consent: Consent, change: str = "") -> int:
    """By SQL alone; a statement in braces stands for all that were said but this one."""
    for code in consent.statements:
        said = ", ".join(f'"{one}"' for one in consent.statements if one != code)
        change = change.replace(f"{{{code}}}", f"'[{said}]'")
    with connection.cursor() as cursor:
        sets = f"status = 'active'{', ' if change else ''}{change}"
        cursor.execute(f"UPDATE privacy_consent SET {sets} WHERE id = %s", [copy])  # noqa: S608  (words of this file)
        return cursor.rowcount


def copy_as_draft(consent: Consent) -> str:
    """Another row with everything of a signed one, still a draft; its id as this database writes it."""
    copy = Consent.objects.get(pk=consent.pk)
    copy.pk, copy.number, copy.status = uuid4(), uuid4().hex[:12], "draft"
    copy._state.adding = True
    copy.save(force_insert=True)
    return copy.pk.hex if connection.vendor == "sqlite" else str(copy.pk)
