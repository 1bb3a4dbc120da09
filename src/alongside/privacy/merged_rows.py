"""What becomes of who may read, when two records become one: nobody reads more without somebody having looked."""

from uuid import UUID

from django.db.models import Q

from alongside.audit.actions import record
from alongside.people.joining import MOVE, Joining

from .models import Grant
from .queries import list_given

RULES = {
    "privacy.Grant.participant": MOVE,
    "privacy.Grant.reader": MOVE,
    # The same person signed them; what they cover is named in them, and stays so.
    "privacy.Consent.person": MOVE,
    "privacy.Disclosure.person": MOVE,
    "privacy.Emergency.person": MOVE,
    "privacy.ListRequest.person": MOVE,
    "privacy.Complaint.person": MOVE,
    "privacy.Restriction.person": MOVE,
    # Said of one record or of the other: a no holds for both.
    "privacy.NoDonations.person": MOVE,
    "privacy.NoticeOffer.person": MOVE,
    "privacy.LimitsTold.person": MOVE,
}
BELOW = {"privacy.Grant.participant": "source_id mentoring.Mentorship"}

NARROW = ("history", "reason")
"""Given for what one record held: by the person's own choice, or for a reason somebody wrote. They end."""


def list_reader_ids(*person_ids: UUID) -> frozenset[UUID]:
    """Who walks with one of these, or stands by to: they will read the joined record."""
    live = list_given().filter(participant__in=person_ids).exclude(kind__in=NARROW)
    return frozenset(live.values_list("reader_id", flat=True))


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`."""
    if Grant.objects.filter(participant__in=joining.both, reader__in=joining.both).exists():
        joining.refuse("one_supports_other")
    if not list_reader_ids(*joining.both) <= joining.readers_seen:
        joining.refuse("readers_not_seen")


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: what was opened narrowly does not open the other record, it ends (D3, D4)."""
    narrow = Grant.objects.filter(participant__in=joining.both, kind__in=NARROW)
    for grant in narrow.filter(Q(ends_at=None) | Q(ends_at__gt=joining.now)):
        joining.change(grant, ends_at=joining.now)
        record(act="grant.revoked", by=joining.by, subject=joining.kept.pk, object_kind="grant", object_id=grant.pk,
               reason=grant.kind)  # fmt: skip
