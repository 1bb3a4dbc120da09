#!/usr/bin/env python3
"""One door for work on Alongside: `dev.py install | demo | test | deep | coverage | lint | bench | messages | bill`.

Standard library only. It makes `.venv`, installs the hashed lock into it once (again only when the lock changes),
compiles the translations, and runs everything with `src` on the path, so nothing has to be activated or built.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "alongside-locks.json"
LOCK, DEV_LOCK = "requirements.txt", "requirements-dev.txt"
REPORTS = ROOT / "var" / "reports"
NO_POSTGRES = 69
"""Exit code of `tests.postgres` when there is no PostgreSQL to run (EX_UNAVAILABLE)."""
NO_TESTS = 5
"""Exit code of pytest when it found nothing to run."""

VENV_MISSING = "Python's venv module is missing. On Debian or Ubuntu:\n    apt-get install -y python3-venv"
POSTGRES_MISSING = """PostgreSQL was NOT tested: no server was found. On Debian or Ubuntu:
    apt-get install -y --no-install-recommends postgresql"""
BROWSER_MISSING = """The browser tests were SKIPPED: no Chromium was found. On Debian or Ubuntu:
    apt-get install -y --no-install-recommends chromium"""
IN_MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30  # noqa: S108  (only tests are put there, in folders of their own)
"""Where tests put their databases, and the bytes that must be free. Everything is written as durably as in production,
but a disk needs milliseconds for each commit; that a killed process loses nothing shows in memory as well."""
WRAPPERS: dict[str, tuple[str, ...]] = {"sqlite": (), "postgres": ("-m", "tests.postgres")}
"""Of each database what starts it before pytest."""
MACHINES = {
    "consents": "tests/privacy/test_consent_machine.py",
    "links": "tests/partners/test_link_machine.py",
    "storm": "tests/races/test_consent_storm.py",
}
"""What `deep` runs: two machines with one process, and eight processes at once."""
IN_DEEP = (
    "src/alongside/rules/consent/", "src/alongside/rules/disclosure.py", "src/alongside/rules/partner_links.py",
    *(f"src/alongside/privacy/{name}" for name in (
        "actions/", "models/", "files.py", "guards.py", "items.py", "restriction_queries.py", "writing.py",
    )),
    *(f"src/alongside/partners/{name}" for name in ("actions/", "guards.py", "models.py")),
    "tests/machines.py", "tests/races/consent_storm.py",
)  # fmt: skip
"""The code of which a deep run says something; its steps are counted for this very code."""
WHOLE = {
    "consent": (("src/alongside/rules/consent/",), ("tests/rules/consent",)),
    "disclosure": (
        ("src/alongside/rules/disclosure.py", "src/alongside/rules/restriction.py"),
        ("tests/rules/test_disclosure.py", "tests/rules/test_restriction.py", "tests/rules/test_emergency.py",
         "tests/rules/test_legal_demand.py", "tests/rules/test_mandated_report.py", "tests/rules/test_report_lists.py"),
    ),
    "access": (("src/alongside/rules/access.py",), ("tests/rules/test_access.py",)),
    "audit": (
        tuple(f"src/alongside/audit/{name}.py" for name in (
            "actions", "acts", "canonical", "fields", "history", "ids", "keys", "queries", "rotation", "sealing",
            "triggers", "vendor_sql",
        )),
        ("tests/audit",),
    ),
    "matching": (("src/alongside/rules/matching/",), ("tests/rules/matching",)),
}  # fmt: skip
"""Of which every line and every branch is run by their own tests (privacy rule K1): places, and the tests."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

LINTERS = {
    "ruff": ["ruff", "check", "."],
    "types": ["mypy"],
    "floors": ["lint-imports"],
}
LAUNCHER = """#!{python}
import sys
sys.path.insert(0, {src!r})
from alongside.cli import main
sys.exit(main())
"""


# --- the environment ----------------------------------------------------------------------------------------------
def say(line: str) -> None:
    """A line about what dev.py itself does, apart from what the tools print."""
    print(f"[dev] {line}", flush=True)


def environment(**more: str) -> dict[str, str]:
    """The environment of everything we start: the package is found in `src`, output is not held back.

    Compiled files are kept even where they are switched off: a run of the tests starts some hundred processes, and each
    would compile everything again.
    """
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "VIRTUAL_ENV": str(VENV), **more}


def run(*command: str | Path, **more: str) -> int:
    """Run a command in the root and return its exit code. `more` are environment variables."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(**more), check=False).returncode


def must(*command: str | Path, **more: str) -> None:
    """Run a command that has to succeed."""
    code = run(*command, **more)
    if code:
        sys.exit(code)


def digest(lock: str) -> str:
    """The sha256 of a lock file."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """Which locks are installed in `.venv`, by their sha256."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def set_up(*, dev: bool) -> None:
    """Make `.venv` and install the lock into it, unless this very lock is installed already."""
    if sys.version_info < (3, 11):  # noqa: UP036  (dev.py is what somebody starts with the Python they have)
        sys.exit(f"Alongside needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    wanted = {LOCK: digest(LOCK), **({DEV_LOCK: digest(DEV_LOCK)} if dev else {})}
    if not PYTHON.exists() or wanted.items() - installed().items():
        make_venv()
        install(DEV_LOCK if dev else LOCK)
        STAMP.write_text(json.dumps(wanted))
    write_launcher()
    must(PYTHON, "-m", "alongside.web.messages", "compile")


def make_venv() -> None:
    """Create `.venv` with pip in it."""
    if PYTHON.exists():
        return
    say("making .venv")
    try:
        import ensurepip  # noqa: F401  (Debian ships venv without it until python3-venv is installed)
        import venv
    except ImportError:
        sys.exit(VENV_MISSING)
    venv.create(VENV, with_pip=True, clear=VENV.exists())


def install(lock: str) -> None:
    """Install a lock with uv, which is quick; with plain pip where uv cannot be had. Hashes are checked by both."""
    say(f"installing {lock}")
    started = time.monotonic()
    quiet = ["--quiet", "--disable-pip-version-check"]
    if run(PYTHON, "-m", "pip", "install", *quiet, "uv") == 0:
        compiled = ["--compile-bytecode", "--require-hashes", "--quiet", "-r", lock]
        must(PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, *compiled)
    else:
        say("uv could not be installed; using pip")
        must(PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", "-r", lock)
    say(f"installed in {time.monotonic() - started:.0f} s")


def write_launcher() -> None:
    """Put `alongside` into `.venv/bin`: the console command of this working copy, without a build."""
    launcher = PYTHON.with_name("alongside")
    text = LAUNCHER.format(python=PYTHON, src=str(ROOT / "src"))
    if not launcher.exists() or launcher.read_text() != text:
        launcher.write_text(text)
        launcher.chmod(0o755)


def install_only(_options: argparse.Namespace) -> int:
    """What a server needs, and no more."""
    set_up(dev=False)
    say(f"ready: {PYTHON.with_name('alongside')}")
    return 0


# --- demo ---------------------------------------------------------------------------------------------------------
def demo(options: argparse.Namespace) -> int:
    """The demo program on this machine."""
    set_up(dev=False)
    home = ROOT / "var" / "demo"
    if options.fresh and home.exists():
        say("removing the earlier demo")
        shutil.rmtree(home)
    settings = {"ALONGSIDE_DEMO": "1", "ALONGSIDE_HOME": str(home), "ALONGSIDE_URL": f"http://localhost:{options.port}"}
    must(PYTHON, "-m", "alongside", "demo", "--port", str(options.port), **settings)
    if options.no_serve:
        return 0
    try:
        return run(PYTHON, "-m", "alongside", "serve", "--port", str(options.port), **settings)
    except KeyboardInterrupt:
        return 0


# --- tests --------------------------------------------------------------------------------------------------------
@dataclass
class Summary:
    """What the runs of one `test` added up to."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def add_report(self, report: Path) -> None:
        """Add the counts of one JUnit report."""
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314  (pytest wrote it just now)
            total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            self.failed += failed
            self.skipped += skipped
            self.passed += max(0, total - failed - skipped)

    @property
    def exit_code(self) -> int:
        """0 only when every part did what it should."""
        return 1 if self.broken or self.failed else 0

    def tell(self) -> int:
        """Say what came out, last of all; returns the exit code."""
        for line in (*self.notices, *(f"FAILED {name}" for name in self.broken)):
            print(f"\n*** {line}")
        print(f"\n{self.passed} passed, {self.failed} failed, {self.skipped} skipped", flush=True)
        return self.exit_code


def place_of_tests() -> dict[str, str]:
    """The environment that puts temporary files into memory, where there is room and nobody chose otherwise."""
    if "TMPDIR" in os.environ or not os.access(IN_MEMORY, os.W_OK) or shutil.disk_usage(IN_MEMORY).free < ROOM:
        return {}
    return {"TMPDIR": str(IN_MEMORY)}


def pytest_part(
    summary: Summary, name: str, *arguments: str, wrapper: tuple[str, ...] = (), **more: str
) -> Path:  # fmt: skip
    """Run pytest as one part of the whole, and count what it did; returns its report, which may be missing."""
    say(f"tests: {name}")
    started = time.monotonic()
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    code = run(PYTHON, *wrapper, "-m", "pytest", f"--junitxml={report}", *arguments, **place_of_tests(), **more)
    if code == NO_POSTGRES:
        summary.notices.append(POSTGRES_MISSING)
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            summary.broken.append(f"{name}: no PostgreSQL, and REQUIRE_POSTGRES=1")
        return report
    if report.exists():
        summary.add_report(report)
    if code:
        summary.broken.append(f"{name}: no tests were found" if code == NO_TESTS else f"{name}: exit code {code}")
    say(f"tests: {name} took {time.monotonic() - started:.0f} s")
    return report


def lint_all() -> list[str]:
    """Run every linter; returns the names of those that complained."""
    complaints = []
    for name, (tool, *arguments) in LINTERS.items():
        say(f"lint: {name}")
        if run(PYTHON.with_name(tool), *arguments):
            complaints.append(name)
    return complaints


def test(options: argparse.Namespace) -> int:
    """Everything, or with arguments one run of pytest on SQLite."""
    set_up(dev=True)
    if options.arguments:
        return run(PYTHON, "-m", "pytest", *options.arguments, **place_of_tests())
    summary = Summary(broken=[f"lint: {name}" for name in lint_all()])
    rest = ("tests", "--ignore=tests/rules")
    # Three on two processors, for much of it waits for the disk; one by one, for a few tests take a minute each.
    spread = ("-m", "not browser", "-n", "3", "--maxschedchunk", "1")
    pytest_part(summary, "rules", "tests/rules", "-q", "-n", "2", "--dist", "loadgroup")
    pytest_part(summary, "SQLite", *rest, *spread)
    pytest_part(summary, "PostgreSQL", *rest, *spread, wrapper=WRAPPERS["postgres"])
    pytest_part(summary, "browser", *rest, "-m", "browser", "-n", "2", "--maxschedchunk", "1")
    if not any(map(shutil.which, BROWSERS)):
        summary.notices.append(BROWSER_MISSING)
    return summary.tell()


def deep(options: argparse.Namespace) -> int:
    """Everything in any order, also by eight processes at once: nothing leaves without a live consent.

    Each part is told how many steps it owes, counts those it took, and fails with fewer.
    """
    set_up(dev=True)
    summary, seed = Summary(), secrets.randbelow(2**32) if options.seed is None else options.seed
    chosen = {"TEST_STEPS": str(options.steps), "TEST_PARTS": str(options.parts), "TEST_SEED": str(seed)}
    for database in WRAPPERS if options.database == "both" else (options.database,):
        for name, file in MACHINES.items():
            if options.machine not in (name, "all"):
                continue
            say(f"{name} on {database}: {options.steps} steps in {options.parts} parts, seeds from {seed}")
            started, part = time.monotonic(), f"{name} {database}"
            spread = (file, "-q", "-n", str(options.processes), "--maxschedchunk", "1")
            report = pytest_part(summary, part, *spread, wrapper=WRAPPERS[database], **chosen)
            steps = count_steps(report)
            say(f"{name} on {database}: {steps} steps from seed {seed} in {time.monotonic() - started:.0f} s")
            if steps < options.steps:
                summary.broken.append(f"{part}: {steps} steps instead of {options.steps}")
            elif options.write and not summary.exit_code:
                write_steps(f"{name}/{database}", steps)
    return summary.tell()


def write_steps(of: str, steps: int) -> None:
    """Add these steps to those of the same code in docs/proofs.md."""
    from tests.mutants import proofs

    row = proofs.add_steps(of, steps, proofs.files_of((*IN_DEEP, MACHINES[of.partition("/")[0]])))
    say(f"{of}: {row.seen} steps of this code")


def count_steps(report: Path) -> int:
    """How many steps the parts of a machine say they took."""
    said = ElementTree.parse(report).getroot().iter("property") if report.exists() else ()  # noqa: S314  (our own)
    return sum(int(one.get("value", 0)) for one in said if one.get("name") == "steps")


def coverage(options: argparse.Namespace) -> int:
    """Whether their own tests run every line and branch of what people's safety hangs on (K1)."""
    if unknown := set(options.parts) - WHOLE.keys():
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(WHOLE)}")
    set_up(dev=True)
    REPORTS.mkdir(parents=True, exist_ok=True)
    parts = {name: WHOLE[name] for name in options.parts or WHOLE}
    data, report = {"COVERAGE_FILE": str(REPORTS / "coverage")}, REPORTS / "coverage.json"
    report.unlink(missing_ok=True)
    tests = [test for _places, tests in parts.values() for test in tests]
    pytest = ("-m", "pytest", "-q", "-n", "0", "--hypothesis-profile=ci", "--timeout=0", *tests)
    sources = "--source=alongside.rules,alongside.audit"
    begin = ("-m", "coverage", "run", "--branch", sources)
    code = run(PYTHON, *begin, *pytest, **place_of_tests(), **data)
    if "audit" in parts:  # some of it is written for one database alone
        again = (*WRAPPERS["postgres"], *begin, "--append", *pytest[: -len(tests)], *WHOLE["audit"][1])
        if (on_postgres := run(PYTHON, *again, **place_of_tests(), **data)) == NO_POSTGRES:
            print(POSTGRES_MISSING)
        code = code or on_postgres
    must(PYTHON, "-m", "coverage", "json", "-q", "-o", str(report), "--omit=*/migrations/*", **data)
    files = json.loads(report.read_text())["files"]
    if options.write and not code:
        write_coverage(files, parts)
    return int(bool(tell_coverage(files, parts) or code))


def write_coverage(files: dict[str, dict], parts: dict[str, tuple]) -> None:
    """Write what came of it into docs/proofs.md, with a digest of the code it was measured with (K1)."""
    from tests.mutants import proofs

    for name, (places, _tests) in parts.items():
        run_of, whole = sum_of(one for file, one in files.items() if file.startswith(places))
        proofs.write_row("coverage", name, run_of, whole, proofs.files_of(places))


def tell_coverage(files: dict[str, dict], parts: dict[str, tuple]) -> list[str]:
    """Say how much of each part is run, and name what is not; returns those places."""
    missing = []
    for name, (places, _tests) in parts.items():
        part = {file: one for file, one in files.items() if file.startswith(places)}
        say(f"{name}: {share_of(part.values()):.2f} % of lines and branches in {len(part)} modules")
        missing += [f"{file}: {one}" for file in sorted(part) for one in not_run(part[file])] if part else [name]
    print(*missing, sep="\n")
    say(f"{len(missing)} places are run by no test" if missing else "every line and branch of them is run")
    return missing


def share_of(files: Iterable[dict]) -> float:
    """How much of these files is run, in percent of lines and branches."""
    run_of, whole = sum_of(files)
    return 100 * run_of / max(1, whole)


def sum_of(files: Iterable[dict]) -> tuple[int, int]:
    """How many lines and branches of these files are run, and how many there are."""
    sums = [one["summary"] for one in files]
    run_of = sum(one["covered_lines"] + one["covered_branches"] for one in sums)
    return run_of, sum(one["num_statements"] + one["num_branches"] for one in sums)


def not_run(file: dict) -> list[str]:
    """Lines and branches of one file that no test runs; a branch from a line that is not run goes without saying."""
    lines = file["missing_lines"]
    ways = [
        f"from {start} to {max(end, 0) or 'the end'}" for start, end in file["missing_branches"] if start not in lines
    ]
    return [f"line {line}" for line in lines] + ways


def lint(_options: argparse.Namespace) -> int:
    """Style, security rules, types of the pure packages, floors."""
    set_up(dev=True)
    complaints = lint_all()
    print(f"failed: {', '.join(complaints)}" if complaints else "all linters passed")
    return 1 if complaints else 0


def bench(options: argparse.Namespace) -> int:
    """The benchmarks; they write docs/benchmarks.md."""
    set_up(dev=True)
    return run(PYTHON, "-m", "benchmarks", *options.arguments)


def messages(options: argparse.Namespace) -> int:
    """Collect the sentences of the interface into the catalogues, and say which have no Spanish yet."""
    set_up(dev=True)
    return run(PYTHON, "-m", "alongside.web.messages", *(options.arguments or ["update"]))


def bill(_options: argparse.Namespace) -> int:
    """Write docs/bill-of-materials.json from the lock."""
    return subprocess.run([sys.executable, "bill_of_materials.py"], cwd=ROOT, check=False).returncode


# --- the command line ---------------------------------------------------------------------------------------------
def parser() -> argparse.ArgumentParser:
    """The command line of dev.py."""
    top = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0])
    commands = top.add_subparsers(dest="command", required=True)
    one = commands.add_parser("install", help="make .venv with what is needed to serve, and the command alongside")
    one.set_defaults(do=install_only)
    one = commands.add_parser("demo", help="load the demo program and serve it on http://localhost:8000")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--fresh", action="store_true", help="remove the earlier demo first")
    one.add_argument("--no-serve", action="store_true", help="only load it")
    one.set_defaults(do=demo)
    one = commands.add_parser("deep", help="a million steps of consents, disclosures and stops on each database")
    one.add_argument("--steps", type=int, default=1_000_000, help="of each machine on each database")
    one.add_argument("--parts", type=int, default=20, help="into how many tests they are split")
    one.add_argument("--processes", type=int, default=2)
    one.add_argument("--machine", choices=[*MACHINES, "all"], default="all")
    one.add_argument("--database", choices=[*WRAPPERS, "both"], default="both")
    one.add_argument("--seed", type=int, help="that of an earlier run, to repeat it")
    one.add_argument("--write", action="store_true", help="add the steps to those in docs/proofs.md")
    one.set_defaults(do=deep)
    one = commands.add_parser("coverage", help="is every line and branch run of what people's safety hangs on")
    one.add_argument("parts", nargs="*", help=f"only some of {', '.join(WHOLE)}", metavar="part")
    one.add_argument("--write", action="store_true", help="write what came of it into docs/proofs.md")
    one.set_defaults(do=coverage)
    one = commands.add_parser("bill", help="write the bill of materials, after the lock changed")
    one.set_defaults(do=bill)
    for name, do, words in (
        ("test", test, "every test on both databases and in the browser; arguments go to pytest (one run on SQLite)"),
        ("lint", lint, "style, security rules, types, floors"),
        ("bench", bench, "run the benchmarks"),
        ("messages", messages, "collect and compile the translations"),
    ):
        one = commands.add_parser(name, help=words, description=words, prefix_chars="\0", add_help=False)
        one.add_argument("arguments", nargs="*")
        one.set_defaults(do=do)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = parser().parse_args(arguments)
    return options.do(options)


if __name__ == "__main__":
    sys.exit(main())
