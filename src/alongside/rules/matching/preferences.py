"""Whether a peer has what somebody asked for. Shared by the hard constraints (musts) and by fit (would-likes)."""

from alongside.rules.matching.distance import miles_between
from alongside.rules.matching.values import Peer, Policy, Preference, Seeker

UNSAID_GENDERS = frozenset({"", "not_said"})
SINGLE_VALUED = frozenset({"gender", "age"})
"""Features of which a peer has one value: asking for two of them means either one."""


def miles_apart(seeker: Seeker, peer: Peer) -> float | None:
    """Miles between the two, or None where a place is not known."""
    if seeker.latitude is None or seeker.longitude is None or peer.latitude is None or peer.longitude is None:
        return None
    return miles_between((seeker.latitude, seeker.longitude), (peer.latitude, peer.longitude))


def miles_allowed(seeker: Seeker, peer: Peer) -> float | None:
    """The shorter of the two ways they are ready to go, or None where neither said."""
    said = [limit for limit in (seeker.max_miles, peer.max_miles) if limit is not None]
    return min(said, default=None)


def is_too_far(seeker: Seeker, peer: Peer) -> bool:
    """Whether meeting in person is known to be beyond what either is ready to go."""
    allowed = miles_allowed(seeker, peer)
    if allowed is None:
        return False
    miles = miles_apart(seeker, peer)
    return miles is not None and miles > allowed


def usable_modes(seeker: Seeker, peer: Peer) -> frozenset[str] | None:
    """Ways in which both can meet, without `in_person` where it is too far; None where one of them did not say."""
    if not seeker.modes or not peer.modes:
        return None
    shared = seeker.modes & peer.modes
    if "in_person" in shared and is_too_far(seeker, peer):
        return shared - {"in_person"}
    return shared


def _has_age(value: str, seeker: Seeker, peer: Peer, policy: Policy) -> bool | None:
    if seeker.age is None or peer.age is None:
        return None
    older_by = peer.age - seeker.age
    if value == "similar":
        return abs(older_by) <= policy.similar_age_years
    return older_by < 0 if value == "younger" else older_by > 0


def _has_mode(value: str, seeker: Seeker, peer: Peer) -> bool | None:
    if not peer.modes:
        return None
    return value in peer.modes and not (value == "in_person" and is_too_far(seeker, peer))


def is_met(preference: Preference, seeker: Seeker, peer: Peer, policy: Policy) -> bool | None:
    """Whether the peer has what is asked for; None where the answer is not known."""
    value = preference.value
    match preference.feature:
        case "gender":
            return None if peer.gender in UNSAID_GENDERS else peer.gender == value
        case "age":
            return _has_age(value, seeker, peer, policy)
        case "mode":
            return _has_mode(value, seeker, peer)
        case "language":
            answers: frozenset[str] = frozenset(peer.languages)
        case "pathway":
            answers = peer.pathways
        case "experience":
            answers = peer.experiences
        case _:  # life_stage: `Preference` admits no other feature
            answers = peer.life_stages
    return value in answers if answers else None


def group_wishes(seeker: Seeker, strength: str) -> list[tuple[Preference, ...]]:
    """What a seeker asks for with this strength, in fixed order; alternatives of a single-valued feature together."""
    asked = sorted({(p.feature, p.value) for p in seeker.preferences if p.strength == strength})
    groups: dict[tuple[str, str], list[Preference]] = {}
    for feature, value in asked:
        key = (feature, "" if feature in SINGLE_VALUED else value)
        groups.setdefault(key, []).append(Preference(feature, value, strength))
    return [tuple(group) for group in groups.values()]


def is_any_met(group: tuple[Preference, ...], seeker: Seeker, peer: Peer, policy: Policy) -> bool | None:
    """Whether one of these alternatives is met; None where none is and at least one is not known."""
    answers = [is_met(preference, seeker, peer, policy) for preference in group]
    if True in answers:
        return True
    return None if None in answers else False
