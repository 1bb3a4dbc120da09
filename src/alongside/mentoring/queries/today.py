"""The facts behind Today: one query for a peer's mentorships, and two counts beside it, whatever the caseload."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.council.queries import get_policy
from alongside.mentoring.models import OPEN_MENTORSHIPS, Addition, Appointment, Mentorship, Message
from alongside.people.models import Program
from alongside.rules.cadence import CadenceFacts, CadencePolicy, Need, list_needs
from alongside.workforce.models import PeerProfile


def list_open_mentorships(actor) -> QuerySet[Mentorship]:
    """The acting peer's own open mentorships, and those in which they cover for somebody away."""
    own = Q(peer_id=actor.person_id)
    cover = Q(backup_peer_id=actor.person_id, peer__status="unavailable")
    return (
        Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS)
        .filter(own | cover)
        .select_related("participant", "participant__safe_contact", "episode", "peer__person")
    )


SHOWN_OF_A_ROW = (
    "program_id", "episode_id", "participant_id", "peer_id", "status", "introduced_at", "latest_reached_at",
    "latest_attempt_at", "attempts_since_reached", "next_step_on", "asked_for_call_at",
    "episode__kind", "episode__active_since", "episode__returned_to_use_on", "participant__goes_by",
    "peer__person__goes_by",
)  # fmt: skip
SHOWN_TO_REACH = (
    "participant__phone", "participant__safe_contact__person_id", "participant__safe_contact__channel",
    "participant__safe_contact__may_call", "participant__safe_contact__may_text",
    "participant__safe_contact__may_voicemail", "participant__safe_contact__may_email",
    "participant__safe_contact__from_hour", "participant__safe_contact__until_hour",
    "participant__safe_contact__name_to_use",
)  # fmt: skip


def list_caseload(actor, today: date) -> QuerySet[Mentorship]:
    """Everybody the acting peer walks with, by name, with the facts of `with_facts` and only what a list shows."""
    rows = list_open_mentorships(actor).select_related(None).select_related("participant", "episode", "peer__person")
    return with_facts(rows.only(*SHOWN_OF_A_ROW), today).order_by("participant__goes_by_search")


def with_facts(mentorships: QuerySet[Mentorship], today: date) -> QuerySet[Mentorship]:
    """Annotates what the cadence rule needs beyond the row: unread words and the next time planned from today on."""
    unread = (
        Message.objects.filter(mentorship=OuterRef("pk"), read_at__isnull=True, author_id=OuterRef("participant_id"))
        .order_by()
        .values("mentorship")
        .annotate(n=Count("pk"))
        .values("n")
    )
    answers = (
        Addition.objects.filter(contact__mentorship=OuterRef("pk"), is_answer=True, read_at__isnull=True)
        .order_by()
        .values("contact__mentorship")
        .annotate(n=Count("pk"))
        .values("n")
    )
    planned = Appointment.objects.filter(mentorship=OuterRef("pk"), status="planned", on_day__gte=today)
    planned = planned.order_by("on_day", "at_time")
    return mentorships.annotate(
        unread_messages=Subquery(unread[:1]),
        unread_answers=Subquery(answers[:1]),
        next_day=Subquery(planned.values("on_day")[:1]),
        next_time=Subquery(planned.values("at_time")[:1]),
    )


def freeze(mentorship: Mentorship, zone: ZoneInfo) -> CadenceFacts:
    """One annotated row as the plain value that the pure rule takes. Moments become days of the program's zone."""

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    row: object = mentorship
    episode = mentorship.episode
    return CadenceFacts(
        mentorship_id=str(mentorship.pk),
        introduced_on=day(mentorship.introduced_at),
        phase_started_on=day(episode.active_since),
        latest_reached_on=day(mentorship.latest_reached_at),
        latest_attempt_on=day(mentorship.latest_attempt_at),
        attempts_since_reached=mentorship.attempts_since_reached,
        next_step_on=mentorship.next_step_on,
        next_appointment_at=datetime.combine(row.next_day, row.next_time) if row.next_day else None,
        unread_messages=row.unread_messages or 0,
        answers_unread=row.unread_answers or 0,
        asked_for_call_on=day(mentorship.asked_for_call_at),
        returned_to_use_on=episode.returned_to_use_on,
        is_new=mentorship.status == "introduced",
        # Whoever rests and yet asks or writes is answered.
        paused=mentorship.status == "paused" and not (mentorship.asked_for_call_at or row.unread_messages),
    )


def count_who_asked(actor) -> int:
    """How many people chose the acting peer and wait for the answer."""
    # `offers` is the reverse side of matching's foreign key: a count, no import upwards.
    return PeerProfile.objects.filter(pk=actor.person_id, offers__status="chosen").count()


def get_cadence_policy() -> CadencePolicy:
    """The cadence in force in the current program."""
    return CadencePolicy.from_values(get_policy("cadence").values)


def list_who_needs_me(actor, program: Program, now: datetime | None = None) -> list[tuple[Need, Mentorship]]:
    """Who needs the acting peer today, in order, each with the reasons. Three queries."""
    now = now or timezone.now()
    zone = ZoneInfo(program.time_zone)
    today = now.astimezone(zone).date()
    # A list opens no encrypted field that it does not show: there are a dozen in each row.
    shown = list_open_mentorships(actor).only(*SHOWN_OF_A_ROW, *SHOWN_TO_REACH)
    rows = {str(row.pk): row for row in with_facts(shown, today)}
    needs = list_needs([freeze(row, zone) for row in rows.values()], get_cadence_policy(), today)
    return [(need, rows[need.mentorship_id]) for need in needs]
