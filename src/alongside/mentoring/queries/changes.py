"""What the coordinator has to see to: changes of peer, and people whose mentorship ended while the episode is open."""

from django.db.models import Exists, OuterRef, QuerySet

from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship
from alongside.people.models import Episode


def list_parted() -> QuerySet[Episode]:
    """Open episodes whose mentorship has ended and for whom nobody has decided what comes next, oldest first."""
    walks = Mentorship.objects.filter(episode=OuterRef("pk"))
    return (
        Episode.objects.filter(status__in=["matched", "active", "paused"], is_brief=False)
        .filter(Exists(walks.filter(status="ended")), ~Exists(walks.filter(status__in=OPEN_MENTORSHIPS)))
        .select_related("person")
        .order_by("opened_at")
    )


def get_mentorship_to_change(actor, mentorship_id) -> Mentorship | None:
    """An open mentorship that the actor may change: any for a coordinator, their own for a peer."""
    found = Mentorship.objects.filter(pk=mentorship_id, status__in=OPEN_MENTORSHIPS)
    if not actor.has("coordinator"):
        found = found.filter(peer_id=actor.person_id)
    elif actor.person_id:
        # Nobody opens their own participant record from the staff side.
        found = found.exclude(participant_id=actor.person_id)
    return found.select_related("participant", "peer__person", "backup_peer__person", "episode").first()
