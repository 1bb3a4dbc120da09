"""Groups, who leads them, single sessions, places in them, and who came."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedTextField
from alongside.mentoring.models import Contact
from alongside.people.models import Person, ProgramRow, one_of
from alongside.recovery.models import Goal
from alongside.rules.groups import FOR_WHOM, MOST, RHYTHMS
from alongside.rules.lifecycles import GROUP, GROUP_PLACE, GROUP_SESSION
from alongside.rules.vocabulary import LANGUAGES

OPEN_PLACES = ("waiting", "held")
ENDED_WHY = ("own_wish", "by_leader", "closed", "group_ended")
CAME_HOW = ("sheet", "self")


class Group(ProgramRow):
    """A group with its series, by the clock on the wall of the program, and its number of places.

    `places_taken` is kept by triggers (`guards`), never by hand.
    """

    name_en = models.CharField(max_length=80, blank=True, default="")
    name_es = models.CharField(max_length=80, blank=True, default="")
    about_en = models.CharField(max_length=600, blank=True, default="")
    about_es = models.CharField(max_length=600, blank=True, default="")
    for_whom = models.CharField(max_length=12)
    language = models.CharField(max_length=5)
    is_online = models.BooleanField(default=False)
    place = EncryptedTextField(blank=True, default="", help_text="where it is, or the link; for those with a place")
    capacity = models.PositiveSmallIntegerField()
    places_taken = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=8, default=GROUP.first)
    rhythm = models.CharField(max_length=8)
    starts_on = models.DateField()
    until_on = models.DateField(null=True)
    at_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            one_of("status", GROUP.states, name="group_status_known"),
            one_of("for_whom", FOR_WHOM, name="group_for_whom_known"),
            one_of("language", LANGUAGES, name="group_language_known"),
            one_of("rhythm", RHYTHMS, name="group_rhythm_known"),
            models.CheckConstraint(condition=~Q(name_en="") | ~Q(name_es=""), name="group_has_a_name"),
            models.CheckConstraint(condition=Q(places_taken__lte=F("capacity")), name="group_never_over_capacity"),
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=MOST), name="group_capacity_fits"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=600), name="group_within_a_day"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("starts_on")), name="group_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"group {self.id}"


class Leader(ProgramRow):
    """A peer who leads a group: sees the names of the roster, never the records behind them."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="leaders", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leads")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="leader_once")]

    def __str__(self) -> str:
        return f"leader {self.id}"


class GroupSession(ProgramRow):
    """One time the group meets about which something was decided: moved, called off, held. All others are computed.

    `on_day` is the day by the series; `day`, `at_time` and `minutes` are when it is, by the clock on the wall.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    on_day = models.DateField()
    day = models.DateField()
    at_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=9, default=GROUP_SESSION.first)
    reason = EncryptedTextField(blank=True, default="", help_text="why it was moved or called off, for all to read")
    walk_ins = models.PositiveSmallIntegerField(default=0, help_text="who came without a record: a number only")
    held_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(null=True)
    note_key = models.UUIDField(null=True, help_text="of the one note for many: the same submit twice is one (I3)")
    sequence = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("status", GROUP_SESSION.states, name="group_session_status_known"),
            models.UniqueConstraint(fields=["group", "on_day"], name="group_session_once"),
            models.CheckConstraint(condition=Q(walk_ins__lte=500), name="group_session_walk_ins_fit"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=600), name="group_session_within_a_day"),
            models.CheckConstraint(
                condition=Q(status="held", held_at__isnull=False)
                | (~Q(status="held") & Q(held_at__isnull=True, noted_at__isnull=True, walk_ins=0)),
                name="group_session_held_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True, note_key__isnull=True)
                | Q(noted_at__isnull=False, note_key__isnull=False),
                name="group_session_note_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"group session {self.id}"


class GroupPlace(ProgramRow):
    """A place of one person in one group, or their turn on its waiting list (in the order of `asked_at`)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="places", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="group_places", db_index=False)
    status = models.CharField(max_length=7, default=GROUP_PLACE.first)
    alias = EncryptedTextField(blank=True, default="", help_text="the name they chose for this group")
    shows_alias = models.BooleanField(default=False, help_text="others of the group may see it, if all agree")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    held_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_why = models.CharField(max_length=11, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "status"], name="group_place_by_person")]
        constraints = [
            one_of("status", GROUP_PLACE.states, name="group_place_status_known"),
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(status__in=OPEN_PLACES), name="group_place_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(held_at__isnull=False), name="group_place_held_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(status="left", left_at__isnull=False, left_why__in=ENDED_WHY)
                | (~Q(status="left") & Q(left_at__isnull=True, left_why="")),
                name="group_place_left_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.id}"


class Came(ProgramRow):
    """Somebody was there. `contact` is their own copy of the note, where one was written."""

    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="came", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="came_to", db_index=False)
    how = models.CharField(max_length=5)
    at = models.DateTimeField()
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="came_by_person")]
        constraints = [
            one_of("how", CAME_HOW, name="came_how_known"),
            models.UniqueConstraint(fields=["session", "person"], name="came_once"),
        ]

    def __str__(self) -> str:
        return f"came {self.id}"
