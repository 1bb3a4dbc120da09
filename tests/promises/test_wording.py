"""No word that hurts in anything we say, and none of the clinic in anything a participant reads (tenet 7).

Sentences come from three places, so that none is forgotten: the code and templates (`messages.extract`), the Spanish
catalogues, and the pages as they are shown. The lists and their sources are in `rules.wording`.
"""

import re
from html import unescape
from pathlib import Path

import pytest
from django.utils.translation import override
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import everybody, pages_for, quiet, visit  # noqa: F401  (fixtures)

from alongside.people.labels import LABELS
from alongside.rules.wording import CLINICAL, STIGMATIZING, find_words
from alongside.web import messages

pytestmark = pytest.mark.once

TEMPLATES = {
    path.relative_to(path.parents[len(path.parts) - path.parts.index("templates") - 2]).as_posix(): path
    for path in sorted(messages.ROOT.glob("*/templates/**/*"))
    if path.suffix in {".html", ".txt", ".jinja"}
}
"""Template name to its file."""

BASES_OF_PARTICIPANTS = ("web/page_me.html", "web/page_public.html")
USES = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
EXTENDS = re.compile(r"{%\s*extends\s+[\"']([^\"']+)[\"']")
NOT_WORDS = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<(script|style).*?</\1>|<[^>]*>", re.DOTALL
)

STAFF_LABELS = frozenset({"episode", "roster", "application", "inquiry"})
"""Groups of labels that only staff see."""


def find_hurting(text: str, language: str, *lists: str) -> list[str]:
    """Words of these lists in the text, each with what to say instead."""
    return [f"{one.word} (say: {one.alternative})" for one in find_words(text, lists=lists, language=language)]


def sentences_of(package: Path):
    """(sentence, language, places) of everything a package says, with each form of a plural."""
    for catalog, language in ((messages.extract(package), "en"), (messages.read(package), "es")):
        for message in catalog:
            texts = message.id if language == "en" else message.string
            for text in texts if isinstance(texts, (tuple, list)) else [texts]:
                if message.id and text:
                    yield text, language, [name for name, _line in message.locations]


# --- what we say, wherever it stands ------------------------------------------------------------------------------
@pytest.mark.parametrize("package", messages.packages(), ids=lambda package: package.name)
def test_no_sentence_hurts(package):
    found = [
        f"{places}: {text!r}: {hits}"
        for text, language, places in sentences_of(package)
        if (hits := find_hurting(text, language, STIGMATIZING))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_hurts_outside_its_sentences(name):
    """What is not marked for translation is shown as it is."""
    text = NOT_WORDS.sub(" ", TEMPLATES[name].read_text(encoding="utf-8"))
    assert find_hurting(unescape(text), "en", STIGMATIZING) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_label_hurts(language):
    with override(language):
        found = {
            f"{group}.{code}": hits
            for group, labels in LABELS.items()
            for code, words in labels.items()
            if (hits := find_hurting(
                str(words), language, *([STIGMATIZING] if group in STAFF_LABELS else [STIGMATIZING, CLINICAL])
            ))
        }  # fmt: skip
    assert found == {}


# --- what participants read ---------------------------------------------------------------------------------------
def is_for_participants(name: str) -> bool:
    """Whether a template is, in the end, a page of a participant or of everybody."""
    while match := EXTENDS.search(TEMPLATES[name].read_text(encoding="utf-8")):
        name = match[1]
        if name in BASES_OF_PARTICIPANTS:
            return True
        if name not in TEMPLATES:
            return False
    return False


def list_participant_templates() -> list[str]:
    """Templates of participants' pages with everything they include."""
    found: dict[str, None] = {}
    waiting = [name for name in TEMPLATES if is_for_participants(name)]
    while waiting:
        name = waiting.pop()
        if name not in found and name in TEMPLATES and not name.startswith("web/design"):
            found[name] = None
            waiting += USES.findall(TEMPLATES[name].read_text(encoding="utf-8"))
    return sorted(found)


def test_pages_of_participants_are_found():
    assert {"web/page_me.html", "ui/quick_exit.html"} <= set(list_participant_templates())


@pytest.mark.parametrize("name", list_participant_templates())
def test_no_word_of_the_clinic_in_a_participants_template(name):
    package = next(folder for folder in TEMPLATES[name].parents if folder.parent == messages.ROOT)
    here = TEMPLATES[name].relative_to(package).as_posix()
    spanish = messages.read(package)
    found = []
    for message in messages.extract(package):
        if here in [place for place, _line in message.locations]:
            key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            translated = spanish.get(key, context=message.context)
            for language, said in (("en", message.id), ("es", translated.string if translated else "")):
                for text in said if isinstance(said, (tuple, list)) else [said]:
                    found += find_hurting(text, language, CLINICAL)
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("who", ["visitor", "rosa", "dante", "carmen"])
def test_pages_as_they_are_shown_have_no_such_word(everybody, who, language):  # noqa: F811
    """Forms, labels and messages too, whatever they were built from."""
    from alongside.people.models import User

    User.objects.update(language=language)
    lists = [STIGMATIZING, CLINICAL] if who in ("visitor", "rosa") else [STIGMATIZING]
    wrong = []
    for answer in visit(everybody, who, "get", pages_for(everybody, who), language=language):
        if answer.is_page and answer.page.name not in ABOUT_WORDS:
            assert f'lang="{language}"' in answer.body, f"{answer} is not in {language}"
            text = unescape(NOT_WORDS.sub(" ", answer.body))
            wrong += [f"{answer}: {hit}" for hit in find_hurting(text, language, *lists)]
    assert not wrong, "\n".join(wrong)


ABOUT_WORDS = {"design": "the living page of components shows staff's words too, as examples"}
"""Pages on which such a word may stand, each with its reason."""


def test_reasons_name_pages_that_exist():
    assert ABOUT_WORDS.keys() <= {page.name for page in list_pages()}
