"""Plain functions made fast: the same source, compiled by Numba where a long run asks for it.

Kernels are ordinary functions on arrays, so they also run uncompiled: for short lists, where loading a compiler (a
second, 100 MB) would cost more than it saves, and on machines for which Numba does not exist. The answers are the same.

To compile takes most of a minute. So nobody who waits for an answer ever pays for it: `warm` does it ahead, keeps the
result on disk and leaves a mark there, and `choose` gives compiled functions only where it finds that mark.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, Final, cast

SHORT: Final = 40_000
"""Up to so many pairs a list is solved uncompiled: in about the second that loading a compiler takes."""

KERNELS: Final = (
    "kernel", "scan_fit", "scan", "candidates", "heaps", "flow", "settling", "opening", "sorting",
)  # fmt: skip
"""Modules of this package that have functions to compile."""

SOURCES: Final = (*KERNELS, "table", "distance", "compiled")
"""Modules whose text decides what is compiled: those, and those whose constants they read."""


HERE: Final = Path(__file__).parent
WARM: Final = "warm.json"


def plain(module: Any) -> Any:
    """A kernel module as it is, uncompiled."""
    return module


def as_given(run: Callable[[Any], Any], *columns: Any) -> Any:
    """Columns as kernels of this run like them: arrays, or for uncompiled ones Python's own lists, which are sooner
    read one by one. What a kernel fills is then in the lists."""
    return columns if run is not plain else tuple(column.tolist() for column in columns)


def choose(pairs: int) -> Callable[[Any], Any]:
    """`fast` for a list of so many pairs, or `plain`: never anything that would have to be compiled first."""
    return fast if pairs > SHORT and is_warm() else plain


def can_compile() -> bool:
    """Whether Numba is installed. Does not load it."""
    return find_spec("numba") is not None


@cache
def fast(module: ModuleType) -> Any:
    """The functions named in `module.COMPILED`, callees first, compiled on first use; uncompiled without Numba.

    `module.CALLS`: kernel modules whose functions it imports and calls. `module.ENTRIES`: those of its functions that
    are called from outside of compiled code. They let go of the interpreter's lock, so that threads can share a list.
    """
    names: tuple[str, ...] = module.COMPILED
    if not can_compile():
        return SimpleNamespace(**{name: getattr(module, name) for name in names})
    # A namespace of their own: inside it, compiled functions call each other while the module keeps the plain ones.
    space = dict(vars(module))
    for called in module.CALLS:
        space.update(vars(fast(called)))
    for name in names:
        one = getattr(module, name)
        copy = FunctionType(one.__code__, space, name, one.__defaults__)
        copy.__module__, copy.__qualname__ = one.__module__, name
        space[name] = _compile(copy, name in module.ENTRIES)
    return SimpleNamespace(**{name: space[name] for name in names})


def _compile(function: FunctionType, is_entry: bool) -> Callable[..., Any]:
    from numba import config, njit

    folder = folder_of_cache()
    if folder:
        config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]  # Numba makes its settings as it starts
    # What only compiled code calls needs no door for Python's objects, and no file of its own.
    doors: dict[str, Any] = {} if is_entry else {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    make: Any = njit(cache=is_entry and folder is not None, nogil=True, error_model="numpy", **doors)
    return cast("Callable[..., Any]", make(function))


def is_warm() -> bool:
    """Whether everything lies compiled on disk, for this very source, compiler and processor."""
    folder = folder_of_cache()
    if folder is None or not can_compile():
        return False
    try:
        found = json.loads((folder / WARM).read_text())
    except (OSError, ValueError):
        return False
    return bool(found == _state_now())


@cache
def folder_of_cache() -> Path | None:
    """Where compiled code is kept: beside the source or in the user's cache folder. None where neither may be written.

    Numba finds a stale copy by the function's own file alone, and a kernel may call or read another module: so the
    text of all of them is part of the name.
    """
    text = "".join((HERE / f"{name}.py").read_text() for name in SOURCES)
    name = f"compiled-{sha256(text.encode()).hexdigest()[:12]}"
    of_user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "alongside"
    for parent in (HERE / "__pycache__", of_user):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(parent / name, os.W_OK):
            return parent / name
    return None


def note_warm() -> None:
    """Leave the mark that everything is compiled."""
    folder = folder_of_cache()
    if folder is not None:
        beside = folder / f"{WARM}.{os.getpid()}"
        beside.write_text(json.dumps(_state_now()))
        beside.replace(folder / WARM)


@cache
def _state_now() -> Any:
    """All that makes Numba compile anew: the dates of the files, its own version, Python's, and the processor."""
    from llvmlite import binding  # type: ignore[import-untyped]  # it ships no types

    files = {f"{name}.py": (HERE / f"{name}.py").stat() for name in KERNELS}
    return {
        "files": {name: [stat.st_mtime_ns, stat.st_size] for name, stat in files.items()},
        "versions": [version("numba"), version("llvmlite"), sys.version],
        "processor": [binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()],
    }
