"""Events, and places at them."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.lifecycles import OCCASION, OCCASION_PLACE
from alongside.rules.occasions import AUDIENCES, MOST

OPEN_PLACES = ("waiting", "held")
LEFT_WHY = ("own_wish", "by_staff", "closed")


class Occasion(ProgramRow):
    """One event, by the clock on the wall of the program. Without a `capacity` whoever wishes comes.

    `places_taken` is kept by triggers (`guards`), never by hand. `said_yes` and `came` are numbers of the sheet.
    """

    title_en = models.CharField(max_length=100, blank=True, default="")
    title_es = models.CharField(max_length=100, blank=True, default="")
    words_en = models.CharField(max_length=2000, blank=True, default="")
    words_es = models.CharField(max_length=2000, blank=True, default="")
    bring_en = models.CharField(max_length=300, blank=True, default="")
    bring_es = models.CharField(max_length=300, blank=True, default="")
    audience = models.CharField(max_length=10)
    languages = models.JSONField(default=list)
    access = models.JSONField(default=list)
    is_sober = models.BooleanField(default=True, help_text="the page says that there is no alcohol and no drugs")
    is_online = models.BooleanField(default=False)
    place = EncryptedTextField(blank=True, default="", help_text="where, for all who may see the event")
    link = EncryptedTextField(blank=True, default="", help_text="the link, for those who have a place")
    on_day = models.DateField()
    at_time = models.TimeField()
    until_day = models.DateField()
    until_time = models.TimeField()
    capacity = models.PositiveSmallIntegerField(null=True)
    places_taken = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, default=OCCASION.first)
    reason = EncryptedTextField(blank=True, default="", help_text="why it was called off, for all to read")
    sequence = models.PositiveSmallIntegerField(default=0)
    said_yes = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["program", "until_day"], name="occasion_by_day")]
        constraints = [
            one_of("status", OCCASION.states, name="occasion_status_known"),
            one_of("audience", AUDIENCES, name="occasion_audience_known"),
            models.CheckConstraint(condition=~Q(title_en="") | ~Q(title_es=""), name="occasion_has_a_title"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(places_taken__lte=F("capacity")),
                name="occasion_never_over_capacity",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1, capacity__lte=MOST),
                name="occasion_capacity_fits",
            ),
            models.CheckConstraint(
                condition=Q(until_day__gt=F("on_day")) | Q(until_day=F("on_day"), until_time__gt=F("at_time")),
                name="occasion_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_at__isnull=True)
                | ~Q(status="draft") & Q(published_at__isnull=False),
                name="occasion_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status="called_off", called_off_at__isnull=False)
                | ~Q(status="called_off") & Q(called_off_at__isnull=True),
                name="occasion_called_off_has_time",
            ),
            models.CheckConstraint(
                condition=Q(came__isnull=True)
                | Q(came__isnull=False, said_yes__isnull=False, came__lte=50_000, status="published"),
                name="occasion_count_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"occasion {self.id}"


class OccasionPlace(ProgramRow):
    """Somebody comes under a name they chose, or waits for a place (in the order of `asked_at`).

    Of a visitor nothing else is kept: `secret_hash` is that of their link, the only way back to it. Only while they
    wait may an address be there, if they wish one neutral mail when a place is free. No page shows `person` to anybody
    but themself.
    """

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="places", db_index=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="occasion_places", db_index=False
    )
    secret_hash = models.CharField(max_length=64, null=True, unique=True)
    status = models.CharField(max_length=7, default=OCCASION_PLACE.first)
    alias = EncryptedTextField(blank=True, default="")
    wants_reminder = models.BooleanField(default=False)
    mail = EncryptedJSONField(null=True, help_text="{to, language} of a visitor who waits, until they were told once")
    asked_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_why = models.CharField(max_length=8, blank=True, default="")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "status"], name="occasion_place_by_person"),
            models.Index(fields=["occasion", "status", "asked_at"], name="occasion_place_by_turn"),
        ]
        constraints = [
            one_of("status", OCCASION_PLACE.states, name="occasion_place_status_known"),
            models.UniqueConstraint(
                fields=["occasion", "person"], condition=Q(status__in=OPEN_PLACES), name="occasion_place_one_open"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, secret_hash__isnull=False, wants_reminder=False)
                | Q(person__isnull=False, secret_hash__isnull=True),
                name="occasion_place_is_of_one_kind",
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(held_at__isnull=False), name="occasion_place_held_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(mail__isnull=True) | Q(person__isnull=True, status="waiting"),
                name="occasion_place_mail_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(status="left", left_at__isnull=False, left_why__in=LEFT_WHY)
                | (~Q(status="left") & Q(left_at__isnull=True, left_why="")),
                name="occasion_place_left_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"occasion place {self.id}"
