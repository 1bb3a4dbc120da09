"""JSON from strangers: bounded before it is read, so that no depth, number or size brings the reader down (H1)."""

import json
import re
from typing import Any

DEPTH = 64
TOKENS = 12_000_000
NESTING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.S)
"""A string that never ends is one too, to the end: else each quotation mark in it would be tried as a beginning."""


class NotJson(ValueError):
    """It is no JSON that we read; `reason` is "too_deep", "too_many", "not_text" or "not_json", `row` a line."""

    def __init__(self, reason: str, row: int | None = None):
        super().__init__(reason)
        self.reason, self.row = reason, row


def load(content: bytes, *, depth: int = DEPTH, tokens: int = TOKENS) -> Any:
    """The value. NaN and infinities are refused, numbers too long to be one too. Raises `NotJson`."""
    level = 0
    for counted, found in enumerate(NESTING.finditer(content), 1):
        sign = found[0]
        if sign in b"[{":
            level += 1
            if level > depth:
                raise NotJson("too_deep")
        elif sign in b"]}":
            level -= 1
        if counted > tokens:
            raise NotJson("too_many")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotJson("not_text") from None
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise NotJson("not_json", error.lineno) from None
    except (ValueError, RecursionError):
        raise NotJson("not_json") from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)
