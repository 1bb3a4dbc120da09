"""Agreeing to keep something back and sharing it at the same moment: after the agreement nothing of it leaves (B7)."""

import uuid
from collections import Counter

from django.db import transaction
from django.utils import timezone

from alongside.people.actor import Actor
from alongside.privacy.actions import (
    NotDisclosed,
    ask_restriction,
    decide_restriction,
    disclose,
)
from alongside.privacy.models import Consent, Disclosure, Restriction
from tests.races.consent_scenes import count_left, signed_consent
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, scene


@scene
@transaction.atomic
def set_keep_back() -> list[dict]:
    """Somebody's signed consent, and their wish that what it shares is kept back."""
    consent, by = signed_consent()
    wish = ask_restriction(person=consent.person, items=["being_here"], toward="anyone", submit_key=uuid.uuid4(), by=by)
    return [{"consent": str(consent.pk), "wish": str(wish.pk), "agrees": number == 0} for number in range(PROCESSES)]


@scene
def keep_back(consent: str, wish: str, agrees: bool) -> str:
    """Agree, and see what had left by then; or share."""
    row = Consent.objects.get(pk=consent)
    if not agrees:
        try:
            disclose(consent=row, way="printed", submit_key=uuid.uuid4(), by=house())
        except NotDisclosed:
            return "nothing left"
        return "left"
    by = Actor(program_id=row.program_id, roles=frozenset({"coordinator"}))
    with transaction.atomic():
        decide_restriction(restriction=Restriction.objects.get(pk=wish), agree=True, words="Yes.", by=by)
        return f"agreed after {count_left(consent)}"


@scene
def naive_keep_back(consent: str, wish: str, agrees: bool) -> str:
    """Look whether it is kept back, then share."""
    if not agrees:
        if Restriction.objects.get(pk=wish).status == "agreed":
            return "nothing left"
        a_moment()
        row = Consent.objects.get(pk=consent)
        Disclosure.objects.create(
            program_id=row.program_id, person_id=row.person_id, consent=row, way="printed", recipient="Dr. Ana Ito",
            items=["being_here"], purpose="care", content_digest="0" * 64, disclosed_at=timezone.now(),
            submit_key=uuid.uuid4(),
        )  # fmt: skip
        return "left"
    kept = Restriction.objects.get(pk=wish)
    kept.status, kept.decided_at, kept.answer = "agreed", timezone.now(), "Yes."
    kept.save()
    return f"agreed after {count_left(consent)}"


@scene
def judge_keep_back(each: list[dict], answers: list[str]) -> list[str]:
    """Whatever left had left before the agreement."""
    left = count_left(each[0]["consent"])
    wrong = [] if answers[0] == f"agreed after {left}" else [f"broken: {left} left, {answers[0]}"]
    if Counter(answers[1:])["left"] != left or set(answers[1:]) - {"left", "nothing left"}:
        wrong.append(f"answers {Counter(answers)}, {left} left")
    if Restriction.objects.get(pk=each[0]["wish"]).status != "agreed":
        wrong.append("not agreed")
    return wrong
