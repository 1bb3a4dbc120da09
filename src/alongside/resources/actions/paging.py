"""A list that its server gives page by page is asked to its end: all of it, or nothing, and from nobody else."""

import time
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from alongside.fetching import JSON_KINDS, Fetched, Limits, NotFetched, fetch
from alongside.rules.resources import FileRefused
from alongside.rules.resources.pages import Pages

SECONDS = 120.0
"""For all pages together (H1). One page has the time of any other answer."""

PARAMETER = "page"
"""As the specification calls it."""


def address_of(url: str, number: int) -> str:
    """The same address with another page; all else that it asks for stays.

    >>> address_of("https://a.example/services?per_page=50&page=1#top", 2)
    'https://a.example/services?per_page=50&page=2'
    """
    parts = urlsplit(url)
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != PARAMETER]
    return urlunsplit((*parts[:3], urlencode([*asked, (PARAMETER, str(number))]), ""))


def origin_of(url: str) -> tuple[str, str]:
    """Scheme and host with its port: who answers."""
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()


def fetch_rest(first: Fetched, *, allow_loopback: bool = False) -> tuple[Fetched, int]:
    """The whole list that begins with this answer, as one, and of how many pages it is; the answer itself if of one.

    Only the site that gave the first page is asked on. Raises `fetching.NotFetched`, `FileRefused`.
    """
    pages = Pages.begin(first.content)
    if pages is None:
        return first, 1
    until, site = time.monotonic() + SECONDS, origin_of(first.url)
    while not pages.is_whole:
        left = until - time.monotonic()
        if left <= 0:
            raise NotFetched("too_slow")
        limits = Limits()
        got = fetch(
            address_of(first.url, pages.next_number), kinds=JSON_KINDS, allow_loopback=allow_loopback,
            limits=replace(limits, seconds=min(limits.seconds, left)),
        )  # fmt: skip
        if origin_of(got.url) != site:
            raise FileRefused("page_elsewhere", page=pages.next_number)
        pages.add(got.content)
    # The first page may stay as it is while others change: without its mark all are asked the next time.
    return Fetched(first.url, pages.as_list(), first.kind, etag=""), pages.count
