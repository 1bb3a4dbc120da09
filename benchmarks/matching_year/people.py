"""Made participants and peers for the year, as the plain values of the matching rules."""

from random import Random

from alongside.rules.availability import hours_from_parts
from alongside.rules.matching import Peer, Preference, Seeker
from alongside.rules.vocabulary import DAY_PARTS, DAYS, EXPERIENCES, INTERESTS, LIFE_STAGES, NEEDS, PATHWAYS

SITES = ((34.05, -118.24), (34.15, -118.25), (33.94, -118.13), (34.07, -118.44), (33.77, -118.19))
"""Five places of one county."""
PARTS = [f"{day}_{part}" for day in DAYS for part in DAY_PARTS if part != "night"]


def draw_seeker(rng: Random, id_: str) -> Seeker:
    """Somebody who asks for a peer. One in seven speaks only Spanish; one in six must have a peer of their gender."""
    gender = rng.choice(("woman", "man"))
    wishes = []
    if rng.random() < 0.17:
        wishes.append(Preference("gender", gender, "must"))
    if rng.random() < 0.4:
        wishes.append(Preference("age", rng.choice(("similar", "older")), "like"))
    return Seeker(
        id=id_,
        kind="loved_one" if rng.random() < 0.12 else "own_recovery",
        languages=rng.choices((("en",), ("es",), ("es", "en"), ("vi",)), (70, 14, 13, 3))[0],
        needs=some(rng, NEEDS, 2),
        preferences=tuple(wishes),
        urgency=rng.choices((0, 1, 2), (82, 14, 4))[0],
        **_shared(rng, gender, age=int(min(75, max(18, rng.gauss(38, 12)))), parts=7),
    )


def draw_peer(rng: Random, id_: str) -> Peer:
    """A peer with four to eight places, all free on the first day."""
    capacity = rng.randint(4, 8)
    return Peer(
        id=id_,
        places_free=capacity,
        capacity=capacity,
        serves=frozenset({"own_recovery", "loved_one"} if rng.random() < 0.3 else {"own_recovery"}),
        languages=rng.choices((("en",), ("en", "es"), ("es",), ("en", "vi")), (68, 22, 7, 3))[0],
        **_shared(rng, rng.choice(("woman", "man")), age=int(min(75, max(22, rng.gauss(45, 11)))), parts=10),
    )


def _shared(rng: Random, gender: str, age: int, parts: int) -> dict:
    """What is asked of both sides; one answer in ten is not given."""
    latitude, longitude = rng.choice(SITES)
    answers = {
        "gender": gender,
        "age": age,
        "pathways": frozenset(rng.choices(PATHWAYS, (35, 12, 10, 15, 6, 4, 6, 12), k=rng.randint(1, 2))),
        "experiences": some(rng, EXPERIENCES, 4),
        "life_stages": some(rng, LIFE_STAGES, 2),
        "interests": some(rng, INTERESTS, 3),
        "hours": hours_from_parts(rng.sample(PARTS, parts)),
        "max_miles": rng.choice((5.0, 10.0, 20.0)),
    }
    kept = {name: answer for name, answer in answers.items() if name == "gender" or rng.random() < 0.9}
    modes = frozenset({"in_person", *(mode for mode in ("phone", "video") if rng.random() < 0.6)})
    return {**kept, "modes": modes, "latitude": latitude, "longitude": longitude}


def some(rng: Random, values: tuple[str, ...], most: int) -> frozenset[str]:
    """One or more of these."""
    return frozenset(rng.sample(values, rng.randint(1, most)))
