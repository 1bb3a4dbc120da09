"""An entry as a row, a row as the times at which it is looked for, and a row as an entry again."""

from datetime import datetime
from uuid import UUID, uuid4

from alongside.rules.meetings.alike import fold_name
from alongside.rules.meetings.entry import Entry
from alongside.rules.meetings.kinds import FELLOWSHIPS
from alongside.rules.meetings.places import cell_of, place_keys

from .models import NO_CELL, NO_DAY, Feed, Meeting, Slot

SAME = (
    "key", "name", "starts", "ends", "is_in_person", "is_online", "is_approximate", "place", "address", "city", "state",
    "postal_code", "country", "region", "latitude", "longitude", "online_url", "online_phone", "online_notes", "notes",
    "place_notes", "group", "url", "keeper", "keeper_url", "feedback_url", "fellowship", "updated_at", "zone",
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
    """One for each day; one without a day where the meeting has no time. None while its feed is off.

    One without coordinates is in no cell yet: `placing.renew_places` puts it into the middle of its city.
    """
    if not feed.is_on or row.gone_at:
        return []
    has_time = row.starts is not None and row.days
    cell = NO_CELL if row.latitude is None else cell_of(row.latitude, row.longitude)
    languages = languages_of(row, feed)
    fellowship = row.fellowship or feed.fellowship
    marks = " ".join(["", *row.types, *(f"lang:{one}" for one in languages), ""])
    city_key, postal_key = place_keys(row.city, row.state, row.postal_code) if row.latitude is None else ("", "")
    return [
        Slot(
            program_id=row.program_id, meeting=row, day=day, starts=row.starts if has_time else 0,
            ends=row.ends if has_time else 0, zone=row.zone or feed.time_zone, cell=cell, latitude=row.latitude,
            longitude=row.longitude, is_in_person=row.is_in_person, is_online=row.is_online,
            fellowship=fellowship, kind=FELLOWSHIPS[fellowship][1], marks=marks[:400], city_key=city_key,
            postal_key=postal_key, name_key=fold_name(row.name),
        )
        for day in (row.days if has_time else [NO_DAY])
    ]  # fmt: skip
