"""What stands beneath a group without being of it: the page on which its people write, what follows its changes.

Packages above bring both.
"""

from collections.abc import Callable
from datetime import datetime

from .models import Group

_PAGES: list[Callable[[Group], bool]] = []


def declare_page(has_page: Callable[[Group], bool]) -> None:
    """Say which groups have a page now; by the package that owns pages, in its `ready`."""
    _PAGES.append(has_page)


def has_page(group: Group) -> bool:
    """Whether the people of this group write to one another."""
    return any(ask(group) for ask in _PAGES)


_FOLLOWERS: list[Callable[..., None]] = []


def declare_follower(follow: Callable[..., None]) -> None:
    """Say what has to follow a group that was changed: `follow(group=, by=, now=)`, in the same transaction."""
    _FOLLOWERS.append(follow)


def follow_group(group: Group, *, by, now: datetime) -> None:
    """Let all of that follow."""
    for follow in _FOLLOWERS:
        follow(group=group, by=by, now=now)
