"""The peers of the program, with their load."""

from django.db.models import Count, Q, QuerySet

from alongside.people.models import Membership, Person

from .models import PeerProfile

OPEN = Q(mentorships__status__in=("introduced", "active", "paused", "handing_over"))


def list_peers() -> QuerySet[PeerProfile]:
    """Peers who have not left, by name, with how many people they support now (`supports`)."""
    return (
        PeerProfile.objects.exclude(status="left")
        .select_related("person", "person__supervisor", "site")
        .annotate(supports=Count("mentorships", filter=OPEN, distinct=True))
        .order_by("person__goes_by_search")
    )


def list_peers_supervised_by(actor) -> QuerySet[PeerProfile]:
    """The peers whom this supervisor supports; a coordinator or director sees all."""
    peers = list_peers()
    return peers if actor.has("coordinator", "director") else peers.filter(person__supervisor_id=actor.person_id)


def get_own_profile(actor) -> PeerProfile | None:
    """The profile of the acting peer."""
    return PeerProfile.objects.select_related("person").filter(pk=actor.person_id).first()


def list_supervisors(program) -> QuerySet[Person]:
    """People of the program whose account holds the supervisor role, by name."""
    users = Membership.objects.filter(program=program, role="supervisor").values("user")
    return Person.objects.filter(program=program, user__in=users).order_by("goes_by_search")
