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
from alongside.people.models import Episode, Person, Program
from alongside.rules.availability import NEVER
from alongside.rules.vocabulary import PREFERENCES, STRENGTHS

WISH_FIELDS = frozenset(
    {"needs", "own_words", "pathways", "languages", "experiences", "life_stages", "interests", "modes", "gender", "age"}
    | {"hours", "hours_known", "zip", "max_miles", "limits_told_at", "staff_notes"}
)


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
def save_wishes(*, episode: Episode, by, preferences: Iterable[Wish] | None = None, **values) -> Wishes:
    """Set what the participant asks for in this episode; `preferences` replaces the whole set when given."""
    unknown = values.keys() - WISH_FIELDS
    if unknown:
        raise TypeError(f"not fields of wishes: {sorted(unknown)}")
    if "hours" in values:
        values.setdefault("hours_known", values["hours"] != NEVER)
    wishes, made = Wishes.objects.select_for_update().get_or_create(
        episode=episode, program_id=episode.program_id, defaults=values
    )
    changed = sorted(values) if made else [name for name, value in values.items() if getattr(wishes, name) != value]
    if not made and changed:
        for name in changed:
            setattr(wishes, name, values[name])
        wishes.save(update_fields=changed)
    if preferences is not None and _replace_preferences(wishes, set(preferences)):
        changed = [*changed, "preferences"]
    if changed:
        record(
            act="intake.changed",
            by=by,
            subject=episode.person_id,
            object_kind="wishes",
            object_id=wishes.pk,
            fields=changed,
        )
    return wishes


def _replace_preferences(wishes: Wishes, wanted: set[Wish]) -> bool:
    now = {Wish(row.feature, row.value, row.strength): row for row in wishes.preferences.all()}
    if now.keys() == wanted:
        return False
    Preference.objects.filter(pk__in=[row.pk for wish, row in now.items() if wish not in wanted]).delete()
    for wish in wanted - now.keys():
        Preference.objects.create(
            program_id=wishes.program_id,
            wishes=wishes,
            feature=wish.feature,
            value=wish.value,
            strength=wish.strength,
        )
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
    record(act="intake.completed", by=by, subject=episode.person_id, object_kind="episode", object_id=episode.pk)
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
        kept = {name: getattr(earlier, name) for name in WISH_FIELDS - {"limits_told_at", "own_words"}}
        wishes = [Wish(row.feature, row.value, row.strength) for row in earlier.preferences.all()]
        save_wishes(episode=episode, by=by, preferences=wishes, **kept)
    return episode
