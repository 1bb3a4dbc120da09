"""The erasing itself: every row of a person by `lines`, their account, and the line in the ledger. One transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from alongside.audit.actions import record
from alongside.intake.models import Roster, RosterLine, RosterUndo
from alongside.legal.queries import is_held
from alongside.matching.models import KeptRun
from alongside.mentoring.models import NoteDraft
from alongside.people import joining
from alongside.people.actions import move_episode
from alongside.people.models import Episode, Membership, Merge, Person, User
from alongside.people.names import ERASED
from alongside.people.sessions import end_sign_ins
from alongside.workforce.models import PeerProfile

from . import ledger
from .lines import LINES, ROW, SEALED, WORDS
from .models import Erasing, Erasure, Sealed
from .periods import get_periods
from .sealing import list_to_seal

ACCOUNT = ("people.User", "people.Membership", "people.SignIn", "people.KnownDevice", "people.HeldForm",
           "people.CodeAsk", "people.PaperCode")  # fmt: skip
"""Rows of an account, which may belong to somebody with a record in another program too."""


class ErasureRefused(Exception):
    """The record cannot be erased now. `code` is one of `rules.retention.why_not`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def works_here(person: Person) -> bool:
    """Whether somebody is a peer or of the staff: others' records name them, and their papers follow another law."""
    if PeerProfile.objects.filter(person=person).exists():
        return True
    roles = Membership.objects.filter(user_id=person.user_id, program_id=person.program_id)
    return person.user_id is not None and roles.exclude(role="participant").exists()


@transaction.atomic
def erase_person(*, person: Person, by, cause: str, now: datetime) -> list[Erasure]:
    """Erase a record: rows go or are emptied, figures go on counting, papers that the law keeps are sealed.

    Whether two agreed is asked before (`actions`). Raises `ErasureRefused` for somebody who works here, and while a
    legal hold is open; after a restore what was lawful then is done again. Must run in the scope of the program.
    """
    person = lock_record(person.pk)
    if cause != "restored":
        if works_here(person):
            raise ErasureRefused("works_here")
        if is_held(person):
            raise ErasureRefused("held")
    for episode in Episode.objects.filter(person=person).exclude(status="closed"):
        move_episode(episode=episode, to="closed", by=by, reason="own_wish", now=now)
    erasures = _write_ledger(person, cause, now)
    Erasing.objects.create(person=person.pk, program_id=person.program_id)
    periods = get_periods()
    for kind, since, content in list_to_seal(person, periods, now):
        Sealed.objects.create(
            program_id=person.program_id, erasure=erasures[0], kind=kind, since=since, content=content
        )
    _erase_in_passing(person)
    _erase_rows(person)
    _erase_account(person)
    _empty(person)
    Erasing.objects.filter(person=person.pk).delete()
    record(act="person.erased", by=by, subject=person.pk, object_kind="erasure", object_id=erasures[0].pk, reason=cause,
           now=now)  # fmt: skip
    return erasures


def lock_record(person_id: UUID) -> Person:
    """The person, locked after the rows that daily work locks before it touches a person, as when records are joined.

    A legal hold locks the person as well: either it is seen from here on, or there is nobody to hold any more.
    """
    for relation, model, name in joining.list_moving():
        if joining.RULES[relation] == joining.MOVE_LOCKED:
            list(model._base_manager.select_for_update().filter(**{name: person_id}).order_by("pk").values("pk"))
    return Person.objects.select_for_update().get(pk=person_id)


def _write_ledger(person: Person, cause: str, now: datetime) -> list[Erasure]:
    """A line for the person and for each id that was joined to theirs: a backup may hold them apart again."""
    joined = Merge.objects.filter(kept=person, undone_at=None).values_list("gone", flat=True)
    lines = [ledger.Line(person.program_id, one, now, cause) for one in (person.pk, *joined)]
    return write_erasures(lines)


def write_erasures(lines: Iterable[ledger.Line]) -> list[Erasure]:
    """Rows of the ledger; the file outside the database gets them as soon as they are sure."""
    lines = list(lines)
    rows = [
        Erasure(program_id=line.program, person=line.person, at=line.at, cause=line.cause, mac=ledger.mac_of(line))
        for line in lines
    ]
    for row in rows:
        row.save(force_insert=True)
    transaction.on_commit(lambda: ledger.add(lines))
    return rows


def _erase_in_passing(person: Person) -> None:
    """What holds something of theirs among things of others."""
    NoteDraft.objects.filter(name=f"note-{person.pk}").delete()
    began = Episode.objects.filter(person=person).order_by("opened_at").values_list("opened_at", flat=True).first()
    if began:
        KeptRun.objects.filter(run__made_at__gte=began).delete()
    rosters = RosterLine.objects.filter(person=person).values("roster")
    if RosterUndo.objects.filter(roster__in=rosters).exists():
        # Taking the list back would bring back what it had changed of this person.
        RosterUndo.objects.filter(roster__in=rosters).delete()
        Roster.objects.filter(pk__in=rosters).update(undo_until=None)


def _erase_rows(person: Person) -> None:
    for label, line in LINES.items():
        if label in ACCOUNT or not line.whose or line.erase not in (ROW, WORDS, SEALED):
            continue
        rows = apps.get_model(label)._base_manager.filter(_of(line.whose, person.pk))
        if line.erase == WORDS:
            rows.update(**line.words)
        else:
            rows.delete()


def _of(lookups: tuple[str, ...], person_id: UUID) -> Q:
    found = Q()
    for lookup in lookups:
        found |= Q(**{lookup: person_id})
    return found


def _erase_account(person: Person) -> None:
    """The account goes, unless it is somebody's in another program too: then it leaves this one."""
    user = User.objects.filter(pk=person.user_id).first()
    if user is None:
        return
    end_sign_ins(user)
    Membership.objects.filter(user=user, program_id=person.program_id).delete()
    person.user = None
    person.save(update_fields=["user"])
    if not Membership.objects.filter(user=user).exists():
        user.delete()


def _empty(person: Person) -> None:
    """The row stays, for what is counted hangs from it; nothing in it tells who it was."""
    person.goes_by, person.goes_by_search = ERASED, ""
    for name in ("pronouns", "legal_name", "phone", "email", "external_id"):
        setattr(person, name, "")
    person.birth_date = person.supervisor = person.from_list = None
    person.language = "en"
    person.save()
