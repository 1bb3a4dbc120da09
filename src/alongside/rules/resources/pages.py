"""A list that an HSDS API gives in pages: which is next, and whether what came is one whole list.

The form of a page is that of the specification (3.0 and later): `contents` with `page_number`, `total_pages`,
`total_items`, `size`, `first_page`, `last_page`. How many items it names is often wrong in the wild, so what came is
counted: the pages are followed to the last one, and one that is missing, came twice or says another number refuses all.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from . import json_in
from .found import MOST_ROWS, MOST_UNPACKED, MOST_VALUES, FileRefused

MOST_PAGES = 1_000
"""Of one list (H1): at ten entries a page, more than any county has."""


@dataclass
class Pages:
    """The pages of one list, in order, as they come. Each of its methods may raise `FileRefused`."""

    total: int
    next_number: int
    contents: list[Any] = field(default_factory=list)
    bytes_seen: int = 0
    values_seen: int = 0
    count: int = 0
    digests: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, content: bytes) -> "Pages | None":
        """From the first page; None for all that is not the first of several: a whole list, a table, a page alone."""
        if content.lstrip()[:1] != b"{" or b'"contents"' not in content or b'"total_pages"' not in content:
            return None
        page = json_in.parse(content)
        total = _number(page.get("total_pages")) if isinstance(page, dict) else None
        if not isinstance(page, dict) or total is None or total < 2 or not isinstance(page.get("contents"), list):
            return None
        number = _number(page.get("page_number"))
        if number not in (None, 0, 1) or page.get("first_page") is False:
            return None  # somebody asked for this page and no other
        if page.get("first_page") and page.get("last_page"):
            return None  # its number of pages is one of those that are wrong
        if total > MOST_PAGES:
            raise FileRefused("too_many_pages", most=MOST_PAGES)
        pages = cls(total, 0 if number == 0 else 1)
        pages._take(page, content)
        return pages

    @property
    def is_whole(self) -> bool:
        """Whether the last page came."""
        return self.count >= self.total

    def add(self, content: bytes) -> None:
        """The next page."""
        page = json_in.parse(content)
        if not isinstance(page, dict) or not isinstance(page.get("contents"), list):
            raise FileRefused("page_missing", page=self.next_number)
        if _number(page.get("page_number")) not in (None, self.next_number):
            raise FileRefused("page_repeated", page=self.next_number)  # it does not look at what it is asked
        if _number(page.get("total_pages")) not in (None, self.total):
            raise FileRefused("pages_changed", page=self.next_number)
        self._take(page, content)

    def _take(self, page: dict[str, Any], content: bytes) -> None:
        """A page that says what an earlier one said would be read again and again."""
        told = page["contents"]
        digest = sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        if not told and self.count + 1 < self.total:
            raise FileRefused("page_missing", page=self.next_number)
        if told and digest in self.digests:
            raise FileRefused("page_repeated", page=self.next_number)
        self.digests.add(digest)
        self.contents += told
        self.bytes_seen += len(content)
        self.values_seen += json_in.bound_values(content)
        if self.values_seen > MOST_VALUES:
            raise FileRefused("too_many_values", most=MOST_VALUES)
        if self.bytes_seen > MOST_UNPACKED:
            raise FileRefused("too_large_unpacked", most=MOST_UNPACKED)
        if len(self.contents) > MOST_ROWS:
            raise FileRefused("too_many_rows", most=MOST_ROWS)
        self.count += 1
        self.next_number += 1

    def as_list(self) -> bytes:
        """All of it as one file, for `read`."""
        return json.dumps(self.contents, ensure_ascii=False, separators=(",", ":")).encode()


def _number(told: object) -> int | None:
    """A whole number, also as digits."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) < 10:
        return int(told)
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else None
