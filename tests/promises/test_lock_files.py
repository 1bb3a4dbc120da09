"""The locks install the same files everywhere, and name no address to get them from (K3)."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;\\]+)(?P<marker> ; [^\\]+)?\s*\\?$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def read(lock: str) -> dict[str, set[str]]:
    """Versions by name; a name has two where the Python version decides."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text().splitlines():
        if match := REQUIREMENT.match(line):
            found.setdefault(match["name"], set()).add(match["version"])
    return found


def normalized(requirement: str) -> str:
    """The name in a requirement such as `django-allauth[mfa]>=65`."""
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock):
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_each_line_of_a_lock_is_a_version_or_a_hash(lock):
    for line in (ROOT / lock).read_text().splitlines():
        assert REQUIREMENT.match(line) or HASH.match(line), line


@pytest.mark.parametrize("lock", LOCKS)
def test_each_requirement_has_a_hash(lock):
    lines = (ROOT / lock).read_text().splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if REQUIREMENT.match(line):
            assert HASH.match(after), line


def test_the_lock_covers_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked, dev_locked = read("requirements.txt"), read("requirements-dev.txt")
    assert {normalized(name) for name in project["project"]["dependencies"]} <= locked.keys()
    assert {normalized(name) for name in project["dependency-groups"]["dev"]} <= dev_locked.keys()


def test_tests_run_with_the_versions_that_are_served():
    served, tested = read("requirements.txt"), read("requirements-dev.txt")
    assert {name: tested.get(name) for name in served} == served
