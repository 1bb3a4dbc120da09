"""The page of a group, the names people chose for it, what they wrote, and what they asked for a look at."""

from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import BlindIndexField, EncryptedTextField
from alongside.groups.models import Group
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.community import FLAG_REASONS, HIDE_REASONS
from alongside.rules.groups import FOR_WHOM
from alongside.rules.lifecycles import PAGE_POST


class Community(ProgramRow):
    """The page of one group. Off until somebody opens it, and off again when the group becomes one for other people.

    `opened_for` is whom the group was for when it was opened; for everybody only with `mixed_why`.
    """

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="community")
    is_open = models.BooleanField(default=False)
    opened_for = models.CharField(max_length=12)
    mixed_why = EncryptedTextField(blank=True, default="", help_text="why participants and loved ones share it")
    mixed_at = models.DateTimeField(null=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="when it was seen that the group has ended")

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            one_of("opened_for", FOR_WHOM, name="community_for_whom_known"),
            models.CheckConstraint(
                condition=~Q(opened_for="everybody", is_open=True) | Q(mixed_at__isnull=False),
                name="community_of_all_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="community_quiet_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"community {self.id}"


class PenName(ProgramRow):
    """The name under which one person writes on one page. Whose it is no page shows by itself.

    Posts follow it: nobody stays under a name that they had a reason to give up.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="names", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pen_names")
    name = EncryptedTextField()
    name_index = BlindIndexField(kind="name", of="name", db_index=False)
    wants_news = models.BooleanField(default=False)
    news_until = models.DateTimeField(null=True, help_text="up to here they were told that something is new")
    paused_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], name="pen_name_one_each"),
            models.UniqueConstraint(fields=["community", "name_index"], name="pen_name_of_one_only"),
            models.CheckConstraint(condition=~Q(name_index=""), name="pen_name_is_there"),
        ]

    def __str__(self) -> str:
        return f"pen name {self.id}"


class Post(ProgramRow):
    """What somebody wrote, or answered to what another wrote. Taken back, the row goes; answers to it stay without it.

    That whoever writes has a place or leads the group at that moment is held by the database (`guards`).
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="posts", db_index=False)
    name = models.ForeignKey(PenName, on_delete=models.PROTECT, related_name="posts")
    is_answer = models.BooleanField(default=False)
    answers_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="answers")
    words = EncryptedTextField()
    written_at = models.DateTimeField()
    status = models.CharField(max_length=6, default=PAGE_POST.first)
    hidden_why = models.CharField(max_length=15, blank=True, default="")
    hidden_words = EncryptedTextField(blank=True, default="", help_text="for the writer, who reads why")
    submit_key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["community", "-written_at"], name="post_by_page")]
        constraints = [
            one_of("status", PAGE_POST.states, name="post_status_known"),
            models.CheckConstraint(
                condition=Q(status="hidden", hidden_why__in=HIDE_REASONS) | Q(status="shown", hidden_why=""),
                name="post_hidden_has_reason",
            ),
            models.CheckConstraint(condition=Q(is_answer=True) | Q(answers_to__isnull=True), name="post_answer_is_one"),
        ]

    def __str__(self) -> str:
        return f"post {self.id}"


class Flag(ProgramRow):
    """Somebody asks for a look at a post. Who asked is shown to nobody; `settled_at`: somebody looked."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags", db_index=False)
    by = models.ForeignKey(PenName, on_delete=models.PROTECT, related_name="flags")
    reason = models.CharField(max_length=14)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("reason", FLAG_REASONS, name="flag_reason_known"),
            models.UniqueConstraint(fields=["post", "by"], name="flag_once"),
        ]

    def __str__(self) -> str:
        return f"flag {self.id}"
