"""Logs carry ids only (G4): a filter that drops what a library may have put beside the message."""

import logging
import re

QUERY = re.compile(r"\?[^\s\"']*")


class IdsOnly(logging.Filter):
    """Removes query strings and the request object from records before they are written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = QUERY.sub("?…", record.getMessage())
        record.args = ()
        record.__dict__.pop("request", None)
        return True
