"""A run as plain JSON and back: what it was given and what it answered, so that it can be solved again and compared.

People are named by their ids in the inputs and by their position there in the answer (both in order of id), which keeps
a long list short. What is read back has the digest of what was written; a changed field of the engine's values fails
loudly when it is read.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any, Final, TypeVar

from alongside.rules.matching.canonical import digest_inputs
from alongside.rules.matching.engine import propose
from alongside.rules.matching.results import Result
from alongside.rules.matching.values import Exclusions, Limit, Peer, Policy, Preference, Seeker

CHANGED: Final = "changed"
SAME: Final = "same"
DIFFERS: Final = "differs"

ANSWER: Final = ("pairs", "lists", "contested")
"""The parts of an answer."""

Listed = TypeVar("Listed", Seeker, Peer)


class CannotRead(ValueError):
    """What was kept is not the inputs of a run, or of a program that knew other answers."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one run is given, in order of id. `k`: how many peers it proposes for each person at most."""

    seekers: tuple[Seeker, ...]
    peers: tuple[Peer, ...]
    policy: Policy
    exclusions: Exclusions
    k: int

    @classmethod
    def of(
        cls, seekers: Sequence[Seeker], peers: Sequence[Peer], policy: Policy, exclusions: Exclusions, k: int
    ) -> "Inputs":
        """The inputs in the order in which they are kept."""
        return cls(tuple(sorted(seekers, key=_id)), tuple(sorted(peers, key=_id)), policy, exclusions, k)

    @property
    def digest(self) -> str:
        """The digest that a run over these inputs has."""
        return digest_inputs(self.seekers, self.peers, self.policy, self.exclusions, self.k)

    def solve(self) -> Result:
        """The answer of the engine as it is now."""
        return propose(self.seekers, self.peers, self.policy, self.exclusions, k=self.k)


@dataclass(frozen=True, slots=True)
class Replay:
    """What solving kept inputs again gave. `code`: `same`, `differs` or `changed`: then it was not solved at all.

    `people`: ids of people who get another peer, or another list of peers, than then.
    """

    code: str
    people: tuple[str, ...] = ()


def write_inputs(inputs: Inputs) -> dict[str, Any]:
    """The inputs as JSON can hold them. What is as it is by default is left out."""
    return {
        "seekers": [_said(seeker) for seeker in inputs.seekers],
        "peers": [_said(peer) for peer in inputs.peers],
        "policy": _said(inputs.policy),
        "exclusions": sorted(map(list, inputs.exclusions)),
        "k": inputs.k,
    }


def read_inputs(kept: Mapping[str, Any]) -> Inputs:
    """The same inputs again. Raises `CannotRead`."""
    try:
        return Inputs(
            tuple(_read(Seeker, one) for one in kept["seekers"]),
            tuple(_read(Peer, one) for one in kept["peers"]),
            Policy(**kept["policy"]),
            frozenset((seeker, peer) for seeker, peer in kept["exclusions"]),
            int(kept["k"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CannotRead(str(error)) from error


def write_answer(result: Result, inputs: Inputs) -> dict[str, Any]:
    """Who has a place with whom, and whom each list names, by position. What can be worked out again is left out."""
    seekers, peers = _positions(inputs.seekers), _positions(inputs.peers)
    return {
        "pairs": [[seekers[one.seeker_id], peers[one.peer_id], one.milli] for one in result.assignments],
        "lists": [[peers[one.peer_id] for one in result.shortlists[seeker.id]] for seeker in inputs.seekers],
        "contested": [[peers[one.peer_id], one.named, one.places_free] for one in result.contested],
    }


def digest_answer(answer: Mapping[str, Any]) -> str:
    """sha256 (hex) of an answer as it is written; what else is kept with it does not count."""
    parts = {name: answer.get(name) for name in ANSWER}
    return sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def replay(
    inputs: Inputs,
    answer: Mapping[str, Any],
    digests: tuple[str, str],
    solve: Callable[[Inputs], Result] = Inputs.solve,
) -> Replay:
    """Solve the inputs again and compare with the answer that was kept, person by person.

    `digests`: of the inputs and of the answer as the run noted them: what was changed since is not solved.
    """
    if (inputs.digest, digest_answer(answer)) != digests:
        return Replay(CHANGED)
    again = write_answer(solve(inputs), inputs)
    if digest_answer(again) == digests[1]:
        return Replay(SAME)
    then, now = _by_person(answer), _by_person(again)
    people = tuple(one.id for at, one in enumerate(inputs.seekers) if then.get(at) != now.get(at))
    return Replay(DIFFERS, people)


def _id(one: Seeker | Peer) -> str:
    return one.id


def _positions(listed: Sequence[Listed]) -> dict[str, int]:
    return {one.id: at for at, one in enumerate(listed)}


def _by_person(answer: Mapping[str, Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {at: [list(named)] for at, named in enumerate(answer.get("lists", ()))}
    for seeker, peer, milli in answer.get("pairs", ()):
        found.setdefault(seeker, []).append([peer, milli])
    return found


def _said(value: Seeker | Peer | Policy | Preference | Limit) -> dict[str, Any]:
    found = {}
    for field in fields(value):
        answer = getattr(value, field.name)
        if answer == field.default:
            continue
        if isinstance(answer, frozenset):
            answer = sorted(answer)
        elif isinstance(answer, Mapping):
            answer = dict(answer)
        elif isinstance(answer, tuple):
            answer = [_said(one) if isinstance(one, Preference | Limit) else one for one in answer]
        found[field.name] = answer
    return found


def _read(kind: type[Listed], said: Mapping[str, Any]) -> Listed:
    given = dict(said)
    for field in fields(kind):
        if field.name not in given:
            continue
        answer = given[field.name]
        if field.name == "preferences":
            given[field.name] = tuple(Preference(**one) for one in answer)
        elif field.name == "limits":
            given[field.name] = tuple(Limit(**one) for one in answer)
        elif isinstance(answer, list):
            given[field.name] = tuple(answer) if field.name == "languages" else frozenset(answer)
    return kind(**given)
