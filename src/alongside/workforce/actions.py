"""Making and changing a peer's profile, and setting oneself unavailable."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.actions import set_safe_contact
from alongside.people.actions.persons import apply_values
from alongside.people.models import Person, Site
from alongside.rules.availability import NEVER
from alongside.web.meanwhile import Seen, check_seen

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
    profile = build_peer(person=person, now=now or timezone.now(), **values)
    profile.save(force_insert=True)
    if person.email:
        # A peer works with us: notices by mail are expected. They can change it like everybody.
        set_safe_contact(person=person, by=by, may_email=True)
    record(**note_peer_made(profile, by, values))
    return profile


def build_peer(*, person: Person, now: datetime, **values) -> PeerProfile:
    """A person's profile as a peer, not saved yet."""
    _check_fields(values)
    values = {"languages": [person.language], "serves": ["own_recovery"], **values}
    _note_hours_known(values)
    started_on = now.astimezone(ZoneInfo(person.program.time_zone)).date()
    return PeerProfile(person=person, program_id=person.program_id, started_on=started_on, **values)


def note_peer_made(profile: PeerProfile, by, values: dict) -> dict:
    """What the log says of somebody who became a peer."""
    return {
        "act": "peer.moved", "reason": "active", "by": by, "object_kind": "peer", "object_id": profile.pk,
        "fields": sorted({"languages", "serves", *values, *({"hours_known"} if "hours" in values else ())}),
    }  # fmt: skip


@transaction.atomic
def change_peer(*, peer: PeerProfile, by, seen: Seen | None = None, **values) -> PeerProfile:
    """Change some fields of a profile.

    Raises `CapacityBelowLoad`, and `ChangedMeanwhile` where that would undo what somebody else changed since `seen`.
    """
    profile = lock_peer(peer.pk)
    check_seen(seen, now={name: getattr(profile, name) for name in values}, wanted=values)
    changed = apply_to_peer(profile, values)
    if changed:
        # places_taken belongs to the triggers: never write back what was read.
        profile.save(update_fields=changed)
        record(**note_peer(profile.pk, by, changed))
    return profile


def apply_to_peer(profile: PeerProfile, values: dict) -> list[str]:
    """Set some fields of a locked profile; returns the names of those that changed. Raises `CapacityBelowLoad`."""
    _check_fields(values)
    _note_hours_known(values)
    if values.get("capacity", profile.capacity) < profile.places_taken:
        raise CapacityBelowLoad(profile.places_taken)
    return apply_values(profile, values)


def note_peer(peer_id, by, fields: list[str]) -> dict:
    """What the log says of a changed peer."""
    return {"act": "peer.changed", "by": by, "object_kind": "peer", "object_id": peer_id, "fields": fields}


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
def place_peer(
    *, peer: PeerProfile, supervisor: Person | None, site: Site | None, by, seen: Seen | None = None
) -> None:  # fmt: skip
    """Say who supports a peer and where they work, in one step. Raises `ChangedMeanwhile`, as `change_peer` does."""
    person, profile = Person.objects.select_for_update().get(pk=peer.pk), lock_peer(peer.pk)
    check_seen(
        seen, now={"supervisor": person.supervisor_id, "site": profile.site_id},
        wanted={"supervisor": supervisor.pk if supervisor else None, "site": site.pk if site else None},
    )  # fmt: skip
    if person.supervisor_id != (supervisor.pk if supervisor else None):
        assign_supervisor(peer=peer, supervisor=supervisor, by=by)
    change_peer(peer=peer, by=by, site=site)


@transaction.atomic
def assign_supervisor(*, peer: PeerProfile, supervisor: Person | None, by) -> None:
    """Who supports this peer. The supervisor sees the records of the people whom the peer supports."""
    person = Person.objects.select_for_update().get(pk=peer.pk)
    person.supervisor = supervisor
    person.save(update_fields=["supervisor"])
    record(**note_peer(peer.pk, by, ["supervisor"]))


def _note_hours_known(values: dict) -> None:
    """Hours that were said are known; none at all says nothing, which is not the same as never."""
    if "hours" in values:
        values.setdefault("hours_known", values["hours"] != NEVER)


def _check_fields(values: dict) -> None:
    unknown = values.keys() - PROFILE_FIELDS
    if unknown:
        raise TypeError(f"not fields of a peer profile: {sorted(unknown)}")
