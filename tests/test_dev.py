"""dev.py: its command line, its counting, and that it never calls a failure a success."""

import json
import os
import subprocess
import sys
from pathlib import Path

import dev
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("demo", {"do": dev.demo, "port": 8000, "fresh": False, "no_serve": False}),
        ("demo --port 9000 --fresh --no-serve", {"port": 9000, "fresh": True, "no_serve": True}),
        ("test", {"do": dev.test, "arguments": []}),
        ("test tests/rules -k x --lf", {"do": dev.test, "arguments": ["tests/rules", "-k", "x", "--lf"]}),
        ("install", {"do": dev.install_only}),
        ("lint", {"do": dev.lint}),
        ("bill", {"do": dev.bill}),
        ("bench", {"do": dev.bench}),
        ("deep", {"do": dev.deep, "steps": 1_000_000, "database": "both", "seed": None}),
        ("deep --steps 9 --database sqlite --seed 0", {"steps": 9, "database": "sqlite", "seed": 0}),
        ("coverage", {"do": dev.coverage, "parts": [], "write": False}),
        ("coverage consent --write", {"parts": ["consent"], "write": True}),
        ("coverage consent audit", {"parts": ["consent", "audit"]}),
        ("messages check", {"do": dev.messages, "arguments": ["check"]}),
    ],
)
def test_the_command_line(line, expected):
    options = vars(dev.parser().parse_args(line.split()))
    assert {name: options[name] for name in expected} == expected


def test_dev_needs_only_the_standard_library():
    code = "import sys; sys.path.insert(0, '.'); import dev; print(*{name.split('.')[0] for name in sys.modules})"
    command = [sys.executable, "-I", "-S", "-c", code]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert set(found) - set(sys.stdlib_module_names) <= {"dev", "__main__"}


REPORT = """<?xml version="1.0"?><testsuites><testsuite name="pytest" tests="10" failures="1" errors="2" skipped="3"/>
</testsuites>"""


def test_the_counts_of_several_runs_add_up(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    summary = dev.Summary()
    summary.add_report(report)
    summary.add_report(report)
    assert (summary.passed, summary.failed, summary.skipped) == (8, 6, 6)
    assert summary.exit_code == 1


def run_part(monkeypatch, tmp_path, code: int) -> dev.Summary:
    monkeypatch.setattr(dev, "REPORTS", tmp_path)
    monkeypatch.setattr(dev, "run", lambda *command, **more: code)
    summary = dev.Summary()
    dev.pytest_part(summary, "PostgreSQL")
    return summary


@pytest.mark.parametrize("code", [1, 2, dev.NO_TESTS, -9])
def test_a_part_that_ends_badly_fails_the_whole_even_without_a_report(monkeypatch, tmp_path, code):
    assert run_part(monkeypatch, tmp_path, code).exit_code == 1


def test_missing_postgresql_is_told_and_fails_only_where_it_is_required(monkeypatch, tmp_path):
    monkeypatch.delenv("REQUIRE_POSTGRES", raising=False)
    summary = run_part(monkeypatch, tmp_path, dev.NO_POSTGRES)
    assert summary.exit_code == 0
    assert "apt-get install" in summary.notices[0]
    monkeypatch.setenv("REQUIRE_POSTGRES", "1")
    assert run_part(monkeypatch, tmp_path, dev.NO_POSTGRES).exit_code == 1


MACHINE = """<testsuites><testsuite tests="2"><testcase><properties><property name="steps" value="{}"/>
<property name="refused" value="7"/></properties></testcase></testsuite></testsuites>"""


@pytest.mark.parametrize(("steps", "code"), [(50, 0), (49, 1), (None, 1)])
def test_a_deep_run_with_fewer_steps_than_asked_fails(monkeypatch, capsys, tmp_path, steps, code):
    seen = []

    def run(*command, **more):
        seen.append(more)
        if steps is not None:
            report = next(part for part in command if str(part).startswith("--junitxml="))
            Path(str(report).partition("=")[2]).write_text(MACHINE.format(steps))
        return 0

    monkeypatch.setattr(dev, "REPORTS", tmp_path)
    monkeypatch.setattr(dev, "set_up", lambda *, dev: None)
    monkeypatch.setattr(dev, "run", run)
    assert dev.main(["deep", "--steps", "50", "--seed", "3"]) == code
    assert len(seen) == 6, "both machines and the storm on both databases"
    assert all((one["TEST_STEPS"], one["TEST_SEED"]) == ("50", "3") for one in seen)
    assert f"{steps or 0} steps from seed 3 in 0 s" in capsys.readouterr().out
    seen.clear()
    written = []
    monkeypatch.setattr(dev, "write_steps", lambda *row: written.append(row))
    one = ["deep", "--steps", "50", "--machine", "storm", "--database", "sqlite"]
    assert dev.main(one) == code
    assert len(seen) == 1 and written == []
    assert dev.main([*one, "--write"]) == code
    assert written == ([("storm/sqlite", 50)] if code == 0 else [])
    monkeypatch.setattr(dev, "run", lambda *command, **more: run(*command, **more) or 1)
    assert dev.main([*one, "--write"]) == 1
    assert len(written) == (code == 0), "steps of a run in which something was found do not count"


def test_a_lint_that_complains_fails_the_whole(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(dev, "REPORTS", tmp_path)
    monkeypatch.setattr(dev, "set_up", lambda *, dev: None)
    monkeypatch.setattr(dev, "run", lambda command, *rest, **more: "ruff" in str(command))
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().out.rstrip().endswith("0 passed, 0 failed, 0 skipped")


def test_tests_write_to_memory_where_there_is_room_and_nobody_chose_otherwise(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "IN_MEMORY", tmp_path)
    monkeypatch.setattr(dev, "ROOM", 1)
    monkeypatch.delenv("TMPDIR", raising=False)
    assert dev.place_of_tests() == {"TMPDIR": str(tmp_path)}
    monkeypatch.setattr(dev, "ROOM", 2**80)
    assert dev.place_of_tests() == {}
    monkeypatch.setattr(dev, "ROOM", 1)
    monkeypatch.setattr(dev, "IN_MEMORY", tmp_path / "not there")
    assert dev.place_of_tests() == {}
    monkeypatch.setattr(dev, "IN_MEMORY", tmp_path)
    monkeypatch.setenv("TMPDIR", "elsewhere")
    assert dev.place_of_tests() == {}


def test_a_changed_lock_is_installed_again_and_an_unchanged_one_is_not(monkeypatch, tmp_path):
    done = []
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.touch()
    for name, value in (("VENV", tmp_path), ("PYTHON", python), ("STAMP", tmp_path / "stamp.json")):
        monkeypatch.setattr(dev, name, value)
    monkeypatch.setattr(dev, "install", done.append)
    monkeypatch.setattr(dev, "must", lambda *command, **more: None)
    dev.set_up(dev=True)
    dev.set_up(dev=True)
    dev.set_up(dev=False)
    assert done == [dev.DEV_LOCK]
    stamp = json.loads(dev.STAMP.read_text())
    dev.STAMP.write_text(json.dumps({**stamp, dev.LOCK: "earlier"}))
    dev.set_up(dev=False)
    assert done == [dev.DEV_LOCK, dev.LOCK]


def test_the_launcher_is_the_command_of_this_copy(monkeypatch, tmp_path):
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "bin" / "python")
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    dev.write_launcher()
    launcher = tmp_path / "bin" / "alongside"
    assert os.access(launcher, os.X_OK)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "alongside.settings", "ALONGSIDE_HOME": str(tmp_path)}
    result = subprocess.run([sys.executable, launcher, "--help"], capture_output=True, text=True, env=env)
    assert result.returncode == 0, result.stderr
    assert "usage: alongside" in result.stdout


def test_the_check_of_a_new_machine_is_sound_bash_and_names_no_host():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
    assert "://" not in script.read_text()


def test_what_no_test_runs_is_told():
    file = {
        "missing_lines": [4, 9], "missing_branches": [[3, 4], [4, 5], [7, -1]],
        "summary": {"covered_lines": 8, "num_statements": 10, "covered_branches": 5, "num_branches": 10},
    }  # fmt: skip
    assert dev.not_run(file) == ["line 4", "line 9", "from 3 to 4", "from 7 to the end"]
    assert dev.share_of([file]) == 65
    whole = {"missing_lines": [], "missing_branches": [], "summary": file["summary"]}
    assert dev.not_run(whole) == []
    assert dev.share_of([]) == 0


def test_a_part_with_a_hole_and_one_that_is_not_there_fail(capsys):
    summary = {"covered_lines": 8, "num_statements": 10, "covered_branches": 5, "num_branches": 10}
    whole = {"missing_lines": [], "missing_branches": [], "summary": summary}
    files = {"src/alongside/rules/access.py": whole, "src/alongside/audit/keys.py": whole | {"missing_lines": [7]}}
    parts = {name: dev.WHOLE[name] for name in ("access", "audit", "matching")}
    assert dev.tell_coverage(files, {"access": parts["access"]}) == []
    assert dev.tell_coverage(files, parts) == ["src/alongside/audit/keys.py: line 7", "matching"]
    assert "access: 65.00 %" in capsys.readouterr().out


def test_what_has_to_be_run_whole_is_there():
    for places, tests in dev.WHOLE.values():
        assert all((ROOT / one).exists() for one in (*places, *tests))
