"""Every code about a roster has a whole sentence, in both languages, with the same parameters."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import override

import alongside.intake
from alongside.intake.actions.rosters import MappingRefused
from alongside.intake.rosters import words
from alongside.intake.rosters.plan import OWN_REASONS
from alongside.rules import roster as rules
from alongside.rules.wording import find_words

PO = Path(alongside.intake.__file__).parent / "locale/es/LC_MESSAGES/django.po"
TABLES = {
    "unreadable": (words.UNREADABLE, rules.UNREADABLE),
    "notes": (words.NOTES, rules.NOTES),
    "problems": (words.PROBLEMS, rules.PROBLEMS),
    "reasons": (words.REASONS, {**rules.REASONS, **OWN_REASONS}),
    "fields": (words.FIELDS, dict.fromkeys([*rules.FIELDS["participants"], *rules.FIELDS["peers"]])),
}


@pytest.fixture(scope="module")
def spanish() -> dict:
    with PO.open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale="es") if message.id}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.mark.parametrize("name", TABLES)
def test_every_code_has_a_sentence_and_no_sentence_is_left_over(name):
    said, codes = TABLES[name]
    assert set(said) == set(codes)


@pytest.mark.parametrize("name", TABLES)
def test_every_sentence_has_its_spanish_with_the_same_parameters(name, spanish):
    for code, sentence in TABLES[name][0].items():
        english = str(sentence)
        assert spanish.get(english), (name, code)
        assert set(re.findall(r"%\(\w+\)s", english)) == set(re.findall(r"%\(\w+\)s", spanish[english])), code


def test_the_parameters_of_the_sentences_are_those_the_reader_gives():
    for code, meaning in {**rules.UNREADABLE, **rules.NOTES, **rules.REASONS}.items():
        table = next(t for t, _ in TABLES.values() if code in t)
        assert set(re.findall(r"%\((\w+)\)s", str(table[code]))) <= set(re.findall(r"{(\w+)}", meaning)), code
    for code, (_blocking, meaning) in rules.PROBLEMS.items():
        assert set(re.findall(r"%\((\w+)\)s", str(words.PROBLEMS[code]))) <= set(re.findall(r"{(\w+)}", meaning)), code


def test_refused_mappings_have_words():
    for code in ("no_name", "twice", "unknown_field", "date_order"):
        assert words.speak(words.MAPPING, code, {"field": MappingRefused(code, "phone").field})


def test_no_sentence_of_the_package_hurts(spanish):
    for english, string in spanish.items():
        for text in (english, string):
            for one in text if isinstance(text, tuple | list) else [text]:
                assert not find_words(one, lists=["stigmatizing"]), one
