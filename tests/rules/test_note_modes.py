"""What each mode asks, requires and refuses."""

import pytest

from alongside.rules.note_modes import (
    ALWAYS,
    ASKED,
    FIELDS,
    MODES,
    SERVICES,
    WORDS,
    NotePolicy,
    Written,
    check_note,
    fields_of,
    keeps_words,
    list_unasked,
)
from alongside.rules.policy_values import PolicyInvalid

BILLED = {"service": "one_person", "place": "office", "has_goal": True, "starts_at": 600, "ends_at": 630}


def test_every_mode_says_what_it_asks_and_none_asks_more_than_the_field_knows():
    assert set(ASKED) == set(MODES)
    assert ASKED["none"] == ()
    assert not set(WORDS) & set(fields_of("count"))
    assert {"started", "ended", "service", "place", "goal"} <= set(fields_of("billable"))
    assert {"read_together", "their_line"} <= set(fields_of("together"))
    for mode in MODES:
        assert set(ALWAYS) <= set(fields_of(mode))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("line", [False, True])
def test_words_are_refused_where_none_are_kept(mode, line):
    written = Written(reached=True, read_together=True, has_words=not line, has_their_line=line, **BILLED)
    refused = check_note(mode, written) == "words_in_this_mode"
    assert refused == (mode in ("none", "count")) == (not keeps_words(mode))


def test_words_about_a_talk_are_read_together_and_an_attempt_needs_no_reading():
    assert check_note("together", Written(reached=True, has_words=True)) == "not_read_together"
    assert check_note("together", Written(reached=True, has_their_line=True)) == "not_read_together"
    assert check_note("together", Written(reached=True, has_words=True, read_together=True)) == ""
    assert check_note("together", Written(reached=False, has_words=True)) == ""
    assert check_note("together", Written(reached=True)) == ""
    assert check_note("billable", Written(reached=True, has_words=True, **BILLED)) == ""


@pytest.mark.parametrize("left_out", ["service", "place", "has_goal", "starts_at", "ends_at"])
def test_what_a_payer_asks_is_whole_or_not_for_a_payer(left_out):
    empty = {"service": "", "place": "", "has_goal": False, "starts_at": None, "ends_at": None}
    assert check_note("billable", Written(reached=True, **BILLED)) == ""
    assert check_note("billable", Written(reached=True, **{**BILLED, left_out: empty[left_out]})) == "billing_not_whole"
    spared = Written(
        reached=True, **{**BILLED, "service": "not_billed", left_out: {**empty, "service": "not_billed"}[left_out]}
    )
    assert (check_note("billable", spared) == "") == (left_out in ("service", "place", "has_goal"))
    assert check_note("billable", Written(reached=False)) == ""


@pytest.mark.parametrize("ends_at", [600, 599])
def test_the_end_comes_after_the_start(ends_at):
    for service in SERVICES:
        written = Written(reached=True, **{**BILLED, "ends_at": ends_at, "service": service})
        assert check_note("billable", written) == "ends_before_it_starts"


@pytest.mark.parametrize("before", MODES)
@pytest.mark.parametrize("now", MODES)
def test_what_another_mode_asked_is_named_and_nothing_else(before, now):
    written = [name for name in FIELDS if name in ASKED[before]]
    unasked = list_unasked(now, written)
    assert set(unasked) == set(ASKED[before]) - set(ASKED[now])
    assert list_unasked(now, []) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [([], "not_an_object"), ({"mode": "secret"}, "unknown_mode"), ({"mode": None}, "unknown_mode"),
     ({"words": True}, "unknown_field")],
)  # fmt: skip
def test_a_policy_that_says_nothing_clear_is_refused(values, code):
    with pytest.raises(PolicyInvalid) as refused:
        NotePolicy.from_values(values)
    assert refused.value.code == code


def test_a_policy_is_read_and_written():
    assert NotePolicy.from_values({}).mode == "together"
    for mode in MODES:
        assert NotePolicy.from_values(NotePolicy(mode).to_values()) == NotePolicy(mode)
