"""Feeds, meetings as they were read, the times at which each is looked for, and the places that can be named."""

from django.db import models
from django.db.models import Q

from alongside.people.models import ProgramRow, one_of
from alongside.rules.feeds import HOURS
from alongside.rules.meetings.kinds import FELLOWSHIPS, KINDS
from alongside.rules.meetings.times import FIRST_DAYS

URL, FILE, OWN = "url", "file", "own"
WAYS = (URL, FILE, OWN)
"""How meetings come: from an address again and again, from a file that somebody brings, or written by staff here."""

NO_DAY, NO_CELL = 7, -1


def _one_of_hours() -> Q:
    """Each number by itself: Django cannot read a list of numbers back out of a table of SQLite."""
    found = Q()
    for hours in HOURS:
        found |= Q(every_hours=hours)
    return found


class Feed(ProgramRow):
    """A source of meetings. What went wrong at the latest try is `problem`; what was good before stays."""

    way = models.CharField(max_length=4)
    name = models.CharField(max_length=120, help_text="who keeps these meetings: shown beside each")
    site = models.CharField(max_length=300, blank=True, help_text="their page, for people")
    fellowship = models.CharField(max_length=12)
    url = models.CharField(max_length=1000, blank=True)
    time_zone = models.CharField(max_length=64, help_text="of meetings that name none")
    language = models.CharField(max_length=3, default="en", help_text="of meetings that name none")
    first_day = models.CharField(
        max_length=6, blank=True, default="", help_text="which day its keeper calls 1, once staff asked"
    )
    every_hours = models.PositiveSmallIntegerField(default=0)
    is_on = models.BooleanField(default=True, help_text="off: its meetings are not shown")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True, help_text="when its meetings were seen there last")
    problem = models.CharField(max_length=24, blank=True)
    problem_row = models.PositiveIntegerField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=16, blank=True)
    counts = models.JSONField(default=dict)
    refusals = models.JSONField(default=list)
    zones = models.JSONField(default=list)
    meanings = models.JSONField(default=dict, help_text="what its codes mean and whose its meetings are, if it says so")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="feed_due")]
        constraints = [
            one_of("way", WAYS, name="feed_way_known"),
            one_of("fellowship", tuple(FELLOWSHIPS), name="feed_fellowship_known"),
            one_of("first_day", FIRST_DAYS, name="feed_first_day_known"),
            models.CheckConstraint(condition=Q(way=URL) ^ Q(url=""), name="feed_has_address_or_not"),
            models.CheckConstraint(condition=_one_of_hours(), name="feed_hours_known"),
            models.UniqueConstraint(fields=["program"], condition=Q(way=OWN), name="feed_own_once"),
        ]

    def __str__(self) -> str:
        return f"feed {self.id}"

    @property
    def kind(self) -> str:
        """Which kind of fellowship it is of."""
        return FELLOWSHIPS[self.fellowship][1]


class Meeting(ProgramRow):
    """One entry of a feed. What it says no longer, or what left the feed, is kept and not shown (`gone_at`)."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="meetings", db_index=False)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    fellowship = models.CharField(max_length=12, blank=True, help_text="where it is another than that of its feed")
    days = models.JSONField(default=list)
    starts = models.PositiveSmallIntegerField(null=True)
    ends = models.PositiveSmallIntegerField(null=True)
    zone = models.CharField(max_length=64)
    types = models.JSONField(default=list)
    own_types = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    is_in_person = models.BooleanField()
    is_online = models.BooleanField()
    is_approximate = models.BooleanField()
    place = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=255, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=80, blank=True)
    postal_code = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=255, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    online_url = models.CharField(max_length=1000, blank=True)
    online_phone = models.CharField(max_length=60, blank=True)
    online_notes = models.CharField(max_length=4100, blank=True)
    notes = models.CharField(max_length=4100, blank=True)
    place_notes = models.CharField(max_length=4100, blank=True)
    group = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    keeper = models.CharField(
        max_length=120, blank=True, help_text="who keeps it, where a list gathers those of others"
    )
    keeper_url = models.CharField(max_length=1000, blank=True)
    feedback_url = models.CharField(max_length=1000, blank=True, help_text="where mistakes in it are told")
    updated_at = models.DateTimeField(null=True, help_text="as the feed says")
    flags = models.JSONField(default=list)
    form = models.CharField(max_length=16)
    raw = models.JSONField(default=dict, help_text="the entry as it came, without contacts of persons")
    shows = models.UUIDField(null=True, help_text="of our own: the group, kept by a package above, that it follows")
    seen_at = models.DateTimeField(help_text="when it came first")
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="meeting_once_in_feed"),
            one_of("fellowship", ("", *FELLOWSHIPS), name="meeting_fellowship_known"),
            models.UniqueConstraint(
                fields=["program", "shows"], condition=Q(shows__isnull=False), name="meeting_shows_a_group_once"
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(
                    starts__isnull=False,
                    ends__isnull=False,
                    starts__lt=1440,
                    ends__gt=models.F("starts"),
                    ends__lte=models.F("starts") + 1440,
                ),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="meeting_is_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.id}"

    @property
    def of(self) -> str:
        """The code of its fellowship: its own where it says one, else that of its feed."""
        return self.fellowship or self.feed.fellowship


class Slot(ProgramRow):
    """A time of a week at which a meeting that is shown may be looked for; day 7 where it has no time.

    All that a search asks for is in the row: `marks` holds its types and languages between blanks (" O X lang:es ").
    A meeting without coordinates lies in the middle of its city or postal code where others told that one (`is_about`);
    else in no cell, and is found by the name alone (`city_key`, `postal_key`: "" for all that lie in a cell).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="slots", db_index=False)
    day = models.PositiveSmallIntegerField()
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    cell = models.IntegerField(default=NO_CELL)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    is_about = models.BooleanField(default=False, help_text="the point is the middle of its city, not its own")
    city_key = models.CharField(max_length=100, blank=True, default="")
    postal_key = models.CharField(max_length=100, blank=True, default="")
    name_key = models.CharField(
        max_length=100, blank=True, default="", help_text="by which other lists may have it too"
    )
    is_in_person = models.BooleanField()
    is_online = models.BooleanField()
    fellowship = models.CharField(max_length=12)
    kind = models.CharField(max_length=11)
    marks = models.CharField(max_length=400)

    class Meta:
        indexes = [
            # All that a search near a place looks at: near a large city, ten thousand rows would be fetched for twenty.
            models.Index(
                fields=[
                    "program",
                    "cell",
                    "day",
                    "starts",
                    "ends",
                    "latitude",
                    "longitude",
                    "zone",
                    "is_in_person",
                    "is_online",
                    "kind",
                    "fellowship",
                    "marks",
                    "is_about",
                    "meeting",
                ],
                name="slot_by_cell",
            ),
            models.Index(fields=["program", "day", "starts"], name="slot_by_time"),
            models.Index(fields=["program", "city_key", "day"], name="slot_by_city"),
            models.Index(fields=["program", "postal_key", "day"], name="slot_by_postal"),
            models.Index(fields=["program", "name_key", "day"], name="slot_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(day__lte=NO_DAY), name="slot_day_known"),
            one_of("kind", KINDS, name="slot_kind_known"),
            models.UniqueConstraint(fields=["meeting", "day"], name="slot_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"slot {self.id}"


class NamedPlace(ProgramRow):
    """A city or postal code where meetings are, made of the meetings themselves; without a point if none told one."""

    key = models.CharField(max_length=100)
    label = models.CharField(max_length=120)
    is_postal = models.BooleanField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    meetings = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "key", "label"], name="place_once"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_has_a_whole_point_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.id}"
