"""Logs carry ids only (G4): a filter that drops what a library may have put beside the message."""

import logging
import re
import traceback

QUERY = re.compile(r"\?[^\s\"']*")
SECRET = re.compile(r"(/(?:join|c|page|account/email|account/new-password)/)(?!done/|sent/)[^\s/\"']+")
"""Paths whose next part opens something: an invitation, a calendar, a page, an address to confirm, a new password."""


class IdsOnly(logging.Filter):
    """Removes query strings, secrets in paths, what errors quote and the request object before anything is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SECRET.sub(r"\1…", QUERY.sub("?…", record.getMessage()))
        record.args = ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = where(record.exc_info[1])
        record.__dict__.pop("request", None)
        return True


def where(error: BaseException) -> str:
    """Where an error happened and of which kind, without its words: a database quotes whole rows in them."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{where(cause)}\n\n" if cause else ""
    return before + "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__
