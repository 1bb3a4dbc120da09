"""42 CFR 2.31: one element missing, and it cannot become active. One test for each (B1); kinds never mix."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.consent import (
    ELEMENTS,
    EVENTS,
    ITEMS,
    KINDS,
    PURPOSES,
    Posture,
    Terms,
    list_missing,
    texts_1,
    write,
)
from alongside.rules.consent.kinds import items_for

SIGNED = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
LATER = SIGNED + timedelta(days=90)


def say_day(moment: datetime) -> str:
    return moment.date().isoformat()


def whole(kind: str = "specific", **values) -> Terms:
    """A consent of this kind with every element, signed."""
    rule = KINDS[kind]
    purpose = values.get("purpose", rule.purposes[0])
    terms = Terms(
        kind=kind, person_name="Rosa Cenzontle", discloser="Riverbend", items=("being_here",), recipient="Dr. Ana Ito",
        purpose=purpose, purpose_words="The matter of May" if rule.names_matter or purpose == "other" else "",
        members="Clinics of the valley" if rule.names_members else "", expires_at=LATER,
        held_until=SIGNED + timedelta(days=30) if rule.is_held else None,
        signer="self", signed_name="Rosa Cenzontle", signed_at=SIGNED,
    )  # fmt: skip
    terms = replace(terms, **values)
    posture = Posture(fundraises=terms.fundraises)
    said = tuple(block.code for block in write(terms, posture, language="en", say_day=say_day))
    return terms if "statements" in values else replace(terms, statements=said)


def test_no_kind_and_no_item_is_of_counseling_notes():
    """We keep none (§2.31(b)): no permission can name them, so none can be mixed with one that does (B2, C4)."""
    codes = " ".join([*KINDS, *ITEMS, *PURPOSES])
    words = " ".join(text for spoken in texts_1.ITEMS.values() for text in spoken.values())
    assert [one for one in ("counsel", "therap", "consejer", "terapia") if one in f"{codes} {words}".casefold()] == []
    assert {items for items in map(frozenset, (items_for(kind, rule.purposes[0]) for kind, rule in KINDS.items()))
            if not items <= frozenset(ITEMS)} == set()  # fmt: skip
    assert "counseling" not in KINDS and list_missing(replace(whole(), items=("counseling_notes",))) != ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_one_may_become_active(kind):
    assert list_missing(whole(kind)) == ()


MISSING = {
    "name": ("specific", {"person_name": " "}),
    "discloser": ("specific", {"discloser": ""}),
    "items": ("specific", {"items": ()}),
    "recipient": ("specific", {"recipient": ""}),
    "members": ("intermediary", {"members": ""}),
    "purpose": ("specific", {"purpose": "tpo"}),
    "matter": ("legal", {"purpose_words": ""}),
    "expiry": ("specific", {"expires_at": None}),
    "period": ("criminal_justice", {"expires_at": None}),
    "held_until": ("criminal_justice", {"held_until": None}),
    "signature": ("specific", {"signed_name": ""}),
    "date": ("specific", {"signed_at": None}),
}


@pytest.mark.parametrize("element", MISSING)
def test_without_one_element_it_is_not_whole(element):
    kind, values = MISSING[element]
    assert element in list_missing(replace(whole(kind), **values))


SAID = {
    "right_to_revoke": ("specific", "right_to_revoke", {}),
    "redisclosure": ("tpo", "redisclosure", {}),
    "refusing": ("tpo", "refusing", {}),
    "hipaa": ("tpo", "hipaa", {}),
    "fundraising": ("specific", "fundraising", {"fundraises": True}),
}


@pytest.mark.parametrize("element", SAID)
def test_without_one_statement_it_is_not_whole(element):
    kind, code, values = SAID[element]
    terms = whole(kind, **values)
    assert list_missing(terms) == () and code in terms.statements
    said = tuple(one for one in terms.statements if one != code)
    assert list_missing(replace(terms, statements=said)) == (element,)


@pytest.mark.parametrize("purpose", ["care", "payment"])
@pytest.mark.parametrize("code", ["redisclosure", "refusing"])
def test_care_and_payment_say_it_too_whatever_the_kind(purpose, code):
    """§2.31(a)(10), (11): treatment and payment, and not only where all of it is signed for at once."""
    terms = whole("specific", purpose=purpose)
    said = tuple(one for one in terms.statements if one != code)
    assert list_missing(replace(terms, statements=said)) == (code,)


def test_what_was_shown_must_be_there():
    assert "shown" in list_missing(replace(whole(), statements=()))


def test_every_element_has_its_test():
    assert MISSING.keys() | SAID.keys() | {"shown"} == ELEMENTS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_never_mix(kind):
    """B2: a purpose of another kind is no purpose of this one; §2.31(d) most of all for legal proceedings."""
    for purpose in PURPOSES:
        terms = replace(whole(kind), purpose=purpose, purpose_words="x", items=("being_here",))
        assert ("purpose" in list_missing(terms)) == (purpose not in KINDS[kind].purposes)
    assert KINDS["legal"].purposes == ("legal",) and KINDS["tpo"].purposes == ("tpo",)
    assert [one.code for one in KINDS.values() if "legal" in one.purposes] == ["legal"]


def test_no_end_is_for_all_future_care_only():
    for kind in KINDS:
        terms = replace(whole(kind), expires_event="none", expires_at=None)
        assert ("expiry" in list_missing(terms)) == (kind != "tpo")
    assert "expiry" in list_missing(replace(whole("specific"), expires_event="end_of_study", expires_at=None))
    assert list_missing(replace(whole("research"), expires_event="end_of_study", expires_at=None)) == ()


def test_only_what_the_purpose_needs_may_be_in_it():
    assert "items" in list_missing(whole("specific", purpose="housing", items=("being_here", "notes")))
    assert "items" in list_missing(whole("criminal_justice", items=("notes",)))
    assert list_missing(whole("specific", purpose="care", items=("notes",))) == ()


def test_only_a_criminal_justice_consent_may_be_held():
    assert "held_until" in list_missing(replace(whole("specific"), held_until=SIGNED))
    assert list_missing(replace(whole("criminal_justice"), held_until=LATER)) == (), "up to its very last moment"
    beyond = replace(whole("criminal_justice"), held_until=LATER + timedelta(seconds=1))
    assert list_missing(beyond) == ("held_until",)


def test_a_parent_signs_beside_a_minor_and_a_guardian_says_by_what_right():
    both = replace(whole(), signer="minor_and_parent")
    assert list_missing(both) == ("signature",)
    assert list_missing(replace(both, other_name="Lucia Cenzontle")) == ()
    assert list_missing(replace(both, other_name="Lucia Cenzontle", signed_name="")) == ("signature",)
    guardian = replace(whole(), signer="guardian", signed_name="", other_name="Lucia Cenzontle")
    assert list_missing(guardian) == ("signature",)
    assert list_missing(replace(guardian, other_basis="Court order 12")) == ()
    emancipated = replace(whole(), signer="emancipated")
    assert list_missing(emancipated) == ("signature",)
    assert list_missing(replace(emancipated, other_basis="Order of May 3")) == ()
    assert list_missing(replace(emancipated, other_basis="Order of May 3", signed_name="")) == ("signature",)
    executor = replace(guardian, signer="survivor", other_basis="Letters of administration")
    assert list_missing(executor) == ("signature",)
    assert list_missing(replace(executor, died_on=SIGNED.date())) == ()
    assert list_missing(replace(whole(), signer="neighbor")) == ("signature",)


@given(
    kind=st.sampled_from(sorted(KINDS)),
    items=st.lists(st.sampled_from(ITEMS), unique=True),
    purpose=st.sampled_from(["", *PURPOSES]),
    event=st.sampled_from(["", *EVENTS]),
    ends=st.sampled_from([None, LATER]),
    held=st.sampled_from([None, SIGNED, LATER, LATER + timedelta(days=1)]),
    words=st.sampled_from(["", "words"]),
    name=st.sampled_from(["", "Rosa"]),
    signer=st.sampled_from(["", "self", "minor_alone", "minor_and_parent", "guardian", "survivor"]),
)
def test_whatever_is_filled_in_an_active_one_answers_every_question(
    kind, items, purpose, event, ends, held, words, name, signer
):
    terms = replace(
        whole(kind), items=tuple(items), purpose=purpose, expires_event=event, expires_at=ends, held_until=held,
        purpose_words=words, signed_name=name, signer=signer, other_name=words, other_basis=words,
    )  # fmt: skip
    if list_missing(terms):
        return
    assert items and purpose in KINDS[kind].purposes
    assert event or ends
    assert event != "none" or kind == "tpo"
    assert (held is not None) == (kind == "criminal_justice")
    assert held is None or (ends is not None and held <= ends)
    assert name or (words and signer in ("guardian", "survivor"))


def test_a_draft_that_is_about_to_be_shown_misses_no_signature():
    draft = replace(whole(), statements=(), signed_name="", signed_at=None, signer="")
    assert list_missing(draft, unsigned=True) == ()
    assert list_missing(draft) == ("right_to_revoke", "signature", "date", "redisclosure", "refusing", "hipaa", "shown")
    assert list_missing(replace(draft, recipient=""), unsigned=True) == ("recipient",)


def by_director(**values) -> Terms:
    """What a director signed for somebody who could not act (§2.15(a)(2))."""
    signed = {
        "purpose": "payment", "items": ("being_here",), "signer": "director_for_payment", "signed_name": "",
        "other_name": "Dolores", "other_basis": "Asleep after surgery", "expires_at": SIGNED + timedelta(days=31),
    }  # fmt: skip
    return whole(**{**signed, **values})


def test_a_director_signs_for_payment_alone_and_says_so():
    assert list_missing(by_director()) == ()
    assert "by_director" in by_director().statements and "by_director" not in whole().statements
    for purpose in set(KINDS["specific"].purposes) - {"payment", "other"}:
        assert "purpose" in list_missing(by_director(purpose=purpose))
    for kind in set(KINDS) - {"specific"}:
        assert "purpose" in list_missing(replace(by_director(), kind=kind))
    for lacking in ("other_name", "other_basis"):
        assert list_missing(by_director(**{lacking: " "})) == ("signature",)
    unsaid = tuple(code for code in by_director().statements if code != "by_director")
    assert list_missing(by_director(statements=unsaid)) == ("signature",)
    assert list_missing(replace(by_director(), signer="guardian")) == ("signature",), "nobody signs in their place"


def test_what_a_director_signed_ends_within_a_month():
    assert list_missing(by_director(expires_at=SIGNED + timedelta(days=31, seconds=1))) == ("expiry",)
    assert list_missing(by_director(expires_at=None)) == ("expiry",)
    assert list_missing(by_director(expires_event="end_of_support")) == ("expiry",)
    draft = by_director(signed_at=None, expires_at=LATER)
    assert list_missing(draft, unsigned=True) == (), "how long it is shows when it is signed"
