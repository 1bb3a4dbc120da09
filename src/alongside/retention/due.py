"""What is past its time now, by kind of record: for the page that says so before, and for the worker that erases it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from alongside.people.models import Episode, Membership, Person
from alongside.privacy.models import Disclosure, ListRequest
from alongside.rules.retention import KINDS, due_before, list_sealed_kinds, months_of
from alongside.workforce.models import PeerProfile

from .lines import LINES
from .models import Erasure


@dataclass(frozen=True)
class Due:
    """Rows of one model that follow a period: those older than `before`. `words`: columns emptied instead of the row.

    `signed`: the triggers keep these rows; they go by the one way past them (`guards`).
    """

    label: str
    older: Callable[[datetime], Q]
    words: Mapping[str, Any] = field(default_factory=dict)
    signed: bool = False

    @property
    def whose(self) -> tuple[str, ...]:
        """Lookups to the person, whose hold keeps the row."""
        return LINES[self.label].whose


def _said(table: str, *columns: str) -> Q:
    """Rows in which one of these encrypted columns holds words: an empty text is kept as it is, null stays null."""
    sql = " OR ".join(f"\"{table}\".\"{column}\" NOT IN ('', '-')" for column in columns)
    return Q(RawSQL(f"({sql})", (), output_field=BooleanField()))  # noqa: S611  (columns of ours, no value)


def _before(name: str, **more: Any) -> Callable[[datetime], Q]:
    return lambda before: Q(**{f"{name}__lt": before}, **more)


_NOTE = LINES["mentoring.Contact"].words
_OFFER = LINES["matching.Offer"].words
_CALL = LINES["calls.Call"].words
_WORRY_OVER = _before("escalation__resolved_at")


def _who_left(name: str) -> Callable[[datetime], Q]:
    """Of somebody who is with us it stays: else they would be told again as if nobody ever had."""

    def older(before: datetime) -> Q:
        here = Episode.objects.filter(person=OuterRef("person")).exclude(status="closed")
        return Q(**{f"{name}__lt": before}) & ~Q(Exists(here))

    return older


DUE: Mapping[str, tuple[Due, ...]] = {
    "notes": (
        Due("mentoring.WrittenAs", _before("contact__happened_at")),
        Due("calls.Call", lambda before: Q(called_at__lt=before) & _said("calls_call", "note"), words=_CALL),
        Due("mentoring.Addition", _before("contact__happened_at")),
        Due("mentoring.Contact",
            lambda before: Q(happened_at__lt=before) & _said("mentoring_contact", "note", "next_step", "seen_words"),
            words=_NOTE),
    ),
    "messages": (
        Due("mentoring.Message", _before("mentorship__ended_at")),
        Due("community.Flag", _before("post__community__ended_at")),
        Due("community.Post", _before("community__ended_at")),
        Due("community.PenName", lambda before: Q(community__ended_at__lt=before, posts=None, flags=None)),
    ),
    "times": (Due("mentoring.Appointment", lambda before: Q(on_day__lt=before.date())),),
    "check_ins": (Due("checkins.CheckIn", _before("at")), Due("returns.Telling", _before("told_at"))),
    "answers": (Due("assessments.Assessment", _before("begun_at")),),
    "worries": (
        Due("safety.Told", _WORRY_OVER),
        Due("safety.Happening", _WORRY_OVER),
        Due("safety.Measure", _WORRY_OVER),
        Due("safety.Escalation", _before("resolved_at")),
    ),
    "choices": (
        Due("matching.Offer", lambda before: Q(ended_at__lt=before) & _said("matching_offer", "decline_words"),
            words=_OFFER),
        Due("mentoring.Handover",
            lambda before: Q(asked_at__lt=before, status__in=["finished", "withdrawn"])
            & _said("mentoring_handover", "reason_words"),
            words={"reason_words": ""}),
    ),
    "asks": (Due("referrals.Incoming", _before("received_at")), Due("intake.Inquiry", _before("received_at"))),
    # Whoever was taken on is a peer now; all others came to nothing.
    "applications": (Due("intake.Application", lambda before: Q(received_at__lt=before) & ~Q(status="accepted")),),
    "lists": (
        Due("intake.RosterLine", _before("roster__uploaded_at")),
        Due("intake.RosterPart", _before("roster__uploaded_at")),
        Due("intake.Roster",
            lambda before: Q(uploaded_at__lt=before) & _said("intake_roster", "content", "file_name"),
            words={"content": "", "file_name": "", "words": {}}),
    ),
    "notices": (Due("people.OutgoingMessage", lambda before: Q(created_at__lt=before) & ~Q(status="queued")),),
    "readers": (Due("privacy.Grant", _before("ends_at")),),
    "files": (
        Due("interop.ExportRequest", lambda before: Q(asked_at__lt=before) & ~Q(status__in=["waiting", "ready"])),
        Due("retention.ErasureRequest", lambda before: Q(asked_at__lt=before) & ~Q(status__in=["asked", "waiting"])),
    ),
    "drafts": (Due("privacy.Consent", _before("drafted_at", status__in=["draft", "withdrawn"])),),
    "papers": (
        Due("privacy.NoticeOffer", _who_left("offered_at"), signed=True),
        Due("privacy.LimitsTold", _who_left("told_at"), signed=True),
        Due("privacy.KeptFrom",
            lambda before: Q(restriction__ended_at__lt=before)
            | Q(restriction__decided_at__lt=before, restriction__status="declined"),
            signed=True),
        Due("privacy.Restriction",
            lambda before: Q(ended_at__lt=before) | Q(decided_at__lt=before, status="declined"), signed=True),
        Due("privacy.Complaint", _before("answered_at"), signed=True),
        Due("retention.Sealed", _before("since", kind__in=list_sealed_kinds("papers"))),
    ),
    "accounting": (
        Due("referrals.ReferralPage", _before("link__disclosure__disclosed_at")),
        Due("partners.LinkWord", _before("link__disclosure__disclosed_at")),
        Due("partners.LinkMail", _before("link__disclosure__disclosed_at")),
        Due("partners.PartnerLink", _before("disclosure__disclosed_at"), signed=True),
        Due("privacy.ListedRecipient", _before("request__ended_at"), signed=True),
        Due("privacy.ListRequest", _before("ended_at"), signed=True),
        Due("privacy.Disclosure", _before("disclosed_at"), signed=True),
        Due("privacy.Emergency", _before("disclosed_at"), signed=True),
        Due("retention.Sealed", _before("since", kind__in=list_sealed_kinds("accounting"))),
    ),
    "consents": (
        # Six years from when it last was in effect; one by which something left, or a list
        # was asked for, stays as long as the line of that.
        Due("privacy.Consent",
            lambda before: Q(ended_at__lt=before, status__in=["revoked", "expired"])
            & ~Q(Exists(Disclosure.objects.filter(consent=OuterRef("pk"))))
            & ~Q(Exists(ListRequest.objects.filter(consent=OuterRef("pk")))),
            signed=True),
        Due("retention.Sealed", _before("since", kind__in=list_sealed_kinds("consents"))),
    ),
}  # fmt: skip
"""Kind of record -> what it holds, in the order in which it goes. `record`, a whole person, is `list_people_due`."""


def list_rows(due: Due, before: datetime, held: Collection[UUID]) -> QuerySet:
    """Rows of the program in scope that are past their time, without those of anybody under a legal hold."""
    model = apps.get_model(due.label)
    rows = model.objects.filter(due.older(before))  # type: ignore[attr-defined]
    for lookup in due.whose if held else ():
        rows = rows.filter(~Q(**{f"{lookup}__in": list(held)}) | Q(**{f"{lookup}__isnull": True}))
    return rows


def list_people_due(before: datetime, held: Collection[UUID]) -> QuerySet[Person]:
    """Whose latest time with us was over before: nobody who is supported now, works here, or was erased already."""
    episodes = Episode.objects.filter(person=OuterRef("pk"))
    lately = episodes.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=before))
    staff = Membership.objects.filter(user=OuterRef("user"), program=OuterRef("program")).exclude(role="participant")
    return (
        Person.objects.filter(Exists(episodes), ~Exists(lately), ~Exists(staff))
        .filter(~Exists(PeerProfile.objects.filter(person=OuterRef("pk"))))
        .filter(~Exists(Erasure.objects.filter(person=OuterRef("pk"))))
        .exclude(pk__in=list(held))
        .order_by("pk")
    )


def count_due(now: datetime, periods: Mapping[str, int], held: Collection[UUID]) -> dict[str, int]:
    """Kind of record -> how many rows of it (or people) would be erased now. One query for each model."""
    counts = {"record": list_people_due(due_before(now, months_of("record", periods)), held).count()}
    for kind in KINDS:
        if kind in DUE:
            before = due_before(now, months_of(kind, periods))
            counts[kind] = sum(list_rows(due, before, held).count() for due in DUE[kind])
    return counts


def count_all_due(now: datetime, periods: Mapping[str, int], held: Collection[UUID]) -> int:
    """The sum of `count_due`, by one query."""
    one = {"one": Value(1)}
    people = list_people_due(due_before(now, months_of("record", periods)), held)
    rows = [
        list_rows(due, due_before(now, months_of(kind, periods)), held)
        for kind, several in DUE.items()
        for due in several
    ]
    found = [each.order_by().annotate(**one).values("one") for each in (people, *rows)]
    return found[0].union(*found[1:], all=True).count()


def list_whose(due: Due, ids: Collection[UUID]) -> set[UUID]:
    """Ids of the people whom these rows are about."""
    model = apps.get_model(due.label)
    found: set[UUID] = set()
    for lookup in due.whose:
        found |= set(model._base_manager.filter(pk__in=ids).values_list(F(lookup), flat=True))
    return found - {None}  # type: ignore[arg-type]


def list_passes(due: Due, ids: Collection[UUID], people: Collection[UUID]) -> set[UUID]:
    """What rows of `Erasing` have to name so that these rows may go: their people, or a row itself that is nobody's."""
    of_nobody = Q(**{f"{lookup}__isnull": True for lookup in due.whose})
    return {
        *people,
        *apps.get_model(due.label)._base_manager.filter(of_nobody, pk__in=ids).values_list("pk", flat=True),
    }
