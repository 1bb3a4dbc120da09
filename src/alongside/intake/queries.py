"""What may be read at intake. Rosters, asks and applications are the coordinators'; a search shows whom one may see."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from alongside.audit.fields import blind_index
from alongside.people.models import Episode, Person
from alongside.people.names import fold
from alongside.people.prepared import ask, plain
from alongside.privacy.queries import list_participants_visible_to
from alongside.rules.roster.contacts import read_email, read_phone
from alongside.workforce.models import PeerProfile

from .models import Application, Inquiry, Roster, RosterLine

OPEN_APPLICATIONS = ("applied", "screening")


def list_rosters() -> QuerySet[Roster]:
    """The rosters of the program, the latest first, without their content."""
    return Roster.objects.defer("content").select_related("site", "uploaded_by").order_by("-uploaded_at")


def list_lines(roster: Roster, outcome: str) -> QuerySet[RosterLine]:
    """The rows of a roster with this outcome, in the order of the file."""
    return roster.lines.filter(outcome=outcome).order_by("row_number")


def list_lines_numbered(roster: Roster, numbers: list[int]) -> QuerySet[RosterLine]:
    """Some rows of a roster, in the order of the file."""
    return roster.lines.filter(row_number__in=numbers).order_by("row_number")


def list_kept(roster: Roster) -> QuerySet[RosterLine]:
    """The rows of which something stayed when the roster was taken back, in the order of the file."""
    return roster.lines.filter(kept=True).order_by("row_number")


def list_asks(status: str) -> QuerySet[Inquiry]:
    """Public asks in this state; new ones the oldest first, settled ones the latest first."""
    return Inquiry.objects.filter(status=status).order_by("received_at" if status == "new" else "-received_at")


def count_asks() -> dict[str, int]:
    """How many asks are in each state."""
    return dict(Inquiry.objects.values_list("status").annotate(many=Count("pk")).order_by())


def list_applications(*, open_ones: bool) -> QuerySet[Application]:
    """Applications that wait for somebody, the oldest first; or those that are settled, the latest first."""
    if open_ones:
        return Application.objects.filter(status__in=OPEN_APPLICATIONS).order_by("received_at")
    return Application.objects.exclude(status__in=OPEN_APPLICATIONS).order_by("-received_at")


def get_intake_episode(actor, episode_id) -> Episode | None:
    """An open episode of the program with everything that its intake page shows; never the actor's own."""
    return (
        Episode.objects.filter(pk=episode_id)
        .exclude(status="closed")
        .exclude(person_id=actor.person_id)
        .select_related("person__safe_contact", "person__user", "wishes", "site", "program")
        .first()
    )


def get_own_episode(actor) -> Episode | None:
    """The open episode of the acting participant."""
    return (
        Episode.objects.filter(person_id=actor.person_id)
        .exclude(status="closed")
        .select_related("person__safe_contact", "wishes", "program")
        .order_by("-opened_at")
        .first()
    )


def find_same_person(*, goes_by: str, phone: str = "", email: str = "", legal_name: str = "") -> list[Person]:
    """Known people who may be the same: same phone, e-mail or full name, or the same name they go by. At most ten."""
    same = Q(goes_by_search=fold(goes_by)) if goes_by.strip() else Q(pk__in=[])
    exact = (("phone", "phone", phone), ("email", "email", email), ("legal_name", "name", legal_name))
    for field, kind, value in exact:
        if value:
            same |= Q(**{f"{field}_index": blind_index(value, kind)})
    people = Person.objects.filter(same).prefetch_related("episodes").order_by("goes_by_search")
    return list(people[:10])


def search_people(actor, words: str, most: int, now: datetime | None = None) -> list:
    """People whom this actor may see, by the name they go by, or exactly by phone, e-mail or record number.

    A coordinator also finds peers and others of the program. At most so many plain rows, by name, each with the
    `status` of their latest episode, "" for somebody never served. Names are looked for in an index that holds nothing
    else, and what is exact in its own: asked for together, each person of the program would be looked at.
    """
    words = words.strip()
    if len(words) < 2:
        return []
    visible = Person.objects.all()
    if not actor.has("coordinator"):
        visible = visible.filter(pk__in=list_participants_visible_to(actor, now).values("pk"))
    named = visible.filter(goes_by_search__contains=fold(words)).order_by("goes_by_search", "pk").values("pk")[:most]
    # Each searcher finds by what they typed exactly; no partial phone or e-mail, which would let one guess.
    exact = Q(external_id_index=blind_index(words, "external_id"))
    if phone := read_phone(words, "US").number:
        exact |= Q(phone_index=blind_index(phone, "phone"))
    if email := read_email(words)[0]:
        exact |= Q(email_index=blind_index(email, "email"))
    ids = {row.pk for row in (*plain(named), *plain(visible.filter(exact).values("pk")[:most]))}
    if not ids:
        return []
    status = {row.person_id: row.status for row in ask(_episodes_of, people=list(ids))}
    found = ask(_found, people=list(ids))[:most]
    for row in found:
        row.status = status.get(row.pk, "")
    return found


def _found(people) -> QuerySet:
    found = Person.objects.filter(pk__in=people).order_by("goes_by_search", "pk")
    return found.values("pk", "goes_by", "pronouns", "language")


def _episodes_of(people) -> QuerySet:
    return Episode.objects.filter(person__in=people).order_by("opened_at").values("person_id", "status")


def list_possible_boundaries(person: Person) -> QuerySet[PeerProfile]:
    """Peers with whom a never-pair may be recorded for this person."""
    return (
        PeerProfile.objects.exclude(status="left")
        .exclude(pk=person.pk)
        .select_related("person")
        .order_by("person__goes_by_search")
    )


def list_with_status(people: list[Person]) -> list[tuple[Person, str]]:
    """Each person with the state of their latest episode, "" for somebody never served. One query."""
    status = {row.person_id: row.status for row in plain(_episodes_of([person.pk for person in people]))}
    return [(person, status.get(person.pk, "")) for person in people]
