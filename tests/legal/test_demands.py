"""A demand by law: the neutral letter, counsel, the hold, and records only by an order and a mandate and two people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.legal.conftest import NOW, RECIPIENT

from alongside.audit.models import Entry
from alongside.legal import actions, queries
from alongside.legal.models import Demand, DemandStep, LegalHold, Paper, Release
from alongside.people.models import Membership, OutgoingMessage
from alongside.privacy.accounting import list_sent
from alongside.rules.legal_demand import QUESTIONS

pytestmark = pytest.mark.django_db


def what_of(demand) -> list[str]:
    return [one.what for one in queries.list_steps(demand)]


def test_whoever_stands_at_the_door_writes_it_down_and_the_director_is_told(demanded, dante, dolores):
    dolores.user.email = "dolores@example.org"
    dolores.user.save()
    demand = demanded(by=dante.actor)
    assert demand.status == "received" and demand.person is None
    assert OutgoingMessage.objects.filter(template="please_look_now").count() == 1
    assert not Entry.objects.filter(act="demand.received", subject_id__isnull=False).exists()
    assert queries.get_demand_at_the_door(dante.actor, demand.pk) == demand
    answered = actions.hand_letter(demand=demand, by=dante.actor)
    assert (answered.status, answered.letter_version) == ("answered", 1)
    assert actions.hand_letter(demand=demand, by=dante.actor).letter_at == answered.letter_at
    assert what_of(demand) == ["received", "letter"]


def test_the_same_submit_is_one_demand(demanded):
    from uuid import uuid4

    key = uuid4()
    assert demanded(submit_key=key) == demanded(submit_key=key)
    assert Demand.objects.count() == 1


def test_what_has_not_come_is_not_written_down(demanded):
    for values in ({"received_at": NOW + timedelta(days=1)}, {"sender": " "}, {"asks": ""}):
        with pytest.raises(actions.DemandRefused):
            demanded(**values)


def test_somebody_named_is_held_at_once(named, rosa):
    demand = named()
    assert demand.hold == LegalHold.objects.get() and queries.is_held(rosa.person)
    assert what_of(demand) == ["received", "letter", "named", "held"]


def test_counsel_is_told_with_name_and_time(demanded, dolores):
    demand = actions.tell_counsel(demand=demanded(), counsel="M. Okafor", told_at=NOW, by=dolores.actor, now=NOW)
    assert demand.counsel == "M. Okafor" and what_of(demand)[-1] == "counsel"
    with pytest.raises(actions.DemandRefused):
        actions.tell_counsel(demand=demand, counsel="", told_at=NOW, by=dolores.actor, now=NOW)


def test_nothing_is_asked_for_without_both_papers_and_a_person(demanded, named, ordered, compelled, dolores):
    unknown = actions.hand_letter(demand=demanded(), by=dolores.actor)
    for demand, papers, reason in (
        (unknown, (ordered(unknown), compelled(unknown)), "other_person"),
        (named(), None, "no_order"),
    ):
        if papers is None:
            order, mandate = ordered(demand), compelled(demand)
            actions.end_paper(paper=order, words="Vacated", by=dolores.actor, now=NOW)
            papers = (order, mandate)
        with pytest.raises(actions.NotReleased) as refused:
            actions.ask_release(
                demand=demand, order=papers[0], mandate=papers[1], items=["being_here"], by=dolores.actor, now=NOW
            )  # fmt: skip
        assert refused.value.reason == reason
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("values", "items", "reason"),
    [
        ({"answers": dict.fromkeys(QUESTIONS["noncriminal"], True) | {"notice": False}}, ["being_here"], "criteria"),
        ({"purpose": "undercover", "items": []}, ["being_here"], "undercover"),
        ({"items": ["being_here", "notes"]}, ["notes"], "confidential"),
        ({}, ["wishes"], "confidential"),
        ({}, ["reach"], "nothing_covered"),
        ({"valid_until": NOW - timedelta(minutes=1)}, ["being_here"], "no_order"),
    ],
)
def test_what_the_order_does_not_allow_is_not_asked_for(named, ordered, compelled, dolores, values, items, reason):
    demand = named()
    with pytest.raises(actions.NotReleased) as refused:
        actions.ask_release(
            demand=demand, order=ordered(demand, **values), mandate=compelled(demand), items=items, by=dolores.actor,
            now=NOW,
        )  # fmt: skip
    assert refused.value.reason == reason


def test_an_order_is_filed_with_an_answer_to_every_question(named, ordered):
    demand = named()
    for values in ({"answers": {"part2": True}}, {"items": ["safety_plan"]}):
        with pytest.raises(actions.PaperRefused):
            ordered(demand, **values)
    assert not Paper.objects.exists()


def test_two_people_let_it_out_and_the_person_reads_of_it(asked, dolores, carmen, rosa):
    release = asked()
    assert release.status == "waiting" and release.opens_at is None
    with pytest.raises(actions.NotReleased):
        actions.answer_release(release=release, agree=True, by=dolores.actor, now=NOW)
    with pytest.raises(actions.NotReleased):
        actions.release_records(release=release, language="en", by=dolores.actor, now=NOW)
    release = actions.answer_release(release=release, agree=True, by=carmen.actor, now=NOW)
    released = actions.release_records(release=release, language="en", by=dolores.actor, now=NOW)
    assert [item for item, _rows in released.content] == ["being_here"]
    assert any("C-17" in text for text in released.cover) and any("2.64(e)" in text for text in released.cover)
    assert Demand.objects.get().status == "released"
    again = actions.release_records(release=release, language="en", by=dolores.actor, now=NOW)
    assert again.content == released.content and Entry.objects.filter(act="disclosure.ordered").count() == 1
    (row,) = list_sent(rosa.person.pk).rows
    assert row["recipient"] == RECIPIENT and "C-17" in row["why"] and row["section"] == "42 CFR 2.61, 2.64"
    (entry,) = Entry.objects.filter(act="disclosure.ordered")
    assert (entry.subject_id, entry.fields) == (rosa.person.pk, ["being_here", "contacts"])


def test_the_second_says_no_and_nothing_goes_out(asked, dolores, carmen):
    release = actions.answer_release(release=asked(), agree=False, by=carmen.actor, now=NOW)
    with pytest.raises(actions.NotReleased):
        actions.release_records(release=release, language="en", by=dolores.actor, now=NOW)
    assert Entry.objects.filter(act="disclosure.refused", object_id=release.pk).count() == 1


def test_under_one_order_something_goes_out_once(asked, dolores):
    release = asked()
    with pytest.raises(actions.NotReleased) as refused:
        actions.ask_release(
            demand=release.demand, order=release.order, mandate=release.mandate, items=["being_here"], by=dolores.actor,
            now=NOW,
        )  # fmt: skip
    assert refused.value.reason == "twice"


def test_where_nobody_else_may_agree_it_waits_a_day_and_others_are_told(asked, carmen, dolores, ada):
    Membership.objects.filter(role__in=["coordinator", "supervisor"]).delete()
    release = asked()
    assert release.opens_at == NOW + timedelta(hours=24)
    actions.look_after_due(NOW + timedelta(hours=23))
    with pytest.raises(actions.NotReleased):
        actions.release_records(release=release, language="en", by=dolores.actor, now=NOW + timedelta(hours=23))
    actions.look_after_due(NOW + timedelta(hours=24))
    later = NOW + timedelta(hours=25)
    assert actions.release_records(release=release, language="en", by=dolores.actor, now=later).content


def test_the_person_themself_is_no_second(asked, rosa, program):
    Membership.objects.filter(role__in=["coordinator", "supervisor"]).delete()
    Membership.objects.create(user=rosa.user, program=program, role="coordinator")
    release = asked()
    assert release.opens_at is not None and queries.get_release(rosa.actor, release.pk) is None
    with pytest.raises(actions.NotReleased):
        actions.answer_release(release=release, agree=True, by=rosa.actor, now=NOW)


def test_what_waits_too_long_lapses(asked, carmen, dolores):
    release = actions.answer_release(release=asked(), agree=True, by=carmen.actor, now=NOW)
    late = NOW + timedelta(hours=72)
    with pytest.raises(actions.NotReleased):
        actions.release_records(release=release, language="en", by=dolores.actor, now=late)
    actions.look_after_due(late)
    release.refresh_from_db()
    assert release.status == "lapsed"


def test_an_order_that_ends_takes_back_what_was_agreed_to(asked, carmen, dolores):
    release = actions.answer_release(release=asked(), agree=True, by=carmen.actor, now=NOW)
    actions.end_paper(paper=release.order, words="Quashed", by=dolores.actor, now=NOW)
    release.refresh_from_db()
    assert release.status == "withdrawn"
    with pytest.raises(actions.NotReleased):
        actions.release_records(release=release, language="en", by=dolores.actor, now=NOW)


def test_the_database_releases_nothing_without_both_papers(asked, carmen, dolores):
    release = actions.answer_release(release=asked(), agree=True, by=carmen.actor, now=NOW)
    Paper.objects.filter(pk=release.mandate_id).update(ended_at=NOW, end_words=release.mandate.court)
    went = {"status": "released", "released_at": NOW, "content_digest": "0" * 64}
    with pytest.raises(IntegrityError, match="release_needs_papers"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**went)


def test_the_database_keeps_papers_steps_and_releases(asked, carmen, dolores):
    release = actions.answer_release(release=asked(), agree=True, by=carmen.actor, now=NOW)
    actions.release_records(release=release, language="en", by=dolores.actor, now=NOW)
    for rows, change in (
        (Paper.objects.filter(what="order"), {"items": ["notes"]}),
        (Paper.objects.filter(what="order"), {"answers": {}}),
        (Paper.objects.filter(what="order"), {"forbids_telling": True}),
        (Release.objects.all(), {"items": ["notes"]}),
        (Release.objects.all(), {"status": "withdrawn", "released_at": None, "content_digest": ""}),
        (DemandStep.objects.all(), {"what": "closed"}),
        (Demand.objects.all(), {"kind": "other"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    for rows in (DemandStep, Paper, Release, Demand):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.all()._raw_delete("default")


def test_an_order_that_forbids_telling_is_told_from_its_day_on(asked, carmen, dolores, rosa):
    release = actions.answer_release(release=asked(forbids_telling=True), agree=True, by=carmen.actor, now=NOW)
    actions.release_records(release=release, language="en", by=dolores.actor, now=NOW)
    assert list_sent(rosa.person.pk).rows == []
    assert actions.look_after_due(NOW) == 0
    actions.set_telling(
        order=release.order, tell_from=NOW - timedelta(minutes=1), words="Counsel: expired", by=dolores.actor
    )  # fmt: skip
    assert actions.look_after_due(NOW) == 1 and actions.look_after_due(NOW) == 0
    assert [row["recipient"] for row in list_sent(rosa.person.pk).rows] == [RECIPIENT]


def test_nobody_handles_a_demand_about_themself(named, rosa, program):
    demand = named()
    Membership.objects.create(user=rosa.user, program=program, role="director")
    assert queries.get_demand(rosa.actor, demand.pk) is None and queries.list_demands(rosa.actor) == []


def test_it_closes_with_words_once_and_the_hold_goes_on(named, asked, dolores, rosa):
    demand = actions.close_demand(demand=named(), words="Withdrawn by the office", by=dolores.actor)
    assert demand.status == "closed" and queries.is_held(rosa.person)
    with pytest.raises(actions.DemandRefused, match="over"):
        actions.close_demand(demand=demand, words="Again", by=dolores.actor)
    release = asked()
    with pytest.raises(actions.DemandRefused, match="waiting"):
        actions.close_demand(demand=release.demand, words="Over", by=dolores.actor)
