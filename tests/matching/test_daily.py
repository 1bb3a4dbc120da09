"""The daily run: only where the council wants it, once a day, proposing and never sending."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import ZONE, make_program
from tests.waits import waits

from alongside.council.actions import adopt_policy
from alongside.jobs import TICKS
from alongside.matching.actions import adjust_proposals, run_daily, run_if_due, run_matching
from alongside.matching.models import Proposal, Round, Run
from alongside.mentoring.models import Mentorship

from .conftest import make_waiting
from .test_pages import words_of

SIX = (timezone.localtime(timezone=ZONE) + timedelta(days=1)).replace(hour=6, minute=30)
"""Tomorrow morning, where the program is."""


@pytest.fixture
def daily(program, carmen):
    """The council wants a run each day at six."""
    adopt_policy(program=program, kind="runs", values={"daily": True, "at_hour": 6}, by=carmen.actor)


def test_it_is_a_tick_of_the_worker():
    assert "alongside.matching.actions.run_daily" in {tick.function for tick in TICKS}


def test_no_run_makes_itself_unless_the_council_decides_so(program, peers, lucia):
    assert run_daily(SIX) == 0 and not Run.objects.exists()


def test_one_run_a_day_from_the_hour_on_and_nothing_is_sent(program, daily, peers, lucia):
    assert run_daily(SIX - timedelta(hours=1)) == 0 == waits("run_daily", program, SIX - timedelta(hours=1))
    assert waits("run_daily", program, SIX) == 1
    assert [run_daily(SIX + timedelta(minutes=10 * number)) for number in range(3)] == [1, 0, 0]
    run = Run.objects.get()
    assert (run.due_on, run.scope, run.made_by_id) == (SIX.date(), "all", None)
    assert Proposal.objects.filter(run=run, episode=lucia.episode, is_current=True).count() == 3
    assert not Round.objects.exists()
    assert run_daily(SIX + timedelta(days=1)) == 1


def test_the_day_is_the_programs_own(program, daily, peers, lucia):
    program.time_zone = "Asia/Tokyo"
    program.save(update_fields=["time_zone"])
    assert run_daily(datetime(2030, 3, 4, 5, 0, tzinfo=ZoneInfo("Asia/Tokyo"))) == 0
    assert run_daily(datetime(2030, 3, 4, 6, 0, tzinfo=ZoneInfo("Asia/Tokyo"))) == 1


def test_whom_somebody_chose_by_hand_stays_proposed(program, carmen, daily, peers, lucia):
    omar = make_waiting(program, carmen.actor, "omar")
    by_hand = adjust_proposals(episode=lucia.episode, peers=[peers["bo"].profile], by=carmen.actor)
    run = run_if_due(program=program, now=SIX)
    current = Proposal.objects.filter(is_current=True)
    assert {one.run_id for one in current.filter(episode=lucia.episode)} == {by_hand.pk}
    assert {one.run_id for one in current.filter(episode=omar.episode)} == {run.pk}


def test_where_nobody_waits_there_is_no_run(program, daily, peers):
    assert run_daily(SIX) == 0 and not Run.objects.exists()


def test_two_workers_make_one_run(program, carmen, daily, peers, lucia, house, monkeypatch):
    """The other worker stores its run while this one still computes."""
    from alongside.matching.actions import daily as module

    def slower(**given):
        run_matching(program=program, by=house, due_on=given["due_on"], now=SIX)
        return run_matching(**given)

    monkeypatch.setattr(module, "run_matching", slower)
    assert run_if_due(program=program, now=SIX) is None
    assert Run.objects.filter(due_on=SIX.date()).count() == 1


def test_another_program_has_its_own_policy(program, daily, peers, lucia):
    make_program("Harbor", "harbor")
    assert run_daily(SIX) == 1


def test_keeping_back_leaves_a_place_free_for_a_better_one(signed_in, program, carmen, peers, lucia):
    """Ines, who fits Lucia less than Dante, is the only one with a place now; Dante's come up again and again."""
    values = {"daily": True, "keep_back": True, "few_peers": 0, "longest_wait_days": 60}
    adopt_policy(program=program, kind="runs", values=values, by=carmen.actor)
    make_room_only_with_ines(program, carmen, peers)
    run = run_if_due(program=program, now=SIX)
    assert run.stats["kept_back"] == 1
    assert not Proposal.objects.filter(episode=lucia.episode, is_current=True).exists()
    page = words_of(signed_in(carmen).get(reverse("run_detail", args=[run.pk])))
    assert "1 person who could have a place waits for a better one" in page and "by itself, once a day" in page


def make_room_only_with_ines(program, carmen, peers):
    """Bo is away, Dante is full, and forty of his mentorships ended lately."""
    from alongside.workforce.actions import set_available
    from alongside.workforce.models import PeerProfile

    set_available(peer=peers["bo"].profile, available=False, by=carmen.actor)
    PeerProfile.objects.filter(pk=peers["dante"].profile.pk).update(capacity=1)
    olu = make_waiting(program, carmen.actor, "olu")
    Mentorship.objects.bulk_create(
        Mentorship(
            program=program, episode=olu.episode, participant=olu.person, peer=peers["dante"].profile, status="ended",
            introduced_at=SIX - timedelta(days=60), ended_at=SIX - timedelta(days=number), end_reason="completed",
        )
        for number in range(1, 41)
    )  # fmt: skip
    type(olu.episode).objects.filter(pk=olu.episode.pk).update(status="intake")
    PeerProfile.objects.filter(pk=peers["dante"].profile.pk).update(capacity=0)
