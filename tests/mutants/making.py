"""One fault at a time: a module's source with one thing changed, as an operator or a number that somebody mistypes."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
BINARY = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}


@dataclass(frozen=True)
class Fault:
    """One change: where it is, and what it does. `tree` is made when it is asked for.

    `owner`: the outermost function or method it is in ("name" or "Class.name"); "" for a value of the module, whose
    name is `target`.
    """

    line: int
    what: str
    owner: str
    target: str
    whole: ast.Module
    place: int
    number: int

    @property
    def known_as(self) -> str:
        """Its name among those of the same code."""
        return f"{self.line} {self.place} {self.number} {self.what}"

    @property
    def tree(self) -> ast.Module:
        """The tree of the changed module, anew each time."""
        changed = copy.deepcopy(self.whole)
        twin = next(other for place, other in enumerate(ast.walk(changed)) if place == self.place)
        _, change = list(changes(twin))[self.number]
        change(changed)
        return ast.fix_missing_locations(changed)


def make_faults(source: str) -> list[Fault]:
    """Every single fault of this module, in the order of its lines."""
    tree = ast.parse(source)
    found = []
    for place, node in enumerate(ast.walk(tree)):
        for number, (what, _) in enumerate(changes(node)):
            owner, target = owner_of(tree, node)
            if owner or target:
                found.append(Fault(getattr(node, "lineno", 0), what, owner, target, tree, place, number))
    return sorted(found, key=lambda fault: fault.line)


def changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """The faults this very node can have: in words, and what makes it (given the tree)."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if type(operator) in COMPARE:
                other = COMPARE[type(operator)]
                yield (
                    f"{type(operator).__name__} -> {other.__name__}",
                    lambda _, p=place, o=other: node.ops.__setitem__(p, o()),
                )
    elif isinstance(node, ast.BoolOp):
        other = ast.And if isinstance(node.op, ast.Or) else ast.Or
        yield f"{type(node.op).__name__} -> {other.__name__}", lambda _: setattr(node, "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "without not", lambda tree: replace(tree, node, node.operand)
    elif isinstance(node, ast.BinOp) and type(node.op) in BINARY:
        yield f"{type(node.op).__name__} -> other", lambda _: setattr(node, "op", BINARY[type(node.op)]())
    elif isinstance(node, ast.Constant) and not isinstance(node.value, (bytes, type(...), type(None))):
        yield f"{node.value!r} -> other", lambda _: setattr(node, "value", other_value(node.value))
    elif isinstance(node, (ast.If, ast.IfExp)) and isinstance(node.test, (ast.Name, ast.Call, ast.Attribute)):
        yield "if -> if not", lambda _: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield "returns None", lambda _: setattr(node, "value", ast.Constant(None))
    elif isinstance(node, ast.Raise):
        yield "does not raise", lambda tree: replace(tree, node, ast.Pass())
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "is not called", lambda tree: replace(tree, node, ast.Pass())


def other_value(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return f"{value}X"


def replace(tree: ast.Module, node: ast.AST, other: ast.AST) -> None:
    """Put another node in the place of this one."""
    for parent in ast.walk(tree):
        for name, held in ast.iter_fields(parent):
            if held is node:
                setattr(parent, name, other)
            elif isinstance(held, list) and any(one is node for one in held):
                setattr(parent, name, [other if one is node else one for one in held])
    other.lineno, other.col_offset = node.lineno, node.col_offset


def owner_of(tree: ast.Module, node: ast.AST) -> tuple[str, str]:
    """The outermost function the node is in, or the name of the module's value; ("", "") for words about the code."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef) and _is_in(node, statement.body):
            return ("", "") if _is_docstring(statement, node) else (statement.name, "")
        if isinstance(statement, ast.ClassDef):
            for method in statement.body:
                if isinstance(method, ast.FunctionDef) and _is_in(node, method.body):
                    return ("", "") if _is_docstring(method, node) else (f"{statement.name}.{method.name}", "")
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value and _is_in(node, [statement.value]):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            return "", target.id if isinstance(target, ast.Name) and target.id != "__all__" else ""
    return "", ""


def _is_in(node: ast.AST, statements: list) -> bool:
    return any(one is node for statement in statements for one in ast.walk(statement))


def _is_docstring(function: ast.FunctionDef, node: ast.AST) -> bool:
    first = function.body[0]
    return isinstance(first, ast.Expr) and (first is node or first.value is node)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
