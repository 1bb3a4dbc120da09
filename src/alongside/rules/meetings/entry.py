"""One meeting as we keep it, whatever form it came in, and what may be said about how well it could be read."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

READER = 2
"""Goes into each digest: when the readers understand more, every entry is read anew."""

FLAGS = (
    "no_zone", "unknown_zone", "over_midnight", "all_day", "by_appointment", "no_time", "no_day", "time_not_read",
    "day_not_read", "end_not_read", "end_is_start", "long", "online_without_link", "unknown_provider",
    "open_and_closed", "place_closed", "not_active", "approximate_place", "no_coordinates", "bad_coordinates",
    "unknown_types", "contacts_left_out", "cut_short", "venue_guessed", "updated_not_read", "days_from_one",
    "one_is_sunday",
)  # fmt: skip
"""What is noted beside an entry that was taken. None of them hides it."""

REFUSALS = ("not_an_object", "no_key", "repeated_key", "no_name", "no_place", "not_published")
"""Why an entry is not taken."""

LONG = 120
"""Minutes after which a meeting is unusually long."""

ALL_DAY = (1439, 1440)
"""Ends, in minutes, of a meeting that begins at midnight and goes on all day."""


@dataclass(frozen=True)
class Entry:
    """A weekly meeting.

    `days` 0 Sunday to 6 Saturday; `starts` and `ends` minutes after that day's midnight by the clock of `zone`, `ends`
    past 1440 when it goes on over midnight; both None by appointment or when nobody knows. `zone` "" is the feed's.
    `keeper` is who keeps it where a list gathers those of others, `fellowship` a code where it is not the feed's.
    `types` are codes of Meeting Guide, `own_types` what only this feed says: (code, English, Spanish) with "" unknown.
    `raw` is the entry as it came, without contact details of persons; all that we do not use is still in it.
    """

    key: str
    name: str
    days: tuple[int, ...] = ()
    starts: int | None = None
    ends: int | None = None
    zone: str = ""
    types: tuple[str, ...] = ()
    own_types: tuple[tuple[str, str, str], ...] = ()
    languages: tuple[str, ...] = ()
    is_in_person: bool = False
    is_online: bool = False
    is_approximate: bool = False
    place: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    online_url: str = ""
    online_phone: str = ""
    online_notes: str = ""
    notes: str = ""
    place_notes: str = ""
    group: str = ""
    url: str = ""
    keeper: str = ""
    keeper_url: str = ""
    feedback_url: str = ""
    fellowship: str = ""
    updated_at: datetime | None = None
    flags: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        """Whether one can go there at all: in person or online."""
        return self.is_in_person or self.is_online

    @property
    def digest(self) -> str:
        """Changes exactly when what the feed says of it changes, in whatever order it says so.

        What its codes mean is told elsewhere, by the server of a fellowship or by the other entries: it counts too.
        """
        meant: list[object] = [self.types, self.own_types, self.languages, self.keeper, self.keeper_url]
        meant += [flag for flag in ("days_from_one", "one_is_sunday") if flag in self.flags]
        words = json.dumps([READER, self.raw, meant], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Refusal:
    """An entry that was not taken: its place in the feed from 1, its key and name where it has them, and why."""

    row: int
    key: str
    name: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What was in a feed: every entry is either in `entries` or in `refusals`, none in both and none in neither."""

    form: str
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...]
    own_codes: tuple[str, ...] = ()
    """Codes that the specification knows but this feed seems to use for something else (`guide.find_own_codes`)."""
    days_from_one: bool = False
    """Whether its days are numbers from 1 to 7, of which nobody says whether 1 is Monday or Sunday."""

    @property
    def read(self) -> int:
        """How many entries the feed holds."""
        return len(self.entries) + len(self.refusals)


class NotAFeed(Exception):
    """The whole file cannot be read; `reason` says why, `row` where, if that is known. Nothing of it was taken."""

    def __init__(self, reason: str, row: int | None = None):
        super().__init__(reason)
        self.reason, self.row = reason, row


NOT_A_FEED = (
    "empty", "too_large", "too_deep", "too_many", "not_text", "not_json", "not_a_list", "no_meetings_in_it",
    "no_name_column", "row_too_long", "all_refused", "web_page", "day_zero",
)  # fmt: skip
