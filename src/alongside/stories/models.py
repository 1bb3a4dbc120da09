"""Stories, their history and recordings, and what visitors write beneath a page."""

from django.db import models
from django.db.models import Q

from alongside.audit.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.lifecycles import COMMENT, STORY
from alongside.rules.sound import TYPES
from alongside.rules.stories import AUDIENCES, COMMENT_PAGES, LANGUAGES, VOICES
from alongside.rules.vocabulary import PATHWAYS

WHATS = ("begun", "sent", "taken_up", "given_back", "published", "withdrawn")
"""What the history of a story tells."""


class Story(ProgramRow):
    """One story. `share` is the secret of its address, new with each publishing and gone with its end.

    `edition` counts each change, so that a reader publishes what they read. `keep_out`: words that its writer never
    wants to stand in it, for the writer alone.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stories", db_index=False)
    status = models.CharField(max_length=9, default=STORY.first)
    voice = models.CharField(max_length=9)
    pathway = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2)
    audience = models.CharField(max_length=7)
    with_offers = models.BooleanField(default=False)
    comments_open = models.BooleanField(default=True)
    alias = EncryptedTextField(blank=True, default="")
    title = EncryptedTextField(blank=True, default="")
    parts = EncryptedJSONField(default=dict)
    keep_out = EncryptedTextField(blank=True, default="")
    edition = models.PositiveIntegerField(default=1)
    share = models.UUIDField(null=True, unique=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True, help_text="the account of who read and published it")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name_plural = "stories"
        indexes = [
            models.Index(fields=["person", "made_at"], name="story_by_person"),
            models.Index(fields=["program", "status", "published_at"], name="story_by_status"),
        ]
        constraints = [
            one_of("status", STORY.states, name="story_status_known"),
            one_of("voice", VOICES, name="story_voice_known"),
            one_of("pathway", [*PATHWAYS, ""], name="story_pathway_known"),
            one_of("language", LANGUAGES, name="story_language_known"),
            one_of("audience", AUDIENCES, name="story_audience_known"),
            models.CheckConstraint(
                condition=Q(status="published", share__isnull=False, published_at__isnull=False,
                            reviewed_by__isnull=False)
                | ~Q(status="published") & Q(share__isnull=True, published_at__isnull=True, reviewed_by__isnull=True),
                name="story_shared_only_while_published",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", ended_at__isnull=False)
                | ~Q(status="withdrawn") & Q(ended_at__isnull=True),
                name="story_withdrawn_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status="in_review", sent_at__isnull=False) | ~Q(status="in_review"),
                name="story_sent_has_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"story {self.id}"


class StoryTurn(ProgramRow):
    """What happened to a story, when and by whom; for one given back, why. Only ever added to."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="turns", db_index=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=10)
    edition = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    words = EncryptedTextField(blank=True, default="")
    by_account = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["story", "at"], name="story_turn_by_story")]
        constraints = [one_of("what", WHATS, name="story_turn_what_known")]

    def __str__(self) -> str:
        return f"turn {self.id}"


class Recording(ProgramRow):
    """The sound of a story, cleaned of what tells who made it where. Its bytes lie in parts, encrypted."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="recording")
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField(help_text="bytes")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("kind", list(TYPES), name="recording_kind_known")]

    def __str__(self) -> str:
        return f"recording {self.id}"


class RecordingPart(ProgramRow):
    """`PART_BYTES` bytes of a recording, the last one fewer."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="bytes as base 64")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "number"], name="recording_part_once")]

    def __str__(self) -> str:
        return f"part {self.id}"


class Comment(ProgramRow):
    """What a visitor wrote beneath a page, under any name or none. Who they are is asked nowhere and kept nowhere."""

    page = models.CharField(max_length=12, help_text="a code of `rules.stories.COMMENT_PAGES`")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, related_name="comments", db_index=False)
    beneath = models.UUIDField(null=True, help_text="the page of the public site (`stories.beneath`)")
    status = models.CharField(max_length=7, default=COMMENT.first)
    alias = EncryptedTextField(blank=True, default="")
    words = EncryptedTextField()
    words_index = BlindIndexField(kind="comment", of="words", db_index=False)
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["story", "status", "sent_at"], name="comment_by_story"),
            models.Index(fields=["beneath", "status", "sent_at"], name="comment_by_page"),
            models.Index(fields=["program", "status", "sent_at"], name="comment_by_status"),
        ]
        constraints = [
            one_of("status", COMMENT.states, name="comment_status_known"),
            one_of("page", COMMENT_PAGES, name="comment_page_known"),
            models.CheckConstraint(
                condition=Q(page="story", story__isnull=False, beneath__isnull=True)
                | Q(page="site", story__isnull=True, beneath__isnull=False),
                name="comment_stands_beneath_its_page",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at__isnull=True)
                | ~Q(status="waiting") & Q(decided_at__isnull=False),
                name="comment_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.id}"
