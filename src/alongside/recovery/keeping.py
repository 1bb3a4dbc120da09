"""Which columns of the history of a page are kept as they were written (`audit.history`)."""

from alongside.audit.history import keep_columns
from alongside.audit.vendor_sql import VendorSQL

TABLE = "recovery_change"
FIXED = ("id", "program_id", "sheet_id", "at", "by_person", "by_role", "what", "item")


def keep_history() -> VendorSQL:
    """Who, when, what and of which page can never be changed; a migration that alters the table runs this again."""
    return keep_columns(TABLE, FIXED)
