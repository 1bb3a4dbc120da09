"""When the peer on call answers, also past midnight."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.on_call import answered_again, is_answered

HERE = ZoneInfo("America/Los_Angeles")
hours = st.integers(0, 23)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: on(1, 0) + timedelta(minutes=minutes))


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in May, by the clock on the wall."""
    return datetime(2026, 5, day, hour, minute, tzinfo=HERE)


def test_examples():
    noon = on(1, 12)
    assert is_answered(noon, 9, 21) and not is_answered(noon, 13, 21) and is_answered(noon, 0, 0)
    assert is_answered(on(1, 23), 18, 2) and not is_answered(noon, 18, 2)
    assert answered_again(on(1, 22, 5), 9, 21) == on(2, 9)
    assert answered_again(on(1, 8, 5), 9, 21) == on(1, 9)


@given(moments, hours, hours)
def test_the_next_answer_is_the_first_hour_in_which_somebody_answers(now, start, end):
    again = answered_again(now, start, end)
    assert (again is None) == is_answered(now, start, end)
    if again:
        assert is_answered(again, start, end) and timedelta() < again - now <= timedelta(days=1)
        hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        while hour < again:
            assert not is_answered(hour, start, end)
            hour += timedelta(hours=1)
