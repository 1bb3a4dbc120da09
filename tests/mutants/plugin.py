"""A plugin of pytest: runs the collected tests once whole, then for each fault until one fails.

The processes are forks: what was imported and the database that was made are there, and go with each of them. A fault
in a function is put in as the function's code; a changed value of a module takes the place of the old one wherever
that was imported.
"""

import ast
import contextlib
import importlib
import inspect
import os
import signal
import sys
import time
import types

import pytest
from hypothesis import HealthCheck, settings

from . import GOAL, SUBJECTS
from .making import Fault, make_faults

SLOW_TIMES, SLOW_LEAST = 10, 20
"""A fault may make the tests run for ever: it is seen when they take ten times as long, and twenty seconds at least."""


def pytest_configure(config):
    """Invented values without a look at the clock: else a slow one would count as a fault that was seen."""
    quiet = settings(suppress_health_check=list(HealthCheck), deadline=None, database=None, derandomize=True)
    settings.register_profile("faults", quiet)
    settings.load_profile("faults")


def pytest_addoption(parser):
    """The option by which the command says what to change."""
    parser.addoption("--faults-in", choices=sorted(SUBJECTS))
    parser.addoption("--each", type=int, default=1, help="only each so manieth fault")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """All tests once; then each fault. Fails when too many were not seen."""
    subject = session.config.getoption("--faults-in")
    if not subject:
        return None
    items, begun = session.items, time.monotonic()
    for place, item in enumerate(items):  # with a next one always: what was made for all of them stays
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=items[(place + 1) % len(items)])
    if session.testsfailed:
        return True
    patience = max(SLOW_LEAST, int((time.monotonic() - begun) * SLOW_TIMES))
    seen = total = 0
    for name in SUBJECTS[subject].modules:
        module = importlib.import_module(f"alongside.{name}")
        for fault in make_faults(inspect.getsource(module))[:: session.config.getoption("--each")]:
            total += 1
            if _is_seen(module, fault, items, patience):
                seen += 1
            else:
                where = fault.owner or fault.target
                print(f"\nnot seen: {name}:{fault.line} {where}: {fault.what}", end="", flush=True)
    share = seen / max(total, 1)
    print(f"\n{subject}: {seen} of {total} faults seen, {share:.1%}", flush=True)
    if share < GOAL:
        session.testsfailed = 1
    return True


def _is_seen(module: types.ModuleType, fault: Fault, items: list, patience: int) -> bool:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    signal.alarm(patience)
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())
        os.dup2(nothing.fileno(), sys.stderr.fileno())
    code = 1
    with contextlib.suppress(BaseException):
        put_in(module, fault)
        code = int(_any_fails(items))
    os._exit(code)


def _any_fails(items: list) -> bool:
    from _pytest.runner import runtestprotocol

    # Those first that are likely to fail cannot be known; the order is that of the files.
    for place, item in enumerate(items):
        reports = runtestprotocol(item, log=False, nextitem=items[(place + 1) % len(items)])
        if any(report.failed for report in reports):
            return True
    return False


def put_in(module: types.ModuleType, fault: Fault) -> None:
    """Make the fault true in this process."""
    if fault.target:
        _change_value(module, fault)
        return
    code = compile(fault.tree, module.__file__, "exec")
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
    statement = next(
        one for one in fault.tree.body
        if isinstance(one, (ast.Assign, ast.AnnAssign)) and fault.target in _names(one)
    )  # fmt: skip
    before = getattr(module, fault.target)
    value = eval(compile(ast.Expression(statement.value), module.__file__, "eval"), module.__dict__)  # noqa: S307 (our own source)
    for other in list(sys.modules.values()):
        held = getattr(other, "__dict__", {})
        for name in [name for name, one in list(held.items()) if one is before and name == fault.target]:
            held[name] = value


def _names(statement: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]
