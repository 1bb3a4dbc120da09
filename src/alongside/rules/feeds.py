"""Lists that others keep and we read again and again: how often, and when what came is no longer to be believed."""

HOURS = (0, 6, 24, 168)
"""How often an address is asked: never by itself, four times a day, once a day, once a week."""

RETRY_HOURS = 6
"""After a try that did not work it is asked again so soon, or sooner where it is asked more often."""

FEW = 20
"""So small a list may change as it likes."""


def lost_too_many(shown: int, gone: int) -> bool:
    """Whether more than half of a list of some size is no longer in it: it broke off, or became another list.

    Somebody says that it is right, or nothing changes.

    >>> lost_too_many(shown=300, gone=151), lost_too_many(shown=300, gone=150), lost_too_many(shown=19, gone=18)
    (True, False, False)
    """
    return shown >= FEW and gone * 2 > shown


def wait_hours(every_hours: int, *, worked: bool) -> int:
    """Hours until an address is asked again.

    >>> wait_hours(168, worked=True), wait_hours(168, worked=False)
    (168, 6)
    """
    return every_hours if worked and every_hours else min(every_hours or RETRY_HOURS, RETRY_HOURS)
