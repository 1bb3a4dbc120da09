"""What stands beneath a group without being of it: the page on which its people write, where a package brings one."""

from collections.abc import Callable

from .models import Group

_PAGES: list[Callable[[Group], bool]] = []


def declare_page(has_page: Callable[[Group], bool]) -> None:
    """Say which groups have a page now; by the package that owns pages, in its `ready`."""
    _PAGES.append(has_page)


def has_page(group: Group) -> bool:
    """Whether the people of this group write to one another."""
    return any(ask(group) for ask in _PAGES)
