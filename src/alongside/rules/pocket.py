"""A page for the pocket as texts for QR codes: each code holds its words itself, so it opens without any server.

The more a code holds, the finer it is. Shown 240, 300 and 360 pixels wide, OpenCV 4.14 read 12 of 12 codes of
200 bytes at each size, 1 of 10 of 300 bytes at one size, none of 600 bytes at two. So a text is cut into as many as it
needs, at lines, then at words, each headed by its number.
"""

from collections.abc import Iterable, Iterator, Sequence

LARGEST_BYTES = 200
MOST_CODES = 24
"""More than these stand on no sheet of paper that somebody folds."""


def cut(lines: Iterable[str], *, largest: int = LARGEST_BYTES, most: int = MOST_CODES) -> tuple[str, ...]:
    """The lines as texts of at most `largest` bytes (UTF-8) each; `1/3` stands before each where there are several.

    Nothing is left out but what no longer fits into `most` texts, and then the last one ends with `…`.

    >>> cut(["Ana 555-0142", "Breathe"])
    ('Ana 555-0142\\nBreathe',)
    """
    room = largest - len("24/24\n")
    texts: list[str] = []
    for piece in _pieces(lines, room):
        if texts and _size(texts[-1]) + 1 + _size(piece) <= room:
            texts[-1] += f"\n{piece}"
        else:
            texts.append(piece)
    if len(texts) > most:
        texts = texts[:most]
        texts[-1] = _shortened(texts[-1], room - _size("…")) + "…"
    return tuple(texts) if len(texts) < 2 else tuple(f"{n}/{len(texts)}\n{text}" for n, text in enumerate(texts, 1))


def is_cut(texts: Sequence[str], lines: Iterable[str]) -> bool:
    """Whether the codes of `cut` hold only the beginning of the lines.

    >>> is_cut(cut(["Breathe"]), ["Breathe"]), is_cut(cut(["ab " * 90], largest=100, most=2), ["ab " * 90])
    (False, True)
    """
    bodies = texts if len(texts) < 2 else [text.partition("\n")[2] for text in texts]
    return "".join("".join(bodies).split()) != "".join("".join(lines).split())


def _size(text: str) -> int:
    return len(text.encode())


def _pieces(lines: Iterable[str], room: int) -> Iterator[str]:
    for line in lines:
        rest = " ".join(line.split())
        while _size(rest) > room:
            part = _shortened(rest, room)
            space = part.rfind(" ")
            part = part[:space] if space > 0 else part
            yield part
            rest = rest[len(part) :].lstrip()
        if rest:
            yield rest


def _shortened(text: str, room: int) -> str:
    """As much of the beginning as fits, whole letters only."""
    return text.encode()[:room].decode(errors="ignore")
