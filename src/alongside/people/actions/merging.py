"""Joining two records of one person, taking them apart again, and deciding that two are two."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people import joining, match_keys, merged_rows
from alongside.people.events import emit
from alongside.people.joining import Joining
from alongside.people.models import Merge, Person, TwinPair
from alongside.people.names import fold

from .persons import PERSON_FIELDS

UNDO_DAYS = 30
"""How long two records can be taken apart again."""

CHOSEN_FIELDS = (*sorted(PERSON_FIELDS), "user", "supervisor")
"""What the joined record has once, so that somebody chooses whose it is."""


class MergeRefused(Exception):
    """Not joined: `codes` say what a person has to settle first. Never which boundary it was (D7)."""

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


class UndoRefused(Exception):
    """Not taken apart: `too_late`, `undone` (already), `joined_again`, or `changed_since`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def choose_kept(first: Person, second: Person) -> tuple[Person, Person]:
    """(whose id stays, whose goes): a peer's, else that of an account, of somebody supported now, the older."""

    def rank(person: Person) -> tuple:
        is_open = person.episodes.exclude(status="closed").exists()
        return (merged_rows.is_peer(person), person.user_id is not None, is_open)

    ranks = rank(first), rank(second)
    if ranks[0] != ranks[1]:
        return (first, second) if ranks[0] > ranks[1] else (second, first)
    return (first, second) if (first.created_at, first.pk) <= (second.created_at, second.pk) else (second, first)


def list_refusals(*, first: Person, second: Person, by) -> list[str]:
    """Why the two cannot be joined now, as codes; empty when they can."""
    kept, gone = choose_kept(first, second)
    plan = Joining(kept, gone, by, timezone.now())
    emit("persons_to_merge", joining=plan)
    return [code for code in plan.refusals if code != "readers_not_seen"]


@transaction.atomic
def merge_persons(
    *,
    first: Person,
    second: Person,
    by,
    take: Mapping[str, UUID] | None = None,
    readers_seen: Collection[UUID] = (),
    now: datetime | None = None,
) -> Merge:
    """Make one record of two. `take`: field of `CHOSEN_FIELDS` to the id of whose value stays; a value only one has
    stays without being named. Everything else of both is kept. Raises `MergeRefused`.
    """
    now = now or timezone.now()
    first, second = _lock(first.pk, second.pk)
    kept, gone = choose_kept(first, second)
    plan = Joining(kept, gone, by, now, frozenset(readers_seen))
    emit("persons_to_merge", joining=plan)
    if plan.refusals:
        raise MergeRefused(plan.refusals)
    values = _choose_values(kept, gone, take or {})
    whole = joining.pack_row(gone)
    emit("persons_merged", joining=plan)
    for _relation, model, name in joining.list_moving():
        plan.move(model, name)
    gone_id = gone.pk
    _delete(gone)
    if "goes_by" in values:
        values["goes_by_search"] = fold(values["goes_by"])
    own = _set(kept, values)
    match_keys.renew(kept)
    merge = Merge.objects.create(
        program_id=kept.program_id, kept=kept, kept_then=kept.pk, gone=gone_id, merged_at=now, merged_by_id=by.user_id,
        undo_until=now + timedelta(days=UNDO_DAYS),
        journal={"gone": whole, "own": own, "moved": plan.moved, "changed": plan.changed, "deleted": plan.deleted},
    )  # fmt: skip
    for subject in (kept.pk, gone_id):
        record(act="person.merged", by=by, subject=subject, object_kind="merge", object_id=merge.pk, fields=[*own[0]])
    return merge


def _lock(first_id: UUID, second_id: UUID) -> tuple[Person, Person]:
    """Both, locked in the order of their ids, after the rows that daily work locks before it touches a person."""
    ids = sorted((first_id, second_id))
    for relation, model, name in joining.list_moving():
        if joining.RULES[relation] == joining.MOVE_LOCKED:
            list(model._base_manager.select_for_update().filter(**{f"{name}__in": ids}).order_by("pk").values("pk"))
    people = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    if len(people) != 2:
        raise MergeRefused(["not_two"])
    return people[first_id], people[second_id]


def _choose_values(kept: Person, gone: Person, take: Mapping[str, UUID]) -> dict:
    unknown = take.keys() - set(CHOSEN_FIELDS)
    if unknown or not set(take.values()) <= {kept.pk, gone.pk}:
        raise TypeError(f"not to be chosen: {sorted(unknown)}")
    values = {}
    for name in CHOSEN_FIELDS:
        column = f"{name}_id" if name in ("user", "supervisor") else name
        mine, theirs = getattr(kept, column), getattr(gone, column)
        wanted = take.get(name) == gone.pk
        if name == "user" and mine and theirs:
            # Staff keep their account; a participant's other one opens nothing any more.
            wanted = merged_rows.has_staff_role(gone) or (wanted and not merged_rows.has_staff_role(kept))
        if theirs and theirs != mine and (not mine or wanted):
            values[column] = theirs
    return values


def _delete(gone: Person) -> None:
    """The row itself: by now nothing names it any more, and the database says so if something does."""
    _count, by_model = gone.delete()
    if left := by_model.keys() - {"people.Person"}:
        raise joining.RelationWithoutRule(", ".join(sorted(left)))


def _set(person: Person, values: dict) -> list[dict]:
    """Set columns of a person; [former values, new values] for the journal."""
    old = {name: joining.pack(person, name) for name in values}
    for name, value in values.items():
        setattr(person, name, value)
    person.save()
    return [old, {name: joining.pack(person, name) for name in values}]


@transaction.atomic
def undo_merge(*, merge: Merge, by, now: datetime | None = None) -> Person:
    """Make two records of one again, as they were. What was added since to what moved goes back with it; what was
    changed since stays changed. Returns the person who is there again. Raises `UndoRefused`.
    """
    now = now or timezone.now()
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if code := why_not_undone(merge, now):
        raise UndoRefused(code)
    kept = Person.objects.select_for_update().get(pk=merge.kept_id)
    journal = merge.journal
    try:
        with transaction.atomic():
            _take_apart(kept, journal, merge.gone)
    except IntegrityError as error:
        raise UndoRefused("changed_since") from error
    gone = Person.objects.get(pk=merge.gone)
    merge.undone_at, merge.journal = now, None
    merge.save(update_fields=["undone_at", "journal"])
    match_keys.renew_all([Person.objects.get(pk=kept.pk), gone])
    for subject in (merge.kept_then, merge.gone):
        record(act="person.parted", by=by, subject=subject, object_kind="merge", object_id=merge.pk)
    emit("persons_unmerged", kept=kept, back=gone, by=by, now=now)
    return gone


def why_not_undone(merge: Merge, now: datetime) -> str:
    """The code of `UndoRefused` that this merge would get by what is written in it; "" when it can be tried."""
    if merge.undone_at:
        return "undone"
    if now > merge.undo_until or merge.journal is None:
        return "too_late"
    return "" if merge.kept_id == merge.kept_then else "joined_again"


def _take_apart(kept: Person, journal: dict, gone_id: UUID) -> None:
    # First what only one of the two can have: an account, a record number.
    joining.change_back([[Person._meta.label, str(kept.pk), *journal["own"]]])
    joining.put_back(Person, journal["gone"])
    if not joining.move_back(journal["moved"], kept.pk, gone_id):
        raise UndoRefused("changed_since")
    for label, values in journal["deleted"]:
        joining.put_back(apps.get_model(label), values)
    joining.change_back(journal["changed"])


@transaction.atomic
def decide_pair(*, pair: TwinPair, decision: str, by, now: datetime | None = None) -> TwinPair:
    """Two people (`different`), remembered for good; or `later`; or "" to look at it again."""
    pair = TwinPair.objects.select_for_update().get(pk=pair.pk)
    if pair.decision == decision:
        return pair
    pair.decision = decision
    pair.decided_at, pair.decided_by_id = (now or timezone.now(), by.user_id) if decision else (None, None)
    pair.save(update_fields=["decision", "decided_at", "decided_by"])
    for subject in (pair.first_id, pair.second_id):
        record(act="person.told_apart", by=by, subject=subject, object_kind="pair", object_id=pair.pk, reason=decision)
    return pair
