"""How a day felt has no way out but the copy that its writer takes (C4): a canary is looked for on all pages and files.

As `test_reflections_stay` does for what a peer writes; here the person's own copy may hold it, and nothing else.
"""

import ast
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.promises.staying import (
    check_files_of_people,
    check_items_of_consents,
    check_messages_and_entries,
    list_ways_for,
    unpacked,
)
from tests.promises.test_every_url import FOR_ONE_ALONE, no_scope, sign_in

from alongside.audit.models import Entry
from alongside.outings import queries
from alongside.outings.models import Felt, Saved
from alongside.retention.takeout import stream
from alongside.rules import disclosure
from alongside.rules.exports import KINDS

CANARY = "hazel canary of how it felt"
ITS_PAGE = "me_saved_day"
SOURCE = Path(disclosure.__file__).resolve().parents[1]
MAY_NAME = {
    "outings/models.py", "outings/queries.py", "outings/actions/days.py", "outings/actions/saving.py",
    "retention/sections/by_themselves.py",
}  # fmt: skip
"""Modules that name the model: its own, what writes and erases it, and the person's own copy."""

pytestmark = pytest.mark.django_db


def test_the_walk_over_all_pages_looks_for_it():
    """`test_every_url` opens each page as everybody, by GET and by POST, and finds it on its own page alone."""
    assert FOR_ONE_ALONE[CANARY] == ("rosa", {ITS_PAGE, "me_copy_file"})


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_of_people_holds_it(whole_story, kind):
    check_files_of_people(whole_story, kind, CANARY)


def test_only_the_copy_that_she_takes_herself_holds_it(whole_story):
    rosa = whole_story.rosa.person
    assert CANARY in unpacked(b"".join(stream(rosa, "en")))
    given = unpacked(b"".join(stream(rosa, "en", is_given=True)))
    assert CANARY not in given and "Went" not in given
    assert "hazel canary of the breakfast" in given, "the rest is in it, or the test is blind"


def test_the_pages_of_both_copies_keep_them_apart(whole_story):
    rosa, copies = whole_story.rosa.person, {}
    for who, method, name, ids in (("rosa", "get", "me_copy_file", ()), ("carmen", "post", "copy_for", (rosa.pk,))):
        browser: Client = sign_in(whole_story, who)
        with no_scope():
            answer = getattr(browser, method)(reverse(name, args=ids), {"words": "She sat with me and showed an ID."})
            assert answer["Content-Type"] == "application/zip", who
            copies[who] = unpacked(b"".join(answer))
    assert CANARY in copies["rosa"] and CANARY not in copies["carmen"]


@pytest.mark.parametrize("who", ["rosa", "dante"])
def test_no_item_of_a_consent_holds_it(whole_story, who):
    check_items_of_consents(whole_story, who, CANARY)


def test_no_message_and_no_entry_holds_it_or_tells_that_it_was_written(whole_story):
    check_messages_and_entries(CANARY)
    ids = {str(pk) for pk in Felt.objects.values_list("pk", flat=True)}
    assert ids and not ids & {str(one.object_id) for one in Entry.objects.all()}
    assert not Entry.objects.filter(act__contains="felt").exists()


def test_it_is_there_for_its_writer_and_locked_in_the_database(whole_story):
    from django.db import connection

    saved = Saved.objects.get(pk=whole_story.saved.pk)
    assert queries.get_felt(saved, whole_story.saved_day).words == CANARY
    for who in ("sam", "dante", "pat", "lien", "carmen"):
        assert queries.get_saved(whole_story.people[who].person.pk, saved.pk) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM outings_felt")
        assert all(CANARY not in words for (words,) in cursor.fetchall())


def test_no_other_module_can_reach_one():
    """A way out that is built tomorrow would have to name the model, or ask for it by the saved thing: found here."""
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if names_it(path)}
    assert found - MAY_NAME == set()
    assert found == MAY_NAME, "or the test is blind"
    assert Felt._meta.get_field("saved").remote_field.hidden, "from what is saved no way leads to it"


def names_it(path: Path) -> bool:
    """Whether a module imports, defines or names the model or its table."""
    if "migrations" in path.parts:
        return False
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and any(one.name == "Felt" for one in node.names):
            return True
        if isinstance(node, ast.ClassDef) and node.name == "Felt":
            return True
        if isinstance(node, ast.Attribute) and node.attr == "Felt":
            return True
        if isinstance(node, ast.Constant) and node.value in ("outings_felt", "Felt", "felt"):
            return path.name not in ("day.py", "lines.py")  # names of a form, and whose it is
    return False


def test_no_way_out_is_for_it():
    assert list_ways_for("felt", "outing") == []
