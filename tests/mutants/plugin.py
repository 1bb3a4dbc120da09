"""A plugin of pytest: runs the collected tests once whole, then for each fault until one fails.

The processes are forks: what was imported and the database that was made are there, and go with each of them. A fault
in a function is put in as the function's code, and tried by the tests that called it when they ran whole; a changed
value of a module takes the place of the old one wherever that was imported, and is tried by all. Tests without a
database come first, and before them whichever saw a fault last.
"""

import ast
import contextlib
import importlib
import inspect
import json
import math
import os
import random
import signal
import sys
import threading
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings

from . import GOAL, SUBJECTS, proofs
from .making import Fault, make_faults

UNSEEN = proofs.ROOT / "var" / "mutants"

SLOW_TIMES, SLOW_LEAST = 5, 10
"""A fault may make the tests run for ever: it is seen when they take five times as long, and ten seconds at least, of
the processor's time: on a busy machine nothing is seen that is only slow."""


def pytest_configure(config):
    """Invented values without a look at the clock: else a slow one would count as a fault that was seen."""
    quiet = settings(suppress_health_check=list(HealthCheck), deadline=None, database=None, derandomize=True)
    settings.register_profile("faults", quiet)
    settings.load_profile("faults")


def pytest_addoption(parser):
    """The option by which the command says what to change."""
    parser.addoption("--faults-in", choices=sorted(SUBJECTS))
    parser.addoption("--sample", type=int, default=0, help="only so many of the faults, drawn by lot")
    parser.addoption("--seed", type=int, default=1, help="the lot")
    parser.addoption("--write", action="store_true", help="write what came of it into docs/proofs.md")
    parser.addoption("--changed", action="store_true", help="only modules whose row there is missing or of other code")
    parser.addoption(
        "--unseen", action="store_true", help="only what the latest run did not see, as on another database"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """All tests once; then each fault. Fails when too many were not seen."""
    subject = session.config.getoption("--faults-in")
    if not subject:
        return None
    items = sorted(session.items, key=lambda item: "db" in item.fixturenames)
    modules = {importlib.import_module(f"alongside.{name}").__file__: name for name in SUBJECTS[subject].modules}
    calls, seconds = {}, {}
    for place, item in enumerate(items):  # with a next one always: what was made for all of them stays
        begun = time.process_time()
        with calls_to(modules) as calls[item.nodeid]:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=items[(place + 1) % len(items)])
        seconds[item.nodeid] = time.process_time() - begun
    if session.testsfailed:
        return True
    chosen = [name for name in SUBJECTS[subject].modules if not session.config.getoption("--changed") or is_due(name)]
    faults = list_faults(chosen)
    in_each, unseen = Counter(name for name, _fault in faults), {name: [] for name in chosen}
    if session.config.getoption("--unseen"):
        left = {name: unseen_before(name) for name in chosen}
        faults = [(name, fault) for name, fault in faults if left[name] is None or fault.known_as in left[name]]
    total, sample = len(faults), session.config.getoption("--sample")
    if sample and sample < total:
        faults = random.Random(session.config.getoption("--seed")).sample(faults, sample)
    is_whole = len(faults) == total  # what was drawn by lot is not the whole
    for name in chosen:
        module = importlib.import_module(f"alongside.{name}")
        for fault in [fault for of_module, fault in faults if of_module == name]:
            callers = [item for item in items if may_see(module, name, fault, calls[item.nodeid])]
            patience = max(SLOW_LEAST, int(sum(seconds[item.nodeid] for item in callers) * SLOW_TIMES))
            by = seen_by(module, fault, callers, patience) if callers else None
            if by is None:
                where = fault.owner or fault.target
                print(f"\nnot seen: {name}:{fault.line} {where}: {fault.what}", end="", flush=True)
                unseen[name].append(fault.known_as)
            else:
                items.remove(callers[by])
                items.insert(0, callers[by])
        if is_whole:  # at once: what comes after may break the run
            keep(name, unseen[name], in_each[name], write=session.config.getoption("--write"))
    missed = sum(map(len, unseen.values()))
    if is_whole:
        seen, of = in_each.total() - missed, in_each.total()
        low, high = (seen / max(of, 1),) * 2
    else:
        seen, of = len(faults) - missed, len(faults)
        low, high = between(seen, of)
    share = seen / max(of, 1)
    print(f"\n{subject}: {seen} of {of} faults seen, {share:.1%}; of all {in_each.total()}: {low:.1%} to {high:.1%}")
    if of and share < GOAL:
        session.testsfailed = 1
    return True


def unseen_before(name: str) -> list[str] | None:
    """What the latest whole run did not see of this very code, on whatever database; None where there was none."""
    file = UNSEEN / f"{name}.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    return kept["unseen"] if kept.get("digest") == proofs.digest_of([proofs.file_of(name)]) else None


def keep(name: str, unseen: list[str], total: int, *, write: bool) -> None:
    """What came of a whole module: for a run with other tests or on another database, which has only what was not seen
    left to try; and its row, if wished."""
    UNSEEN.mkdir(parents=True, exist_ok=True)
    kept = {"digest": proofs.digest_of([proofs.file_of(name)]), "unseen": unseen}
    (UNSEEN / f"{name}.json").write_text(json.dumps(kept, indent=1))
    if write:
        proofs.write_row("faults", name, total - len(unseen), total, [proofs.file_of(name)])


def is_due(name: str) -> bool:
    """Whether the faults of a module have to be tried again."""
    return not proofs.is_of_this_code(proofs.read_rows().get(("faults", name)), [proofs.file_of(name)])


def list_faults(modules: Iterable[str]) -> list[tuple[str, Fault]]:
    """(module, fault): every one of these modules."""
    found = []
    for name in modules:
        source = inspect.getsource(importlib.import_module(f"alongside.{name}"))
        found += [(name, fault) for fault in make_faults(source)]
    return found


@contextlib.contextmanager
def calls_to(modules: dict[str, str]) -> Iterator[set[tuple[str, str]]]:
    """What is called meanwhile in these files, in any thread: (module, outermost function or method)."""
    called: set[tuple[str, str]] = set()

    def note(frame, event, _argument):
        if event == "call" and frame.f_code.co_filename in modules:
            called.add((modules[frame.f_code.co_filename], frame.f_code.co_qualname.partition(".<locals>")[0]))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def may_see(module: types.ModuleType, name: str, fault: Fault, called: set[tuple[str, str]]) -> bool:
    """Whether a test can meet the fault: it called the function, or an answer that was kept spared it the call."""
    return bool(fault.target) or (name, fault.owner) in called or _keeps(module, fault.owner)


def _keeps(module: types.ModuleType, owner: str) -> bool:
    found: object = module
    for part in owner.split("."):
        found = inspect.getattr_static(found, part)
    return hasattr(found, "cache_clear")


def between(seen: int, of: int) -> tuple[float, float]:
    """Where the share of all lies with 95 % confidence, from a sample (Wilson)."""
    share, z = seen / of, 1.96
    middle, half = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def seen_by(module: types.ModuleType, fault: Fault, items: list, patience: int) -> int | None:
    """The place of the test that sees it, 0 where the process was ended by it, None when none does.

    Whoever saw it has to pass without it, in a process of the same making: else what was seen is no fault of ours.
    """
    place = _in_a_fork(lambda: put_in(module, fault), items, patience)
    if place is not None and _in_a_fork(lambda: None, items[place : place + 1], patience) is not None:
        raise RuntimeError(f"{items[place].nodeid} fails without a fault, too: nothing can be said of {fault.what}")
    return place


def _in_a_fork(prepare: Callable[[], None], items: list, patience: int) -> int | None:
    """The place of the first test that fails, 0 where a signal ended them, None when none does."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql":
            connection.close()  # two processes on one connection would spoil it for all that come after
    reads, writes = os.pipe()
    child = os.fork()
    if child:
        os.close(writes)
        with os.fdopen(reads) as told:
            said = told.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code < 0:
            return 0
        if said != "none" and not said.isdigit():
            raise RuntimeError(f"the tests could not be tried: {said or code}")
        return None if said == "none" else int(said)
    os.close(reads)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, patience)
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())
        os.dup2(nothing.fileno(), sys.stderr.fileno())
    try:
        prepare()
        place = _first_that_fails(items)
        answer = "none" if place is None else str(place)
    except BaseException as error:
        answer = f"{type(error).__name__} {error}"
    os.write(writes, answer.encode())
    os._exit(0)


def _first_that_fails(items: list) -> int | None:
    from _pytest.runner import runtestprotocol

    for place, item in enumerate(items):
        reports = runtestprotocol(item, log=False, nextitem=items[(place + 1) % len(items)])
        if any(report.failed for report in reports):
            return place
    return None


def put_in(module: types.ModuleType, fault: Fault) -> None:
    """Make the fault true in this process."""
    if fault.target:
        _change_value(module, fault)
        return
    code: types.CodeType = compile(fault.tree, module.__file__, "exec")
    for part in fault.owner.split("."):
        code = next(one for one in code.co_consts if isinstance(one, types.CodeType) and one.co_name == part)
    found: object = module
    for part in fault.owner.split("."):
        found = inspect.getattr_static(found, part)
    function = _unwrap(found)
    function.__code__ = code.replace(co_freevars=function.__code__.co_freevars)


def _unwrap(found):
    if hasattr(found, "cache_clear"):
        found.cache_clear()
    for name in ("fget", "func", "__func__", "__wrapped__"):
        inner = getattr(found, name, None)
        if inner is not None and not isinstance(found, types.FunctionType | types.ModuleType):
            return _unwrap(inner)
    return _unwrap(found.__wrapped__) if hasattr(found, "__wrapped__") else found


def _change_value(module: types.ModuleType, fault: Fault) -> None:
    """The changed value, and each later value of the module that is made of it, take the place of the old ones."""
    changed: set[str] = set()
    for statement in fault.tree.body:
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
            continue
        reads = {one.id for one in ast.walk(statement.value) if isinstance(one, ast.Name)}
        for name in _names(statement):
            if name == fault.target or reads & changed:
                code = compile(ast.Expression(statement.value), module.__file__, "eval")
                _replace(name, getattr(module, name), eval(code, module.__dict__))  # noqa: S307 (our own source)
                changed.add(name)


def _replace(name: str, before: object, value: object) -> None:
    for other in list(sys.modules.values()):
        held = getattr(other, "__dict__", {})
        if name in held and held[name] is before:
            held[name] = value


def _names(statement: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]
