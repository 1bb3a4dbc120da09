"""Read a list of meetings, from a file or an https address, and say what came of it.

The forms: Meeting Guide JSON, the same as a sheet (CSV), BMLT. The same source again (its name) is compared with what
was read before: new, changed, no longer listed. A broken list changes nothing.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from uuid import uuid4

from django_scopes import scope

from alongside.fetching import NotFetched
from alongside.meetings import actions
from alongside.meetings.models import FILE, URL, Feed
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.rules import bounded_json
from alongside.rules.meetings.kinds import FELLOWSHIPS
from alongside.rules.meetings.reading import MOST_BYTES
from alongside.rules.meetings.times import known_zone

from .common import add_program, get_program, require_migrated
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    """Where it is, and whose it is."""
    parser.add_argument("source", metavar="FILE|URL", help="a JSON or CSV file, or an address that begins with https")
    parser.add_argument("--name", required=True, help="who keeps the list: shown beside each meeting")
    parser.add_argument("--fellowship", default="other", choices=sorted(FELLOWSHIPS.keys() - {"own"}))
    parser.add_argument("--time-zone", help="of meetings that name none; the program's where it is left out")
    parser.add_argument(
        "--formats", metavar="FILE", help="what a BMLT server gives for GetFormats, beside a file of it"
    )
    parser.add_argument("--bodies", metavar="FILE", help="what it gives for GetServiceBodies")
    add_program(parser)


def run(options: Namespace) -> int:
    require_migrated()
    program = get_program(options.program)
    zone = options.time_zone or program.time_zone
    if known_zone(zone) is None:
        raise CommandFailed(f"there is no time zone {zone}")
    with scope(program=program):
        feed = _read(program, options, zone)
    if feed.problem:
        near = f" near line or entry {feed.problem_row}" if feed.problem_row else ""
        raise CommandFailed(f"nothing was changed: {feed.problem.replace('_', ' ')}{near}")
    told = feed.counts
    print(
        f"{told['read']} in the list: {told['added']} new, {told['changed']} changed, {told['unchanged']} as before, "
        f"{told['back']} listed again, {told['gone']} no longer listed, {told['refused']} refused"
    )
    for row, key, _name, reason in feed.refusals[:20]:
        print(f"  entry {row} ({key or 'no id'}): {reason.replace('_', ' ')}")
    for flag, number in told["flags"].items():
        print(f"  {number} {flag.replace('_', ' ')}")
    return 0


def _read(program: Program, options: Namespace, zone: str) -> Feed:
    house = SystemActor(program_id=program.pk)
    is_address = options.source.startswith(("https://", "http://"))
    way = URL if is_address else FILE
    url = options.source if is_address else ""
    feed = Feed.objects.filter(way=way, name=options.name, url=url).first()
    meanings = {name: _rows(file) for name, file in _files(options).items()}
    try:
        content = b"" if is_address else _content(options.source)
        if feed is None:
            feed = actions.add_feed(
                program=program, way=way, name=options.name, site="", fellowship=options.fellowship, url=url,
                time_zone=zone, every_hours=0, language="en", submit_key=uuid4(), by=house,
            )  # fmt: skip
    except NotFetched as error:
        raise CommandFailed(f"nothing was changed: {error.reason.replace('_', ' ')}") from None
    if is_address:
        return actions.read_address(feed=feed, by=house)
    return actions.take_in(feed=feed, content=content, meanings=meanings, by=house)


def _files(options: Namespace) -> dict[str, str]:
    told = {actions.FORMATS: options.formats, actions.BODIES: options.bodies}
    return {name: file for name, file in told.items() if file}


def _rows(name: str) -> list:
    try:
        found = bounded_json.load(_content(name))
    except bounded_json.NotJson as error:
        raise CommandFailed(f"nothing was changed: {Path(name).name} is not JSON") from error
    if not isinstance(found, list):
        raise CommandFailed(f"nothing was changed: {Path(name).name} is not the list that such a server gives")
    return found


def _content(name: str) -> bytes:
    try:
        with Path(name).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandFailed(f"the file cannot be read: {error.strerror}") from error
