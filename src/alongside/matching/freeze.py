"""Rows of the program as the plain values of `rules.matching`, and the pairs that must not be proposed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import zipcodes
from django.db.models import Prefetch, Q
from django.utils import timezone

from alongside.intake.models import Preference, Wishes
from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship
from alongside.people.models import Boundary, Episode, Person
from alongside.rules import matching as rules
from alongside.workforce.models import PeerProfile

from .models import Offer

NOT_COMPARED = ("legal_name", "phone", "email", "external_id")
"""Encrypted fields of a person that matching never needs: not read, not decrypted."""

WOULD_SEE_AGAIN = ("completed", "moved", "peer_unavailable")
"""Reasons for an end after which somebody who comes back may gladly meet the same peer."""

CHANGED_MIND = "changed_mind"
"""`Offer.decline_code` of a choice that the person took back."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Frozen:
    """What one run is given. `never`: pairs nobody may make, by hand either. `not_again`: what this wait has tried."""

    seekers: list[rules.Seeker]
    peers: list[rules.Peer]
    never: frozenset[Pair]
    not_again: frozenset[Pair]
    episodes: dict[str, Episode] = field(default_factory=dict)
    """Seeker id (the person's) to the episode that waits."""


def freeze(episodes: Iterable[Episode], *, now: datetime) -> Frozen:
    """The given episodes and every peer of the current program. A bounded number of queries, whatever the size."""
    ids = [episode.pk for episode in episodes]
    waiting = list(
        Episode.objects.filter(pk__in=ids)
        .select_related("person", "program", "wishes")
        .defer(*(f"person__{name}" for name in NOT_COMPARED), "wishes__own_words", "wishes__staff_notes")
        .prefetch_related(Prefetch("wishes__preferences", queryset=Preference.objects.all()))
        .order_by("pk")
    )
    persons = {episode.person_id for episode in waiting}
    again = _list_glad_to_see_again(persons)
    today = now.astimezone(ZoneInfo(waiting[0].program.time_zone)).date() if waiting else timezone.localdate(now)
    profiles = list_profiles()
    return Frozen(
        seekers=[
            freeze_seeker(one, again=again.get(one.person_id, frozenset()), now=now, today=today) for one in waiting
        ],
        peers=[freeze_peer(profile, today=today) for profile in profiles],
        never=find_never(persons, profiles),
        not_again=find_not_again(waiting),
        episodes={str(episode.person_id): episode for episode in waiting},
    )


def list_profiles() -> list[PeerProfile]:
    """Every peer who has not left; who takes nobody new is among them with no place."""
    return list(
        PeerProfile.objects.exclude(status="left")
        .select_related("person")
        .defer("story", "limits_words", *(f"person__{name}" for name in NOT_COMPARED))
    )


def freeze_seeker(episode: Episode, *, again: frozenset[str] = frozenset(), now: datetime, today: date) -> rules.Seeker:
    """One who waits. Without wishes yet, only the language of the person is known."""
    person = episode.person
    wishes: Wishes | None = getattr(episode, "wishes", None)
    waiting_days = max(0, (now - (episode.waiting_since or now)).days)
    if wishes is None:
        return rules.Seeker(
            id=str(person.pk), kind=episode.kind, languages=(person.language,), waiting_days=waiting_days,
            urgency=episode.urgency, earlier_peer_ids=again, age=age_of(person.birth_date, today),
        )  # fmt: skip
    latitude, longitude = locate(wishes.zip)
    return rules.Seeker(
        id=str(person.pk),
        kind=episode.kind,
        languages=tuple(wishes.languages) or (person.language,),
        gender=wishes.gender,
        age=wishes.age if wishes.age is not None else age_of(person.birth_date, today),
        pathways=frozenset(wishes.pathways),
        needs=frozenset(wishes.needs),
        experiences=frozenset(wishes.experiences),
        life_stages=frozenset(wishes.life_stages),
        interests=frozenset(wishes.interests),
        modes=frozenset(wishes.modes),
        hours=wishes.hours if wishes.hours_known else None,
        latitude=latitude,
        longitude=longitude,
        max_miles=wishes.max_miles,
        preferences=tuple(rules.Preference(p.feature, p.value, p.strength) for p in wishes.preferences.all()),
        waiting_days=waiting_days,
        urgency=episode.urgency,
        earlier_peer_ids=again,
    )


def freeze_peer(profile: PeerProfile, *, today: date) -> rules.Peer:
    """One peer with the places that are free now."""
    latitude, longitude = locate(profile.zip)
    return rules.Peer(
        id=str(profile.pk),
        places_free=profile.places_free,
        capacity=profile.capacity,
        serves=frozenset(profile.serves),
        languages=tuple(profile.languages),
        gender=profile.gender,
        age=age_of(profile.person.birth_date, today),
        pathways=frozenset(profile.pathways),
        experiences=frozenset(profile.experiences),
        life_stages=frozenset(profile.life_stages),
        interests=frozenset(profile.interests),
        modes=frozenset(profile.modes),
        hours=profile.hours if profile.hours_known else None,
        latitude=latitude,
        longitude=longitude,
        max_miles=profile.max_miles,
        limits=tuple(rules.Limit(limit["feature"], limit["value"]) for limit in profile.limits),
    )


def find_never(persons: set, profiles: Iterable[PeerProfile]) -> frozenset[Pair]:
    """Pairs (seeker, peer) that are never made: boundaries, a peer's own peer, a supervisor and whom they support."""
    pairs: set[Pair] = set()
    for one, other in Boundary.objects.filter(Q(person__in=persons) | Q(other__in=persons)).values_list(
        "person_id", "other_id"
    ):
        pairs |= {(str(one), str(other)), (str(other), str(one))}
    supports = Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).filter(
        Q(peer_id__in=persons) | Q(backup_peer_id__in=persons)
    )
    # Whoever supports somebody as a peer is not that person's participant.
    for participant, peer, backup in supports.values_list("participant_id", "peer_id", "backup_peer_id"):
        pairs |= {(str(supporter), str(participant)) for supporter in (peer, backup) if supporter in persons}
    for profile in profiles:
        if profile.person.supervisor_id in persons:
            pairs.add((str(profile.person.supervisor_id), str(profile.pk)))
    supervised = Person.objects.filter(pk__in=persons, supervisor__isnull=False).values_list("pk", "supervisor_id")
    pairs |= {(str(person), str(supervisor)) for person, supervisor in supervised}
    return frozenset(pairs)


def find_not_again(episodes: Iterable[Episode]) -> frozenset[Pair]:
    """Pairs that this wait has tried, or that this episode has left behind. A coordinator may still make them."""
    since = {episode.pk: episode.waiting_since for episode in episodes}
    pairs: set[Pair] = set()
    tried = Offer.objects.filter(episode__in=since).filter(
        Q(status__in=("declined", "peer_declined"))
        | Q(status="lapsed", chosen_at__isnull=False)
        | Q(decline_code=CHANGED_MIND)
    )
    for episode_id, person, peer, ended_at in tried.values_list(
        "episode_id", "episode__person_id", "peer_id", "ended_at"
    ):
        if since[episode_id] is None or (ended_at and ended_at >= since[episode_id]):
            pairs.add((str(person), str(peer)))
    left = Mentorship.objects.filter(episode__in=since).values_list("participant_id", "peer_id")
    return frozenset(pairs | {(str(person), str(peer)) for person, peer in left})


def _list_glad_to_see_again(persons: set) -> dict:
    """Person id to the peers whom they knew in an earlier, closed episode and parted from in peace."""
    known: dict = {}
    earlier = Mentorship.objects.filter(
        participant__in=persons, episode__status="closed", end_reason__in=WOULD_SEE_AGAIN
    )
    for person, peer in earlier.values_list("participant_id", "peer_id"):
        known[person] = known.get(person, frozenset()) | {str(peer)}
    return known


def age_of(born: date | None, today: date) -> int | None:
    """Age in whole years on a day; None where the birth date is not known or not yet."""
    if born is None or born > today:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@lru_cache(maxsize=20_000)
def locate(zip_code: str) -> tuple[float, float] | tuple[None, None]:
    """Latitude and longitude of a US ZIP code, or two Nones where it is empty, foreign or mistyped."""
    try:
        found = zipcodes.matching(zip_code.strip())
    except (TypeError, ValueError):
        return None, None
    if not found or not found[0]["lat"] or not found[0]["long"]:
        return None, None
    return float(found[0]["lat"]), float(found[0]["long"])
