"""From frozen people to plain arrays. One codebook says which value is which bit, the same on both sides."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import nan
from typing import Any, Final

import numpy as np

from alongside.rules.availability import to_bits
from alongside.rules.matching.arrays import (
    OLDER,
    SIMILAR,
    UNKNOWN_AGE,
    YOUNGER,
    Floats,
    Ints,
    Masks,
    PeerArrays,
    PolicyArrays,
    SeekerArrays,
)
from alongside.rules.matching.constraints import age_band
from alongside.rules.matching.errors import TooManyValues
from alongside.rules.matching.fit import FEATURES, NEED_EXPERIENCES
from alongside.rules.matching.preferences import UNSAID_GENDERS
from alongside.rules.matching.values import Exclusions, Peer, Policy, Seeker
from alongside.rules.vocabulary import (
    AGE_BANDS,
    EXPERIENCES,
    GENDERS,
    INTERESTS,
    KINDS,
    LANGUAGES,
    LIFE_STAGES,
    MODES,
    NEEDS,
    PATHWAYS,
)

BITS: Final = 64
AGES: Final = {"younger": YOUNGER, "similar": SIMILAR, "older": OLDER}

KNOWN_VALUES: Final[Mapping[str, Sequence[str]]] = {
    # "" is a gender of its own here: a peer's limit on who did not say has to find them.
    "gender": ("", *GENDERS),
    "kind": KINDS,
    "age_band": AGE_BANDS,
    "language": LANGUAGES,
    "pathway": PATHWAYS,
    "experience": EXPERIENCES,
    "life_stage": LIFE_STAGES,
    "need": NEEDS,
    "interest": INTERESTS,
    "mode": MODES,
}
ANSWERS: Final = {
    "language": "languages", "pathway": "pathways", "experience": "experiences", "life_stage": "life_stages",
    "interest": "interests", "mode": "modes",
}  # fmt: skip
"""Value list to the field of the same name on both sides."""


@dataclass(frozen=True)
class Codebook:
    """Which value is which bit. Known values come first, so that their bits never move; others follow by name."""

    bits: Mapping[str, Mapping[str, int]]

    def mask(self, field: str, values: Iterable[str]) -> int:
        """Mask of some values, all of which are in the codebook."""
        of_field = self.bits[field]
        mask = 0
        for value in values:
            mask |= of_field[value]
        return mask


def make_codebook(seekers: Iterable[Seeker], peers: Iterable[Peer]) -> Codebook:
    """Codebook that holds every value of these people. Raises `TooManyValues`."""
    return _codebook(KNOWN_VALUES, chain[Seeker | Peer](seekers, peers))


def extend_codebook(book: Codebook, seeker: Seeker) -> Codebook:
    """The codebook with what one more person says; every bit that is there stays. Raises `TooManyValues`."""
    return _codebook({field: tuple(bits) for field, bits in book.bits.items()}, [seeker])


def _codebook(known_values: Mapping[str, Sequence[str]], people: Iterable[Seeker | Peer]) -> Codebook:
    seen: dict[str, set[str]] = {field: set() for field in known_values}
    for person in people:
        seen["gender"].add(person.gender)
        for field, answers in ANSWERS.items():
            seen[field].update(getattr(person, answers))
        if isinstance(person, Peer):
            seen["kind"].update(person.serves)
            for limit in person.limits:
                seen["age_band" if limit.feature == "age" else limit.feature].add(limit.value)
        else:
            seen["need"].update(person.needs)
            for wish in person.preferences:
                if wish.feature != "age":
                    seen[wish.feature].add(wish.value)
    bits = {}
    for field, known in known_values.items():
        values = [*known, *sorted(seen[field].difference(known))]
        if len(values) > BITS:
            raise TooManyValues(f"{field}: {len(values)} different values, more than {BITS}")
        bits[field] = {value: 1 << at for at, value in enumerate(values)}
    return Codebook(bits)


def compile_policy(policy: Policy, book: Codebook) -> PolicyArrays:
    """The policy in numbers."""
    experiences = np.zeros(BITS, dtype=np.uint64)
    for need, speaking in NEED_EXPERIENCES.items():
        experiences[book.bits["need"][need].bit_length() - 1] = book.mask("experience", speaking)
    return PolicyArrays(
        weights=np.array([policy.weights.get(feature) or 0.0 for feature in FEATURES]),
        session_hours=policy.session_hours,
        ample_hours=float(policy.ample_hours),
        similar_age_years=policy.similar_age_years,
        far_age_years=float(policy.far_age_years),
        far_miles=float(policy.far_miles),
        exploring=book.bits["pathway"]["exploring"],
        in_person=book.bits["mode"]["in_person"],
        need_experiences=experiences,
    )


def compile_seekers(
    seekers: Sequence[Seeker],
    priorities: Sequence[int],
    peer_at: Mapping[str, int],
    book: Codebook,
    exclusions: Exclusions = frozenset(),
) -> SeekerArrays:
    """People in the given order. `peer_at`: position of each peer by id; ids of others in exclusions do not matter."""

    def masks(field: str, answers: Callable[[Seeker], Iterable[str]]) -> Masks:
        return np.fromiter((book.mask(field, answers(s)) for s in seekers), np.uint64, len(seekers))

    def wished(strength: str, field: str) -> Masks:
        return masks(field, lambda s: [p.value for p in s.preferences if p.feature == field and p.strength == strength])

    def wished_ages(strength: str) -> Masks:
        asked = (
            sum({AGES[p.value] for p in s.preferences if p.feature == "age" and p.strength == strength})
            for s in seekers
        )
        return np.fromiter(asked, np.uint64, len(seekers))

    excluded: dict[str, list[int]] = {}
    for seeker_id, peer_id in exclusions:
        if peer_id in peer_at:
            excluded.setdefault(seeker_id, []).append(peer_at[peer_id])
    # Nobody is their own peer: that is one more pair that never meets.
    never_start, never = _lists([[*excluded.get(s.id, ()), *_positions([s.id], peer_at)] for s in seekers])
    earlier_start, earlier = _lists([_positions(s.earlier_peer_ids, peer_at) for s in seekers])
    return SeekerArrays(
        kind=masks("kind", lambda s: (s.kind,)),
        gender=masks("gender", lambda s: (s.gender,)),
        age_band=masks("age_band", lambda s: () if s.age is None else (age_band(s.age),)),
        preferred_language=masks("language", lambda s: s.languages[:1]),
        needs=masks("need", lambda s: s.needs),
        **_answers(seekers, book),
        must_genders=wished("must", "gender"),
        must_ages=wished_ages("must"),
        must_languages=wished("must", "language"),
        must_pathways=wished("must", "pathway"),
        must_experiences=wished("must", "experience"),
        must_life_stages=wished("must", "life_stage"),
        must_modes=wished("must", "mode"),
        like_genders=wished("like", "gender"),
        like_ages=wished_ages("like"),
        like_languages=wished("like", "language"),
        like_pathways=wished("like", "pathway"),
        like_experiences=wished("like", "experience"),
        like_life_stages=wished("like", "life_stage"),
        like_modes=wished("like", "mode"),
        priority=np.array(priorities, dtype=np.int64).reshape(len(seekers)),
        has_earlier=np.fromiter((bool(s.earlier_peer_ids) for s in seekers), np.bool_, len(seekers)),
        earlier_start=earlier_start,
        earlier=earlier,
        never_start=never_start,
        never=never,
        **_common(seekers),
    )


def compile_peers(peers: Sequence[Peer], book: Codebook) -> PeerArrays:
    """Peers in the given order."""

    def masks(field: str, answers: Callable[[Peer], Iterable[str]]) -> Masks:
        return np.fromiter((book.mask(field, answers(p)) for p in peers), np.uint64, len(peers))

    def limits(field: str, feature: str = "") -> Masks:
        return masks(field, lambda p: [limit.value for limit in p.limits if limit.feature == (feature or field)])

    return PeerArrays(
        places_free=np.fromiter((p.places_free for p in peers), np.int64, len(peers)),
        capacity=np.fromiter((p.capacity for p in peers), np.int64, len(peers)),
        serves=masks("kind", lambda p: p.serves),
        gender=masks("gender", lambda p: (p.gender,)),
        gender_known=np.fromiter((p.gender not in UNSAID_GENDERS for p in peers), np.bool_, len(peers)),
        **_answers(peers, book),
        limit_genders=limits("gender"),
        limit_kinds=limits("kind"),
        limit_age_bands=limits("age_band", "age"),
        limit_languages=limits("language"),
        limit_pathways=limits("pathway"),
        limit_experiences=limits("experience"),
        limit_life_stages=limits("life_stage"),
        limit_needs=limits("need"),
        limit_modes=limits("mode"),
        **_common(peers),
    )


def _answers(people: Sequence[Seeker | Peer], book: Codebook) -> dict[str, Any]:
    """Masks of the answers that both sides give."""
    return {
        answers: np.fromiter((book.mask(field, getattr(p, answers)) for p in people), np.uint64, len(people))
        for field, answers in ANSWERS.items()
    }


def _common(people: Sequence[Seeker | Peer]) -> dict[str, Any]:
    """Columns that both sides have and that are no mask of answers."""
    count = len(people)
    word = (1 << BITS) - 1
    hours = np.zeros((count, 3), dtype=np.uint64)
    for at, person in enumerate(people):
        bits = to_bits(person.hours or "")
        hours[at] = bits & word, bits >> BITS & word, bits >> 2 * BITS

    def numbers(name: str) -> Floats:
        said = (getattr(person, name) for person in people)
        return np.fromiter((nan if answer is None else answer for answer in said), np.float64, count)

    return {
        "age": np.fromiter((UNKNOWN_AGE if p.age is None else p.age for p in people), np.int64, count),
        "hours": hours,
        "hours_known": np.fromiter((bool(p.hours) for p in people), np.bool_, count),
        "latitude": numbers("latitude"),
        "longitude": numbers("longitude"),
        "max_miles": numbers("max_miles"),
    }


def _positions(ids: Iterable[str], peer_at: Mapping[str, int]) -> list[int]:
    return [peer_at[id_] for id_ in ids if id_ in peer_at]


def _lists(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Rows of positions as (start, found), each row rising and without doubles."""
    ordered = [sorted(set(row)) for row in rows]
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in ordered], out=start[1:])
    return start, np.fromiter(chain.from_iterable(ordered), np.int64, int(start[-1]))
