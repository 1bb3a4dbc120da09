"""What a function can come to, by reading the code: functions and classes it names, and what our registries hold.

Coarse on purpose: it rather finds too much. A name is looked up in the module of the function, and in each module of
ours that the function names; a list or dictionary of a module counts as everything that it holds by now.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any


def reached_from(function: Callable) -> Iterator[Any]:
    """The function itself, and every function and class of ours that it can come to."""
    seen: dict[int, Any] = {}
    todo: list[Any] = [function]
    while todo:
        one = todo.pop()
        if id(one) not in seen:
            seen[id(one)] = one
            yield one
            todo += _next_to(one)


@functools.cache
def _next_to(one: Any) -> tuple[Any, ...]:
    if isinstance(one, type):
        return tuple(value for value in vars(one).values() if isinstance(value, FunctionType))
    one = inspect.unwrap(one)
    if not isinstance(one, FunctionType):
        return ()
    names = _names_in(one.__code__)
    held = [one.__globals__[name] for name in names if name in one.__globals__]
    for module in [value for value in held if isinstance(value, ModuleType) and value.__name__.startswith("alongside")]:
        held += [getattr(module, name) for name in names if hasattr(module, name)]
    return tuple(value for value in [*held, *_inside(held)] if _is_ours(value))


def _names_in(code: CodeType) -> set[str]:
    return set(code.co_names).union(*(_names_in(one) for one in code.co_consts if isinstance(one, CodeType)))


def _inside(held: Iterable[Any], depth: int = 2) -> Iterator[Any]:
    for value in held:
        values: Iterable[Any] = ()
        if isinstance(value, dict):
            values = list(value.values())
        elif isinstance(value, list | tuple):
            values = list(value)
        elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
            values = [getattr(value, name) for name in value.__dataclass_fields__]
        yield from values
        if depth:
            yield from _inside(values, depth - 1)


def _is_ours(value: Any) -> bool:
    of_a_kind = isinstance(value, FunctionType | type)
    return of_a_kind and getattr(inspect.unwrap(value), "__module__", "").startswith("alongside")
