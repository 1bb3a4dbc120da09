"""A private reflection has no way out (C4): a canary in one is looked for on all pages and in all files."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from tests.promises.test_every_url import FOR_ONE_ALONE

from alongside.audit.models import Entry
from alongside.interop.actions import ask_for_export, start_export
from alongside.interop.files import stream
from alongside.people import outbox
from alongside.people.models import Merge, OutgoingMessage
from alongside.privacy.items import gather
from alongside.reflections import queries
from alongside.rules import disclosure
from alongside.rules.consent import ITEMS
from alongside.rules.exports import KINDS, SCOPES
from alongside.rules.roster.written_files import FORMATS

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
    now = timezone.now()
    for days, (scope, form) in enumerate((scope, form) for scope in SCOPES for form in FORMATS):
        for who in ("carmen", "dolores"):
            by, moment = whole_story.people[who].actor, now + timedelta(days=4 * days)
            export = ask_for_export(
                kind=kind, scope=scope, file_format=form, language="en", words="For the county.", by=by, now=moment
            )
            export = start_export(export=export, by=by, now=moment)
            content = b"".join(stream(export, whole_story.program, by))
            assert content
            assert CANARY.encode() not in content
            assert CANARY not in unpacked(content)


def unpacked(content: bytes) -> str:
    """The text of all parts of a workbook; of other files, nothing."""
    import io
    import zipfile

    if not zipfile.is_zipfile(io.BytesIO(content)):
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


@pytest.mark.parametrize("who", ["rosa", "dante"])
def test_no_item_of_a_consent_holds_it(whole_story, who):
    for language in ("en", "es"):
        told = gather(whole_story.people[who].person, ITEMS, language)
        assert CANARY not in str(told)
    assert len(gather(whole_story.rosa.person, ITEMS, "en")) > 5, "there was something to tell, or the test is blind"


def test_no_message_and_no_entry_holds_it(whole_story):
    for hour in range(24):
        outbox.send_due(now=timezone.now() + timedelta(days=1, hours=hour))
    assert len(mail.outbox) > 0
    assert CANARY not in "".join(f"{one.subject}{one.body}{one.to}" for one in mail.outbox)
    for model in (Entry, OutgoingMessage, Merge):
        for row in model._base_manager.all():
            assert CANARY not in str(vars(row))


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
    assert [way for way in disclosure.WAYS if "reflection" in way] == []
    assert [item for item in ITEMS if "reflection" in item] == []
