"""What happens by itself when time has run out. Safe to run twice and by two workers: each step looks again, locked."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django_scopes import scope

from alongside.matching.models import Offer, Round
from alongside.matching.notices import tell_participant
from alongside.people.models import Program

from .steps import (
    bring_back,
    find_askable,
    get_offer,
    get_round,
    go_on,
    lock_episode,
    lock_peers,
    move_offer,
    the_house,
)


def lapse_due_offers(now: datetime) -> int:
    """Lapse what is due in every program; returns how many steps were made. Run by the worker (`alongside.jobs`)."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            done += lapse_due(program=program, now=now)
    return done


def lapse_due(*, program: Program, now: datetime) -> int:
    """In one program: peers' answers past their time, rounds past theirs, and rounds in which nobody can be chosen."""
    due = Offer.objects.filter(program=program, status="chosen", answer_by__lte=now).order_by("answer_by", "pk")
    answers = [
        partial(_lapse_answer, offer_id, episode_id, now)
        for offer_id, episode_id in due.values_list("pk", "episode_id")
    ]
    done = _each(answers)
    stuck = _list_stuck_rounds(program, now).values_list("pk", "episode_id")
    return done + _each([partial(_bring_back_if_due, round_id, episode_id, now) for round_id, episode_id in stuck])


def _each(steps: Iterable[Callable[[], bool]]) -> int:
    """Run every step in a transaction of its own; what fails does not hold up the others, and is raised at the end."""
    done, failure = 0, None
    for step in steps:
        try:
            with transaction.atomic():
                done += step()
        except Exception as error:
            failure = failure or error
    if failure:
        raise failure
    return done


def _lapse_answer(offer_id, episode_id, now: datetime) -> bool:
    lock_episode(episode_id)
    offer = get_offer(offer_id)
    if offer.status != "chosen" or offer.answer_by is None or offer.answer_by > now:
        return False
    lock_peers(offer.round.offers.values_list("peer_id", flat=True))
    move_offer(offer, "lapsed", the_house(offer.program_id), now=now)
    go_on(offer.round, now=now, chosen_at=offer.chosen_at)
    return True


def _list_stuck_rounds(program: Program, now: datetime):
    """Open rounds in which no peer is being asked, and that are over, left behind, or have nobody with a place."""
    offers = Offer.objects.filter(round=OuterRef("pk"))
    asking = offers.filter(status="chosen")
    askable = offers.filter(status="offered", peer__status="active", peer__places_taken__lt=F("peer__capacity"))
    return (
        Round.objects.filter(program=program, status="open")
        .filter(~Exists(asking) | ~Q(episode__status="offered"))
        .filter(Q(choose_by__lte=now) | ~Q(episode__status="offered") | ~Exists(askable))
        .order_by("choose_by", "pk")
    )


def _bring_back_if_due(round_id, episode_id, now: datetime) -> bool:
    lock_episode(episode_id)
    round_ = get_round(round_id)
    house = the_house(round_.program_id)
    if round_.status != "open":
        return False
    if round_.episode.status != "offered":
        # The person paused or stopped: whoever was asked is let go, and nobody is told anything.
        bring_back(round_, by=house, reason="own_wish", now=now)
        return True
    if round_.offers.filter(status="chosen").exists():
        return False
    if round_.choose_by <= now:
        bring_back(round_, by=house, reason="lapsed", now=now)
    elif not find_askable(round_):
        bring_back(round_, by=house, reason="none_left", now=now)
    else:
        return False
    tell_participant(round_.episode, "returned", key=round_.pk, now=now)
    return True
