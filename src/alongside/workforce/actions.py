"""Making and changing a peer's profile, and setting oneself unavailable."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.actions import set_safe_contact
from alongside.people.models import Person, Site
from alongside.rules.availability import NEVER

from .models import PeerProfile

PROFILE_FIELDS = frozenset(
    {
        "site",
        "capacity",
        "serves",
        "languages",
        "pathways",
        "experiences",
        "life_stages",
        "interests",
        "modes",
        "gender",
        "hours",
        "hours_known",
        "zip",
        "max_miles",
        "limits",
        "limits_words",
        "story",
        "story_language",
    }
)


class CapacityBelowLoad(Exception):
    """A peer cannot have fewer places than people they support; to take nobody new they set themself unavailable."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} places are taken")
        self.taken = taken


def lock_peer(peer_id) -> PeerProfile:
    """The peer's row, locked: everything that takes or frees a place waits here in turn."""
    return PeerProfile.objects.select_for_update().get(pk=peer_id)


@transaction.atomic
def create_peer(*, person: Person, by, now: datetime | None = None, **values) -> PeerProfile:
    """Make a person a peer. Values are fields of the profile; languages default to the person's own."""
    _check_fields(values)
    values.setdefault("languages", [person.language])
    values.setdefault("serves", ["own_recovery"])
    _note_hours_known(values)
    started_on = (now or timezone.now()).astimezone(ZoneInfo(person.program.time_zone)).date()
    profile = PeerProfile.objects.create(person=person, program_id=person.program_id, started_on=started_on, **values)
    if person.email:
        # A peer works with us: notices by mail are expected. They can change it like everybody.
        set_safe_contact(person=person, by=by, may_email=True)
    record(
        act="peer.moved",
        reason="active",
        by=by,
        subject=None,
        object_kind="peer",
        object_id=person.pk,
        fields=sorted(values),
    )
    return profile


@transaction.atomic
def change_peer(*, peer: PeerProfile, by, **values) -> PeerProfile:
    """Change some fields of a profile. Raises `CapacityBelowLoad`."""
    _check_fields(values)
    _note_hours_known(values)
    profile = lock_peer(peer.pk)
    if values.get("capacity", profile.capacity) < profile.places_taken:
        raise CapacityBelowLoad(profile.places_taken)
    changed = [field for field, value in values.items() if getattr(profile, field) != value]
    for field in changed:
        setattr(profile, field, values[field])
    if changed:
        # places_taken belongs to the triggers: never write back what was read.
        profile.save(update_fields=changed)
        record(act="peer.changed", by=by, object_kind="peer", object_id=profile.pk, fields=changed)
    return profile


@transaction.atomic
def set_available(*, peer: PeerProfile, available: bool, by, until: date | None = None) -> PeerProfile:
    """A peer says that they take nobody new (until a day, or until they say otherwise), or that they do again."""
    profile = lock_peer(peer.pk)
    profile.status = "active" if available else "unavailable"
    profile.unavailable_until = None if available else until
    profile.save(update_fields=["status", "unavailable_until"])
    record(act="peer.availability_changed", by=by, object_kind="peer", object_id=profile.pk, fields=["status"])
    return profile


@transaction.atomic
def return_available(*, today: date, by) -> int:
    """Peers whose break is over take new people again. Run daily for the current program."""
    back = 0
    for peer in PeerProfile.objects.filter(status="unavailable", unavailable_until__lt=today):
        set_available(peer=peer, available=True, by=by)
        back += 1
    return back


@transaction.atomic
def place_peer(*, peer: PeerProfile, supervisor: Person | None, site: Site | None, by) -> None:
    """Say who supports a peer and where they work, in one step."""
    if peer.person.supervisor_id != (supervisor.pk if supervisor else None):
        assign_supervisor(peer=peer, supervisor=supervisor, by=by)
    change_peer(peer=peer, by=by, site=site)


@transaction.atomic
def assign_supervisor(*, peer: PeerProfile, supervisor: Person | None, by) -> None:
    """Who supports this peer. The supervisor sees the records of the people whom the peer supports."""
    person = Person.objects.select_for_update().get(pk=peer.pk)
    person.supervisor = supervisor
    person.save(update_fields=["supervisor"])
    record(act="peer.changed", by=by, object_kind="peer", object_id=peer.pk, fields=["supervisor"])


def _note_hours_known(values: dict) -> None:
    """Hours that were said are known; none at all says nothing, which is not the same as never."""
    if "hours" in values:
        values.setdefault("hours_known", values["hours"] != NEVER)


def _check_fields(values: dict) -> None:
    unknown = values.keys() - PROFILE_FIELDS
    if unknown:
        raise TypeError(f"not fields of a peer profile: {sorted(unknown)}")
