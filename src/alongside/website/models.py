"""Pages of the public site as staff changed them. A page that comes with the product has a row once somebody did."""

from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedJSONField
from alongside.people.models import ProgramRow, one_of
from alongside.rules.lifecycles import SITE_PAGE


class SitePage(ProgramRow):
    """One page: where it stands, what is being written (`draft`), and what everybody reads (`current`).

    Without `current` a page that comes with the product shows the text it came with. `edition` counts each change of
    the draft, so that nobody publishes what they did not see.
    """

    slug = models.CharField(max_length=40)
    status = models.CharField(max_length=9, default=SITE_PAGE.first)
    position = models.PositiveIntegerField()
    in_menu = models.BooleanField(default=True)
    comments_open = models.BooleanField(default=False)
    draft = EncryptedJSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)
    draft_at = models.DateTimeField(null=True)
    draft_by = models.UUIDField(null=True)
    current = models.ForeignKey(
        "website.SiteVersion", on_delete=models.RESTRICT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    submit_key = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="site_page_once"),
            one_of("status", SITE_PAGE.states, name="site_page_status_known"),
            models.CheckConstraint(
                condition=~Q(status="draft") | Q(current__isnull=True), name="site_page_draft_is_not_published"
            ),
            models.CheckConstraint(
                condition=Q(draft_at__isnull=True, draft_by__isnull=True)
                | Q(draft_at__isnull=False, draft_by__isnull=False),
                name="site_page_draft_has_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.slug}"


class SiteVersion(ProgramRow):
    """A text that was published, in both languages. Only ever added to (`website.guards`); the latest is shown."""

    page = models.ForeignKey(SitePage, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    texts = EncryptedJSONField()
    at = models.DateTimeField()
    by_account = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="site_version_once")]

    def __str__(self) -> str:
        return f"version {self.number}"
