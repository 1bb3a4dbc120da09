"""Which parts a page has, what may stand in them, and who writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.recovery import wording
from alongside.rules import sheets


@pytest.mark.parametrize(
    ("kind", "own", "beside", "writes"),
    [
        ("plan", True, False, True), ("plan", False, True, True), ("plan", False, False, False),
        ("safe", False, True, True), ("safe", False, False, False),
        ("well", True, False, True), ("well", False, True, False),
        ("days", True, False, True), ("days", False, True, False),
    ],
)  # fmt: skip
def test_who_writes_in_which_page(kind, own, beside, writes):
    assert sheets.may_write(kind, is_own=own, walks_with=beside) is writes


def test_what_is_hidden_is_the_persons_alone():
    assert sheets.may_read(is_hidden=True, is_own=True) and not sheets.may_read(is_hidden=True, is_own=False)
    assert sheets.may_read(is_hidden=False, is_own=False)


def test_the_plan_and_the_safety_plan_are_held_by_two():
    assert set(sheets.HIDEABLE) == {"well", "days"}


@pytest.mark.parametrize(
    "wanted", [{"walrus": "x"}, {"stage_home": "cured"}, {"hope": "x" * (sheets.LONGEST + 1)}, {"signs": "x"}]
)
def test_what_is_no_part_of_the_page_is_refused(wanted):
    with pytest.raises(ValueError):
        sheets.changed_parts("plan", {}, wanted)


@given(
    before=st.dictionaries(st.sampled_from(sheets.WORDS["safe"]), st.text(max_size=20)),
    wanted=st.dictionaries(st.sampled_from(sheets.WORDS["safe"]), st.text(max_size=20)),
)
def test_only_what_differs_changes_and_never_what_was_not_sent(before, wanted):
    before = {part: words.strip() for part, words in before.items()}
    changed = sheets.changed_parts("safe", before, wanted)
    assert set(changed) == {part for part, words in wanted.items() if words.strip() != before.get(part, "")}
    assert list(changed) == [part for part in sheets.PARTS["safe"] if part in changed]


def test_every_code_has_its_words():
    parts = {part for parts in sheets.WORDS.values() for part in parts}
    assert parts == wording.PARTS.keys()
    assert set(sheets.AREAS) == wording.AREAS.keys() and set(sheets.STAGES) == wording.STAGES.keys()
    assert set(sheets.DONE_WITH) == wording.DONE_WITH.keys()
    assert set(sheets.OWNERS) == wording.OWNERS.keys() == wording.OWN_OWNERS.keys()


def test_every_stage_invites_with_questions_of_its_own():
    assert sheets.PROMPTS.keys() == set(sheets.STAGES)
    asked = [prompt for prompts in sheets.PROMPTS.values() for prompt in prompts]
    assert len(asked) == len(set(asked)) and set(asked) == wording.PROMPTS.keys()


def test_codes_fit_their_columns():
    assert max(map(len, sheets.WHATS)) <= 20 and max(map(len, sheets.KINDS)) <= 8
    assert max(map(len, sheets.AREAS)) <= 10 and max(map(len, sheets.OWNERS)) <= 6
