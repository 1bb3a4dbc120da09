"""The steps of a way are those of the policy in force when it began, on pages, paper and in one's own copy."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from alongside.council.actions import adopt_policy
from alongside.council.checks import PolicyInvalid
from alongside.council.queries import get_policy
from alongside.council.wording import HANDOVER_STEPS, describe
from alongside.people.acting import as_participant
from alongside.referrals import actions
from alongside.referrals.models import ReferralStep
from alongside.referrals.wording import say_step
from alongside.retention.sections.privacy import ways
from alongside.rules.referrals import STEPS

pytestmark = pytest.mark.django_db

OURS = ["papers", {"code": "own_bus", "en": "Try the bus together", "es": "Probar juntos el autobús"}, "ride"]


@pytest.fixture
def agreed(program, dolores):
    """`agreed(steps)`: the council's steps are in force."""

    def agreed(steps):
        return adopt_policy(
            program=program, kind="handover", values={"steps": steps}, note="As we do it", by=dolores.actor
        )

    return agreed


def codes(way) -> list[str]:
    return list(way.steps.order_by("number").values_list("code", flat=True))


def test_each_step_that_we_have_words_for_has_them():
    assert set(HANDOVER_STEPS) == set(STEPS)


def test_a_way_begins_with_the_steps_in_force_and_keeps_them(begin, agreed):
    before = begin()
    assert codes(before) == list(STEPS), "what a program starts with"
    agreed(OURS)
    after = begin(place="Another clinic")
    assert codes(after) == ["papers", "own_bus", "ride"] and codes(before) == list(STEPS)
    agreed([{**OURS[1], "en": "Ride the bus once"}])
    third = begin(place="A third clinic")
    assert codes(after) == ["papers", "own_bus", "ride"], "what changes later changes nothing that began"
    assert [say_step(one) for one in (after.steps.get(code="own_bus"), third.steps.get())] == [
        "Try the bus together", "Ride the bus once",
    ]  # fmt: skip


def test_the_person_reads_and_ticks_it_in_their_language(begin, agreed, rosa, carmen, signed_in):
    agreed(OURS)
    way = begin()
    client, page = signed_in(rosa), reverse("me_referral", args=[way.pk])
    text = client.get(page, headers={"accept-language": "es"}).content.decode()
    shown = "Probar juntos el autobús" if 'lang="es"' in text else "Try the bus together"
    assert shown in text
    client.post(page, {"what": "step", "code": "own_bus", "done": "yes"})
    step = way.steps.get(code="own_bus")
    assert step.done_at and step.done_by_id == rosa.person.pk
    with translation.override("es"):
        assert say_step(step) == "Probar juntos el autobús"
        assert any("Probar juntos el autobús" in one for row in ways(rosa.person) for one in row["before"])
    assert actions.tick_step(referral=way, code="called_together", done=True, by=as_participant(rosa.actor)) is False
    paper = signed_in(carmen).get(reverse("referral_paper", args=[way.pk]), headers={"accept-language": "en"})
    assert "Try the bus together" in paper.content.decode()


def test_a_program_may_go_without_a_list(begin, agreed, rosa, signed_in):
    agreed([])
    way = begin()
    assert codes(way) == []
    assert "Step by step" not in signed_in(rosa).get(reverse("me_referral", args=[way.pk])).content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_everybody_reads_what_was_agreed(agreed, language):
    agreed(OURS)
    with translation.override(language):
        lines = [line.value for line in describe("handover", get_policy("handover").values)]
        assert len(lines) == 3 and ("Probar" if language == "es" else "Try the bus") in lines[1]
        assert len(describe("handover", {"steps": []})) == 1


def test_what_hurts_is_not_adopted(agreed):
    with pytest.raises(PolicyInvalid, match="words_that_hurt"):
        agreed([{**OURS[1], "en": "Bring the junkie there"}])


def test_the_database_knows_ours_and_takes_own_ones_only_with_words(begin):
    way = begin()
    for code, words in (("dance", None), ("own_bus", None), ("ride", {"en": "x", "es": "x"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            way.steps.filter(code="ride").delete()
            ReferralStep.objects.create(program=way.program, referral=way, code=code, words=words, number=9)


def test_two_presses_make_one_list(begin, agreed, rosa):
    agreed(OURS)
    key = uuid4()
    assert begin(submit_key=key) == begin(submit_key=key) and ReferralStep.objects.count() == 3
