"""When somebody is called: never outside of what they agreed to, never given up, and no more tries than promised."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from alongside.rules.availability import to_hex
from alongside.rules.cadence import CadencePolicy
from alongside.rules.phone_script import LANGUAGES, NEUTRAL_PARTS, PARTS, SCRIPT, say
from alongside.rules.phone_support import (
    OUTCOMES,
    REACHED,
    Course,
    PhoneSupportPolicy,
    Times,
    after_call,
    first_call,
    is_time_to_ask,
    rhythm,
)
from alongside.rules.policy_values import PolicyInvalid

LA, NY = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")
ZONES = (LA, NY, ZoneInfo("America/Phoenix"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe"))
POLICY, CADENCE = PhoneSupportPolicy(), CadencePolicy()
ALL_WEEK = to_hex((1 << 168) - 1)

moments = st.builds(
    lambda moment, zone: moment.astimezone(zone),
    st.integers(0, 4 * 366 * 24 * 60).map(lambda number: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number)),
    st.sampled_from((UTC, *ZONES)),
)  # fmt: skip
weeks = st.integers(1, (1 << 168) - 1).map(to_hex)


def slot(weekday: int, *hours: int) -> str:
    """These hours of one day of the week (0 is Monday)."""
    return to_hex(sum(1 << (weekday * 24 + hour) for hour in hours))


@st.composite
def all_times(draw) -> Times:
    start = draw(st.integers(0, 23))
    until = draw(st.integers(start + 1, 24))
    off = draw(st.sets(st.sampled_from(["01-01", "12-25", "03-08", "11-01", "02-29"])))
    return Times(
        draw(weeks), draw(st.sampled_from(ZONES)), start, until, draw(st.sampled_from(ZONES)), tuple(sorted(off))
    )


@given(all_times(), moments, st.floats(0, 1))
def test_the_next_moment_is_the_first_that_is_allowed(times, moment, between):
    """Across changes of clocks in either zone, and days off."""
    found = times.next_at(moment)
    if found is None:
        probe = moment + timedelta(days=91 * between)
        assert not times.hold(probe)
        return
    assert found >= moment and times.hold(found)
    probe = moment + (found - moment) * between
    assert probe >= found or not times.hold(probe)


@given(all_times(), moments)
def test_what_holds_is_what_the_clocks_on_both_walls_say(times, moment):
    there, here = moment.astimezone(times.zone), moment.astimezone(times.rules_zone)
    agreed = int(times.hours, 16) & (1 << (there.weekday() * 24 + there.hour))
    off = {f"{there:%m-%d}", f"{here:%m-%d}"} & set(times.days_off)
    assert times.hold(moment) == bool(agreed and times.from_hour <= here.hour < times.until_hour and not off)


def test_an_hour_that_a_night_leaves_out_is_waited_for():
    """Sundays at two in the morning: on 8 March 2026 the clock goes from two to three."""
    times = Times(slot(6, 2), LA, 0, 24, LA)
    found = times.next_at(datetime(2026, 3, 7, 12, tzinfo=LA))
    assert found.astimezone(LA) == datetime(2026, 3, 15, 2, tzinfo=LA)


def test_an_hour_that_comes_twice_is_allowed_twice():
    times = Times(slot(6, 1), LA, 0, 24, LA)
    first = times.next_at(datetime(2026, 10, 31, 12, tzinfo=LA))
    assert first == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert times.hold(first + timedelta(hours=1)) and not times.hold(first + timedelta(hours=2))


def test_two_zones_leave_what_suits_both():
    """Mondays at nine in New York are six in California, where the safe hours begin at nine."""
    assert Times(slot(0, 9), NY, 9, 20, LA).next_at(datetime(2026, 6, 1, tzinfo=UTC)) is None
    found = Times(slot(0, 9, 12), NY, 9, 20, LA).next_at(datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert found == datetime(2026, 6, 1, 16, tzinfo=UTC)


def test_hours_that_suit_both_for_half_of_the_year_come_again():
    """Mondays at eight on Lord Howe Island are three in the afternoon in California, but only while it is winter there:
    the calls rest when the clocks have changed, and are not forgotten."""
    times = Times(slot(0, 8), ZoneInfo("Australia/Lord_Howe"), 15, 16, LA)
    last = datetime(2025, 9, 28, 22, tzinfo=UTC)
    assert times.hold(last) and not times.hold(last + timedelta(weeks=1))
    found = times.on_or_after(date(2025, 10, 6))
    assert found is not None and times.hold(found) and found.year == 2026


def test_nobody_calls_on_a_day_off():
    times = Times(slot(4, 10), LA, 0, 24, LA, ("12-25",))  # Fridays; 25 December 2026 is one
    assert times.next_at(datetime(2026, 12, 24, tzinfo=LA)).astimezone(LA).date() == date(2027, 1, 1)


def test_without_hours_nobody_calls():
    times = Times(to_hex(0), LA, 0, 24, LA)
    assert first_call(times, datetime(2026, 6, 1, tzinfo=UTC)).at is None


def play(outcomes, times, begins, *, policy=POLICY, returned_on=None, wished=None):
    """Calls as they would be made if each were made as soon as it is due: (when, why, outcome) of each."""
    due, calls = first_call(times, begins), []
    course = Course(times.day_of(begins), due.round_on, due.tries, wished, returned_on)
    for outcome in outcomes:
        if due.at is None:
            break
        calls.append((due.at, due.why, outcome))
        due = after_call(outcome, course, policy, CADENCE, times, due.at)
        course = Course(course.started_on, due.round_on, due.tries, wished, returned_on)
    return calls


CALLED = st.lists(st.sampled_from([one for one in OUTCOMES if one not in ("asked_to_stop", "wrong_number")]),
                  min_size=4, max_size=30)  # fmt: skip


@given(CALLED, all_times(), moments, st.sampled_from([None, 3, 14, 30]))
@example(["no_answer"] * 12, Times(ALL_WEEK, LA, 9, 20, LA), datetime(2026, 3, 1, 20, tzinfo=UTC), None)
@example(["well"] * 9, Times(to_hex(256), ZONES[-1], 15, 16, LA), datetime(2025, 8, 4, 1, 30, tzinfo=UTC), None)
def test_no_more_tries_than_promised_and_never_given_up(outcomes, times, begins, wished):
    calls = play(outcomes, times, begins, wished=wished)
    assume(calls)
    assert len(calls) == len(outcomes), "no answer never ends the calls"
    days = [times.day_of(at) for at, _why, _outcome in calls]
    run = [0]
    for index in range(1, len(calls)):
        gap = (days[index] - days[index - 1]).days
        assert gap >= POLICY.try_again_days
        assert times.hold(calls[index][0])
        run = [*run, index] if calls[index][1] == "try_again" else [index]
        assert len(run) <= 1 + POLICY.tries
        assert (days[index] - days[run[0]]).days <= POLICY.within_days
        if calls[index - 1][2] in REACHED:
            assert calls[index][1] != "try_again"


def test_two_more_tries_within_seven_days_and_then_the_week_goes_on():
    times = Times(ALL_WEEK, LA, 9, 20, LA)
    monday = datetime(2026, 6, 1, 10, tzinfo=LA)
    calls = play(["no_answer", "message_left", "no_answer", "well", "well"], times, monday)
    assert [times.day_of(at).day for at, _why, _outcome in calls] == [1, 3, 5, 8, 15]
    assert [why for _at, why, _outcome in calls] == ["first", "try_again", "try_again", "weekly", "weekly"]


def test_weekly_for_twelve_weeks_and_then_as_the_person_wishes():
    first = date(2026, 6, 1)
    for week in range(12):
        day = first + timedelta(weeks=week)
        assert rhythm(Course(first, day, wished_every_days=30), POLICY, CADENCE, day) == (7, "weekly")
        assert not is_time_to_ask(Course(first, day), POLICY, day)
    after = first + timedelta(weeks=12)
    assert rhythm(Course(first, after, wished_every_days=30), POLICY, CADENCE, after) == (30, "wished")
    assert rhythm(Course(first, after), POLICY, CADENCE, after) == (7, "weekly"), "until they say so, it goes on"
    assert is_time_to_ask(Course(first, after), POLICY, after)


@given(st.integers(0, 400), st.sampled_from([None, 3, 7, 14, 30]), st.integers(0, 60))
def test_a_return_to_use_brings_calls_closer_and_never_makes_them_rarer(day, wished, ago):
    first = date(2026, 1, 1)
    today = first + timedelta(days=day)
    before = rhythm(Course(first, today, wished_every_days=wished), POLICY, CADENCE, today)[0]
    since = Course(first, today, wished_every_days=wished, returned_to_use_on=today - timedelta(days=ago))
    days, why = rhythm(since, POLICY, CADENCE, today)
    assert days <= before
    if ago < CADENCE.boost_days:
        assert days <= POLICY.boost_every_days
        assert why == "returned_to_use" or before <= POLICY.boost_every_days
    else:
        assert days == before


def test_whoever_wants_more_is_called_sooner():
    times = Times(ALL_WEEK, LA, 9, 20, LA)
    calls = play(["more", "well", "well"], times, datetime(2026, 6, 1, 10, tzinfo=LA))
    assert [times.day_of(at).day for at, _why, _outcome in calls] == [1, 4, 11]
    assert calls[1][1] == "wanted_more"


# --- the policy and its words -------------------------------------------------------------------------------------
def test_a_policy_is_read_as_it_was_written():
    assert PhoneSupportPolicy.from_values(POLICY.to_values()) == POLICY
    assert PhoneSupportPolicy.from_values({"weeks": 8}).weeks == 8


def with_part(part: str, text: object) -> dict:
    """The script with one part put otherwise."""
    return {"script": {**SCRIPT, "en": {**SCRIPT["en"], part: text}}}


@pytest.mark.parametrize(
    ("values", "code", "where"),
    [
        ([], "not_an_object", ""),
        ({"colour": 1}, "unknown_field", "colour"),
        ({"weeks": True}, "not_a_whole_number", "weeks"),
        ({"weeks": 0}, "out_of_range", "weeks"),
        ({"tries": 4, "try_again_days": 2}, "tries_do_not_fit", "within_days"),
        ({"days_off": "12-25"}, "not_a_list", "days_off"),
        ({"days_off": ["12-25", "02-30"]}, "not_a_day", "days_off.1"),
        ({"days_off": [1]}, "not_a_day", "days_off.0"),
        ({"script": []}, "not_an_object", "script"),
        ({"script": {"en": SCRIPT["en"]}}, "language_missing", "script.es"),
        ({"script": {**SCRIPT, "fr": {}}}, "unknown_field", "script.fr"),
        ({"script": {**SCRIPT, "es": []}}, "not_an_object", "script.es"),
        ({"script": {**SCRIPT, "es": {}}}, "part_missing", "script.es.answer"),
        (with_part("ask", " "), "not_a_text", "script.en.ask"),
        (with_part("ask", "How is {dog}?"), "unknown_blank", "script.en.ask"),
        (with_part("ask", "How is {name!r}?"), "unknown_blank", "script.en.ask"),
        (with_part("ask", "How is {name"), "unknown_blank", "script.en.ask"),
        (with_part("answer", "This is your recovery coach"), "not_neutral", "script.en.answer"),
        (with_part("voicemail", "Please call the treatment center"), "not_neutral", "script.en.voicemail"),
        (with_part("not_them", "Tell them their sponsor called"), "not_neutral", "script.en.not_them"),
    ],
)
def test_what_is_no_policy_is_refused_with_its_reason(values, code, where):
    with pytest.raises(PolicyInvalid) as refused:
        PhoneSupportPolicy.from_values(values)
    assert (refused.value.code, refused.value.field) == (code, where)


def test_the_words_that_others_may_hear_name_nothing_and_leave_no_number():
    for language in LANGUAGES:
        assert set(SCRIPT[language]) == set(PARTS)
        for part in NEUTRAL_PARTS:
            assert "{name}" not in SCRIPT[language][part] or part == "answer"
    assert say(SCRIPT["es"]["answer"], name="Ana", caller="Vera", number="").startswith("Hola, habla Vera.")
