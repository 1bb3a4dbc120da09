"""Logs carry ids only (G4): a filter that drops what a library may have put beside the message.

A line is one event: moment (UTC), level, logger, message. Nothing that a visitor sends can begin a line of its own.
"""

import logging
import re
import time
import traceback

QUERY = re.compile(r"\?[^\s\"']*")
SECRET = re.compile(r"(/(?:join|c|page|coming|account/email|account/new-password)/)(?!done/|sent/)[^\s/\"']+")
"""Paths whose next part opens something: an invitation, a calendar, a page, a place at an event, an address to confirm,
a new password."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that end a line or move the cursor of whoever reads the log."""


class IdsOnly(logging.Filter):
    """Removes query strings, secrets in paths, what errors quote and the request object before anything is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        words = SECRET.sub(r"\1…", QUERY.sub("?…", record.getMessage()))
        record.msg = CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", words)
        record.args = ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = where(record.exc_info[1])
        record.__dict__.pop("request", None)
        return True


class Line(logging.Formatter):
    """Moments in UTC, and said so: `2026-11-03T17:05:09Z`. Servers in several places make one timeline."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None


def where(error: BaseException) -> str:
    """Where an error happened and of which kind, without its words: a database quotes whole rows in them."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{where(cause)}\n\n" if cause else ""
    return before + "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__
