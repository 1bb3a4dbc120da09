"""The SQL that keeps what was published as it was, whoever writes to the database (I1).

On SQLite, Django alters a table by making a new one and the trigger falls with the old one: a later migration that
alters `SiteVersion` must run `hold_versions` again.
"""

from alongside.audit.history import keep_columns
from alongside.audit.vendor_sql import VendorSQL


def hold_versions() -> list[VendorSQL]:
    """Reversible migration operations."""
    return [keep_columns("website_siteversion", ("id", "program_id", "page_id", "number", "at", "by_account"))]
