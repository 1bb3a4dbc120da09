"""What a participant asks for: saved whole, and moved on to the waiting list when intake is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.intake.models import Preference, Wishes
from alongside.people.actions import create_person, move_episode, open_episode, set_safe_contact
from alongside.people.actions.persons import apply_values
from alongside.people.models import Episode, Person, Program
from alongside.rules.availability import NEVER
from alongside.rules.vocabulary import PREFERENCES, STRENGTHS
from alongside.web.meanwhile import Seen, check_seen

WISH_FIELDS = frozenset(
    {"needs", "own_words", "pathways", "languages", "experiences", "life_stages", "interests", "modes", "gender", "age"}
    | {"races"}
    | {"hours", "hours_known", "zip", "max_miles", "limits_told_at", "staff_notes"}
)
KEPT_WISHES = WISH_FIELDS - {"limits_told_at", "own_words"}
"""What somebody asked for last time and probably asks for again when they come back."""


@dataclass(frozen=True)
class Wish:
    """One preference about a peer: a feature and value of `vocabulary.PREFERENCES`, as a must or a would-like."""

    feature: str
    value: str
    strength: str = "like"

    def __post_init__(self) -> None:
        if self.value not in PREFERENCES.get(self.feature, ()) or self.strength not in STRENGTHS:
            raise ValueError(f"no such preference: {self.strength} {self.feature}={self.value}")


@transaction.atomic
def save_wishes(
    *, episode: Episode, by, preferences: Iterable[Wish] | None = None, seen: Seen | None = None, **values
) -> Wishes:  # fmt: skip
    """Set what the participant asks for in this episode; `preferences` replaces the whole set when given.

    Raises `ChangedMeanwhile` where that would undo what somebody else changed since `seen`.
    """
    check_wishes(values)
    wishes, made = Wishes.objects.select_for_update().get_or_create(
        episode=episode, program_id=episode.program_id, defaults=values
    )
    if not made:
        wanted = by_feature(preferences) if preferences is not None else {}
        now = by_feature(wishes_of(wishes)) if wanted else {}
        check_seen(seen, now=now | {name: getattr(wishes, name) for name in values}, wanted=wanted | values)
    changed = sorted(values) if made else apply_values(wishes, values)
    if not made and changed:
        wishes.save(update_fields=changed)
    if preferences is not None and _replace_preferences(wishes, set(preferences)):
        changed = [*changed, "preferences"]
    if changed:
        record(**note_wishes(wishes, episode, by, changed))
    return wishes


def check_wishes(values: dict) -> None:
    """Refuse what is no wish (TypeError), and say of hours whether they are known."""
    unknown = values.keys() - WISH_FIELDS
    if unknown:
        raise TypeError(f"not fields of wishes: {sorted(unknown)}")
    if "hours" in values:
        values.setdefault("hours_known", values["hours"] != NEVER)


def build_preference(wishes: Wishes, wish: Wish) -> Preference:
    """One preference, not saved yet."""
    return Preference(
        program_id=wishes.program_id, wishes=wishes, feature=wish.feature, value=wish.value, strength=wish.strength
    )


def note_wishes(wishes: Wishes, episode: Episode, by, fields: list[str]) -> dict:
    """What the log says of changed wishes."""
    return {
        "act": "intake.changed", "by": by, "subject": episode.person_id, "object_kind": "wishes",
        "object_id": wishes.pk, "fields": fields,
    }  # fmt: skip


def note_intake_done(episode: Episode, by) -> dict:
    """What the log says when a first talk is done."""
    return {
        "act": "intake.completed", "by": by, "subject": episode.person_id, "object_kind": "episode",
        "object_id": episode.pk,
    }  # fmt: skip


def wishes_of(wishes: Wishes) -> list[Wish]:
    """The preferences about a peer as they are stored."""
    return [Wish(row.feature, row.value, row.strength) for row in wishes.preferences.all()]


def by_feature(wishes: Iterable[Wish]) -> dict[str, list[str]]:
    """What is asked about each feature, as plain text to be compared; every feature is named."""
    found: dict[str, list[str]] = {feature: [] for feature in PREFERENCES}
    for wish in wishes:
        found[wish.feature].append(f"{wish.strength} {wish.value}")
    return found


def _replace_preferences(wishes: Wishes, wanted: set[Wish]) -> bool:
    now = {Wish(row.feature, row.value, row.strength): row for row in wishes.preferences.all()}
    if now.keys() == wanted:
        return False
    Preference.objects.filter(pk__in=[row.pk for wish, row in now.items() if wish not in wanted]).delete()
    for wish in wanted - now.keys():
        build_preference(wishes, wish).save(force_insert=True)
    return True


@transaction.atomic
def start_intake(
    *, program: Program, by, person: Person | None = None, person_values: dict | None = None,
    kind: str = "own_recovery", source: str = "form", is_brief: bool = False, site=None,
    safe_contact: dict | None = None, submit_key: UUID | None = None, now: datetime | None = None,
) -> Episode:  # fmt: skip
    """Open an episode in `intake` for a new person or somebody who comes back. The same key opens one (I3)."""
    if submit_key and (same := Episode.objects.filter(pk=submit_key).first()):
        return same
    if person is None:
        person = create_person(program=program, by=by, **(person_values or {}))
    if safe_contact:
        set_safe_contact(person=person, by=by, **safe_contact)
    episode = open_episode(
        person=person, by=by, kind=kind, source=source, is_brief=is_brief, site=site, key=submit_key, now=now
    )
    return move_episode(episode=episode, to="intake", by=by, now=now)


@transaction.atomic
def finish_intake(*, episode: Episode, by, now: datetime | None = None) -> Episode:
    """Intake is done: the person waits for a peer, or (brief path) is active with phone check-ins at once."""
    now = now or timezone.now()
    Wishes.objects.get_or_create(episode=episode, program_id=episode.program_id)
    to = "active" if episode.is_brief else "waiting"
    episode = move_episode(episode=episode, to=to, by=by, now=now)
    record(**note_intake_done(episode, by))
    return episode


@transaction.atomic
def come_back(*, person: Person, by, kind: str | None = None, now: datetime | None = None) -> Episode:
    """A new episode of somebody who was here before; what they asked for last time is the start of this one."""
    latest = person.episodes.filter(status="closed").order_by("-closed_at").first()
    episode = start_intake(
        program=person.program,
        by=by,
        person=person,
        kind=kind or (latest.kind if latest else "own_recovery"),
        source="return",
        site=latest.site if latest else None,
        now=now,
    )
    earlier = Wishes.objects.filter(episode=latest).first() if latest else None
    if earlier:
        kept = {name: getattr(earlier, name) for name in KEPT_WISHES}
        save_wishes(episode=episode, by=by, preferences=wishes_of(earlier), **kept)
    return episode
