"""An incident: it has an owner, its people are found in the log, four factors are assessed, then it is closed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record, record_each
from alongside.audit.queries import count_touched
from alongside.people.models import Merge, Person, Program
from alongside.people.outbox import absolute, queue_duty_notice
from alongside.rules.breach import DECISIONS, FACTORS, INFORMATION, list_missing, may_close
from alongside.rules.lifecycles import INCIDENT

from ..models import Affected, Incident, LogSearch
from ..queries import get_state
from .demands import tell_directors


class IncidentRefused(Exception):
    """Nothing was changed. `code`: no_words, factors, order (of days), over, not_done, twice,
    undecided, delayed, too_long (a delay), toll_free, names."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def open_incident(
    *, program: Program, what_happened: str, happened_on: date | None, discovered_on: date, owner: Person,
    submit_key: UUID, by, now: datetime | None = None,
) -> Incident:  # fmt: skip
    """Its clocks run from the day of discovery (164.404(a)(2)). Its owner and the directors are told at once."""
    now = now or timezone.now()
    if not what_happened.strip():
        raise IncidentRefused("no_words")
    if happened_on and happened_on > discovered_on:
        raise IncidentRefused("order")
    incident, is_new = Incident.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program": program, "owner": owner, "what_happened": what_happened.strip(), "happened_on": happened_on,
            "discovered_on": discovered_on, "entered_at": now, "entered_by_id": by.user_id,
        },
    )  # fmt: skip
    if is_new:
        log_incident(incident, "incident.opened", by)
        link = reverse("incident", args=[incident.pk])
        tell_directors(program.pk, incident.pk, by=by, now=now, link=link)
        if owner.pk != by.person_id:
            queue_duty_notice(owner, absolute(link), once_key=f"l:{incident.pk.hex}:{owner.pk.hex[:12]}", now=now)
    return incident


@transaction.atomic
def search_log(
    *, incident: Incident, account: UUID, acts: Collection[str], from_at: datetime, until_at: datetime, by,
    now: datetime | None = None,
) -> int:  # fmt: skip
    """Ask the log whose records this account touched, and put them on the list. How many are new on it.

    What was asked stays with the incident. Whoever was struck before stays struck.
    """
    now, locked = now or timezone.now(), lock_incident(incident)
    if from_at >= until_at:
        raise IncidentRefused("order")
    touched = count_touched(locked.program_id, account, sorted(acts), from_at, until_at)
    people = _people_now(touched)
    LogSearch.objects.create(
        program_id=locked.program_id, incident=locked, account=account, acts=sorted(acts), from_at=from_at,
        until_at=until_at, found=len(people), made_at=now, made_by_id=by.user_id,
    )  # fmt: skip
    known = set(Affected.objects.filter(incident=locked).values_list("person_id", flat=True))
    new = [one for one in people if one not in known]
    Affected.objects.bulk_create(
        Affected(program_id=locked.program_id, incident=locked, person_id=one, source="log", found_at=now)
        for one in new
    )  # fmt: skip
    log_incident(locked, "incident.searched", by)
    record_each(new, act="incident.person_found", by=by, object_kind="incident", object_id=locked.pk)
    return len(new)


def _people_now(ids: Collection[UUID]) -> list[UUID]:
    """The people behind these ids today: a record that was joined to another is that one."""
    there = set(Person.objects.filter(pk__in=ids).values_list("pk", flat=True))
    gone = set(ids) - there
    merges = Merge.objects.filter(gone__in=gone, undone_at=None) if gone else ()
    return sorted(there | {merge.kept_id for merge in merges})


@transaction.atomic
def add_affected(*, incident: Incident, person: Person, words: str, by, now: datetime | None = None) -> Affected:
    """Somebody whom the log does not tell of, with the reason why."""
    locked = lock_incident(incident)
    if not words.strip():
        raise IncidentRefused("no_words")
    row, is_new = Affected.objects.get_or_create(
        incident=locked,
        person=person,
        defaults={
            "program_id": locked.program_id, "source": "added", "words": words.strip(),
            "found_at": now or timezone.now(),
        },
    )  # fmt: skip
    if not is_new and row.struck_at is None:
        raise IncidentRefused("twice")
    if not is_new:
        row.struck_at, row.words = None, words.strip()
        row.save(update_fields=["struck_at", "words"])
    record(act="incident.person_found", by=by, subject=person.pk, object_kind="incident", object_id=locked.pk)
    return row


@transaction.atomic
def strike_affected(*, affected: Affected, words: str, by, now: datetime | None = None) -> Affected:
    """Their record was not in it after all, and how we know. Whoever was told stays on the list."""
    incident = lock_incident(Incident(pk=affected.incident_id))
    row = Affected.objects.select_for_update(of=("self",)).get(pk=affected.pk)
    if not words.strip():
        raise IncidentRefused("no_words")
    if row.told_at or row.struck_at:
        raise IncidentRefused("over")
    row.struck_at, row.strike_words = now or timezone.now(), words.strip()
    row.save(update_fields=["struck_at", "strike_words"])
    record(
        act="incident.person_struck", by=by, subject=row.person_id, object_kind="incident", object_id=incident.pk
    )  # fmt: skip
    return row


@transaction.atomic
def assess(
    *, incident: Incident, factors: Mapping[str, str], decision: str, words: str, by, now: datetime | None = None
) -> Incident:
    """The four factors in words, and what follows: a breach, or a low probability that anything was compromised."""
    locked = lock_incident(incident)
    if list_missing(factors):
        raise IncidentRefused("factors")
    if decision not in DECISIONS or not words.strip():
        raise IncidentRefused("no_words")
    if locked.status != "open":
        raise IncidentRefused("over")
    _move(locked, "assessed", by)
    locked.factors = {factor: factors[factor].strip() for factor in FACTORS}
    locked.decision, locked.decision_words = decision, words.strip()
    locked.decided_at, locked.decided_by_id = now or timezone.now(), by.user_id
    locked.save(update_fields=["status", "factors", "decision", "decision_words", "decided_at", "decided_by"])
    log_incident(locked, "incident.assessed", by, reason=decision)
    return locked


@transaction.atomic
def reopen_incident(*, incident: Incident, words: str, by) -> Incident:
    """Something new is known: the assessment is made again. The clocks never stopped."""
    locked = lock_incident(incident)
    if not words.strip():
        raise IncidentRefused("no_words")
    if locked.status != "assessed":
        raise IncidentRefused("over")
    _move(locked, "open", by)
    locked.decision, locked.decided_at = "", None
    locked.save(update_fields=["status", "decision", "decided_at"])
    record(act="incident.reopened", by=by, object_kind="incident", object_id=locked.pk, words=words)
    return locked


@transaction.atomic
def note_authority_told(*, incident: Incident, who: str, on: date, by) -> Incident:
    """HHS (`hhs`) or the media (`media`) were told, on this day."""
    locked, column = lock_incident(incident), {"hhs": "hhs_told_on", "media": "media_told_on"}[who]
    if on < locked.discovered_on:
        raise IncidentRefused("order")
    setattr(locked, column, on)
    locked.save(update_fields=[column])
    log_incident(locked, "incident.authority_told", by, reason=who)
    return locked


@transaction.atomic
def change_letter(
    *, incident: Incident, information: Collection[str], letter: Mapping[str, Mapping[str, str]], contact: str, by
) -> Incident:
    """What the letter says beside the fixed words, in both languages: {language: {part: words}}."""
    locked = lock_incident(incident)
    if not contact.strip() or any(not words.strip() for parts in letter.values() for words in parts.values()):
        raise IncidentRefused("no_words")
    locked.information = [one for one in INFORMATION if one in information]
    locked.letter, locked.contact = {language: dict(parts) for language, parts in letter.items()}, contact.strip()
    locked.save(update_fields=["information", "letter", "contact"])
    log_incident(locked, "incident.letter", by)
    return locked


@transaction.atomic
def close_incident(*, incident: Incident, by, now: datetime | None = None) -> Incident:
    """Everything that the law wants was done. Raises `IncidentRefused` while a clock still runs."""
    locked = lock_incident(incident)
    if locked.status == "closed":
        raise IncidentRefused("over")
    zone = ZoneInfo(Program.objects.values_list("time_zone", flat=True).get(pk=locked.program_id))
    if not may_close(get_state(locked), (now or timezone.now()).astimezone(zone).date()):
        raise IncidentRefused("not_done")
    _move(locked, "closed", by)
    locked.closed_at = now or timezone.now()
    locked.save(update_fields=["status", "closed_at"])
    log_incident(locked, "incident.closed", by)
    return locked


def lock_incident(incident: Incident) -> Incident:
    """The incident as it is now, locked; a closed one is changed no more."""
    locked = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if locked.closed_at:
        raise IncidentRefused("over")
    return locked


def log_incident(incident: Incident, act: str, by, reason: str = "") -> None:
    """The entry of the log: what, and never in which words."""
    record(act=act, by=by, object_kind="incident", object_id=incident.pk, reason=reason)


def _move(incident: Incident, to: str, by) -> None:
    INCIDENT.check_move(incident.status, to, by=by.moves_as)
    incident.status = to
