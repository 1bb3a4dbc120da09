"""Which columns of the history of ties are kept as they were written (`audit.history`)."""

from alongside.audit.history import keep_columns
from alongside.audit.vendor_sql import VendorSQL


def keep_turns() -> VendorSQL:
    """All of them; a migration that alters the table runs this again."""
    return keep_columns(
        "connections_tieturn", ("id", "program_id", "tie_id", "at", "what", "ring", "support", "by_person")
    )
