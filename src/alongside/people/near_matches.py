"""Who may be the same person: candidates by key, compared by `rules.linkage`. A few indexed queries, never a scan."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django_scopes import scope

from alongside.rules.linkage import NO, Comparison, Features, compare

from .match_keys import COMPARED_FIELDS, digests_of, features_of, renew_all
from .models import MatchKey, Person, Program, ToCompare, TwinPair

LARGEST_BLOCK = 200
"""A key that more people share than this tells too little and is passed over, so that nothing grows with the square."""

CHUNK = 100
Row = TypeVar("Row")


@dataclass(frozen=True)
class NearMatch:
    """Somebody known whose record may be of the same person, with what speaks for and against."""

    person_id: UUID
    said: Comparison


def near_matches(
    program: Program, rows: Mapping[Row, Features], *, but: Collection[UUID] = (), among: int | None = None
) -> dict[Row, list[NearMatch]]:
    """People of the program who may be those in the rows, the likeliest first; rows without anybody are left out.

    Three queries for each hundred rows, and one that counts the people unless the caller knows how many there are
    (`among`). `but` are people not to be found, such as those that rows are known to be.
    """
    among = Person.objects.filter(program=program).count() if among is None else among
    found: dict[Row, list[NearMatch]] = {}
    keys = list(rows)
    for start in range(0, len(keys), CHUNK):
        some = {key: rows[key] for key in keys[start : start + CHUNK]}
        candidates = _find_candidates(program.pk, some)
        known = _load({person_id for ids in candidates.values() for person_id in ids} - set(but))
        for key, features in some.items():
            said = [NearMatch(pk, compare(features, known[pk], among=among)) for pk in candidates[key] if pk in known]
            near = sorted(
                (one for one in said if one.said.verdict != NO), key=lambda one: (-one.said.bits, one.person_id)
            )
            if near:
                found[key] = near
    return found


def _find_candidates(program_id: UUID, rows: Mapping[Row, Features]) -> dict[Row, set[UUID]]:
    """People who share a key with each row: two queries."""
    digests = {key: digests_of(features, program_id) for key, features in rows.items()}
    wanted = {digest for some in digests.values() for digest in some}
    held = MatchKey.objects.filter(program_id=program_id, digest__in=wanted)
    telling = held.values("digest").annotate(count=Count("pk")).filter(count__lte=LARGEST_BLOCK)
    sharing: dict[str, list[UUID]] = defaultdict(list)
    small = [row["digest"] for row in telling]
    for digest, person_id in MatchKey.objects.filter(program_id=program_id, digest__in=small).values_list(
        "digest", "person_id"
    ):
        sharing[digest].append(person_id)
    return {key: {pk for digest in some for pk in sharing.get(digest, ())} for key, some in digests.items()}


def _load(ids: Collection[UUID]) -> dict[UUID, Features]:
    people = Person.objects.filter(pk__in=ids).only("program_id", *COMPARED_FIELDS)
    return {person.pk: features_of(person) for person in people}


# --- for the worker -----------------------------------------------------------------------------------------------
def compare_waiting(now: datetime | None = None, *, limit: int = 500) -> int:
    """Compare people who are new or changed with everybody else, in all programs; returns how many were compared.

    Safe to run in several workers at once, and twice.
    """
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            if not ToCompare.objects.filter(program=program).exists():
                continue
            among = Person.objects.filter(program=program).count()
            while done < limit and (some := _compare_some(program, among)):
                done += some
    return done


@transaction.atomic
def _compare_some(program: Program, among: int) -> int:
    waiting = ToCompare.objects.select_for_update(skip_locked=True).filter(program=program).order_by("pk")
    ids = [one.pk for one in waiting[:CHUNK]]
    people = list(Person.objects.filter(pk__in=ids).only("program_id", *COMPARED_FIELDS))
    keyed = set(MatchKey.objects.filter(person__in=ids).values_list("person_id", flat=True))
    renew_all([person for person in people if person.pk not in keyed])
    found = near_matches(program, {person.pk: features_of(person) for person in people}, among=among)
    pairs = {
        tuple(sorted((person_id, near.person_id))): near.said
        for person_id, several in found.items()
        for near in several
        if near.person_id != person_id
    }
    _keep_pairs(program, ids, pairs)
    ToCompare.objects.filter(pk__in=ids).delete()
    return len(ids)


def _keep_pairs(program: Program, ids: list[UUID], pairs: Mapping[tuple, Comparison]) -> None:
    """What was decided stays; of the rest, what no longer looks alike goes, and what does is written as it is now."""
    about = TwinPair.objects.filter(Q(first__in=ids) | Q(second__in=ids))
    old = {(pair.first_id, pair.second_id): pair for pair in about}
    undecided = {key: pair for key, pair in old.items() if pair.decision != "different"}
    TwinPair.objects.filter(pk__in=[pair.pk for key, pair in undecided.items() if key not in pairs]).delete()
    changed = []
    for key, pair in undecided.items():
        if key in pairs and pair.reasons != (reasons := list_reasons(pairs[key])):
            pair.bits, pair.verdict, pair.reasons = pairs[key].bits, pairs[key].verdict, reasons
            changed.append(pair)
    TwinPair.objects.bulk_update(changed, ["bits", "verdict", "reasons"])
    TwinPair.objects.bulk_create(
        [
            TwinPair(program=program, first_id=first, second_id=second, bits=said.bits, verdict=said.verdict,
                     reasons=list_reasons(said))
            for (first, second), said in pairs.items()
            if (first, second) not in old
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def list_reasons(said: Comparison) -> list[list]:
    """Reasons as they are stored: [[field, level, bits]]."""
    return [[one.field, one.level, one.bits] for one in said.reasons]
