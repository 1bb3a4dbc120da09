"""Take in answers to check-ins that came as text messages: one JSON object a line on stdin.

    {"from": "+12135550142", "words": "4 3 5", "message": "the carrier's own name of this message"}

Whatever becomes of a message, the answer is the same, and nothing of it is printed. The same message twice is one.
"""

import json
import sys
from argparse import ArgumentParser, Namespace

from alongside.checkins.actions import take_text

from .common import require_migrated
from .failure import CommandFailed

LONGEST_LINE = 10_000


def add_arguments(parser: ArgumentParser) -> None:
    """None: what came is read from stdin."""


def run(options: Namespace) -> int:
    require_migrated()
    taken = 0
    while line := sys.stdin.readline(LONGEST_LINE + 1):
        if line.strip():
            take_text(**_read(line, taken + 1))
            taken += 1
    print(f"taken in: {taken}")
    return 0


def _read(line: str, number: int) -> dict[str, str]:
    """The three fields of a line; the message of a failure quotes nothing of it (G4)."""
    try:
        row = json.loads(line) if len(line) <= LONGEST_LINE else None
        fields = {"phone": row["from"], "words": row["words"], "message": row["message"]}
    except (ValueError, KeyError, TypeError) as error:
        raise CommandFailed(f"message {number} is not one JSON object with from, words and message") from error
    if not all(isinstance(value, str) for value in fields.values()) or not fields["message"]:
        raise CommandFailed(f"message {number}: from, words and message are words")
    return fields
