"""Matching two lists without a program: people and peers from files, proposals with their reasons as a CSV file.

The files are read as `alongside import` reads them. Nothing is written to the database, and nothing of it is used.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils import timezone, translation

from alongside.matching.freeze import locate
from alongside.matching.list_words import PROPOSAL_COLUMNS, YES
from alongside.matching.reasons import THEY, fit_words, speak_against, speak_for, speak_nobody
from alongside.rules import matching, roster
from alongside.rules.matching.compiled import is_warm
from alongside.rules.matching.from_rosters import USUAL_CAPACITY, Listed, list_people, peer_of, seeker_of
from alongside.rules.matching.results import NO_PLACE_LEFT
from alongside.rules.roster.returned import mark, read_returned
from alongside.rules.roster.written_files import write_csv

from .failure import CommandFailed
from .import_ import UNREADABLE

LONG = 500_000
"""Pairs from which it is sooner to compile the matching engine first."""


def match_lists(people: Path, peers: Path, out: Path | None, *, language: str, order: str | None, most: int) -> int:
    """Match the people of one file with the peers of another; the proposals go to `out`, or to standard output."""
    waiting, serving = _read(people, roster.PARTICIPANTS, order), _read(peers, roster.PEERS, order)
    today = timezone.localdate()
    seekers = {(one := seeker_of(listed, locate, today)).id: (one, listed) for listed in waiting}
    givers = {(one := peer_of(listed, locate, today)).id: (one, listed) for listed in serving}
    if len(seekers) * len(givers) > LONG and not is_warm():
        print("compiling the matching engine, once: half a minute", file=sys.stderr, flush=True)
        from alongside.rules.matching.warming import warm

        warm()
    try:
        result = matching.propose(
            [one for one, _listed in seekers.values()], [one for one, _listed in givers.values()],
            matching.DEFAULT_POLICY, k=most,
        )  # fmt: skip
    except matching.ListTooLarge as error:
        raise CommandFailed("these lists are too long for one run") from error
    named = {id_: listed for id_, (_one, listed) in (seekers | givers).items()}
    with translation.override(language):
        _write(out, ([mark(cell) for cell in row] for row in _proposals(result, list(seekers), named)))
    _tell(result, [listed for _one, listed in givers.values()])
    return 0


def _read(path: Path, kind: str, order: str | None) -> list[Listed]:
    """The people of a file. Raises `CommandFailed` with what to do."""
    try:
        table = read_returned(roster.read_table(path.read_bytes(), path.name))
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}") from error
    except roster.RosterUnreadable as error:
        raise CommandFailed(f"{path}: {UNREADABLE[error.code].format_map({'row': 'a row', **error.params})}") from error
    mapping = roster.mapping_of(roster.guess_table(table, kind))
    order = order or roster.date_order_of(table, mapping)
    if order == "ambiguous":
        raise CommandFailed(f"{path}: the dates do not tell whether the day or the month comes first; say --dates")
    rows = roster.read_rows(table, mapping, roster.Options(today=timezone.localdate(), date_order=order))
    found = list_people(rows)
    if len(found) < len(rows):
        left_out = len(rows) - len(found)
        print(f"{path}: {left_out} of {len(rows)} rows cannot be used; alongside import says why", file=sys.stderr)
    unused = [table.headers[place] for place, field in mapping.items() if field is None]
    if unused:
        print(f"{path}: columns not used: {', '.join(unused)}", file=sys.stderr)
    return found


def _proposals(result: matching.Result, seekers: Sequence[str], named: dict[str, Listed]) -> Iterator[list[str]]:
    """A row for each proposal, in the order of the list; one with the reason where nobody can be proposed."""
    alone = {one.seeker_id: one for one in result.unmatched}
    for seeker in seekers:
        who = [named[seeker].id, named[seeker].name]
        for candidate in result.shortlists[seeker]:
            peer = named[candidate.peer_id]
            reasons = [{"code": one.code, "good": one.for_, "params": dict(one.params)} for one in candidate.reasons]
            yield [
                *who, str(candidate.rank), str(YES) if candidate.is_assigned else "", peer.id, peer.name,
                f"{candidate.fit.score:.0f}", fit_words(candidate.fit.score), " ".join(speak_for(reasons, THEY)),
                " ".join(speak_against(reasons, THEY)), peer.row.text("limits") or peer.row.text("notes"), "",
            ]  # fmt: skip
        if seeker in alone:
            yield [*who, *[""] * 9, _why_nobody(alone[seeker])]


def _why_nobody(one: matching.Unmatched) -> str:
    if one.code in (NO_PLACE_LEFT, "no_peers"):
        return speak_nobody({"code": one.code, "params": {}})
    reasons = sorted(one.refused.items(), key=lambda item: (-item[1], item[0]))
    return " ".join(speak_nobody({"code": code, "params": {"peers": count}}) for code, count in reasons)


def _write(out: Path | None, rows: Iterator[Sequence[str]]) -> None:
    """A file is whole or not there: it is written beside its place and then put there."""
    headers = [str(name) for name in PROPOSAL_COLUMNS]
    if out is None:
        for part in write_csv(headers, rows):
            sys.stdout.buffer.write(part)
        sys.stdout.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
            file.writelines(write_csv(headers, rows))
        os.replace(file.name, out)
    except OSError as error:
        raise CommandFailed(f"{out} cannot be written: {error.strerror}") from error


def _tell(result: matching.Result, peers: Sequence[Listed]) -> None:
    stats = result.stats
    print(
        f"{stats['seekers']} wait, {stats['places']} places: {stats['assigned']} have a peer who fits "
        f"(mean fit {stats['fit_milli'] / 1000 / max(1, stats['assigned']):.0f} of 100); inputs {result.digest[:12]}",
        file=sys.stderr,
    )
    guessed = sum(1 for one in peers if "capacity" not in one.row.values)
    if guessed:
        print(f"peers without a number of places, counted with {USUAL_CAPACITY}: {guessed}", file=sys.stderr)
    if worded := sum(1 for one in peers if one.row.text("limits")):
        print(f"peers with limits in words, which are not weighed (please read them): {worded}", file=sys.stderr)
