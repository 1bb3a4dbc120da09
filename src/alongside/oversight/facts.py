"""What is known of each reader and person of a week, for `rules.unusual_access`. A few questions for all of them."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from alongside.audit.fields import blind_index
from alongside.people.models import Boundary, Episode, Person
from alongside.people.names import fold
from alongside.privacy.models import Grant
from alongside.rules.unusual_access import Pair

WORKED_BEFORE, WORKED_AFTER = timedelta(days=7), timedelta(days=1)
"""What was done for somebody in these days around a week counts as work."""

BEFORE_A_PEER = ("inquiry", "intake", "waiting", "offered")
"""States in which somebody is the coordinators' own care."""

RARE = 3
"""A surname that more of the people opened in a week share says nothing."""

DRAWN_OF = 20
"""One ordinary pair in so many is drawn by lot."""

Together = tuple[UUID, UUID]
"""An account, and the person whose record it is."""


def read_pairs(pairs: Collection[Together], people: dict[UUID, UUID | None], worked: Collection[Together],
               coordinators: Collection[UUID], since: datetime, until: datetime) -> dict[Together, Pair]:  # fmt: skip
    """What is known of each. `people`: the person of each account; `worked`: pairs for whom something was done."""
    subjects = {person for _reader, person in pairs}
    tied = _tied(people, subjects, coordinators, since, until)
    near = _near(pairs, people, subjects)
    return {
        pair: Pair(
            is_tied=(people.get(pair[0]), pair[1]) in tied or (pair[0] in coordinators and (None, pair[1]) in tied),
            has_worked=pair in worked,
            is_near=pair in near,
            is_drawn=is_drawn(pair),
        )
        for pair in pairs
    }


def is_drawn(pair: Together) -> bool:
    """Whether the lot fell on a pair: by a keyed digest, so the same each week and for nobody to work out."""
    return int(blind_index(f"{pair[0]} {pair[1]}", "unusual_lot")[:8], 16) % DRAWN_OF == 0


def _tied(people, subjects, coordinators, since: datetime, until: datetime) -> set[tuple[UUID | None, UUID]]:
    """(person who reads, participant) of everybody who walked with, covered or was shown history in that time, and of
    whoever supports one of these. (None, participant): in the care of every coordinator."""
    found: set[tuple[UUID | None, UUID]] = set()
    grants = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gte=since), starts_at__lt=until)
    rows = grants.exclude(kind="reason").values_list("reader_id", "reader__supervisor_id", "participant_id")
    for reader, supervisor, participant in rows.iterator():
        if participant in subjects:
            found |= {(reader, participant), (supervisor, participant)} if supervisor else {(reader, participant)}
    if coordinators:
        waiting = Episode.objects.filter(
            Q(status__in=BEFORE_A_PEER) | Q(opened_at__gte=since) | Q(closed_at__gte=since)
        )
        found |= {(None, person) for person in waiting.values_list("person_id", flat=True) if person in subjects}
    return found


def _near(pairs, people, subjects) -> set[Together]:
    """Pairs with a boundary between them, a shared surname that is rare, or one telephone or address for both."""
    readers = {person for person in people.values() if person}
    ids = readers | subjects
    known: dict[UUID, Person] = {}
    for part in _parts(sorted(ids)):
        chosen = Person.objects.only("legal_name", "phone_index", "email_index").in_bulk(part)
        known.update(chosen)
    surname = {pk: (fold(one.legal_name).split() or [""])[-1] for pk, one in known.items()}
    common = Counter(surname[pk] for pk in subjects if pk in surname)
    apart = Boundary.objects.filter(Q(person__in=readers) | Q(other__in=readers)).values_list("person_id", "other_id")
    bound = {frozenset(pair) for pair in apart}
    near = set()
    for reader, person in pairs:
        own = people.get(reader)
        if own is None or own not in known or person not in known:
            continue
        one, other = known[own], known[person]
        shares = (one.phone_index and one.phone_index == other.phone_index) or (
            one.email_index and one.email_index == other.email_index
        )
        named_alike = bool(surname[own]) and surname[own] == surname[person] and common[surname[own]] <= RARE
        if frozenset((own, person)) in bound or shares or named_alike:
            near.add((reader, person))
    return near


def _parts(ids: list[UUID], size: int = 500) -> list[list[UUID]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
