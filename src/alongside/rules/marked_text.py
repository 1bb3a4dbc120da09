"""Plain text with a few marks, as staff write pages: read into parts, never into HTML.

Marks: `# heading`, `## smaller heading`, `- of a list`, `1. of a list with numbers`, `**strong**`, `[words](address)`.
An empty line begins a new paragraph; a line that holds nothing but one link is a button. Anything else, HTML too, is
words. A link leads only where `may_link` says; another address stays as it was typed, and the editor is told.
"""

import re
from dataclasses import dataclass

HEADING, SMALLER, TEXT, LIST, NUMBERS, BUTTONS = "heading", "smaller", "text", "list", "numbers", "buttons"

_ADDRESS = re.compile(
    r"https?://[a-z0-9\-]+(?:\.[a-z0-9\-]+)+(?::\d{1,5})?(?:[/?#][^\s\"'<>\\^`{}|]*)?"
    r"|mailto:[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
    r"|(?:tel|sms):\+?\d[\d\-]{1,19}"
    r"|/(?!/)[\w\-./?=&%#]*",
    re.IGNORECASE | re.ASCII,
)
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(((?:[^()\s]|\([^()\s]*\)){1,500})\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITEM = re.compile(r"[-*•]\s+(.+)")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)")
_HEADING = re.compile(r"(#{1,2})\s+(.+?)\s*#*$")


@dataclass(frozen=True)
class Piece:
    """Some words of a line: strong or not, and the address they lead to, if any."""

    words: str
    is_strong: bool = False
    address: str = ""

    @property
    def leaves(self) -> bool:
        """Whether it leads to a page of somebody else."""
        return self.address.lower().startswith("http")


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph (one line each), a list (a line for each entry), or buttons (a link each)."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


def may_link(address: str) -> bool:
    """Whether a page may lead there: a page of this site, of the web, a mail address or a telephone number.

    >>> [may_link(one) for one in ("/ask/", "https://example.org/a", "javascript:alert(1)", "//example.org")]
    [True, True, False, False]
    """
    return bool(_ADDRESS.fullmatch(address))


def read(text: str) -> tuple[Block, ...]:
    """The parts of a text, in order.

    >>> [block.kind for block in read("# Hello\\n\\nCome **in**.\\n- one\\n- two\\n\\n[Ask](/ask/)")]
    ['heading', 'text', 'list', 'buttons']
    """
    blocks: list[Block] = []
    kind = ""
    lines: list[str] = []

    def end() -> None:
        nonlocal kind, lines
        if kind == TEXT:
            blocks.append(Block(TEXT, (_pieces(" ".join(lines)),)))
        elif kind:
            blocks.append(Block(kind, tuple(_pieces(line) for line in lines)))
        kind, lines = "", []

    for line in (one.strip() for one in text.splitlines()):
        found, words = _kind_of(line)
        if found in (HEADING, SMALLER):
            end()
            blocks.append(Block(found, (_pieces(words),)))
        elif not found:
            if kind != BUTTONS:  # buttons stand side by side, also with an empty line between
                end()
        else:
            if found != kind:
                end()
            kind = found
            lines.append(words)
    end()
    return tuple(blocks)


def find_bad_addresses(text: str) -> list[str]:
    """Addresses of links that lead nowhere a page may lead, each once, in order.

    >>> find_bad_addresses("[a](javascript:b) [c](/ask/)")
    ['javascript:b']
    """
    return list(dict.fromkeys(address for _words, address in _LINK.findall(text) if not may_link(address)))


def find_own_addresses(text: str) -> list[str]:
    """Paths of this site to which its links lead, without what follows a question mark or #."""
    paths = [re.split(r"[?#]", address)[0] for _words, address in _LINK.findall(text) if may_link(address)]
    return list(dict.fromkeys(path for path in paths if path.startswith("/")))


def plain(text: str) -> str:
    """The words alone, a line for each heading, paragraph and entry: for checks of words and of how hard it reads."""
    return "\n".join("".join(piece.words for piece in line) for block in read(text) for line in block.lines)


def _kind_of(line: str) -> tuple[str, str]:
    if not line:
        return "", ""
    if match := _HEADING.fullmatch(line):
        return (HEADING if len(match[1]) == 1 else SMALLER), match[2]
    if match := _ITEM.fullmatch(line):
        return LIST, match[1]
    if match := _NUMBER.fullmatch(line):
        return NUMBERS, match[1]
    if (match := _LINK.fullmatch(line)) and may_link(match[2]):
        return BUTTONS, line
    return TEXT, line


def _pieces(line: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for match in _STRONG.finditer(line):
        pieces += [*_links(line[at : match.start()], strong=False), *_links(match[1], strong=True)]
        at = match.end()
    return (*pieces, *_links(line[at:], strong=False))


def _links(words: str, *, strong: bool) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for match in _LINK.finditer(words):
        if not may_link(match[2]):
            continue
        pieces += [Piece(words[at : match.start()], strong), Piece(match[1], strong, match[2])]
        at = match.end()
    return [piece for piece in [*pieces, Piece(words[at:], strong)] if piece.words]
