"""The one way past the triggers that keep signed papers: a row of `Erasing` for the person, in the same transaction.

On SQLite, Django alters a table by making a new one, and triggers fall with the old one. A later migration of `privacy`
that runs its own `keep_signed()` again closes this way: it has to run `let_erasing_pass()` after it.
`tests/retention/test_guards.py` tells.
"""

from alongside.audit.vendor_sql import VendorSQL
from alongside.privacy.emergency_guards import keep_emergency
from alongside.privacy.guards import keep_signed, only_under_live_consent

ERASING = "EXISTS (SELECT 1 FROM retention_erasing e WHERE e.person = OLD.person_id)"


def let_erasing_pass() -> list[VendorSQL]:
    """Reversible operations: the same triggers as before, with this one exception for removing a row."""
    operations = []
    for build in (keep_signed, only_under_live_consent, keep_emergency):
        now, before = build(unless=ERASING), build()
        operations.append(
            VendorSQL(
                sqlite=now.forwards["sqlite"],
                postgresql=now.forwards["postgresql"],
                reverse_sqlite=before.forwards["sqlite"],
                reverse_postgresql=before.forwards["postgresql"],
            )
        )
    return operations
