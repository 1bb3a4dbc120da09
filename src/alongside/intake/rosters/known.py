"""People of the current program as the roster reader knows them: who each is, and all of those whom a file names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from alongside.intake.models import Wishes
from alongside.people.models import Episode, Membership, Person, Program, SafeContact
from alongside.rules import roster as rules
from alongside.rules.roster.contacts import read_phone
from alongside.workforce.models import PeerProfile

WISH_FIELD = {
    "needs": "needs", "pathway": "pathways", "language": "languages", "experience": "experiences",
    "life_stage": "life_stages", "interests": "interests", "mode": "modes", "gender": "gender", "age": "age",
    "race": "races", "availability": "hours", "zip": "zip", "notes": "staff_notes", "own_words": "own_words",
}  # fmt: skip
"""Field of a roster -> field of `Wishes`."""

PEER_FIELD = {
    "capacity": "capacity", "serves": "serves", "pathway": "pathways", "language": "languages",
    "experience": "experiences", "life_stage": "life_stages", "interests": "interests", "mode": "modes",
    "gender": "gender", "availability": "hours", "zip": "zip", "notes": "limits_words", "story": "story",
}  # fmt: skip
"""Field of a roster -> field of `PeerProfile`. A peer's notes and limits in words stand together."""

PERSON_FIELDS = ("external_id", "goes_by", "legal_name", "pronouns", "birth_date", "phone", "email")
SAFE_FIELDS = ("channel", "name_to_use", "may_call", "may_text", "may_voicemail", "may_email")


@dataclass(frozen=True)
class Known:
    """What one known person's records say. `latest_closed_on` is None for somebody never served."""

    values: Mapping[str, object]
    is_open: bool = False
    latest_closed_on: date | None = None
    is_peer: bool = False
    texts_stopped: bool = False
    places_taken: int = 0


def list_identities() -> QuerySet[Person]:
    """People of the current program with no more than what tells who somebody is."""
    return Person.objects.only(*PERSON_FIELDS, "program_id", "language", "created_at")


def identity_of(person: Person) -> dict[str, object]:
    """What tells who somebody is, as a row of a roster says it."""
    values = {about: getattr(person, about) for about in PERSON_FIELDS if getattr(person, about)}
    if "phone" in values:
        # Somebody may have been typed in before numbers were written one way.
        values["phone"] = read_phone(str(values["phone"]), "US").number or values["phone"]
    return values


def load_known(kind: str, ids: Collection[str | None], program: Program) -> dict[str, Known]:
    """These people by id, with all that a roster of this kind may change. A bounded number of queries."""
    if not ids:
        return {}
    return _load_peers(ids) if kind == rules.PEERS else _load_participants(ids, program)


def _load_peers(ids: Collection[str | None]) -> dict[str, Known]:
    known = {str(person_id): Known({}) for person_id in ids}
    for peer in PeerProfile.objects.filter(pk__in=ids).select_related("person__supervisor", "site"):
        values = {about: getattr(peer, field) for about, field in PEER_FIELD.items()}
        values["site"] = peer.site.name if peer.site else None
        values["supervisor"] = peer.person.supervisor.goes_by if peer.person.supervisor else None
        known[str(peer.pk)] = Known(_filled(values), is_peer=True, places_taken=peer.places_taken)
    return known


def _load_participants(ids: Collection[str | None], program: Program) -> dict[str, Known]:
    latest: dict[str, Episode] = {}
    for episode in Episode.objects.filter(person__in=ids).select_related("site").order_by("opened_at"):
        before = latest.get(str(episode.person_id))
        if before is None or before.status == "closed":
            latest[str(episode.person_id)] = episode
    wishes = {
        one.episode_id: one
        for one in Wishes.objects.filter(episode__in=[e.pk for e in latest.values()])
        .prefetch_related("preferences")
    }  # fmt: skip
    safe = {str(one.person_id): one for one in SafeContact.objects.filter(person__in=ids)}
    known = {}
    for person_id in map(str, ids):
        episode = latest.get(person_id)
        values = _safe_values(safe.get(person_id))
        if episode:
            values |= {"kind": episode.kind, "site": episode.site.name if episode.site else None}
            values |= _wish_values(wishes.get(episode.pk))
        closed = (
            episode.closed_at.astimezone(ZoneInfo(program.time_zone)).date() if episode and episode.closed_at else None
        )
        known[person_id] = Known(
            _filled(values), is_open=bool(episode and episode.status != "closed"), latest_closed_on=closed,
            texts_stopped=bool(person_id in safe and safe[person_id].texts_stopped_at),
        )  # fmt: skip
    return known


def _wish_values(wishes: Wishes | None) -> dict[str, object]:
    if wishes is None:
        return {}
    values = {about: getattr(wishes, field) for about, field in WISH_FIELD.items()}
    values["preferences"] = tuple(
        rules.Wish(one.feature, one.value, one.strength)
        for one in sorted(wishes.preferences.all(), key=lambda one: (one.feature, one.value))
    )
    return values


def _safe_values(safe: SafeContact | None) -> dict[str, object]:
    if safe is None:
        return {}
    return {about: getattr(safe, about) for about in SAFE_FIELDS} | {"contact_hours": (safe.from_hour, safe.until_hour)}


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """Without what says nothing; a plain "no" and a zero do say something."""
    return {
        about: value for about, value in values.items() if value not in (None, "", [], ()) and not _never(about, value)
    }


def _never(about: str, value: object) -> bool:
    return about == "availability" and set(str(value)) == {"0"}


def may_supervise(people: QuerySet[Person]) -> Iterable[Person]:
    """People whose account holds the supervisor role in their program."""
    users = Membership.objects.filter(role="supervisor", program__in=people.values("program")).values("user")
    return people.filter(user__in=users)
