"""The tests' own ground: no network, no mail, an emptied database, the story."""

import re
import smtplib
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django_scopes import ScopeError, scope
from tests.plugins.network import ReachedOutside, is_local

from alongside.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def test_another_machine_cannot_be_reached():
    with pytest.raises(ReachedOutside):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(ReachedOutside):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert is_local("/run/postgresql/socket", socket.AF_UNIX)
    assert is_local(("::1", 80, 0, 0), socket.AF_INET6)


def test_no_real_mail_is_sent():
    with pytest.raises(ReachedOutside):
        smtplib.SMTP("localhost")


def test_tests_run_in_a_home_of_their_own():
    assert settings.ALONGSIDE_HOME.name.startswith("alongside-")
    assert settings.ALONGSIDE_KEY_FILE.is_relative_to(settings.ALONGSIDE_HOME)


def test_the_story_is_scoped(program, other_program, carmen, marcus):
    from alongside.people.models import Person

    assert list(Person.objects.all()) == [carmen.person]
    with scope(program=other_program):
        assert list(Person.objects.all()) == [marcus.person]


def test_a_query_outside_a_program_raises(db):
    from alongside.people.models import Person

    with pytest.raises(ScopeError):
        Person.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_database_is_emptied_between_committed_tests(turn, program, rosa, unscoped):
    from alongside.audit.models import Entry
    from alongside.people.models import Person

    assert Person.objects.count() == 2
    assert Entry.objects.count() > 0


def test_every_setting_is_described_for_operators():
    names = re.compile(r'(?:flag|text|json_text|safe_address|number|number_between|words)\(\s*"([A-Z_]+)"')
    source = "".join(path.read_text() for path in (ROOT / "src" / "alongside" / "settings").glob("*.py"))
    page = (ROOT / "docs" / "run" / "settings.md").read_text()
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) == set(names.findall(source))


def test_every_command_is_named_for_operators():
    page = (ROOT / "docs" / "run" / "install.md").read_text() + (ROOT / "CHANGELOG.md").read_text()
    assert [command for command in COMMANDS if command not in page] == []


def test_no_test_asks_which_day_it_is_in_the_process():
    """It lives in UTC, the programs of the story do not: such a test fails each evening. They ask `day_there`."""
    asked = re.compile(r"timezone\.localdate\(\)|\bdate\.today\(\)")
    found = [str(file.relative_to(ROOT)) for file in (ROOT / "tests").rglob("*.py") if asked.search(file.read_text())]
    assert found == []
