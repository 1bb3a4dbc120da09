"""Tests that a page of docs names in a table: reading them out, and whether they exist."""

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TEST_ID = re.compile(r"`([\w/]+\.py(?:::\w+)+)`")


@cache
def list_tests(path: str) -> frozenset[str]:
    """Names of the tests in a file: `test_x`, `TestY::test_x`."""
    found = set()
    for node in ast.parse((TESTS / path).read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found.add(node.name)
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return frozenset(found)


def exists(test_id: str) -> bool:
    """Whether there is such a test: `path::name` below tests/."""
    path, _, name = test_id.partition("::")
    return (TESTS / path).is_file() and name in list_tests(path)


def named(cell: str) -> tuple[str, ...]:
    """The tests that a cell of a table names, in their order."""
    return tuple(TEST_ID.findall(cell))
