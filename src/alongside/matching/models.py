"""Runs of the engine with what they proposed and why, and rounds of offers that a participant chooses from."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.audit.fields import EncryptedTextField
from alongside.council.models import Policy
from alongside.mentoring.models import Mentorship
from alongside.people.models import Episode, ProgramRow, one_of
from alongside.rules.lifecycles import OFFER, ROUND
from alongside.workforce.models import PeerProfile

RECORDED_VIA = ("self", "phone", "paper", "in_person")


class Run(ProgramRow):
    """One run of the engine: its inputs' digest, the policy version and the result's figures, so it can be replayed."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=4, default="all", help_text="one participant or all who wait")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    due_on = models.DateField(null=True, help_text="the day whose daily run this is; null when somebody asked for it")
    inputs_digest = models.CharField(max_length=64)
    answer_digest = models.CharField(max_length=64, blank=True, default="")
    stats = models.JSONField(default=dict, help_text="counts of the whole list, without ids")

    class Meta:
        indexes = [models.Index(fields=["program", "scope", "-made_at"], name="run_latest")]
        constraints = [
            models.UniqueConstraint(fields=["program", "due_on"], name="run_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"run {self.id}"


class KeptRun(ProgramRow):
    """What a run was given and what it answered, encrypted, so that it can be solved again; erased after its time.

    The inputs hold what people said and who must not meet: nobody reads them but the replay.
    """

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="kept")
    inputs = EncryptedTextField()
    answer = EncryptedTextField()

    def __str__(self) -> str:
        return f"kept run {self.id}"


class Proposal(ProgramRow):
    """A peer proposed for a waiting participant, with the reasons for and against as codes. `rank` 0: nobody fits."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="proposals", db_index=False)
    peer = models.ForeignKey(PeerProfile, on_delete=models.CASCADE, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    reasons = models.JSONField(default=list, help_text="[{code, good, params}] without secrets")
    is_current = models.BooleanField(default=True, help_text="false once a later run or a person replaced it")

    class Meta:
        indexes = [models.Index(fields=["episode", "is_current", "rank"], name="proposal_current")]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "peer"],
                condition=Q(is_current=True, peer__isnull=False),
                name="proposal_current_once",
            ),
            models.CheckConstraint(
                condition=Q(rank=0, peer__isnull=True) | Q(rank__gt=0, peer__isnull=False),
                name="proposal_rank_has_peer",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.id}"


class Round(ProgramRow):
    """Up to three offers that one participant sees together, until a time; then they come back to the coordinator."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="rounds")
    status = models.CharField(max_length=10, default=ROUND.first)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    choose_by = models.DateTimeField()
    you_choose = models.BooleanField(default=False, help_text="the participant said: you choose")
    ended_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=20, blank=True, help_text="lapsed, declined, none_left, own_wish")

    class Meta:
        constraints = [
            one_of("status", ROUND.states, name="round_status_known"),
            models.UniqueConstraint(fields=["episode"], condition=Q(status="open"), name="round_one_open"),
        ]

    def __str__(self) -> str:
        return f"round {self.id}"


class Offer(ProgramRow):
    """One peer proposed to one participant, with reasons. `chosen` holds a place of the peer (by trigger)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="offers", db_index=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="offers")
    peer = models.ForeignKey(PeerProfile, on_delete=models.PROTECT, related_name="offers", db_index=False)
    rank = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=14, default="offered")
    reasons = models.JSONField(default=list)
    offered_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True, help_text="when the peer's time to answer ends")
    ended_at = models.DateTimeField(null=True)
    recorded_via = models.CharField(max_length=10, default="self")
    decline_code = models.CharField(max_length=30, blank=True)
    decline_words = EncryptedTextField(blank=True, default="")
    mentorship = models.OneToOneField(Mentorship, on_delete=models.SET_NULL, null=True, related_name="offer")

    class Meta:
        ordering = ["rank"]
        indexes = [
            models.Index(fields=["peer", "status"], name="offer_by_peer"),
            models.Index(fields=["status", "answer_by"], name="offer_due"),
        ]
        constraints = [
            one_of("status", OFFER.states, name="offer_status_known"),
            one_of("recorded_via", RECORDED_VIA, name="offer_recorded_via_known"),
            models.UniqueConstraint(fields=["round", "peer"], name="offer_peer_once_per_round"),
            models.UniqueConstraint(fields=["round", "rank"], name="offer_rank_once_per_round"),
            models.UniqueConstraint(fields=["episode"], condition=Q(status="chosen"), name="offer_one_chosen"),
        ]

    def __str__(self) -> str:
        return f"offer {self.id}"
