"""A private reflection has no way out (C4): a canary in one is looked for on all pages and in all files."""

import ast
from pathlib import Path

import pytest
from tests.promises.staying import (
    check_files_of_people,
    check_items_of_consents,
    check_messages_and_entries,
    list_ways_for,
)
from tests.promises.test_every_url import FOR_ONE_ALONE

from alongside.reflections import queries
from alongside.rules import disclosure
from alongside.rules.exports import KINDS

CANARY = "saffron canary of the reflection"
ITS_PAGE = "reflections"
SOURCE = Path(disclosure.__file__).resolve().parents[1]
MAY_KNOW = {"reflections", "demo", "housekeeping.py", "settings", "urls.py"}
"""The package itself, the demo, what erases by itself, and the lists of packages."""

pytestmark = pytest.mark.django_db


def test_the_walk_over_all_pages_looks_for_it():
    """`test_every_url` opens each page as everybody, by GET and by POST, and finds it on its own page alone."""
    assert FOR_ONE_ALONE[CANARY] == ("dante", {ITS_PAGE})


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_of_people_holds_it(whole_story, kind):
    check_files_of_people(whole_story, kind, CANARY)


@pytest.mark.parametrize("who", ["rosa", "dante"])
def test_no_item_of_a_consent_holds_it(whole_story, who):
    check_items_of_consents(whole_story, who, CANARY)


def test_no_message_and_no_entry_holds_it(whole_story):
    check_messages_and_entries(CANARY)


def test_it_is_there_for_its_writer(whole_story):
    assert [one.words for one in queries.list_own(whole_story.dante.actor)] == [CANARY]
    for who in ("pat", "lien", "carmen", "rosa"):
        assert list(queries.list_own(whole_story.people[who].actor)) == []


def test_no_other_package_can_reach_one():
    """A way out that is built tomorrow would have to import it: that is found here."""
    found = {path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py") if names_it(path)}
    assert found - MAY_KNOW == set()
    assert {"reflections", "housekeeping.py"} <= found, "or the test is blind"


def names_it(path: Path) -> bool:
    """Whether a module imports the package, or names its table or model."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and "reflections" in f"{node.module}.{[one.name for one in node.names]}":
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(
            ("reflections_", "reflections.", "alongside.reflections")
        ):  # fmt: skip
            return True
    return path.parent.name == "reflections"


def test_no_way_out_is_for_it():
    assert list_ways_for("reflection") == []
