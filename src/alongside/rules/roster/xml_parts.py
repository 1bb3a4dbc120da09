"""XML parts of a workbook, read piece by piece: no declarations, no depth without end, no token larger than a piece.

The parser is the standard library's expat. It is told nothing it could fetch, and any document type declaration ends
the reading: spreadsheet programs write none, and entities can grow without bound or point outside.
"""

import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from alongside.rules.roster.archives import read_pieces
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable

_LARGEST_TOKEN = 1 << 20
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Finished(Exception):
    """A handler has all it wants of this part."""


def read_part(
    archive: zipfile.ZipFile, part: str, limits: Limits, *, start: Start, end: End, text: Text | None = None
) -> Iterator[None]:
    """Feed one part to the handlers; yields after each piece, so that rows can be handed on meanwhile.

    Names of elements come without prefix. A handler may raise `Finished`. Raises `RosterUnreadable`.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    depth, plain = 0, _PlainNames()

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise RosterUnreadable("unsafe_workbook")
        start(plain[name], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(plain[name])

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, text
    fed = 0
    try:
        for piece in read_pieces(archive, part):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LARGEST_TOKEN:
                raise RosterUnreadable("unsafe_workbook")
            yield
        parser.Parse(b"", True)
        yield
    except Finished:
        yield
    except RosterUnreadable:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        # The latter two are what expat says to letters in an encoding that nobody uses.
        raise RosterUnreadable("broken_workbook") from error


def read_whole(archive: zipfile.ZipFile, part: str, limits: Limits, *, start: Start, end: End | None = None) -> None:
    """`read_part` to its end, for the small parts that say what is in the others."""
    for _ in read_part(archive, part, limits, start=start, end=end or (lambda name: None)):
        pass


def _refuse(*_: object) -> None:
    raise RosterUnreadable("unsafe_workbook")


class _PlainNames(dict[str, str]):
    def __missing__(self, name: str) -> str:
        plain = name.rpartition(":")[2]
        # A damaged file may have a new name for each of a million elements.
        if len(self) < 1_000:
            self[name] = plain
        return plain
