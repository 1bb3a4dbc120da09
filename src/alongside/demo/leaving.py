"""Somebody whose time here is over wishes to be erased, somebody else was; the program keeps notes ten years."""

from datetime import timedelta

from django.utils import timezone

from alongside.people.actions import create_person, move_episode, open_episode
from alongside.people.actor import Actor
from alongside.people.models import Program
from alongside.retention.actions import ask_to_erase, carry_out
from alongside.retention.periods import set_period


def who_left(program: Program, carmen: Actor, dolores: Actor) -> None:
    """Two who came last year, for a while; one wish waits for a second person, one was fulfilled last month."""
    now = timezone.now()
    set_period(
        program=program, kind="notes", months=120, basis="42 CFR 438.3(u): our Medicaid plan pays for peer support",
        by=dolores, now=now - timedelta(days=200),
    )  # fmt: skip
    for name, asked_days_ago, is_done in (("Gloria V.", 1, False), ("Henry B.", 30, True)):
        came = now - timedelta(days=400)
        person = create_person(program=program, by=carmen, goes_by=name, phone="+12135550190")
        episode = open_episode(person=person, by=carmen, now=came)
        move_episode(episode=episode, to="closed", by=carmen, reason="own_wish", now=came + timedelta(days=60))
        asked = now - timedelta(days=asked_days_ago)
        wish = ask_to_erase(
            person=person, by=carmen, now=asked,
            identity="They came by, showed an ID and said so. We talked it over, and nobody pushes them.",
        )  # fmt: skip
        if is_done:
            carry_out(request=wish, by=dolores, now=asked + timedelta(days=1))
