"""Consents that were signed before `0008_whole_in_the_database` are as valid after it, on both databases (I8)."""

from datetime import date

import pytest
from django.db import connection
from django_scopes import scopes_disabled
from tests.migrating import leaves, list_triggers, move_to
from tests.privacy.consents import KINDS, drafted, look, signed

from alongside.privacy import actions
from alongside.privacy.models import Consent
from alongside.rules.disclosure import To

BEFORE = ("privacy", "0006_telling")
LATER = (
    "list_request",
    "listed_recipient",
    "kept_inside",
    "kept_from",
    "signer_link",
    "consent_by_another",
    "grant_is_not",
    "emergency_kind",
    "emergency_judged",
    "consent_by_director",
)
"""Guards of what came after it and hangs from it."""


def rows() -> list[tuple]:
    """What a person signed, as the earlier version had it."""
    names = "id, status, signer, shown_digest, signed_at, expires_at, held_until"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM privacy_consent ORDER BY id")  # noqa: S608  (columns of ours)
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)  # Django builds the state of all models anew for each step
def test_what_was_whole_stays_whole(rosa, carmen):
    consents = [signed(rosa.person, rosa.actor, kind) for kind in KINDS]
    executor = drafted(rosa.person, carmen.actor, signer="survivor", died_on=date(2026, 11, 1))
    consents.append(actions.sign_consent(
        consent=executor, seen=look(executor).digest, by=carmen.actor, how="paper", other_name="Lucia Cenzontle",
        other_basis="Letters of administration",
    ))  # fmt: skip
    unsigned = drafted(rosa.person, rosa.actor)
    actions.stop_sharing(consent=consents[0], by=rosa.actor)
    actions.disclose(
        consent=consents[1], way="printed", submit_key=rosa.person.pk, by=carmen.actor, to=To("Valley Clinic", "plan")
    )
    newest, before, guards = leaves(), rows(), list_triggers()
    with scopes_disabled():
        try:
            move_to([BEFORE])
            assert rows() == before
            later = ("consent_whole", *LATER)
            assert {name for name in guards if not name.startswith(later)} == list_triggers()
        finally:
            move_to(newest)
    assert rows() == before and list_triggers() == guards
    for consent in consents:
        was, consent = consent.statements, Consent.objects.get(pk=consent.pk)
        assert consent.statements == was == [block["code"] for block in consent.shown["document"]]
    assert Consent.objects.get(pk=unsigned.pk).statements == []
    assert actions.stop_sharing(consent=consents[-1], by=carmen.actor, how="spoken").status == "revoked"
