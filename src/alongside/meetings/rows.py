"""An entry as a row, a row as the times at which it is looked for, and a row as an entry again."""

from datetime import datetime
from uuid import UUID, uuid4

from alongside.rules.meetings.entry import Entry
from alongside.rules.meetings.places import cell_of

from .models import NO_CELL, NO_DAY, Feed, Meeting, Slot

SAME = (
    "key", "name", "starts", "ends", "is_in_person", "is_online", "is_approximate", "place", "address", "city", "state",
    "postal_code", "country", "region", "latitude", "longitude", "online_url", "online_phone", "online_notes", "notes",
    "place_notes", "group", "url", "updated_at", "zone",
)  # fmt: skip
SIGNED = "ase"
LISTS = ("days", "types", "own_types", "languages", "flags")


def meeting_of(entry: Entry, feed: Feed, form: str, now: datetime, pk: UUID | None = None) -> Meeting:
    """The row of an entry, not saved. `pk`: of the row that it takes the place of."""
    return Meeting(
        id=pk or uuid4(), program_id=feed.program_id, feed=feed, digest=entry.digest, form=form, raw=dict(entry.raw),
        seen_at=now, changed_at=now, gone_at=None, **{name: getattr(entry, name) for name in SAME},
        **{name: list(getattr(entry, name)) for name in LISTS},
    )  # fmt: skip


def entry_of(row: Meeting) -> Entry:
    """The entry that a row came from."""
    return Entry(
        raw=row.raw, **{name: getattr(row, name) for name in SAME},
        **{name: tuple(map(tuple, value)) if name == "own_types" else tuple(value)
           for name in LISTS for value in [getattr(row, name)]},
    )  # fmt: skip


def languages_of(row: Meeting, feed: Feed) -> list[str]:
    """In which languages it is held; signs go beside a spoken one, which may be that of its feed."""
    spoken = [one for one in row.languages if one != SIGNED]
    return [*(spoken or [feed.language]), *(one for one in row.languages if one == SIGNED)]


def slots_of(row: Meeting, feed: Feed) -> list[Slot]:
    """One for each day; one without a day where the meeting has no time. None while its feed is off."""
    if not feed.is_on or row.gone_at:
        return []
    has_time = row.starts is not None and row.days
    cell = NO_CELL if row.latitude is None else cell_of(row.latitude, row.longitude)
    languages = languages_of(row, feed)
    marks = " ".join(["", *row.types, *(f"lang:{one}" for one in languages), ""])
    return [
        Slot(
            program_id=row.program_id, meeting=row, day=day, starts=row.starts if has_time else 0,
            ends=row.ends if has_time else 0, zone=row.zone or feed.time_zone, cell=cell, latitude=row.latitude,
            longitude=row.longitude, is_in_person=row.is_in_person, is_online=row.is_online,
            fellowship=feed.fellowship, kind=feed.kind, marks=marks[:400],
        )
        for day in (row.days if has_time else [NO_DAY])
    ]  # fmt: skip
