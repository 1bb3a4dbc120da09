"""Made-up lists as plain arrays: realistic enough that rules bind as they do in a program, and the same for a seed.

**Places.** Towns of a state (or several states) whose sizes fall like 1 / rank, as towns do; people live around the
middle of a town, with a spread of 4 to 12 miles. **Who.** 85 of 100 in their own recovery, the others loved ones.
Languages: English 0.80 as preferred one, Spanish 0.15, and Vietnamese, Chinese and American Sign Language; a quarter
of those who prefer another language also speak English, and one in six with English also speaks Spanish. Ages from 18
to
80 around 38 and 44. **Answers.** Between 3 and 20 of 100 do not answer a question. **Ways to meet.** 0.25 only in
person, 0.35 any way, others by phone or video only or both; most who meet in person go 5, 10 or 20 miles. **Musts.**
One
in seven asks for a peer of a gender, one in twenty for an age, a pathway or a life stage; a third has would-likes.
**Hours.** Parts of a day (28 a week) as the forms ask for them. **Limits.** One peer in ten has one or two.
**Places of a peer.** Capacity 5 to 15 with all places free but those already taken (0.3 each); `crowding` scales how
many people there are for a place. One in a hundred people has peers they must never meet.
"""

import numpy as np

from alongside.rules.availability import hours_from_parts, to_bits
from alongside.rules.matching.arrays import PeerArrays, PolicyArrays, SeekerArrays
from alongside.rules.matching.compiling import compile_policy, make_codebook
from alongside.rules.matching.values import DEFAULT_POLICY
from alongside.rules.vocabulary import DAY_PARTS, DAYS

U = np.uint64
BOOK = make_codebook([], [])
PARTS = [f"{day}_{part}" for day in DAYS for part in DAY_PARTS]


def make_policy(policy=DEFAULT_POLICY) -> PolicyArrays:
    """A policy in numbers, with the codebook of these lists."""
    return compile_policy(policy, BOOK)


def make_list(people: int, peers: int, *, seed: int = 1, states: int = 1, places_each: float = 0.0):
    """(`SeekerArrays`, `PeerArrays`). `places_each`: free places for each person, 0 for what capacity 5 to 15 gives."""
    chance = np.random.default_rng(seed)
    towns = _towns(chance, states, max(3, peers // (60 * states)))
    return _people(chance, people, peers, towns), _peers(chance, peers, people, places_each, towns)


def _towns(chance, states, each):
    middles = np.column_stack([chance.uniform(31, 46, states), chance.uniform(-120, -76, states)])
    found, sizes = [], []
    for latitude, longitude in middles:
        found.append(np.column_stack([latitude + chance.normal(0, 1.2, each), longitude + chance.normal(0, 1.5, each)]))
        sizes.append(1 / np.arange(1, each + 1) * chance.uniform(0.5, 2))
    sizes = np.concatenate(sizes)
    return np.concatenate(found), sizes / sizes.sum(), chance.uniform(4, 12, len(sizes))


def _place(chance, count, towns):
    middles, sizes, spread = towns
    at = chance.choice(len(sizes), count, p=sizes)
    miles = chance.normal(0, 1, (count, 2)) * spread[at, None]
    latitude = middles[at, 0] + miles[:, 0] / 69.0
    longitude = middles[at, 1] + miles[:, 1] / (69.0 * np.cos(np.radians(latitude)))
    unknown = chance.random(count) < 0.05
    return np.where(unknown, np.nan, latitude.round(4)), np.where(unknown, np.nan, longitude.round(4))


def _mask(chance, count, field, most, silent, tilt=0.7):
    """One to `most` values of a closed list for each, the first values more often; `silent` do not answer."""
    values = np.array([bit for value, bit in BOOK.bits[field].items() if value], dtype=U)
    likely = 1 / np.arange(1, len(values) + 1) ** tilt
    likely /= likely.sum()
    mask = np.zeros(count, dtype=U)
    wanted = chance.integers(1, most + 1, count)
    for draw in range(most):
        chosen = values[chance.choice(len(values), count, p=likely)]
        mask |= np.where(wanted > draw, chosen, U(0))
    return np.where(chance.random(count) < silent, U(0), mask)


def _languages(chance, count, bilingual):
    bits = BOOK.bits["language"]
    preferred = chance.choice(
        np.array([bits[one] for one in ("en", "es", "vi", "zh", "ase")], dtype=U),
        count,
        p=[0.80, 0.15, 0.02, 0.02, 0.01],
    )
    english, spanish = U(bits["en"]), U(bits["es"])
    second = np.where(preferred == english, spanish, english)
    share = np.where(preferred == english, bilingual / 4, bilingual)
    mask = preferred | np.where(chance.random(count) < share, second, U(0))
    unknown = chance.random(count) < 0.02
    return np.where(unknown, U(0), mask), np.where(unknown, U(0), preferred)


def _hours(chance, count, busy):
    parts = np.array(
        [[to_bits(hours_from_parts([p])) >> 64 * w & (2**64 - 1) for w in range(3)] for p in PARTS], dtype=U
    )
    # Working people are free in the evening and at the weekend; others by day.
    by_day = np.array([0.45, 0.5, 0.15, 0.03] * 5 + [0.3, 0.35, 0.2, 0.05] * 2)
    by_night = np.array([0.04, 0.06, 0.55, 0.08] * 5 + [0.45, 0.5, 0.4, 0.08] * 2)
    likely = np.where((chance.random(count) < 0.5)[:, None], by_day, by_night) * busy
    free = chance.random((count, len(PARTS))) < likely
    hours = np.zeros((count, 3), dtype=U)
    for at, part in enumerate(parts):
        hours |= np.where(free[:, at, None], part, U(0))
    known = chance.random(count) >= 0.08
    return np.where(known[:, None], hours, U(0)), known


def _modes(chance, count):
    bits = BOOK.bits["mode"]
    ways = [
        ("in_person",),
        ("in_person", "phone", "video", "text"),
        ("phone",),
        ("phone", "video"),
        ("in_person", "phone"),
    ]
    masks = np.array([sum(bits[way] for way in one) for one in ways] + [0], dtype=U)
    return masks[chance.choice(len(masks), count, p=[0.25, 0.35, 0.12, 0.12, 0.13, 0.03])]


def _miles(chance, count, said):
    miles = chance.choice([5.0, 10.0, 20.0, 40.0], count, p=[0.2, 0.4, 0.3, 0.1])
    return np.where(chance.random(count) < said, miles, np.nan)


def _ages(chance, count, mean, silent):
    ages = np.clip(chance.normal(mean, 12, count).round(), 18, 80).astype(np.int64)
    return np.where(chance.random(count) < silent, -1, ages)


def _genders(chance, count):
    bits = BOOK.bits["gender"]
    masks = np.array([bits[one] for one in ("woman", "man", "nonbinary", "not_said", "")], dtype=U)
    return masks[chance.choice(5, count, p=[0.45, 0.45, 0.03, 0.04, 0.03])]


def _some(chance, count, share, mask):
    return np.where(chance.random(count) < share, mask, U(0))


def _lists(chance, count, peers, share):
    """For a share of people one or two positions of peers."""
    sizes = np.where(chance.random(count) < share, chance.integers(1, 3, count), 0)
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(sizes, out=start[1:])
    return start, chance.integers(0, peers, int(start[-1]))


def _people(chance, count, peers, towns) -> SeekerArrays:
    latitude, longitude = _place(chance, count, towns)
    languages, preferred = _languages(chance, count, 0.25)
    hours, hours_known = _hours(chance, count, 0.8)
    age = _ages(chance, count, 38, 0.06)
    bands = np.array(
        [BOOK.bits["age_band"][b] for b in ("18_24", "25_34", "35_44", "45_54", "55_64", "65_plus")], dtype=U
    )
    band = np.where(age < 0, U(0), bands[np.clip(np.digitize(age, [25, 35, 45, 55, 65]), 0, 5)])
    gender = _genders(chance, count)
    kinds = np.array([BOOK.bits["kind"][one] for one in ("own_recovery", "loved_one")], dtype=U)
    women_men = np.where(gender & U(BOOK.bits["gender"]["man"]), gender, U(BOOK.bits["gender"]["woman"]))
    ages = np.array([1, 2, 4], dtype=U)
    waiting, urgency = chance.geometric(1 / 20, count) - 1, chance.choice(3, count, p=[0.8, 0.15, 0.05])
    earlier_start, earlier = _lists(chance, count, peers, 0.03)
    never_start, never = _lists(chance, count, peers, 0.01)
    none = np.zeros(count, dtype=U)
    return SeekerArrays(
        kind=kinds[(chance.random(count) < 0.15).astype(int)],
        gender=gender, age_band=band, age=age, languages=languages, preferred_language=preferred,
        pathways=_mask(chance, count, "pathway", 2, 0.12), needs=_mask(chance, count, "need", 3, 0.10),
        experiences=_mask(chance, count, "experience", 3, 0.15),
        life_stages=_mask(chance, count, "life_stage", 2, 0.10),
        interests=_mask(chance, count, "interest", 3, 0.20), modes=_modes(chance, count),
        hours=hours, hours_known=hours_known, latitude=latitude, longitude=longitude,
        max_miles=_miles(chance, count, 0.85),
        must_genders=_some(chance, count, 0.14, women_men),
        must_ages=_some(chance, count, 0.02, ages[chance.integers(0, 3, count)]),
        must_languages=none, must_pathways=_some(chance, count, 0.02, _mask(chance, count, "pathway", 1, 0)),
        must_experiences=none, must_life_stages=_some(chance, count, 0.01, _mask(chance, count, "life_stage", 1, 0)),
        must_modes=none,
        like_genders=_some(chance, count, 0.12, women_men),
        like_ages=_some(chance, count, 0.15, ages[chance.integers(0, 3, count)]),
        like_languages=none, like_pathways=_some(chance, count, 0.05, _mask(chance, count, "pathway", 1, 0)),
        like_experiences=_some(chance, count, 0.10, _mask(chance, count, "experience", 1, 0)),
        like_life_stages=_some(chance, count, 0.08, _mask(chance, count, "life_stage", 1, 0)), like_modes=none,
        priority=1 + 30 * urgency.astype(np.int64) + np.minimum(waiting, 365).astype(np.int64),
        has_earlier=np.diff(earlier_start) > 0, earlier_start=earlier_start, earlier=earlier,
        never_start=never_start, never=never,
    )  # fmt: skip


def _peers(chance, count, people, places_each, towns) -> PeerArrays:
    latitude, longitude = _place(chance, count, towns)
    languages, _ = _languages(chance, count, 0.6)
    hours, hours_known = _hours(chance, count, 1.0)
    capacity = chance.integers(5, 16, count)
    taken = chance.binomial(capacity, 0.0 if places_each else 0.05)
    free = capacity - taken
    if places_each:  # so many places in all, a few more or less for each
        free = np.minimum(free, np.maximum(0, np.round(free * places_each * people / free.sum()).astype(np.int64)))
    gender = _genders(chance, count)
    kind = BOOK.bits["kind"]
    serves = np.array([kind["own_recovery"], kind["loved_one"], kind["own_recovery"] | kind["loved_one"], 0], dtype=U)
    limit = lambda share, mask: _some(chance, count, share, mask)  # noqa: E731 — a column of limits each
    none = np.zeros(count, dtype=U)
    genders, heavy = BOOK.bits["gender"], BOOK.bits["experience"]
    return PeerArrays(
        places_free=free, capacity=capacity, serves=serves[chance.choice(4, count, p=[0.62, 0.10, 0.25, 0.03])],
        gender=gender,
        gender_known=(gender & U(genders["not_said"] | genders[""])) == 0,
        age=_ages(chance, count, 44, 0.04), languages=languages, pathways=_mask(chance, count, "pathway", 2, 0.04),
        experiences=_mask(chance, count, "experience", 5, 0.05),
        life_stages=_mask(chance, count, "life_stage", 3, 0.05),
        interests=_mask(chance, count, "interest", 4, 0.10), modes=_modes(chance, count),
        hours=hours, hours_known=hours_known, latitude=latitude, longitude=longitude,
        max_miles=_miles(chance, count, 0.85),
        limit_genders=limit(0.05, U(genders["man"])), limit_kinds=none,
        limit_age_bands=limit(0.02, U(BOOK.bits["age_band"]["18_24"])),
        limit_languages=none, limit_pathways=none,
        limit_experiences=limit(0.03, U(heavy["gambling"] | heavy["psychosis_bipolar"])),
        limit_life_stages=none, limit_needs=limit(0.02, U(BOOK.bits["need"]["court_or_probation"])), limit_modes=none,
    )  # fmt: skip
