"""When the peer on call answers, by the clock on the wall where the program is."""

from datetime import datetime, timedelta


def is_answered(now: datetime, from_hour: int, until_hour: int) -> bool:
    """Whether somebody answers at this local time: from the hour on, until the other one. The same twice: all day.

    Hours may pass midnight: 18 to 2 is the evening and the first hours of the next day.

    >>> is_answered(datetime(2026, 1, 1, 1, 30), 18, 2), is_answered(datetime(2026, 1, 1, 2, 0), 18, 2)
    (True, False)
    """
    if from_hour == until_hour:
        return True
    if from_hour < until_hour:
        return from_hour <= now.hour < until_hour
    return now.hour >= from_hour or now.hour < until_hour


def answered_again(now: datetime, from_hour: int, until_hour: int) -> datetime | None:
    """When somebody answers again, at this local time nobody does; None while somebody does."""
    if is_answered(now, from_hour, until_hour):
        return None
    opens = now.replace(hour=from_hour, minute=0, second=0, microsecond=0)
    return opens if opens > now else opens + timedelta(days=1)
