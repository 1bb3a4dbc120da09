"""Lists that came in and what they hold, what is on its way in, and what is said to be wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.people.models import ProgramRow, one_of
from alongside.rules.lifecycles import RESOURCE_LIST, RESOURCE_REPORT
from alongside.rules.resources.reports import KINDS


class Feed(ProgramRow):
    """Where resources come from: one list that somebody else keeps, known by the name that staff gave it.

    With an address (`url`) it is read by itself. What went wrong at the latest try is `problem`; what was good stays.
    """

    name = models.CharField(max_length=100)
    title = models.CharField(max_length=200, blank=True)
    license = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True)
    url = models.CharField(max_length=1000, blank=True)
    every_hours = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True, help_text="when its address was read last, changed or not")
    problem = models.CharField(max_length=24, blank=True)
    problem_about = models.JSONField(default=dict, help_text="what the sentence about it names: a file, a row")
    etag = models.CharField(max_length=200, blank=True)
    seen_digest = models.CharField(max_length=64, blank=True, help_text="of the bytes that were taken in last")
    may_lose = models.BooleanField(default=False, help_text="somebody said that most of it may be gone: once")
    counts = models.JSONField(default=dict)
    submit_key = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="resource_feed_due")]
        constraints = [
            models.UniqueConstraint(fields=["program", "name"], name="feed_one_of_a_name"),
            models.CheckConstraint(
                condition=~Q(url="") | Q(every_hours=0, next_at__isnull=True), name="resource_feed_asks_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.id}"


class Resource(ProgramRow):
    """One service, as lists and searches need it; all of it stands in its `Record`.

    `identity` is its id in its feed; without a feed it was written here. `needs`, `groups`, `languages` are `bits`.
    `is_listed` ends when its list no longer has it; `is_shown` is that, not out of service and no copy: of rows with
    one `world_id`, which two lists may share, one is shown (`actions.twins`).
    """

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, null=True, related_name="resources", db_index=False)
    identity = models.CharField(max_length=200)
    world_id = models.UUIDField(null=True, help_text="its identity, where that is a UUID and so the same in every list")
    name = models.CharField(max_length=300)
    organization = models.CharField(max_length=300, blank=True)
    sort_name = models.CharField(max_length=60)
    summary = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80, blank=True)
    first_number = models.CharField(max_length=60, blank=True)
    searched = models.CharField(max_length=4000, blank=True)
    found_at = models.CharField(max_length=800, blank=True)
    needs = models.PositiveIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)
    languages = models.PositiveIntegerField(default=0)
    from_age = models.PositiveSmallIntegerField(null=True, help_text="whom it takes, where it says so")
    until_age = models.PositiveSmallIntegerField(null=True)
    is_free = models.BooleanField(default=False, help_text="its own words say that it costs nothing")
    hours = models.JSONField(default=list)
    is_listed = models.BooleanField(default=True)
    is_shown = models.BooleanField(default=True)
    is_held = models.BooleanField(default=False)
    is_copy = models.BooleanField(default=False, help_text="another list has it too, and that one is shown")
    checked_on = models.DateField(null=True)
    changed_on = models.DateField(null=True)
    came_at = models.DateTimeField()
    mended_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    submit_key = models.UUIDField(null=True, unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["program", "is_shown", "sort_name"], name="resource_by_name"),
            models.Index(fields=["program", "world_id"], name="resource_by_world_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "world_id"],
                condition=Q(is_shown=True, world_id__isnull=False),
                name="resource_shown_once",
            ),
            models.CheckConstraint(
                condition=Q(is_copy=False) | Q(is_shown=False, is_listed=True), name="resource_copy_is_not_shown"
            ),
            models.UniqueConstraint(fields=["feed", "identity"], name="resource_one_of_an_id"),
            models.UniqueConstraint(
                fields=["program", "identity"], condition=Q(feed__isnull=True), name="resource_own_one_of_an_id"
            ),
            models.CheckConstraint(
                condition=Q(is_listed=True, gone_at__isnull=True) | Q(is_listed=False, gone_at__isnull=False),
                name="resource_gone_is_whole",
            ),
            models.CheckConstraint(condition=Q(is_listed=True) | Q(is_shown=False), name="resource_gone_is_not_shown"),
            models.CheckConstraint(
                condition=Q(is_held=False) | Q(mended_at__isnull=False), name="resource_held_was_mended"
            ),
        ]

    def __str__(self) -> str:
        return f"resource {self.id}"


class Record(ProgramRow):
    """All that is known of a resource, as one nested object of HSDS 3.x, with what nobody here asks for.

    `newer` is what its list says now, where somebody here mended it: theirs stays until they take the other.
    """

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="record")
    document = models.JSONField()
    newer = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"record {self.id}"


class Leftover(ProgramRow):
    """What a list holds beside its services, kept so that nothing of it is lost when it is given on."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="leftovers", db_index=False)
    table = models.CharField(max_length=60)
    identity = models.CharField(max_length=270)
    document = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "table", "identity"], name="leftover_one_of_an_id")]

    def __str__(self) -> str:
        return f"leftover {self.id}"


class ListFile(ProgramRow):
    """A file on its way in: previewed, then written or left. What was sent is erased with that, or after a day.

    Encrypted until then: whoever sends the wrong file may send one with people in it.
    """

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="files")
    status = models.CharField(max_length=10, default=RESOURCE_LIST.first)
    file_name = EncryptedTextField()
    content = EncryptedTextField(blank=True, help_text="base64, until it is settled")
    counts = models.JSONField(default=dict)
    problems = EncryptedJSONField(default=list)
    refused = EncryptedJSONField(default=list)
    is_whole = models.BooleanField(default=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("status", RESOURCE_LIST.states, name="list_file_status_known"),
            models.CheckConstraint(
                condition=Q(status="previewed", settled_at__isnull=True)
                | (~Q(status="previewed") & Q(settled_at__isnull=False)),
                name="list_file_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"list file {self.id}"


class Report(ProgramRow):
    """Somebody says that something about a resource is wrong. Nobody knows who."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="reports", db_index=False)
    kind = models.CharField(max_length=10)
    words = EncryptedTextField(blank=True)
    status = models.CharField(max_length=8, default=RESOURCE_REPORT.first)
    made_at = models.DateTimeField()
    submit_key = models.UUIDField(unique=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["program", "status", "made_at"], name="report_by_status"),
            models.Index(fields=["resource"], name="report_by_resource"),
        ]
        constraints = [
            one_of("status", RESOURCE_REPORT.states, name="report_status_known"),
            one_of("kind", KINDS, name="report_kind_known"),
            models.CheckConstraint(
                condition=Q(status="open", settled_at__isnull=True) | (~Q(status="open") & Q(settled_at__isnull=False)),
                name="report_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.id}"
