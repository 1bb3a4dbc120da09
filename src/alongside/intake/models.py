"""What a participant asks for, and the ways in which people arrive: rosters, public asks, peers' applications."""

from django.conf import settings
from django.db import models

from alongside.audit.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from alongside.people.models import Episode, Person, ProgramRow, Site, one_of
from alongside.rules.availability import NEVER
from alongside.rules.lifecycles import APPLICATION, INQUIRY, ROSTER
from alongside.rules.vocabulary import KINDS, PREFERENCES, STRENGTHS


class Wishes(ProgramRow):
    """What one participant asks for in one episode: help wanted, pathway, language, hours, place or remote."""

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="wishes")
    needs = models.JSONField(default=list)
    own_words = EncryptedTextField(blank=True, default="")
    pathways = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    experiences = models.JSONField(default=list)
    life_stages = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    modes = models.JSONField(default=list)
    gender = models.CharField(max_length=20, blank=True)
    races = EncryptedJSONField(default=list, help_text="race and ethnicity: for figures of fairness, never for a match")
    age = models.PositiveSmallIntegerField(null=True, help_text="years, where given without a birth date")
    hours = models.CharField(max_length=42, default=NEVER)
    hours_known = models.BooleanField(default=False)
    zip = models.CharField(max_length=10, blank=True)
    max_miles = models.PositiveSmallIntegerField(null=True)
    limits_told_at = models.DateTimeField(null=True, help_text="J1: the limits of confidentiality were explained")
    staff_notes = EncryptedTextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"wishes of episode {self.episode_id}"


class Preference(ProgramRow):
    """One thing a participant asks of a peer, as a must or a would-like."""

    wishes = models.ForeignKey(Wishes, on_delete=models.CASCADE, related_name="preferences", db_index=False)
    feature = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    strength = models.CharField(max_length=4, default="like")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wishes", "feature", "value"], name="preference_once"),
            one_of("feature", list(PREFERENCES), name="preference_feature_known"),
            one_of("strength", STRENGTHS, name="preference_strength_known"),
        ]

    def __str__(self) -> str:
        return f"{self.strength} {self.feature}={self.value}"


class Inquiry(ProgramRow):
    """A public "Ask for someone": three questions and safe-contact rules. Nobody learns whether they were known."""

    kind = models.CharField(max_length=20, default="own_recovery")
    goes_by = EncryptedTextField()
    phone = EncryptedTextField(blank=True, default="")
    phone_index = BlindIndexField(kind="phone", of="phone", null=True)
    email = EncryptedTextField(blank=True, default="")
    email_index = BlindIndexField(kind="email", of="email", null=True)
    language = models.CharField(max_length=5, default="en")
    answers = EncryptedJSONField(help_text="needs, own words, how soon")
    safe_contact = EncryptedJSONField()
    status = models.CharField(max_length=10, default=INQUIRY.first)
    received_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name_plural = "inquiries"
        indexes = [models.Index(fields=["program", "status", "received_at"], name="inquiry_by_status")]
        constraints = [
            one_of("status", INQUIRY.states, name="inquiry_status_known"),
            one_of("kind", KINDS, name="inquiry_kind_known"),
        ]

    def __str__(self) -> str:
        return f"inquiry {self.id}"


class Application(ProgramRow):
    """Somebody with lived experience who would like to be a peer."""

    goes_by = EncryptedTextField()
    phone = EncryptedTextField(blank=True, default="")
    email = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=5, default="en")
    answers = EncryptedJSONField(help_text="languages, pathways, experiences shared, hours, places, capacity")
    why = EncryptedTextField(blank=True, default="")
    status = models.CharField(max_length=10, default=APPLICATION.first)
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decision_words = EncryptedTextField(blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["program", "status", "received_at"], name="application_by_status")]
        constraints = [one_of("status", APPLICATION.states, name="application_status_known")]

    def __str__(self) -> str:
        return f"application {self.id}"


class Roster(ProgramRow):
    """One uploaded roster: read, mapped, previewed; nothing of it is written elsewhere until it is confirmed."""

    kind = models.CharField(max_length=12, default="participants")
    content = EncryptedTextField(help_text="names of columns and notes; rows are in RosterPart; emptied with them")
    content_hash = models.CharField(max_length=64)
    file_name = EncryptedTextField(blank=True, default="")
    mapping = models.JSONField(default=dict, help_text="column index to field code")
    options = models.JSONField(default=dict, help_text="date order, as_last_time")
    words = EncryptedJSONField(default=dict, help_text="words that are none of our terms, until confirmed or cancelled")
    status = models.CharField(max_length=10, default=ROSTER.first)
    counts = models.JSONField(default=dict)
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True, help_text="when the preview was begun: what changed later is seen")
    undo_until = models.DateTimeField(null=True, help_text="until then all of it can be taken back")
    rows_done = models.PositiveIntegerField(default=0, help_text="of the step that the worker is at")
    done_to = models.PositiveIntegerField(default=0, help_text="number of the latest row of that step")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_as = models.CharField(max_length=10, blank=True, default="", help_text="house, where no account asked")
    claim = models.UUIDField(null=True, help_text="the worker that is at it")
    claimed_until = models.DateTimeField(null=True, help_text="then another worker may go on")

    class Meta:
        constraints = [
            one_of("status", ROSTER.states, name="roster_status_known"),
            one_of("kind", ["participants", "peers"], name="roster_kind_known"),
        ]

    def __str__(self) -> str:
        return f"roster {self.id}"


class RosterPart(ProgramRow):
    """Some hundred rows of an uploaded roster, compressed and encrypted; gone once confirmed or cancelled."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="parts", db_index=False)
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="[[row number, cells], ...] as compressed JSON")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "first_row"], name="roster_part_once"),
            models.CheckConstraint(
                condition=models.Q(first_row__lte=models.F("last_row")), name="roster_part_rows_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.id} of roster {self.roster_id}"


class RosterLine(ProgramRow):
    """What one row of a roster will do, with reasons; after confirming, what it did."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="lines", db_index=False)
    row_number = models.PositiveIntegerField(help_text="as the spreadsheet counts, header included")
    outcome = models.CharField(max_length=10)
    values = EncryptedJSONField()
    problems = models.JSONField(default=list, help_text="[{code, field, params}] without the values themselves")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    kept = models.BooleanField(default=False, help_text="stayed, wholly or in part, when the import was taken back")

    class Meta:
        indexes = [
            models.Index(fields=["roster", "outcome", "row_number"], name="roster_line_by_outcome"),
            models.Index(fields=["roster", "row_number"], name="roster_line_kept", condition=models.Q(kept=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["roster", "row_number"], name="roster_line_once"),
            one_of("outcome", ["create", "update", "unchanged", "refused"], name="roster_line_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"row {self.row_number} of roster {self.roster_id}"


class RosterUndo(ProgramRow):
    """What a confirmed roster made and changed, some hundred rows of it, so that it can be taken back for a day."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="undo_parts", db_index=False)
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="{row number: journal} as compressed JSON")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "first_row"], name="roster_undo_once"),
            models.CheckConstraint(
                condition=models.Q(first_row__lte=models.F("last_row")), name="roster_undo_rows_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"undo part {self.id} of roster {self.roster_id}"


class RosterMapping(ProgramRow):
    """What the columns of a list were when a list with the same names of columns was last confirmed."""

    kind = models.CharField(max_length=12)
    headers_digest = models.CharField(max_length=64, help_text="keyed digest of the folded names, in any order")
    columns = EncryptedJSONField(help_text='[[folded name, field code or ""], ...]')
    date_order = models.CharField(max_length=3, blank=True, default="")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "kind", "headers_digest"], name="roster_mapping_once"),
            one_of("kind", ["participants", "peers"], name="roster_mapping_kind_known"),
            one_of("date_order", ["", "mdy", "dmy", "ymd"], name="roster_mapping_order_known"),
        ]

    def __str__(self) -> str:
        return f"mapping {self.id}"


class ProgramWord(ProgramRow):
    """What a word of a program's lists means in our terms; for the notes only its digest is kept, not the word."""

    field = models.CharField(max_length=20)
    word = EncryptedTextField(null=True, help_text="folded; none where it stays in the notes")
    word_index = models.CharField(max_length=64, help_text="keyed digest of the folded word")
    code = models.CharField(max_length=40, blank=True, default="", help_text="empty: keep in the notes")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "field", "word_index"], name="program_word_once"),
            models.CheckConstraint(
                condition=models.Q(code="", word__isnull=True) | (~models.Q(code="") & models.Q(word__isnull=False)),
                name="program_word_only_if_used",
            ),
        ]

    def __str__(self) -> str:
        return f"word {self.id}"
