"""docs/security-decisions.md says what the settings and the code say."""

import ast
import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from tests.promises.fields import KINDS

from alongside.interop.actions import rules as exports
from alongside.matching.actions.runs import MOST_PROPOSED
from alongside.people import known_passwords, passwords
from alongside.people.actions.accounts import INVITATION_DAYS
from alongside.people.form_limits import PER_HOUR
from alongside.people.views.account import CONFIRM_SECONDS
from alongside.rules.roster.limits import Limits

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "alongside"
PAGE = (ROOT / "docs" / "security-decisions.md").read_text()
ONE_LINE = " ".join(PAGE.split())

CRYPTO = ("hashlib", "hmac", "secrets", "ssl", "random", "cryptography", "django.core.signing", "django.utils.crypto",
          "django.contrib.auth.hashers")  # fmt: skip
"""Modules with which something is hashed, signed, encrypted or drawn by lot."""

WEAK = re.compile(r"\b(?:md5|sha1|MD5|SHA1|DES|RC4|ARC4|Blowfish|ECB|PKCS1v15)\b")


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """All that a file says, read once."""
    return list(ast.walk(ast.parse(path.read_text())))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module and name that a file imports from elsewhere, with dots."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def uses(path: Path, modules: tuple[str, ...]) -> set[str]:
    """Which of these modules a file imports, or something inside them."""
    return {one for one in modules for name in imports(path) if name == one or name.startswith(f"{one}.")}


@pytest.mark.parametrize("name", settings.ACCOUNT_RATE_LIMITS)
def test_each_limit_of_signing_in_is_told(name):
    assert f"| `{name}` | `{settings.ACCOUNT_RATE_LIMITS[name]}` |" in PAGE


def test_other_limits_are_told():
    assert f"{PER_HOUR} public forms for each address and hour" in ONE_LINE
    assert f"{exports.MOST_A_DAY} files of people for each account in 24 hours" in ONE_LINE
    assert f"more than {exports.MOST_ALONE} people waits for a second person" in ONE_LINE
    assert (exports.WAIT.total_seconds(), exports.VALID.total_seconds()) == (24 * 3600, 72 * 3600)
    assert MOST_PROPOSED == 3
    assert (INVITATION_DAYS, CONFIRM_SECONDS, settings.PASSWORD_RESET_TIMEOUT) == (14, 24 * 3600, 24 * 3600)
    assert settings.ACCOUNT_REAUTHENTICATION_TIMEOUT == 5 * 60


def test_passwords_are_told():
    lengths = passwords.ALONE, passwords.BESIDE_SECOND_FACTOR, passwords.LONGEST
    assert "At least {} characters alone, {} beside a second factor, at most {}".format(*lengths) in ONE_LINE
    assert [word for word in passwords.LOCAL_WORDS if f"`{word}`" not in PAGE] == []
    known = passwords._common()
    assert f"the {len(known):,} of any length that Django ships" in ONE_LINE
    assert f"Refused are: {known_passwords.count():,} widely known or leaked ones" in ONE_LINE


def test_sessions_are_told():
    assert f"| staff and peers | {settings.STAFF_IDLE_MINUTES} minutes | {settings.STAFF_LONGEST_HOURS} hours |" in PAGE
    assert f"(default) | {settings.SHARED_PHONE_IDLE_MINUTES} minutes | until the browser closes |" in PAGE
    assert f"| {settings.OWN_PHONE_DAYS} days | sign in again |" in PAGE
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE is True


def test_limits_of_files_are_told():
    limits, said = Limits(), dict(re.findall(r"^\| `(\w+)` \| ([\d,]+) \|$", PAGE, re.MULTILINE))
    assert {name: int(value.replace(",", "")) for name, value in said.items()} == {
        name: getattr(limits, name) for name in said
    }
    inside = {"line_characters", "characters", "shared_bytes", "small_bytes"}
    assert {one.name for one in fields(Limits)} - said.keys() == inside
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 6 * 1024 * 1024


def test_the_page_of_rosters_takes_the_files_that_are_told():
    from alongside.intake.forms.rosters import UploadForm

    accepted = UploadForm.base_fields["file"].widget.attrs["accept"].split(",")
    assert [one for one in accepted if f"`{one}`" not in PAGE] == []


def test_each_class_of_data_is_told():
    section = PAGE.partition("## 7.")[2].partition("## 8.")[0]
    assert [kind for kind in KINDS if f"`{kind}`" not in section] == []


def test_every_file_that_does_cryptography_is_in_the_inventory():
    section = PAGE.partition("## 8.")[2].partition("## 9.")[0]
    told = set(re.findall(r"`([\w/]+\.py)`", section))
    files = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if uses(path, CRYPTO)}
    files = {name for name in files if not name.startswith("demo/")}
    assert files - told == set()
    assert [name for name in told if not (SOURCE / name).is_file()] == []


def test_no_weak_algorithm_and_no_guessable_chance_is_used():
    for path in SOURCE.rglob("*.py"):
        assert not WEAK.search(path.read_text()), path
        if "random" in {name.split(".")[0] for name in imports(path)}:
            name = str(path.relative_to(SOURCE))
            assert name.startswith("demo/") or "import SystemRandom\n" in path.read_text(), name


NO_SECRETS = {("settings/environment.py", "token_hex(8)"): "part of the name of a file that lives for a moment"}


def test_secrets_have_at_least_128_bits():
    """Every secret of ours is drawn by `secrets`, and none that opens something has less than 16 bytes."""
    drawn = set()
    for path in SOURCE.rglob("*.py"):
        name = str(path.relative_to(SOURCE))
        drawn |= {(name, call) for call in re.findall(r"secrets\.(token_\w+\(\w+\))", path.read_text())}
    opening = {"people/actions/accounts.py", "mentoring/actions/feeds.py", "audit/keys.py", "settings/environment.py"}
    assert opening <= {name for name, _call in drawn}
    sizes = {(name, call): re.search(r"\((\w+)\)", call)[1] for name, call in drawn - NO_SECRETS.keys()}
    assert NO_SECRETS.keys() <= drawn
    assert {which for which, size in sizes.items() if size.isdigit() and int(size) < 16} == set()
    assert {size for size in sizes.values() if not size.isdigit()} <= {"SALT"}, "a size by another name is looked at"


def test_times_to_renew_are_told():
    """Those of what is served are also promised to whoever reports a weakness."""
    section = PAGE.partition("## 11.")[2]
    assert re.search(r"a known weakness in something that is served .*\| 7 days \|", section)
    assert re.search(r"a known weakness in a tool of developers only .*\| 30 days \|", section)
    assert "released within 7 days" in (ROOT / "SECURITY.md").read_text()
