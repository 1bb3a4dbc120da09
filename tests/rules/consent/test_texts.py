"""The texts of consent: both languages, each with its section, kind words, and a version that never changes (B8)."""

import hashlib
import json
import re
from datetime import UTC, datetime

import pytest
from tests.rules.consent.test_terms import say_day, whole

from alongside.rules.consent import EVENTS, ITEMS, KINDS, LATEST, PURPOSES, Posture, digest, texts_1, write
from alongside.rules.consent.document import VERSIONS
from alongside.rules.wording import find_words

FROZEN = {
    1: "4b170f5a26c4a17a5d85b8c2977a5530f40c734ce8224a02a892447eeb377684",
    3: "a7f789b5d171448953de0a9550d377dac5d938f0ee678b5dee00ae59efed402b",
    2: "dfdb26b95db82180ceab7ca30ab53ea8cee65785ef92ca9a411820b4f1a0f043",
}
"""SHA-256 over all words of each version. A version that may have been signed stays: write the next one."""

SECTION = re.compile(r"2\.(?:24|31|32|35)(?:\([a-z0-9]+\))*")


def fingerprint(texts) -> str:
    """One digest over every word of a version."""
    words = {
        "statements": {
            code: [one.section, dict(one.heading), dict(one.text)] for code, one in texts.STATEMENTS.items()
        },
        "items": dict(texts.ITEMS), "purposes": dict(texts.PURPOSES), "events": dict(texts.EVENTS),
        "last_day": dict(texts.LAST_DAY), "kinds": texts.KINDS, "accompany": dict(texts.ACCOMPANY),
    }  # fmt: skip
    for where, some in variants(texts):
        words[where] = {
            code: one and [one.section, dict(one.heading), dict(one.text)] for code, one in sorted(some.items())
        }
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def variants(texts) -> list:
    """(where, statements by code) that stand instead of others, by the law or by an event."""
    found = [(f"outside {law}", some) for law, some in getattr(texts, "OUTSIDE", {}).items()]
    return [*found, ("held by event", texts.HELD_BY_EVENT)] if hasattr(texts, "HELD_BY_EVENT") else found


def list_statements(texts) -> list:
    """(where, statement) of all of a version."""
    others = [(f"{where}: {code}", one) for where, some in variants(texts) for code, one in some.items() if one]
    return [*texts.STATEMENTS.items(), *others]


def said(texts) -> list[tuple[str, str, str]]:
    """(where, language, words) of everything a person reads."""
    found = [(code, language, part[language]) for code, one in list_statements(texts)
             for part in (one.heading, one.text) for language in part]  # fmt: skip
    for table in (texts.ITEMS, texts.PURPOSES, texts.EVENTS):
        found += [(code, language, words[language]) for code, words in table.items() for language in words]
    found += [(code, language, words[language]) for code, pair in texts.KINDS.items() for words in pair
              for language in words]  # fmt: skip
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_that_was_used_is_never_changed(version):
    assert fingerprint(VERSIONS[version]) == FROZEN[version]


@pytest.mark.parametrize("version", VERSIONS)
def test_both_languages_say_everything(version):
    texts = VERSIONS[version]
    for _where, one in list_statements(texts):
        assert one.heading.keys() == one.text.keys() == {"en", "es"}
        assert sorted(re.findall(r"{\w+}", one.text["en"])) == sorted(re.findall(r"{\w+}", one.text["es"]))
    for table, codes in (
        (texts.ITEMS, ITEMS),
        (texts.PURPOSES, PURPOSES),
        (texts.EVENTS, EVENTS),
        (texts.KINDS, KINDS),
    ):
        assert list(table) == list(codes)
    assert all(words for _where, _language, words in said(texts))
    assert {language for _where, language, _words in said(texts)} == {"en", "es"}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_statement_names_its_section(version):
    assert [code for code, one in list_statements(VERSIONS[version]) if not SECTION.search(one.section)] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_no_word_hurts(version):
    assert [(where, found.word) for where, language, words in said(VERSIONS[version])
            for found in find_words(words, language=language)] == []  # fmt: skip


def test_the_statement_that_goes_with_a_disclosure_is_the_regulations():
    """§2.32(a)(1) and (2), word for word; compared with the text in force since 2024."""
    long, short = texts_1.ACCOMPANY["long"], texts_1.ACCOMPANY["short"]
    assert short == "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert long.startswith("This record which has been disclosed to you is protected by Federal confidentiality rules")
    for words in (
        "in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local authority, "
        "against the patient, unless authorized by the consent of the patient",
        "(ii) You are a covered entity or business associate and have received the record for treatment, payment, or "
        "health care operations, or",
        "is NOT sufficient to meet the required elements of written consent to further use or redisclose the record",
    ):
        assert words in long


def test_what_must_be_said_is_said_in_both_languages():
    for language in ("en", "es"):
        for kind in KINDS:
            codes = [block.code for block in write(whole(kind), Posture(), language=language, say_day=say_day)]
            assert ("right_to_revoke_held" in codes) == (kind == "criminal_justice")
            assert ("only_this_case" in codes) == (kind == "legal")
            assert ("list_right" in codes) == (kind == "intermediary")
            assert ("redisclosure" in codes) == ("refusing" in codes)
            assert "ends" in codes and "items" in codes


def test_a_held_one_says_from_when_before_anybody_signs():
    for language, words in (("en", "You cannot take this back before"), ("es", "No puede retirar esto antes del")):
        blocks = write(whole("criminal_justice"), Posture(), language=language, say_day=say_day)
        (held,) = [block for block in blocks if block.code == "right_to_revoke_held"]
        assert held.text.startswith(f"{words} 2026-12-29")


def test_the_last_day_is_named_and_not_the_midnight_after():
    terms = whole("specific", expires_at=datetime(2027, 1, 6, tzinfo=UTC))
    blocks = {block.code: block.text for block in write(terms, Posture(), language="en", say_day=say_day)}
    assert blocks["ends"] == "At the end of 2027-01-05"


def test_another_word_is_another_digest():
    blocks = write(whole(), Posture(), language="en", say_day=say_day)
    other = write(whole(recipient="Dr. Ana Ita"), Posture(), language="en", say_day=say_day)
    spanish = write(whole(), Posture(), language="es", say_day=say_day)
    shown = [["being_here", [["With us from", "May 1"]]]]
    digests = {digest(blocks, shown), digest(other, shown), digest(spanish, shown), digest(blocks, [])}
    assert len(digests) == 4
    assert digest(blocks, shown) == digest(list(blocks), shown)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_latest_version_writes_every_kind(language):
    for kind in KINDS:
        blocks = write(whole(kind), Posture(), language=language, say_day=say_day, version=LATEST)
        assert all(block.text and "{" not in block.text for block in blocks)


def test_an_event_is_said_in_words_and_a_draft_without_an_end_says_nothing():
    by_event = whole("legal", expires_event="end_of_case", expires_at=None)
    unsaid = whole("specific", expires_at=None)
    for terms, words in ((by_event, "When this matter is over"), (unsaid, "")):
        blocks = {block.code: block.text for block in write(terms, Posture(), language="en", say_day=say_day)}
        assert blocks["ends"] == words
