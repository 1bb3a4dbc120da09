"""Which complaints somebody may read: the person their own, and who may own one. Never whom it is about (D2)."""

from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from alongside.people.models import Membership, Person

from .models import Complaint, Grant

MOST = 50
NAMED = ("supervisor", "coordinator", "director")


def list_own(person_id: UUID) -> list[Complaint]:
    """A person's own, with what was answered, the latest first."""
    return list(Complaint.objects.filter(person_id=person_id).order_by("-received_at")[:MOST])


def list_to_look_into(actor) -> list[Complaint]:
    """Those that this actor may own, what nobody answered first, the oldest of them first."""
    answered = Case(When(status="answered", then=1), default=0)
    found = _may_own(actor).select_related("person", "owner").order_by(answered, "received_at")
    return list(found[:MOST])


def get_to_look_into(actor, complaint_id: UUID) -> Complaint | None:
    """One that this actor may own, or None: the caller answers 404."""
    return _may_own(actor).select_related("person", "owner").filter(pk=complaint_id).first()


def _may_own(actor) -> QuerySet[Complaint]:
    """`rules.complaints.may_own` as a query; a test compares the two."""
    found = Complaint.objects.exclude(about_id=actor.user_id)
    if actor.person_id:
        found = found.exclude(person_id=actor.person_id)
    if actor.has("director"):
        return found
    if actor.has("supervisor"):
        director = Membership.objects.filter(program_id=actor.program_id, role="director", user_id=OuterRef("about_id"))
        return found.filter(Exists(director))
    return found.none()


def list_whom(person: Person) -> list[Person]:
    """Staff whom a complaint of this person may be about: whoever may open the record, and who leads the program."""
    leads = Q(user__memberships__program_id=person.program_id, user__memberships__role__in=NAMED)
    readers = Q(pk__in=Grant.objects.filter(participant=person).values("reader_id"))
    found = Person.objects.filter(leads | readers, user__isnull=False).exclude(pk=person.pk)
    return list(found.distinct().order_by("goes_by_search")[:MOST])
