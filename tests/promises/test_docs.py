"""The documents keep up: their links lead somewhere, the README shows two commands, decisions are numbered in turn."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from alongside.demo.personas import PERSONAS
from alongside.rules.wording import find_words

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
NAMED = re.compile(r"`((?:src|tests|docs)/[\w./-]+|\.importlinter|dev\.py)`")
"""Files and folders named in running text, from the root."""

MODULE = re.compile(r"`((?:audit|council|intake|matching|mentoring|people|privacy|rules|web|workforce)/[\w/]+\.py)`")
"""Modules named from `src/alongside`, as in `mentoring/places.py`."""


def name(page: Path) -> str:
    """A page by its path from the root."""
    return str(page.relative_to(ROOT))


def links(page: Path) -> list[str]:
    """Every relative link and picture of a page, without the part after `#`."""
    found = [link.partition("#")[0] for link in LINK.findall(page.read_text())]
    return [link for link in found if link and not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_stay_in_the_house(page):
    assert [link for link in links(page) if not (page.parent / link).resolve().is_relative_to(ROOT)] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_that_are_named_exist(page):
    text = BLOCK.sub("", page.read_text())
    places = [ROOT / path for path in NAMED.findall(text)]
    places += [ROOT / "src" / "alongside" / path for path in MODULE.findall(text)]
    assert [name(place) for place in places if not place.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_word_that_hurts(page):
    assert [found.word for found in find_words(page.read_text(), lists=["stigmatizing"])] == []


def test_the_readme_shows_two_commands():
    (block,) = BLOCK.findall((ROOT / "README.md").read_text())
    assert block.split("\n") == ["python3 dev.py demo", "python3 dev.py test", ""]


def test_the_readme_names_everybody_in_the_demo():
    text = (ROOT / "README.md").read_text()
    assert [person for person, _role, _what in PERSONAS if f"| {person} |" not in text] == []


def test_decisions_are_numbered_without_gaps():
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04}-" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_when_and_why(path):
    lines = path.read_text().splitlines()
    assert lines[0].startswith(f"# {path.name[:4]} · ")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} · (in force|replaced by \[\d{4}\]\(.+\))", lines[2])
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == ["## Context", "## Decision", "## Consequences"]


def test_every_document_is_in_the_index():
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / link).resolve() for link in links(index)}
    assert [name(page) for page in PAGES if page not in listed and page != index] == []


def test_the_index_calls_decisions_by_their_titles():
    index = (ROOT / "docs" / "README.md").read_text()
    for path in DECISIONS:
        number, title = path.read_text().splitlines()[0].removeprefix("# ").split(" · ")
        assert f"[{number}](decisions/{path.name}) {title}" in index


def test_the_picture_shows_every_floor():
    """The names in the picture are the floors of the contract that exist now."""
    drawn = " ".join(ElementTree.parse(ROOT / "docs" / "house.svg").getroot().itertext())  # noqa: S314  (our own file)
    contract = (ROOT / ".importlinter").read_text().partition("layers =")[2].partition("[")[0]
    packages = ROOT / "src" / "alongside"
    floors = [
        word
        for word in re.findall(r"\w+", contract)
        if word != "__main__" and ((packages / word).is_dir() or (packages / f"{word}.py").exists())
    ]
    assert [floor for floor in floors if not re.search(rf"\b{floor}\b", drawn)] == []
