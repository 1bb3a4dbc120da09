"""The peer table: peers laid out for a compiled scan, made once and used for any number of people.

Peers stand sorted by what most often makes a pair impossible (limits, languages, whom they serve, gender, then
place), in chunks. Each chunk knows what its peers have at most, so a person who shares no language with any of them,
or lives too far from all, skips the chunk unseen. Nothing here is a pair: memory grows with people and peers only.

The columns of a chunk lie side by side in one block. Handing over few large arrays matters: each array that a compiled
function touches is counted in and out, which with sixty of them cost more than the scan itself.
"""

from typing import Any, Final, NamedTuple

import numpy as np

from alongside.rules.matching.arrays import PeerArrays, SeekerArrays
from alongside.rules.matching.distance import EARTH_RADIUS_MILES

CHUNK: Final = 256
"""Peers looked at together: their columns fit the nearest cache."""

EVERY: Final = 0xFFFFFFFF
ANY_HOUR: Final = np.uint64(1 << 31)
"""A bit of the latest word, beyond the week: set for all people, and for peers who did not give their hours."""

SURE_MILES: Final = 5000.0
"""Beyond this, near the other side of the globe, the formula for distance itself is too uncertain to be bounded."""

LISTS = ("languages", "pathways", "experiences", "life_stages", "interests", "modes")
# Rows of a block of masks. SERVE, SPEAK and MEET: every bit where the peer did not say, none for who fills a chunk up.
SERVE, SPEAK, MEET, GENDER, GENDER_KNOWN, HOURS_KNOWN = range(6)
LANGUAGES, PATHWAYS, EXPERIENCES, LIFE_STAGES, INTERESTS, MODES = range(6, 12)
LIMITS: Final = 12  # nine rows, in the order of `LIMITED`
HOURS: Final = 21  # six rows: 168 hours in words of 32, and ANY_HOUR
BLOCK_ROWS: Final = 27
LIMITED = ("gender", "kind", "age_band", "languages", "pathways", "experiences", "life_stages", "needs", "modes")
LIMIT_COLUMNS = tuple(f"limit_{name if name.endswith('s') else name + 's'}" for name in LIMITED)
# Columns of a person's masks: rows LANGUAGES to MODES and HOURS as above, LIMITS are the answers a limit may name.
KIND, PREFERRED, NEEDS, PERSON_HOURS_KNOWN, HAS_MUSTS, HAS_LIKES = range(6)
MUSTS: Final = 27  # seven columns, in the order of `WISHED`
LIKES: Final = 34
HAS_NEVER: Final = 41
HAS_EARLIER: Final = 42
PERSON_COLUMNS: Final = 43
WISHED = ("genders", "ages", "languages", "pathways", "experiences", "life_stages", "modes")
# Rows of places. NEAR and FAR: squared chords within and beyond which the own limit is surely kept or broken.
X, Y, Z, NEAR, FAR, LATITUDE, LONGITUDE, MILES = range(8)


class Table(NamedTuple):
    """Peers in scan order, filled up to whole chunks with peers whom nobody can have.

    `order`: (m,) positions in `PeerArrays`. `place`: the way back, -1 for a peer without a free place, who is left
    out. `masks`: (chunks, BLOCK_ROWS, CHUNK) uint32. `ages`: (chunks, CHUNK) int32. `within`: (chunks, CHUNK) float32
    miles, infinite where unknown. `globe`: (chunks, 8, CHUNK) float64. By chunk: `some` (chunks, 5) uint32, what its
    peers have at most of SERVE, SPEAK, MEET and GENDER, and whether any has limits; `bounds` (chunks, 4) float64, the
    middle of their places and the greatest chord from it, endless where one is nowhere.
    """

    order: Any
    place: Any
    masks: Any
    ages: Any
    within: Any
    globe: Any
    some: Any
    bounds: Any


class Rows(NamedTuple):
    """People for a scan: `masks` (n, PERSON_COLUMNS) uint32, `ages` (n,) int32, `globe` (n, 8) float64, and whom each
    knows, as in `SeekerArrays`."""

    masks: Any
    ages: Any
    globe: Any
    never_start: Any
    never: Any
    earlier_start: Any
    earlier: Any


def fits_table(seekers: SeekerArrays, peers: PeerArrays) -> bool:
    """Whether every mask of both sides fits 31 bits, so that a table can hold it (one bit stands for "did not say")."""
    return not any(
        name != "hours" and column.dtype == np.uint64 and len(column) and int(column.max()) >> 31
        for rows in (seekers, peers)
        for name, column in zip(rows._fields, rows, strict=True)
    )


def make_table(peers: PeerArrays) -> Table:
    """Lay out the peers that have a free place."""
    has_limits = np.zeros(len(peers.age), dtype=bool)
    for name in LIMIT_COLUMNS:
        has_limits |= getattr(peers, name) != 0
    band = np.floor(
        np.nan_to_num(peers.latitude, nan=90.0) * 2
    )  # half a degree, some 35 miles: strips from west to east
    # Who did not say where stands apart: one of them would keep a whole chunk from being skipped for its distance.
    nowhere = np.isnan(peers.latitude)
    keys = (peers.gender, nowhere, band, np.nan_to_num(peers.longitude))
    order = np.lexsort((*keys[::-1], peers.serves, peers.languages, has_limits))
    order = order[peers.places_free[order] > 0]
    count = len(order)
    chunks = max(1, -(-count // CHUNK))
    place = np.full(len(peers.age), -1, dtype=np.int64)
    place[order] = np.arange(count)

    def laid(column: Any, fill: Any = 0) -> Any:
        made = np.full(chunks * CHUNK, fill, dtype=column.dtype)
        made[:count] = column[order]
        return made

    def said(column: Any) -> Any:
        return laid(np.where(column == 0, np.uint64(EVERY), column))

    words = hour_words(peers.hours)
    masks = np.array(
        [
            said(peers.serves), said(peers.languages), said(peers.modes), laid(peers.gender),
            laid(peers.gender_known), laid(peers.hours_known),
            *(laid(getattr(peers, name)) for name in LISTS),
            *(laid(getattr(peers, name)) for name in LIMIT_COLUMNS),
            *(laid(word) for word in words[:5]),
            laid(words[5] | np.where(peers.hours_known, np.uint64(0), ANY_HOUR)),
        ]
    ).astype(np.uint32)  # fmt: skip
    globe = np.array([laid(column, np.nan) for column in globe_rows(peers)])
    masks = _blocks(masks, chunks)
    limited = laid(has_limits).reshape(chunks, CHUNK).any(axis=1)
    some = np.column_stack([np.bitwise_or.reduce(masks[:, (SERVE, SPEAK, MEET, GENDER)], axis=2), limited])
    return Table(
        order=order,
        place=place,
        masks=masks,
        ages=laid(peers.age, -1).astype(np.int32).reshape(chunks, CHUNK),
        within=np.nan_to_num(laid(peers.max_miles), nan=np.inf).astype(np.float32).reshape(chunks, CHUNK),
        globe=_blocks(globe, chunks),
        some=np.ascontiguousarray(some, dtype=np.uint32),
        bounds=_bounds(globe[:3].T.reshape(chunks, CHUNK, 3), count),
    )


def make_rows(seekers: SeekerArrays) -> Rows:
    """Lay out people for a scan of a table."""
    musts = [getattr(seekers, f"must_{name}") for name in WISHED]
    likes = [getattr(seekers, f"like_{name}") for name in WISHED]
    words = hour_words(seekers.hours)
    masks = np.array(
        [
            seekers.kind, seekers.preferred_language, seekers.needs, seekers.hours_known,
            np.array(musts).any(axis=0), np.array(likes).any(axis=0),
            *(getattr(seekers, name) for name in LISTS),
            *(getattr(seekers, name) for name in LIMITED),
            *words[:5], words[5] | ANY_HOUR,
            *musts, *likes, np.diff(seekers.never_start) > 0, seekers.has_earlier,
        ]
    )  # fmt: skip
    return Rows(
        masks=np.ascontiguousarray(masks.T.astype(np.uint32)),
        ages=seekers.age.astype(np.int32),
        globe=np.ascontiguousarray(np.array(globe_rows(seekers)).T),
        never_start=seekers.never_start,
        never=seekers.never,
        earlier_start=seekers.earlier_start,
        earlier=seekers.earlier,
    )


def globe_rows(people: SeekerArrays | PeerArrays) -> list[Any]:
    """Columns X to MILES: places on a globe of radius 1, then the answers as they are; NaN where unknown.

    A chord from coordinates in 64-bit floats errs by some 1e-16 of the globe. The margins between NEAR and FAR are far
    wider, and what lies between them is asked of the exact formula.
    """
    lat, lon, miles = np.radians(people.latitude), np.radians(people.longitude), people.max_miles
    chord = (2 * np.sin(np.minimum(miles, SURE_MILES) / (2 * EARTH_RADIUS_MILES))) ** 2
    margin = 1e-9 * chord + 1e-18
    near = np.where(np.isnan(miles), np.inf, chord - margin)
    far = np.where(np.isnan(miles) | (miles > SURE_MILES), np.inf, chord + margin)
    places = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    return [*places, near, far, people.latitude, people.longitude, miles]


def hour_words(hours: Any) -> list[Any]:
    """(n, 3) words of 64 hours as six columns of 32."""
    return [hours[:, at // 2] >> np.uint64(32 * (at % 2)) & np.uint64(EVERY) for at in range(6)]


def _blocks(columns: Any, chunks: int) -> Any:
    """(rows, chunks * CHUNK) as (chunks, rows, CHUNK)."""
    return np.ascontiguousarray(columns.reshape(len(columns), chunks, CHUNK).swapaxes(0, 1))


def _bounds(points: Any, count: int) -> Any:
    real = (np.arange(points.shape[0] * CHUNK) < count).reshape(-1, CHUNK)
    middle = (
        np.where(real[:, :, None], np.nan_to_num(points), 0.0).sum(axis=1) / np.maximum(real.sum(axis=1), 1)[:, None]
    )
    apart = np.sqrt(((points - middle[:, None, :]) ** 2).sum(axis=2))
    reach = np.where(real, np.nan_to_num(apart, nan=np.inf), 0.0).max(axis=1)
    return np.ascontiguousarray(np.column_stack([middle, reach]))
