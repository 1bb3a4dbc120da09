"""What came by law, the papers on file, what was released under them, and what happened step by step."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.audit.fields import EncryptedJSONField, EncryptedTextField
from alongside.people.models import Person, ProgramRow, one_of
from alongside.rules.legal_demand import CONFIDENTIAL, KINDS, MANDATES, PURPOSES
from alongside.rules.lifecycles import DEMAND, RELEASE

from .holds import LegalHold, not_empty

PAPERS = ("order", "mandate")
STEPS = (
    "received", "letter", "named", "counsel", "held", "filed", "paper_ended", "asked", "agreed", "declined",
    "withdrawn", "opened", "lapsed", "released", "telling", "added", "closed", "scanned", "scan_gone",
)  # fmt: skip
WAITS = ("waiting", "ready", "released")


def _user() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")


class Demand(ProgramRow):
    """A subpoena, warrant, order or request as it came. Whom it names may be nobody we know.

    What was written at first stays; it discloses nothing, and says to nobody outside whether we know the person.
    """

    kind = models.CharField(max_length=16)
    sender = EncryptedTextField(help_text="from whom it came: court, agency, officer, lawyer")
    received_at = models.DateTimeField()
    asks = EncryptedTextField(help_text="what it asks for")
    names = EncryptedTextField(blank=True, default="", help_text="whom it names, as it is written there")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="demands")
    status = models.CharField(max_length=10, default=DEMAND.first)
    entered_at = models.DateTimeField()
    entered_by = _user()
    submit_key = models.UUIDField(unique=True, help_text="the same submit twice is one demand (I3)")
    letter_version = models.PositiveSmallIntegerField(null=True)
    letter_at = models.DateTimeField(null=True)
    counsel = EncryptedTextField(blank=True, default="")
    counsel_told_at = models.DateTimeField(null=True)
    hold = models.ForeignKey(LegalHold, on_delete=models.PROTECT, null=True, related_name="demands")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("kind", KINDS, name="demand_kind_known"),
            one_of("status", DEMAND.states, name="demand_status_known"),
            models.CheckConstraint(condition=Q(not_empty("sender", "asks")), name="demand_is_whole"),
            models.CheckConstraint(condition=Q(received_at__lte=F("entered_at")), name="demand_has_come"),
            models.CheckConstraint(
                condition=Q(letter_at__isnull=True, letter_version__isnull=True)
                | Q(letter_at__isnull=False, letter_version__isnull=False),
                name="demand_letter_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["answered", "released"]) | Q(letter_at__isnull=False),
                name="demand_answered_by_letter",
            ),
            models.CheckConstraint(
                condition=Q(counsel_told_at__isnull=True) | Q(not_empty("counsel")), name="demand_counsel_has_name"
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="demand_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"demand {self.id}"


class DemandStep(ProgramRow):
    """One step on the way of a demand: what was done, by whom, with which words. Only added."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="steps", db_index=False)
    number = models.PositiveIntegerField(help_text="1, 2, 3, … of its demand")
    at = models.DateTimeField()
    what = models.CharField(max_length=12)
    by_user = models.UUIDField(null=True)
    by_role = models.CharField(max_length=20)
    words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demand", "number"], name="demand_step_in_order"),
            one_of("what", STEPS, name="demand_step_known"),
        ]

    def __str__(self) -> str:
        return f"demand step {self.id}"


class Paper(ProgramRow):
    """A paper on file: the order that authorizes, or the mandate that compels (§2.61). Its end is written once.

    Of an order: for which purpose, to whom, which items, the answers to the questions of its section, whether what
    was said in confidence is among it (§2.63), and whether it forbids telling the person, until when.
    """

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="papers")
    what = models.CharField(max_length=8)
    kind = models.CharField(max_length=16, blank=True, help_text="of a mandate")
    court = EncryptedTextField(help_text="who issued it")
    number = EncryptedTextField()
    issued_on = models.DateField()
    valid_until = models.DateTimeField(null=True)
    kept_where = EncryptedTextField(help_text="where the paper itself is kept")
    purpose = models.CharField(max_length=12, blank=True)
    recipient = EncryptedTextField(blank=True, default="")
    items = models.JSONField(default=list)
    answers = models.JSONField(default=dict, help_text="question of its section: yes or no")
    confidential = models.CharField(max_length=16, default="none")
    forbids_telling = models.BooleanField(default=False)
    tell_from = models.DateTimeField(null=True)
    filed_at = models.DateTimeField()
    filed_by = _user()
    ended_at = models.DateTimeField(null=True)
    end_words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            one_of("what", PAPERS, name="paper_what_known"),
            one_of("kind", ["", *MANDATES], name="paper_kind_known"),
            one_of("purpose", ["", *PURPOSES], name="paper_purpose_known"),
            one_of("confidential", list(CONFIDENTIAL), name="paper_confidential_known"),
            models.CheckConstraint(condition=Q(not_empty("court", "number", "kept_where")), name="paper_is_whole"),
            models.CheckConstraint(
                condition=(Q(what="mandate", purpose="") & ~Q(kind=""))
                | (Q(what="order", kind="") & ~Q(purpose="") & Q(not_empty("recipient"))),
                name="paper_says_for_what",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | (Q(ended_at__gte=F("filed_at")) & Q(not_empty("end_words"))),
                name="paper_end_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"paper {self.id}"


class Release(ProgramRow):
    """What is to go out, or went out, under an order and a mandate: two people, once (D5). It stays as it was asked.

    The database writes `released` only while both papers are in force (`legal.guards`).
    """

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="releases")
    order = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="ordered", db_index=False)
    mandate = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="compelled")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="releases")
    recipient = EncryptedTextField()
    items = models.JSONField()
    status = models.CharField(max_length=10, default=RELEASE.first)
    asked_by = _user()
    asked_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True, help_text="by itself, where nobody else may agree (D5)")
    expires_at = models.DateTimeField()
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    content = EncryptedJSONField(default=list, help_text="what went out, so that it can be shown byte for byte")
    content_digest = models.CharField(max_length=64, blank=True)
    cover_version = models.PositiveSmallIntegerField(null=True)
    person_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("status", RELEASE.states, name="release_status_known"),
            models.UniqueConstraint(fields=["order"], condition=Q(status__in=WAITS), name="release_one_of_an_order"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="release_decided_by_another"),
            models.CheckConstraint(
                condition=~Q(status__in=["ready", "released"])
                | Q(decided_at__isnull=False)
                | Q(opens_at__isnull=False),
                name="release_takes_two_or_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(status="released", released_at__isnull=False) & ~Q(content_digest=""))
                | (~Q(status="released") & Q(released_at__isnull=True, content_digest="")),
                name="release_says_when_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.id}"
