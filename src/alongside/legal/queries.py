"""Who is held (any floor above asks before it erases), and who may read what of demands, reports and incidents."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from alongside.audit.actions import record
from alongside.people.models import Membership, Person, Program
from alongside.people.queries import list_others_with, list_staff_accounts
from alongside.privacy.queries import list_participants_visible_to
from alongside.rules.access import ACTS
from alongside.rules.breach import State
from alongside.rules.exports import TOLD_WHEN_ALONE

from .frozen import state_of
from .models import (
    Affected,
    Demand,
    DemandStep,
    Incident,
    Inspected,
    Inspection,
    LawDelay,
    LegalHold,
    LogSearch,
    MandatedReport,
    Paper,
    Posting,
    Release,
    Scan,
)

MOST = 100
LONGEST_POSTED = 366
"""No notice on the site stands longer, in days."""


def is_held(person: Person | UUID) -> bool:
    """Whether at least one hold on this person is open: then nothing of their record is erased.

    Asked inside the transaction that would erase, with the person's row locked: `open_hold` locks it too.
    """
    return LegalHold.objects.filter(person=person, ended_at__isnull=True).exists()


def held_people(program: Program) -> set[UUID]:
    """Ids of everybody in this program on whom a hold is open."""
    held = LegalHold.objects.filter(program=program, ended_at__isnull=True)
    return set(held.values_list("person_id", flat=True))


def list_holds(person: Person | UUID, limit: int = 50) -> list[LegalHold]:
    """Holds on one person, the open ones first, then the latest."""
    return list(LegalHold.objects.filter(person=person).order_by("-ended_at", "-opened_at")[:limit])


def list_open_holds(actor, limit: int = MOST) -> list[LegalHold]:
    """Open holds of the program, but for one on the reader: the oldest first."""
    found = LegalHold.objects.filter(ended_at=None).exclude(person_id=actor.person_id)
    return list(found.select_related("person").order_by("opened_at")[:limit])


def get_hold(actor, hold_id: UUID) -> LegalHold | None:
    """One hold, but for one on the reader."""
    return LegalHold.objects.filter(pk=hold_id).exclude(person_id=actor.person_id).select_related("person").first()


def note_hold_read(hold: LegalHold, by) -> None:
    """Somebody reads of it: in the log, before the page is made."""
    record(act="hold.read", by=by, subject=hold.person_id, view=True, object_kind="legal_hold", object_id=hold.pk)


# --- audits by others --------------------------------------------------------------------------------------------
def list_inspections(limit: int = 50) -> list[Inspection]:
    """Those that go on first, then the latest."""
    return list(Inspection.objects.order_by(F("ended_at").desc(nulls_first=True), "-entered_at")[:limit])


def list_inspected(inspection: Inspection, actor, limit: int = MOST) -> list[Inspected]:
    """Whose records were seen in it, by name; never the reader's own. Whose record is closed to the reader has no
    `can_open`: they see that there is one, and not of whom."""
    opens = Exists(list_participants_visible_to(actor).filter(pk=OuterRef("person_id")))
    found = Inspected.objects.filter(inspection=inspection).exclude(person_id=actor.person_id)
    return list(found.annotate(can_open=opens).select_related("person").order_by("looked_at", "pk")[:limit])


# --- demands ------------------------------------------------------------------------------------------------------
def list_demands(actor, *, closed: bool = False, limit: int = 50) -> list[Demand]:
    """Demands that this director may handle: never one about themself. The latest first."""
    found = _not_about(Demand.objects.all(), actor)
    found = found.filter(status="closed") if closed else found.exclude(status="closed")
    return list(found.select_related("person").order_by("-received_at")[:limit])


def get_demand(actor, demand_id: UUID) -> Demand | None:
    """One demand that this director may handle, or None: the caller answers 404."""
    return _not_about(Demand.objects.all(), actor).filter(pk=demand_id).select_related("person", "hold").first()


def get_demand_at_the_door(actor, demand_id: UUID) -> Demand | None:
    """One whose letter this actor may hand out: directors, and whoever wrote it down themself."""
    found = Demand.objects.filter(pk=demand_id)
    if not actor.has("director"):
        found = found.filter(entered_by_id=actor.user_id)
    return _not_about(found, actor).first()


def _not_about(demands: QuerySet[Demand], actor) -> QuerySet[Demand]:
    return demands.exclude(person_id=actor.person_id) if actor.person_id else demands


def list_papers(demand: Demand) -> list[Paper]:
    """Orders and mandates on file, in the order in which they came."""
    return list(Paper.objects.filter(demand=demand).order_by("filed_at"))


def get_paper(actor, paper_id: UUID) -> Paper | None:
    """One paper of a demand that this director may handle."""
    found = Paper.objects.filter(pk=paper_id, demand__in=_not_about(Demand.objects.all(), actor))
    return found.select_related("demand").first()


def list_scans(demand: Demand) -> list[Scan]:
    """Its papers as files, without their bytes, in the order in which they came; not those that were taken away."""
    return list(Scan.objects.filter(demand=demand, taken_away_at=None).order_by("added_at", "pk"))


def get_scan(actor, scan_id: UUID) -> Scan | None:
    """One file of a demand that this director may handle."""
    found = Scan.objects.filter(pk=scan_id, taken_away_at=None, demand__in=_not_about(Demand.objects.all(), actor))
    return found.select_related("demand").first()


def list_steps(demand: Demand) -> list[DemandStep]:
    """What happened with a demand, in order."""
    return list(DemandStep.objects.filter(demand=demand).order_by("number")[:MOST])


def list_releases(demand: Demand) -> list[Release]:
    """What was asked for or went out under a demand."""
    return list(Release.objects.filter(demand=demand).order_by("asked_at"))


def list_releases_to_answer(actor, now: datetime) -> list[Release]:
    """What waits for this actor as the second person: not what they asked for, and nothing about themself."""
    found = Release.objects.filter(status="waiting", expires_at__gt=now).exclude(asked_by_id=actor.user_id)
    return list(found.exclude(person_id=actor.person_id).order_by("asked_at")[:MOST])


def get_release(actor, release_id: UUID) -> Release | None:
    """One that this actor may answer or take: never one about themself."""
    found = Release.objects.filter(pk=release_id).exclude(person_id=actor.person_id)
    return found.select_related("demand", "order", "mandate", "person__program").first()


def list_others_who_may_release(demand: Demand, user_id: UUID | None) -> QuerySet[Membership]:
    """Who else may agree that records go out: not the person whom it is about."""
    others = list_others_with(ACTS["release_records"], program_id=demand.program_id, but=user_id)
    return others.exclude(user__persons=demand.person_id) if demand.person_id else others


def list_who_is_told(program_id: UUID, user_id: UUID | None) -> QuerySet[Membership]:
    """Who is told of a release that nobody else can agree to (D5)."""
    return list_others_with(TOLD_WHEN_ALONE, program_id=program_id, but=user_id)


# --- reports ------------------------------------------------------------------------------------------------------
def list_reports(actor, limit: int = 50) -> list[MandatedReport]:
    """Reports, the latest first, each with `can_open`.

    A director has to give a reason before a record opens: until then they see that there is one, and not about whom.
    """
    opens = Exists(list_participants_visible_to(actor).filter(pk=OuterRef("person_id")))
    found = MandatedReport.objects.annotate(can_open=opens).exclude(person_id=actor.person_id)
    if not actor.has("director"):
        found = found.filter(can_open=True)
    return list(found.select_related("person").order_by("-made_at")[:limit])


def get_report(actor, report_id: UUID) -> MandatedReport | None:
    """One report about somebody whose record this actor may open."""
    people = list_participants_visible_to(actor)
    return MandatedReport.objects.filter(pk=report_id, person__in=people).select_related("person").first()


# --- incidents ----------------------------------------------------------------------------------------------------
def list_incidents_visible_to(actor) -> QuerySet[Incident]:
    """A director's: all. Others': those they own."""
    found = Incident.objects.all()
    return found if actor.has("director") else found.filter(owner_id=actor.person_id)


def list_incidents(actor, *, closed: bool, limit: int = 50) -> list[Incident]:
    """Incidents with `affected_now` and `untold_now`, the latest discovered first."""
    found = list_incidents_visible_to(actor)
    found = found.filter(status="closed") if closed else found.exclude(status="closed")
    live = Q(affected__struck_at=None)
    found = found.annotate(
        affected_now=Count("affected", filter=live & Q(affected__isnull=False)),
        untold_now=Count("affected", filter=live & Q(affected__told_at=None, affected__isnull=False)),
        unreached_now=Count("affected", filter=live & Q(affected__told_how="substitute")),
    )
    found = found.select_related("owner").prefetch_related("delays", "postings")
    return list(found.order_by("-discovered_on", "pk")[:limit])


def get_incident(actor, incident_id: UUID) -> Incident | None:
    """One that this actor may handle, or None."""
    return list_incidents_visible_to(actor).filter(pk=incident_id).select_related("owner").first()


def get_state(incident: Incident) -> State:
    """How far it is, counted now."""
    live = Affected.objects.filter(incident=incident, struck_at=None)
    counts = live.aggregate(
        affected=Count("pk"), untold=Count("pk", filter=Q(told_at=None)),
        unreached=Count("pk", filter=Q(told_how="substitute")),
    )  # fmt: skip
    return state_of(incident, **counts, delays=list_delays(incident), postings=list_postings(incident))


def list_delays(incident: Incident) -> list[LawDelay]:
    """What law enforcement asked for, in order."""
    return list(LawDelay.objects.filter(incident=incident).order_by("asked_on", "noted_at")[:MOST])


def list_postings(incident: Incident) -> list[Posting]:
    """Notices for all to see, the latest first."""
    return list(Posting.objects.filter(incident=incident).order_by("-posted_at")[:MOST])


def list_posted_on_site(today: date) -> list[Posting]:
    """Notices that stand on the home page of the program in scope today. One query."""
    found = Posting.objects.filter(
        place="home_page", ended_at=None, posted_on__lte=today, posted_on__gte=today - timedelta(days=LONGEST_POSTED)
    )
    shown = found.select_related("incident").order_by("-posted_at")[:MOST]
    return [one for one in shown if today <= one.until]


def get_posting(actor, posting_id: UUID) -> Posting | None:
    """One notice of an incident that this actor may handle."""
    found = Posting.objects.filter(pk=posting_id, incident__in=list_incidents_visible_to(actor))
    return found.select_related("incident").first()


def list_affected(incident: Incident, limit: int = 200, start: int = 0) -> list[Affected]:
    """Whom it is about, by name; those who were struck last."""
    rows = Affected.objects.filter(incident=incident).select_related("person")
    return list(
        rows.order_by(F("struck_at").asc(nulls_first=True), "person__goes_by_search", "pk")[start : start + limit]
    )


def list_names(incident: Incident) -> list[str]:
    """What those whom it is about are called: none of it stands where everybody reads it."""
    people = Affected.objects.filter(incident=incident, struck_at=None).values_list(
        "person__goes_by", "person__legal_name"
    )
    return [name for pair in people for name in pair if name]


def list_untold(incident: Incident, limit: int = MOST) -> list[Affected]:
    """Whom nobody told yet, by name: so many at a time."""
    rows = Affected.objects.filter(incident=incident, told_at=None, struck_at=None).select_related("person")
    return list(rows.order_by("person__goes_by_search", "pk")[:limit])


def get_affected(actor, affected_id: UUID) -> Affected | None:
    """One person of an incident that this actor may handle."""
    found = Affected.objects.filter(pk=affected_id, incident__in=list_incidents_visible_to(actor))
    return found.select_related("person__program", "incident").first()


def list_searches(incident: Incident) -> list[LogSearch]:
    """Questions to the log, in order."""
    return list(LogSearch.objects.filter(incident=incident).order_by("made_at")[:MOST])


def list_letters(person_id: UUID) -> list[Affected]:
    """Incidents that a person was told of, the latest first."""
    rows = Affected.objects.filter(person_id=person_id, told_at__isnull=False).select_related("incident")
    return list(rows.order_by("-told_at")[:MOST])


def list_owners(program: Program) -> list[Person]:
    """Who may own an incident: staff with the right to handle one."""
    users = list_others_with(ACTS["handle_incidents"], program_id=program.pk, but=None).values("user")
    return list(Person.objects.filter(user__in=users).order_by("goes_by_search"))


def list_accounts(program: Program) -> list[tuple[UUID, str]]:
    """Accounts with a role beside that of a participant, by the name they go by: whose acts the log is asked for."""
    names = dict(Person.objects.filter(user__isnull=False).values_list("user_id", "goes_by"))
    accounts = list_staff_accounts(program)
    return [(one.pk, names.get(one.pk) or one.username) for one in accounts]


def names_of(user_ids) -> dict[UUID, str]:
    """Account -> the name its person goes by."""
    wanted = {one for one in user_ids if one}
    return dict(Person.objects.filter(user__in=wanted).values_list("user_id", "goes_by")) if wanted else {}
