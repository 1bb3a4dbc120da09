"""The facts behind Today: one query for a peer's mentorships, and two counts beside it, whatever the caseload.

Lists come as plain rows (`people.prepared`), for every peer opens them many times a day.
"""

import functools
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from alongside.council.queries import get_cadence_policy
from alongside.mentoring.models import OPEN_MENTORSHIPS, Addition, Appointment, Mentorship, Message
from alongside.people.models import Person, Program
from alongside.people.prepared import Unmade, ask, ask_unmade
from alongside.recovery.models import Step
from alongside.rules.cadence import CadenceFacts, CadencePolicy, Need, find_need, in_order
from alongside.workforce.models import PeerProfile


def list_open_mentorships(actor) -> QuerySet[Mentorship]:
    """The acting peer's own open mentorships, and those in which they cover for somebody away."""
    return open_of(actor.person_id).select_related(
        "participant", "participant__safe_contact", "episode", "peer__person"
    )


def open_of(peer: UUID) -> QuerySet[Mentorship]:
    """By their ids, found by two indexes: as "own, or cover while the peer is away" SQLite reads every peer first."""
    open_ones = Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS)
    own = open_ones.filter(peer_id=peer).values("pk")
    cover = open_ones.filter(backup_peer_id=peer, peer__status="unavailable").values("pk")
    return Mentorship.objects.filter(pk__in=own.union(cover))


FACTS = (
    "id", "participant_id", "peer_id", "status", "introduced_at", "latest_reached_at", "latest_attempt_at",
    "attempts_since_reached", "next_step_on", "asked_for_call_at", "episode__kind", "episode__active_since",
    "episode__returned_to_use_on", "episode__return_told_at", "episode__call_reached_at", "unread_messages",
    "unread_answers", "next_day", "next_time", "plan_step_on", "along_at", "along_id", "referral_on",
    # By whose row it is seen whether there is one: an id that is in the row already is made once.
    *(f"participant__rhythm__{name}" for name in ("person_id", "wants_call_at", "dropped_at", "quiet_from_on")),
    "participant__asking__person_id", "participant__asking__due_on",
)  # fmt: skip
"""Columns of a row with `with_facts` that `freeze` takes; they stand first in it."""

SHOWN = (*FACTS, "participant__goes_by", "peer__person__goes_by")
SHOWN_TO_REACH = (
    *FACTS, "participant__id", "participant__goes_by", "participant__phone", "participant__safe_contact__person_id",
    *(f"participant__safe_contact__{name}" for name in (
        "channel", "may_call", "may_text", "may_voicemail", "from_hour", "until_hour", "name_to_use",
        "texts_stopped_at",
    )),
)  # fmt: skip


def _caseload(peer: UUID, today: date) -> QuerySet:
    return with_facts(open_of(peer), today).order_by("participant__goes_by_search").values(*SHOWN)


def _to_reach(peer: UUID, today: date) -> QuerySet:
    return with_facts(open_of(peer), today).order_by().values(*SHOWN_TO_REACH)


def list_caseload(actor, today: date) -> list:
    """Everybody the acting peer walks with, by name: plain rows with what a list shows."""
    return ask(_caseload, peer=actor.person_id, today=today)


def _names_of_open(peer: UUID) -> QuerySet:
    return open_of(peer).order_by("participant__goes_by_search").values("id", "participant__goes_by")


def list_names_of_open(actor) -> list:
    """Everybody about whom the acting peer may write, by name: plain rows."""
    return ask(_names_of_open, peer=actor.person_id)


def with_facts(mentorships: QuerySet[Mentorship], today: date) -> QuerySet[Mentorship]:
    """Annotates what the cadence rule needs beyond the row: unread words, the next time planned from today on, the
    earliest small step of the person's plan that their peer has still to take, the first ask to come along, and the
    earliest day on which somebody should have asked how a way of theirs to a place goes."""
    unread = (
        Message.objects.filter(mentorship=OuterRef("pk"), read_at__isnull=True, author_id=OuterRef("participant_id"))
        .order_by()
        .values("mentorship")
        .annotate(n=Count("pk"))
        .values("n")
    )
    # By who wrote it, which in an answer is the participant: not through every note of years.
    answers = Addition.objects.filter(author_id=OuterRef("participant_id"), is_answer=True, read_at__isnull=True)
    answers = (
        answers.filter(contact__mentorship=OuterRef("pk"))
        .order_by()
        .values("contact__mentorship")
        .annotate(n=Count("pk"))
        .values("n")
    )
    planned = Appointment.objects.filter(mentorship=OuterRef("pk"), status="planned", on_day__gte=today)
    planned = planned.order_by("on_day", "at_time")
    steps = Step.objects.filter(
        goal__sheet__person=OuterRef("participant_id"), goal__sheet__kind="plan", goal__sheet__is_current=True,
        goal__done_at__isnull=True, goal__set_aside_at__isnull=True, owner="peer", due_on__isnull=False,
        done_at__isnull=True, set_aside_at__isnull=True,
    ).order_by("due_on")  # fmt: skip
    # `asks_along` is the reverse side of the foreign key of outings: no import upwards.
    asks = Mentorship.objects.filter(pk=OuterRef("pk"), asks_along__status="asked").order_by("asks_along__starts_at")
    # `referrals` is the reverse side of a foreign key of a floor above: no import upwards.
    ways = Person.objects.filter(pk=OuterRef("participant_id"), referrals__look_on__lte=today)
    ways = ways.order_by("referrals__look_on")
    return mentorships.annotate(
        unread_messages=Subquery(unread[:1]),
        unread_answers=Subquery(answers[:1]),
        next_day=Subquery(planned.values("on_day")[:1]),
        next_time=Subquery(planned.values("at_time")[:1]),
        plan_step_on=Subquery(steps.values("due_on")[:1]),
        along_at=Subquery(asks.values("asks_along__starts_at")[:1]),
        along_id=Subquery(asks.values("asks_along__id")[:1]),
        referral_on=Subquery(ways.values("referrals__look_on")[:1]),
    )


def freeze(row, zone: ZoneInfo) -> CadenceFacts:
    """One row with `FACTS` as the plain value that the pure rule takes. Moments become days of the program's zone."""

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    episode, reached_at, asked_at = row.episode, row.latest_reached_at, row.asked_for_call_at
    # The check-ins of somebody who has none, or keeps them to themself, are three empty columns.
    rhythm = row.participant.rhythm
    wanted_at, dropped_at = (rhythm.wants_call_at, rhythm.dropped_at) if rhythm else (None, None)
    quiet_from = rhythm.quiet_from_on if rhythm else None
    reached_on, called_on = day(reached_at), day(episode.call_reached_at)
    told_at = episode.return_told_at
    heard_on = max(filter(None, (reached_on, called_on)), default=None)
    return CadenceFacts(
        mentorship_id=str(row.id),
        introduced_on=day(row.introduced_at),
        phase_started_on=day(episode.active_since),
        latest_reached_on=reached_on,
        latest_attempt_on=day(row.latest_attempt_at),
        attempts_since_reached=row.attempts_since_reached,
        next_step_on=row.next_step_on,
        plan_step_due_on=row.plan_step_on,
        referral_due_on=row.referral_on,
        next_appointment_at=datetime.combine(row.next_day, row.next_time) if row.next_day else None,
        unread_messages=row.unread_messages or 0,
        answers_unread=row.unread_answers or 0,
        asked_along_to=day(row.along_at),
        asked_for_call_on=day(asked_at),
        call_wanted_in_check_in=bool(asked_at and wanted_at and wanted_at >= asked_at),
        check_in_dropped_on=day(dropped_at) if dropped_at and (not reached_at or reached_at < dropped_at) else None,
        check_ins_quiet_from=quiet_from if quiet_from and (not heard_on or heard_on < quiet_from) else None,
        questions_due_on=row.participant.asking.due_on if row.participant.asking else None,
        returned_to_use_on=episode.returned_to_use_on,
        return_told_on=day(told_at) if told_at and (not reached_at or reached_at < told_at) else None,
        latest_call_reached_on=called_on,
        is_new=row.status == "introduced",
        paused=row.status == "paused",
    )


def _who_asked(peer: UUID) -> QuerySet:
    # `offers` is the reverse side of matching's foreign key: no import upwards.
    return PeerProfile.objects.filter(pk=peer, offers__status="chosen").values("offers__id")


def count_who_asked(actor) -> int:
    """How many people chose the acting peer and wait for the answer."""
    return len(ask(_who_asked, peer=actor.person_id))


def look_at_today(actor, program: Program, now: datetime | None = None) -> tuple[list[tuple[Need, Any]], int]:
    """Who needs the acting peer today, in order: each with the reasons and its plain row; and of how many. Two queries.

    A list opens no encrypted field that it does not show: there are a dozen in each row. Nor is a row made for
    somebody who needs nothing today.
    """
    now = now or timezone.now()
    zone = ZoneInfo(program.time_zone)
    today = now.astimezone(zone).date()
    came = ask_unmade(_to_reach, peer=actor.person_id, today=today)
    known = _known(zone, get_cadence_policy(), today)
    needed = [(need, row) for row in came.rows if (need := known.find(row, came))]
    needed.sort(key=lambda one: in_order(one[0]))
    shown = came.make([row for _need, row in needed])
    return [(need, row) for (need, _came), row in zip(needed, shown, strict=True)], len(came.rows)


MOST_KNOWN = 8192
"""So many needs are kept: of two hundred peers' people. Each is some two kilobytes."""


class Known:
    """What the rule found about facts as they came, on one day by one policy: the same facts, the same need.

    Kept from one look to the next, for a peer looks often and little has changed. It is found by all `FACTS` of a row
    that was just read: another note, another day or another policy is found nowhere, so nothing old is shown. There is
    no name among the facts and nothing that anybody wrote.
    """

    def __init__(self, zone: ZoneInfo, policy: CadencePolicy, today: date) -> None:
        self.zone, self.policy, self.today = zone, policy, today
        self._needs: dict[tuple, Need | None] = {}

    def find(self, row: tuple, came: Unmade) -> Need | None:
        """The need that this row of these tells of."""
        facts = row[: len(FACTS)]
        try:
            return self._needs[facts]
        except KeyError:
            (made,) = came.make([row])
            need = find_need(freeze(made, self.zone), self.policy, self.today)
            if len(self._needs) >= MOST_KNOWN:
                self._needs.clear()
            self._needs[facts] = need
            return need


@functools.lru_cache(maxsize=4)
def _known(zone: ZoneInfo, policy: CadencePolicy, today: date) -> Known:
    """Of today, and in the hours in which it is tomorrow elsewhere, of that day; an earlier day's soon falls out."""
    return Known(zone, policy, today)


def list_who_needs_me(actor, program: Program, now: datetime | None = None) -> list[tuple[Need, Any]]:
    """The first half of `look_at_today`."""
    return look_at_today(actor, program, now)[0]
