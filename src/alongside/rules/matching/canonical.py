"""One spelling for equal inputs, so that a run can be compared and replayed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from hashlib import sha256

from alongside.rules.matching.values import Exclusions, Limit, Peer, Policy, Preference, Seeker


def digest_inputs(
    seekers: Iterable[Seeker], peers: Iterable[Peer], policy: Policy, exclusions: Exclusions, k: int
) -> str:
    """sha256 (hex) of the canonical JSON. The order of people, of sets and of wishes does not change it."""
    inputs = {
        "seekers": [_plain(seeker) for seeker in sorted(seekers, key=lambda s: s.id)],
        "peers": [_plain(peer) for peer in sorted(peers, key=lambda p: p.id)],
        "policy": _plain(policy),
        "exclusions": sorted(exclusions),
        "k": k,
    }
    return sha256(json.dumps(inputs, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Seeker | Peer | Policy | Preference | Limit) -> dict[str, object]:
    return {field.name: _plain_answer(getattr(value, field.name)) for field in fields(value)}


def _plain_answer(answer: object) -> object:
    if isinstance(answer, Mapping):
        return dict(answer)
    if isinstance(answer, frozenset):
        return sorted(answer)
    if isinstance(answer, tuple) and answer and isinstance(answer[0], Preference | Limit):
        return sorted(json.dumps(_plain(item), sort_keys=True) for item in answer)
    return answer
