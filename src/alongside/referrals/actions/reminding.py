"""Tick: when a day has come on which somebody should look, the person is asked once, and whoever began it is told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django_scopes import scope

from alongside.people.actor import SystemActor, get_actor
from alongside.people.models import Person, Program
from alongside.people.outbox import absolute, queue_notice
from alongside.referrals.holding import log_referral
from alongside.referrals.models import Referral
from alongside.referrals.queries import get_visible_to
from alongside.rules.access import may

MOST = 200


def remind_due(now: datetime) -> int:
    """Ask about what is due in every program; returns how many. Safe to run twice and beside another worker."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            today = now.astimezone(ZoneInfo(program.time_zone)).date()
            due = Referral.objects.filter(is_due(today)).order_by("look_on", "pk").values_list("pk", flat=True)
            done += sum(_remind(pk, program, now, today) for pk in list(due[:MOST]))
    return done


def is_due(today) -> Q:
    """The day has come and nobody was told of it; a day that was set anew is told anew."""
    return Q(look_on__lte=today) & (Q(reminded_on=None) | Q(reminded_on__lt=F("look_on")))


@transaction.atomic
def _remind(pk, program: Program, now: datetime, today) -> bool:
    found = Referral.objects.select_for_update().filter(is_due(today), pk=pk).first()
    if found is None:
        return False
    found.reminded_on = found.look_on
    found.save(update_fields=["reminded_on"])
    people = Person.objects.select_related("program", "user")
    queue_notice(
        people.get(pk=found.person_id), "something_new", link=absolute(reverse("me_referral", args=[found.pk])),
        once_key=f"referral:{found.pk}:{found.look_on}", now=now,
    )  # fmt: skip
    if staff := _whoever_began(found, program):
        queue_notice(
            staff, "something_new", link=absolute(reverse("referral", args=[found.pk])),
            once_key=f"referral:{found.pk}:{found.look_on}:staff", now=now,
        )  # fmt: skip
    log_referral("referral.reminded", found, by=SystemActor(program_id=program.pk))
    return True


def _whoever_began(referral: Referral, program: Program) -> Person | None:
    """Staff or the peer who began it, or who told the place where the person began it, while they may still open it:
    nobody is led to a page that is none for them."""
    begun_by = referral.requested_by
    if begun_by is None or referral.person.user_id == begun_by.pk:
        page = referral.pages.select_related("link__made_by").order_by("-made_at").first()
        begun_by = page.link.made_by if page else None
    if begun_by is None:
        return None
    actor, there = get_actor(begun_by, str(program.pk))
    if there != program or not may("refer", actor.roles) or get_visible_to(actor, referral.pk) is None:
        return None
    people = Person.objects.select_related("program", "user").filter(user=begun_by)
    return people.exclude(pk=referral.person_id).first()
