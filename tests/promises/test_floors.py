"""The floors of the house hold, every package is on one, and the contract has teeth."""

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "alongside"
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today"), ("time", "time")}


def lint(root: Path) -> subprocess.CompletedProcess:
    """Run import-linter over a copy of the house or the house itself."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
    )


def test_a_package_uses_only_those_below_it():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("people/names.py", "import alongside.matching"),
        ("council/queries.py", "import alongside.workforce"),
        ("rules/vocabulary.py", "import django"),
        ("rules/vocabulary.py", "import urllib.request"),
        ("newcomer/__init__.py", ""),
    ],
)
def test_a_forbidden_import_is_found(tmp_path, file, line):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    target = tmp_path / "src" / "alongside" / file
    target.parent.mkdir(exist_ok=True)
    with target.open("a") as opened:
        opened.write(f"\n{line}\n")
    assert lint(tmp_path).returncode == 1


def test_every_installed_package_has_a_floor():
    from django.conf import settings

    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    floors = set(re.findall(r"\w+", contract["importlinter:contract:floors"]["layers"]))
    assert set(settings.PACKAGES) <= floors


def list_rules() -> list[Path]:
    """Every module of the pure rules."""
    return sorted((PACKAGE / "rules").rglob("*.py"))


@pytest.mark.parametrize("path", list_rules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rules_read_no_clock_and_open_no_file(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            assert called.id not in {"open", "print", "input"}, f"line {node.lineno}"
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            assert (called.value.id, called.attr) not in CLOCKS, f"line {node.lineno}"
