"""The person and their own plan first, the police last: what was done is written down, so or with a why (J2)."""

from itertools import permutations
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.safety.conftest import NOW

from alongside.audit.models import Entry
from alongside.rules.escalation import MEASURES
from alongside.safety import actions, queries
from alongside.safety.models import Escalation, Measure

pytestmark = pytest.mark.django_db


def taken(worry) -> list[str]:
    return [one.what for one in queries.list_measures(worry)]


def test_step_by_step_nobody_is_asked_why_but_for_the_police(duty, worried, lien):
    worry = actions.take(escalation=worried(), by=lien.actor)
    for measure in MEASURES[:-1]:
        actions.note_measure(escalation=worry, measure=measure, by=lien.actor)
    with pytest.raises(actions.NotLeastFirst):
        actions.note_measure(escalation=worry, measure="police", why_not_less="  ", by=lien.actor)
    actions.note_measure(escalation=worry, measure="police", why_not_less="The team could not come", by=lien.actor)
    assert taken(worry) == list(MEASURES)


def test_whatever_leaves_out_a_smaller_step_says_why(duty, worried, lien):
    for measure in MEASURES[1:]:
        worry = actions.take(escalation=worried(), by=lien.actor)
        with pytest.raises(actions.NotLeastFirst):
            actions.note_measure(escalation=worry, measure=measure, by=lien.actor)
        assert taken(worry) == []
        actions.note_measure(escalation=worry, measure=measure, why_not_less="No breath", by=lien.actor)
        assert taken(worry) == [measure]


def test_the_database_wants_a_why_in_every_order_in_which_the_rule_wants_one(duty, worried, lien):
    from alongside.rules.escalation import needs_why

    asked = 0
    for order in permutations(MEASURES, 3):
        worry, done = worried(), []
        for measure in order:
            row = Measure(program_id=worry.program_id, escalation=worry, what=measure, rank=MEASURES.index(measure),
                          at=NOW, by_role="supervisor")  # fmt: skip
            if needs_why(measure, done):
                asked += 1
                with pytest.raises(IntegrityError), transaction.atomic():
                    Measure.objects.bulk_create([row])
                row.why_not_less = "There was no time"
            Measure.objects.bulk_create([row])
            done.append(measure)
    assert asked > 60


def test_the_database_knows_rank_and_keeps_what_was_written(duty, worried, lien):
    worry = actions.take(escalation=worried(), by=lien.actor)
    wrong = Measure(program_id=worry.program_id, escalation=worry, what="police", rank=0, why_not_less="x", at=NOW,
                    by_role="supervisor")  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.bulk_create([wrong])
    actions.note_measure(escalation=worry, measure="own_plan", by=lien.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(what="chosen", rank=1)


def test_it_does_not_end_before_somebody_wrote_down_what_was_done(duty, worried, lien):
    worry = actions.take(escalation=worried(), by=lien.actor)
    with pytest.raises(actions.NotConfirmed):
        actions.resolve(escalation=worry, words="She is home", confirmed="spoke", by=lien.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=worry.pk).update(
            status="resolved", resolved_at=NOW, look_at=None, confirmed="spoke"
        )
    with pytest.raises(actions.NotLeastFirst):
        actions.resolve(escalation=worry, words="She is safe", confirmed="spoke", measure="police", by=lien.actor)
    actions.note_measure(escalation=worry, measure="own_plan", by=lien.actor)
    ended = actions.resolve(escalation=worry, words="She is home", confirmed="spoke", by=lien.actor)
    assert ended.status == "resolved"
    with pytest.raises(actions.NotTheirs):
        actions.note_measure(escalation=worry, measure="chosen", by=lien.actor)


def test_written_once_and_in_the_log_without_words(duty, worried, lien, dante):
    worry = actions.take(escalation=worried(), by=lien.actor)
    first = actions.note_measure(escalation=worry, measure="emergency", why_not_less="No breath", by=lien.actor)
    assert actions.note_measure(escalation=worry, measure="emergency", why_not_less="No breath", by=lien.actor) == first
    (entry,) = Entry.objects.filter(act="escalation.measured")
    assert (entry.reason, entry.reason_words) == ("emergency", "")
    with pytest.raises(actions.NotTheirs):
        actions.note_measure(escalation=worry, measure="own_plan", by=dante.actor)


def test_on_the_page_it_asks_why_and_loses_no_word(duty, worried, lien, signed_in):
    worry = actions.take(escalation=worried(key=uuid4()), by=lien.actor)
    client, page = signed_in(lien), reverse("worry", args=[worry.pk])
    assert "Call first, and write it down after" in client.get(page).content.decode()
    answer = client.post(reverse("worry_measure", args=[worry.pk]), {"measure": "crisis_team"})
    said = answer.content.decode()
    assert answer.status_code == 200 and "We talked with them and went by their own plan; Somebody they chose" in said
    words = {"confirmed": "spoke", "words": "Her sister stays", "measure": "police"}
    said = client.post(reverse("worry_resolve", args=[worry.pk]), words).content.decode()
    assert "Her sister stays" in said and Measure.objects.count() == 0
    client.post(
        reverse("worry_measure", args=[worry.pk]), {"measure": "crisis_team", "why_not_less": "She asked for it"}
    )
    assert "She asked for it" in client.get(page).content.decode()
    client.post(reverse("worry_resolve", args=[worry.pk]), {"confirmed": "spoke", "words": "Her sister stays"})
    worry.refresh_from_db()
    assert worry.status == "resolved"
