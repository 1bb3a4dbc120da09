"""docs/proofs.md: what was measured last is of the code there is, and enough (K1)."""

import shutil
import subprocess
import sys
from pathlib import Path

import dev
import pytest
from tests.mutants import GOAL, SUBJECTS, proofs
from tests.promises.test_privacy_rules import read_rules

FAULTS = {name: [proofs.file_of(name)] for subject in SUBJECTS.values() for name in subject.modules}
PARTS = {name: proofs.files_of(places) for name, (places, _tests) in dev.WHOLE.items()}
WANTED = {("faults", name): files for name, files in FAULTS.items()}
WANTED |= {("coverage", name): files for name, files in PARTS.items()}
DEEP = {
    ("steps", f"{name}/{database}"): proofs.files_of((*dev.IN_DEEP, file))
    for name, file in dev.MACHINES.items()
    for database in dev.WRAPPERS
}
"""Steps of deep runs add up to a million, so a row of fewer stands there too."""

NO_FAULTS_YET = {"matching: the solver and its compiled twins"}
"""Parts that K1 names and `tests.mutants` has no subject for. What these answer is proven anew at each run."""


def list_not_shown() -> set[tuple[str, str]]:
    """What K1 asks and no row of this very code shows."""
    rows = proofs.read_rows()
    return {key for key, files in WANTED.items() if not proofs.is_of_this_code(rows.get(key), files)}


def test_every_row_is_of_something_we_measure_and_enough():
    rows = proofs.read_rows()
    assert set(rows) <= set(WANTED) | set(DEEP)
    assert all(file.is_file() for files in (*WANTED.values(), *DEEP.values()) for file in files)
    for key, row in rows.items():
        if key in WANTED and proofs.is_of_this_code(row, WANTED[key]):
            assert row.total and row.share >= (GOAL if row.what == "faults" else 1), row


def test_the_rule_is_open_as_long_as_something_is_not_shown():
    """K1 says that it is whole only when every module and part has a row of the code there is."""
    (rule,) = [one for one in read_rules() if one.number == "K1"]
    is_whole = not list_not_shown() and not NO_FAULTS_YET
    assert is_whole or rule.is_open, sorted(list_not_shown())
    assert {name.partition(":")[0] for name in NO_FAULTS_YET} <= set(dev.WHOLE)


def test_only_the_tool_writes_it():
    rows = proofs.read_rows()
    text = proofs.PAGE.read_text()
    assert text == proofs.HEAD + "".join(f"{proofs._write(rows[key])}\n" for key in sorted(rows))


def test_a_row_takes_the_place_of_the_one_before_and_falls_with_the_code(tmp_path):
    page, code = tmp_path / "proofs.md", tmp_path / "rule.py"
    code.write_text('"""A rule."""\n\ndef may(one):\n    """Whether."""\n    return one > 2  # why\n')
    proofs.write_row("faults", "rules.rule", 9, 10, [code], page)
    row = proofs.write_row("faults", "rules.rule", 8, 8, [code], page)
    proofs.write_row("coverage", "consent", 7, 7, [code], page)
    assert proofs.read_rows(page)["faults", "rules.rule"] == row and row.share == 1
    assert [what for what, _of in proofs.read_rows(page)] == ["coverage", "faults"]
    code.write_text('"""Another word."""\n\n\ndef may(one):\n    """Whether it may."""\n    return one > 2\n')
    assert proofs.is_of_this_code(row, [code]), "words around the code say nothing"
    code.write_text("def may(one):\n    return one >= 2\n")
    assert not proofs.is_of_this_code(row, [code]) and not proofs.is_of_this_code(None, [code])
    with pytest.raises(AssertionError):
        proofs.write_row("faults", "rules.rule", 11, 10, [code], page)


def test_steps_of_the_same_code_add_up_to_a_million(tmp_path):
    page, code = tmp_path / "proofs.md", tmp_path / "gate.py"
    code.write_text("def may(one):\n    return one > 2\n")
    for steps, seen in ((300_000, 300_000), (300_000, 600_000), (500_000, 1_000_000)):
        row = proofs.add_steps("storm/sqlite", steps, [code], page)
        assert (row.seen, row.total) == (seen, 1_000_000) and proofs.read_rows(page)["steps", "storm/sqlite"] == row
    code.write_text("def may(one):\n    return one >= 2\n")
    assert proofs.add_steps("storm/sqlite", 9, [code], page).seen == 9, "other code begins anew"


@pytest.mark.once
def test_the_command_writes_what_it_measured_and_only_the_whole(tmp_path):
    """For real, in a copy of the repository: one small module, its faults, its row; from a lot, none."""
    root = Path(__file__).resolve().parents[2]
    copy = tmp_path / "copy"
    keep = shutil.ignore_patterns(".git", ".venv", "var", "docs", "node_modules", "__pycache__", "*.mo", "locale")
    shutil.copytree(root, copy, ignore=keep)
    (copy / "docs").mkdir()
    command = [sys.executable, "-m", "tests.mutants", "access"]
    page = copy / "docs" / "proofs.md"
    small = copy / "tests" / "mutants" / "__init__.py"
    small.write_text(small.read_text().replace('("tests/rules/test_access.py", "tests/promises/test_reference.py")',
                                               '("tests/rules/test_access.py",)'))  # fmt: skip

    def run(*more: str) -> str:
        return subprocess.run(
            [*command, *more], cwd=copy, capture_output=True, text=True, check=False,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{copy / 'src'}:{copy}"},
        ).stdout  # fmt: skip

    run("--write", "--sample", "3")
    assert not page.exists()
    said = run("--write")
    ((key, row),) = proofs.read_rows(page).items()
    assert key == ("faults", "rules.access") and f"{row.seen} of {row.total} faults seen" in said
    assert proofs.is_of_this_code(row, [proofs.file_of("rules.access")])
    assert "0 of 0 faults seen" in run("--write", "--changed") and len(proofs.read_rows(page)) == 1
