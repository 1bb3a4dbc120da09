"""The peers of the program, with their load."""

from django.db.models import OuterRef, QuerySet

from alongside.audit.fields import sealed_fields
from alongside.people.counting import count_of
from alongside.people.models import Membership, Person

from .models import PeerProfile

OPEN_MENTORSHIPS = ("introduced", "active", "paused", "handing_over")


CLOSED = [
    *sealed_fields(PeerProfile),
    *(f"{who}__{name}" for who in ("person", "person__supervisor") for name in sealed_fields(Person)),
]


def list_peers() -> QuerySet[PeerProfile]:
    """Peers who have not left, by name, with how many people they support now (`supports`).

    What is encrypted is left closed; `get_peer_supervised_by` opens it for one.
    """
    # Mentorships belong to a floor above, so the way there is by name, from the peer.
    walks = PeerProfile.objects.filter(pk=OuterRef("pk"), mentorships__status__in=OPEN_MENTORSHIPS)
    return (
        PeerProfile.objects.exclude(status="left")
        .select_related("person", "person__supervisor", "site")
        .defer(*CLOSED)
        .annotate(supports=count_of(walks, by="pk"))
        .order_by("person__goes_by_search")
    )


def list_peers_supervised_by(actor) -> QuerySet[PeerProfile]:
    """The peers whom this supervisor supports; a coordinator or director sees all."""
    peers = list_peers()
    return peers if actor.has("coordinator", "director") else peers.filter(person__supervisor_id=actor.person_id)


def get_peer_supervised_by(actor, peer_id) -> PeerProfile | None:
    """One of these peers with everything they share; None for any other."""
    return list_peers_supervised_by(actor).defer(None).filter(pk=peer_id).first()


def get_own_profile(actor) -> PeerProfile | None:
    """The profile of the acting peer."""
    return PeerProfile.objects.select_related("person").filter(pk=actor.person_id).first()


def list_supervisors(program) -> QuerySet[Person]:
    """People of the program whose account holds the supervisor role, by name."""
    users = Membership.objects.filter(program=program, role="supervisor").values("user")
    return Person.objects.filter(program=program, user__in=users).order_by("goes_by_search")
