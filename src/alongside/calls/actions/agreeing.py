"""Agreeing to be called, changing it, a pause, and the end in one step. Calls never end because nobody answered."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.calls.holding import lock, log_agreement, move, set_next
from alongside.calls.models import OPEN, Agreement
from alongside.calls.queries import get_open_episode, get_phone_policy, times_of
from alongside.people.actions import change_person, set_safe_contact
from alongside.people.actor import SystemActor
from alongside.people.models import Episode, Person, Program, SafeContact
from alongside.rules.phone_support import Times, first_call


class NotServed(Exception):
    """Without an open episode there are no calls."""


@transaction.atomic
def agree(
    *, person: Person, hours: str, time_zone: str, language: str, how: str, by, wished_every_days: int | None = None,
    phone: str | None = None, may_voicemail: bool | None = None, now: datetime | None = None,
) -> Agreement:  # fmt: skip
    """Write down that somebody agreed to be called, `how` ("page", "spoken"). One that holds already is changed.

    Raises `NotServed`. `hours` are hours of the week (`rules.availability`) in `time_zone`. `phone` and `may_voicemail`
    change the record and its safe-contact rules, where they are given: each is kept in one place.
    """
    now = now or timezone.now()
    episode = get_open_episode(person.pk)
    if episode is None:
        raise NotServed
    # Two who agree at once are one after the other.
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    has_other_number = _may_call_now(person, phone, may_voicemail, by)
    holding = Agreement.objects.filter(person=person, status__in=OPEN).first()
    if holding:
        if holding.pause_reason == "wrong_number" and has_other_number:
            go_on(agreement=holding, by=by, now=now)
        return change(
            agreement=holding, hours=hours, time_zone=time_zone, language=language,
            wished_every_days=wished_every_days, by=by, now=now,
        )  # fmt: skip
    today = now.astimezone(ZoneInfo(time_zone)).date()
    # Their safe-contact rules as they are stored, whatever the caller of this read before.
    person = Person.objects.select_related("program", "safe_contact").get(pk=person.pk)
    agreement = Agreement(
        program_id=person.program_id, person=person, episode=episode, agreed_at=now, agreed_how=how, language=language,
        hours=hours, time_zone=time_zone, wished_every_days=wished_every_days, started_on=today, round_on=today,
    )  # fmt: skip
    set_next(agreement, first_call(_times(agreement), now))
    agreement.save(force_insert=True)
    log_agreement("calls.agreed", agreement, by=by, reason=how)
    return agreement


def _may_call_now(person: Person, phone: str | None, may_voicemail: bool | None, by) -> bool:
    """Whoever agrees to calls may be called: by which number, and whether a message may be left. Is it another one?"""
    before = person.phone
    if phone is not None:
        change_person(person=person, by=by, phone=phone)
    if may_voicemail is not None:
        rules = SafeContact.objects.get(person=person)
        channel = "phone" if rules.channel == "none" else rules.channel
        set_safe_contact(person=person, by=by, may_call=True, may_voicemail=may_voicemail, channel=channel)
    return phone is not None and phone != before


@transaction.atomic
def change(
    *, agreement: Agreement, by, now: datetime | None = None, **values: str | int | None
) -> Agreement:  # fmt: skip
    """Change hours, time zone, language or how often. The next call moves to the first hour that is allowed then."""
    now = now or timezone.now()
    unknown = values.keys() - {"hours", "time_zone", "language", "wished_every_days"}
    if unknown:
        raise TypeError(f"not what somebody agrees to: {sorted(unknown)}")
    agreement = lock(agreement.pk)
    changed = sorted(name for name, value in values.items() if getattr(agreement, name) != value)
    if not changed:
        return agreement
    for name in changed:
        setattr(agreement, name, values[name])
    if agreement.status == "agreed":
        agreement.due_at = _times(agreement).next_at(agreement.due_at or now)
    agreement.save()
    log_agreement("calls.changed", agreement, by=by, fields=changed)
    return agreement


@transaction.atomic
def pause(
    *, agreement: Agreement, by, until: date | None = None, reason: str = "own_wish", now: datetime | None = None
) -> Agreement:
    """No calls until a day (inclusive), or until somebody says so."""
    agreement = lock(agreement.pk)
    if agreement.status == "agreed":
        move(agreement, "paused", by=by)
        agreement.paused_until, agreement.pause_reason = until, reason
        agreement.save()
        log_agreement("calls.paused", agreement, by=by, reason=reason)
    return agreement


@transaction.atomic
def go_on(*, agreement: Agreement, by, now: datetime | None = None) -> Agreement:
    """The pause is over; the weeks go on where they were, and the next call comes in the first hour allowed."""
    now = now or timezone.now()
    agreement = lock(agreement.pk)
    if agreement.status == "paused":
        move(agreement, "agreed", by=by)
        set_next(agreement, first_call(_times(agreement), now, agreement.why))
        agreement.save()
        log_agreement("calls.gone_on", agreement, by=by)
    return agreement


@transaction.atomic
def end(
    *, agreement: Agreement, by, reason: str = "own_wish", now: datetime | None = None
) -> Agreement:  # fmt: skip
    """Nobody calls from this moment on. A second time changes nothing."""
    agreement = lock(agreement.pk)
    if agreement.status != "ended":
        move(agreement, "ended", by=by)
        agreement.ended_at, agreement.end_reason = now or timezone.now(), reason
        agreement.save()
        log_agreement("calls.ended", agreement, by=by, reason=reason)
    return agreement


@transaction.atomic
def call_soon(*, agreement: Agreement, why: str, by, now: datetime | None = None) -> Agreement:
    """The next call comes in the first hour that is allowed from now on, unless it comes sooner; no try is lost.

    One that is due already keeps its place, and the caller learns that it was asked for.
    """
    now = now or timezone.now()
    agreement = lock(agreement.pk)
    if agreement.status != "agreed":
        return agreement
    found = first_call(_times(agreement), now, why)
    if found.at and (agreement.due_at is None or found.at < agreement.due_at):
        set_next(agreement, found)
    elif found.at and agreement.why != why:
        agreement.why = why
    else:
        return agreement
    agreement.save()
    log_agreement("calls.due", agreement, by=by, reason=why)
    return agreement


def call_soon_after_return(*, episode: Episode, on_day: date, by, now: datetime) -> None:
    """Handler of `returned_to_use`: a reason to call, at once. A pause is the person's wish, and stays."""
    agreement = Agreement.objects.filter(episode=episode, status="agreed").first()
    if agreement:
        call_soon(agreement=agreement, why="returned_to_use", by=by, now=now)


def call_soon_as_wished(*, person: Person, by, now: datetime) -> None:
    """Handler of `call_wanted`: whoever agreed to calls is called in their first hour. A pause stays."""
    agreement = Agreement.objects.filter(person=person, status="agreed").first()
    if agreement:
        call_soon(agreement=agreement, why="asked", by=by, now=now)


def end_with_episode(*, episode: Episode, by, reason: str, now: datetime) -> None:
    """Handler of `episode_closed`: whoever stopped is called no more."""
    for agreement in Agreement.objects.filter(episode=episode, status__in=OPEN):
        end(agreement=agreement, by=by, reason="closed", now=now)


def go_on_due(now: datetime) -> int:
    """Calls go on whose pause is over, in every program; how many. Run by the worker; safe beside another."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            today = now.astimezone(ZoneInfo(program.time_zone)).date()
            over = Agreement.objects.filter(program=program, status="paused", paused_until__lt=today)
            done += sum(_go_on_over(pk, program, today, now) for pk in list(over.values_list("pk", flat=True)))
    return done


@transaction.atomic
def _go_on_over(pk, program: Program, today: date, now: datetime) -> bool:
    agreement = lock(pk)
    if agreement.status != "paused" or not agreement.paused_until or agreement.paused_until >= today:
        return False
    go_on(agreement=agreement, by=SystemActor(program_id=program.pk), now=now)
    return True


def _times(agreement: Agreement) -> Times:
    return times_of(agreement, get_phone_policy(), agreement.person.safe_contact)
