"""What each kind of consent allows and what its text says, beside the law: who changes a table changes it here too."""

import pytest
from tests.rules.consent.test_terms import LATER, say_day, whole

from alongside.rules.consent import ELEMENTS, ITEMS, KINDS, PURPOSES, Posture, items_for, list_missing, write
from alongside.rules.consent.document import describe_purpose
from alongside.rules.consent.kinds import EVENTS, PURPOSE_ITEMS, SPECIFIC_PURPOSES, events_for

EVERYTHING = ("being_here", "reach", "birth_date", "walks_with", "contacts", "times", "wishes", "notes")
SPECIFIC = ("care", "housing", "work_or_school", "benefits", "close_person", "payment", "at_request", "other")
SUPPORT = ("end_of_support", "end_of_treatment")

TABLE = {
    # code: (purposes, items, events, section, what else holds)
    "specific": (SPECIFIC, EVERYTHING, SUPPORT, "2.31(a)", {"joins"}),
    "tpo": (("tpo",), EVERYTHING, (*SUPPORT, "none"), "2.31(a)(4)(i), 2.33(a)(2)", {"joins"}),
    "intermediary": (("care", "payment"), EVERYTHING, SUPPORT, "2.31(a)(4)(ii), 2.24", {"names_members"}),
    "legal": (
        ("legal",), ("being_here", "walks_with", "contacts", "notes"), ("end_of_case",), "2.31(d)", {"names_matter"},
    ),
    "criminal_justice": (
        ("monitoring",), ("being_here", "contacts", "times"), (), "2.35", {"names_matter", "needs_day", "is_held"},
    ),
    "research": (
        ("research",), ("being_here", "birth_date", "contacts", "wishes"), ("end_of_study",), "2.31(a)(7), 2.52",
        {"names_matter"},
    ),
}  # fmt: skip
FLAGS = ("names_members", "names_matter", "needs_day", "is_held", "joins")


def test_the_kinds_are_these():
    assert tuple(KINDS) == tuple(TABLE) and ITEMS == EVERYTHING and SPECIFIC_PURPOSES == SPECIFIC
    assert (*SPECIFIC, "tpo", "legal", "monitoring", "research") == PURPOSES
    assert EVENTS == ("end_of_support", "end_of_treatment", "end_of_case", "end_of_study", "none")


@pytest.mark.parametrize("code", TABLE)
def test_each_kind_allows_what_its_section_allows(code):
    kind = KINDS[code]
    purposes, items, events, section, holds = TABLE[code]
    assert (kind.code, kind.purposes, kind.items, kind.section) == (code, purposes, items, section)
    assert kind.events == events_for(code) == events
    assert {flag for flag in FLAGS if getattr(kind, flag)} == holds


def test_each_purpose_needs_no_more_than_this():
    assert PURPOSE_ITEMS == {
        "housing": ("being_here", "reach", "birth_date", "walks_with", "times"),
        "work_or_school": ("being_here", "reach", "walks_with", "times"),
        "benefits": ("being_here", "reach", "birth_date", "contacts"),
        "close_person": ("being_here", "reach", "walks_with", "times"),
        "payment": ("being_here", "birth_date", "contacts"),
    }
    assert items_for("specific", "care") == EVERYTHING
    assert items_for("intermediary", "payment") == ("being_here", "birth_date", "contacts")


def test_each_element_has_its_section():
    sections = {code: section.split(":")[0] for code, section in ELEMENTS.items()}
    assert sections == {
        "name": "2.31(a)(1)", "discloser": "2.31(a)(2)", "items": "2.31(a)(3)", "recipient": "2.31(a)(4)(i)",
        "members": "2.31(a)(4)(ii)", "purpose": "2.31(a)(5)", "matter": "2.31(a)(5)", "right_to_revoke": "2.31(a)(6)",
        "expiry": "2.31(a)(7)", "signature": "2.31(a)(8), 2.14, 2.15", "date": "2.31(a)(9)",
        "redisclosure": "2.31(a)(10)", "refusing": "2.31(a)(10)", "hipaa": "2.31(a)(4)(iii)",
        "fundraising": "2.31(a)(5)(iii)", "period": "2.35(b)", "held_until": "2.35(c)", "shown": "2.31(a)",
    }  # fmt: skip
    assert ELEMENTS["shown"].endswith("what was signed must be there to be shown again")


DEPENDS = {
    # (kind, purpose): what its text has of what not every text has
    ("specific", "care"): {"recipient", "right_to_revoke", "redisclosure", "refusing", "hipaa"},
    ("specific", "payment"): {"recipient", "right_to_revoke", "redisclosure", "refusing", "hipaa"},
    ("specific", "housing"): {"recipient", "right_to_revoke", "refusing_other"},
    ("tpo", "tpo"): {"recipient_class", "right_to_revoke", "redisclosure", "refusing", "hipaa"},
    ("intermediary", "care"): {
        "recipient", "members", "list_right", "right_to_revoke", "redisclosure", "refusing", "hipaa",
    },
    ("legal", "legal"): {"recipient", "right_to_revoke", "refusing_other", "only_this_case"},
    ("criminal_justice", "monitoring"): {"recipient", "right_to_revoke_held", "refusing_other", "only_monitors"},
    ("research", "research"): {"recipient", "right_to_revoke", "refusing_other"},
}  # fmt: skip
SOMETIMES = {code for codes in DEPENDS.values() for code in codes} | {"fundraising"}


def said(kind: str, purpose: str, *, fundraises: bool = False, **values) -> set[str]:
    """Codes of the blocks of its text, of those that not every text has."""
    terms = whole(kind, purpose=purpose, statements=(), **values)
    blocks = write(terms, Posture(fundraises=fundraises), language="en", say_day=say_day)
    return {block.code for block in blocks} & SOMETIMES


@pytest.mark.parametrize(("kind", "purpose"), DEPENDS)
def test_each_text_says_what_holds_for_it_and_nothing_else(kind, purpose):
    expected = DEPENDS[kind, purpose]
    assert said(kind, purpose) == expected
    assert said(kind, purpose, fundraises=True) == expected | {"fundraising"}
    assert said(kind, purpose, recipient_is_covered=False) == expected - {"hipaa"}


def test_what_else_it_is_for_is_named_in_words():
    assert list_missing(whole(purpose="other", purpose_words=" ")) == ("matter",)
    assert list_missing(whole(purpose="other", purpose_words="A scholarship")) == ()
    assert list_missing(whole(purpose="care", purpose_words="")) == ()


@pytest.mark.parametrize("kind", TABLE)
def test_all_that_a_kind_allows_may_be_chosen_at_once(kind):
    terms = whole(kind, items=TABLE[kind][1])
    allowed = items_for(kind, terms.purpose)
    assert list_missing(whole(kind, items=allowed)) == ()
    (text,) = {block.text for block in write(terms, Posture(), language="en", say_day=say_day) if "; " in block.text}
    assert text.count("; ") == len(terms.items) - 1


def test_a_purpose_is_said_with_its_words_or_without():
    assert describe_purpose("legal", "Custody, room 3", "en").endswith(": Custody, room 3")
    assert ":" not in describe_purpose("care", "", "en")
    assert describe_purpose("care", "", "en") != describe_purpose("care", "", "es")


def test_the_text_names_the_last_day_or_the_event():
    def text(**values) -> str:
        terms = whole("specific", statements=(), **values)
        return "\n".join(one.text for one in write(terms, Posture(), language="en", say_day=say_day))

    assert LATER.date().isoformat() in text()
    assert LATER.date().isoformat() not in text(expires_event="end_of_support", expires_at=None)
