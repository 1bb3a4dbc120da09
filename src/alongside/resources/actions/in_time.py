"""How long the reading of a list may take (H1): of this process's own work, so that a busy machine refuses nobody."""

from collections.abc import Callable
from time import thread_time

from alongside.rules.resources import FileRefused

ON_A_PAGE = 10
"""Seconds for a file of at most 25 MB, while somebody waits for the page."""

BY_ITSELF = 120
"""Seconds for up to 50 MB, beside the other jobs or by command: tables of a whole state take longer than a page may."""


def within(seconds: float) -> Callable[[], None]:
    """What `rules.resources.read` calls with every row: it raises `FileRefused` once the time is used up."""
    end = thread_time() + seconds

    def tick() -> None:
        if thread_time() > end:
            raise FileRefused("too_slow", most=seconds)

    return tick
