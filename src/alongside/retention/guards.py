"""The one way past the triggers that keep papers: a row of `Erasing` for the person, in the same transaction.

On SQLite, Django alters a table by making a new one, and triggers fall with the old one. A later migration of `privacy`
or `partners` that makes one of these triggers anew closes this way: it has to run `let_erasing_pass()` after it.
`tests/retention/test_guards.py` tells.

Legal matters need no way: their rows stay, and their words are no columns that the triggers keep.
"""

from alongside.audit.vendor_sql import VendorSQL
from alongside.partners import guards as partners
from alongside.privacy.complaint_guards import keep_complaint
from alongside.privacy.emergency_guards import keep_emergency
from alongside.privacy.guards import DISCLOSED, LIVE, NEVER, SIGNED, keep_signed, only_under_live_consent
from alongside.privacy.notice_guards import keep_told
from alongside.privacy.restriction_guards import keep_restriction

ERASING = "EXISTS (SELECT 1 FROM retention_erasing e WHERE e.person = OLD.person_id)"
ERASING_OF_NOBODY = "(OLD.person_id IS NULL AND EXISTS (SELECT 1 FROM retention_erasing e WHERE e.person = OLD.id))"
"""A complaint without an account is nobody's: when its time is over, the row of `Erasing` names the complaint."""


Columns = tuple[str, ...]


def let_erasing_pass(signed: Columns = SIGNED, disclosed: Columns = DISCLOSED, live: str = LIVE) -> list[VendorSQL]:
    """Reversible operations: the same triggers as before, with this one exception for removing a row.

    An earlier migration names the columns there were then: on SQLite no table can be renamed while a trigger reads a
    column that is not there yet.
    """
    kept = {"signed": signed, "disclosed": disclosed, "live": live}
    return [
        VendorSQL(
            sqlite=now.forwards["sqlite"],
            postgresql=now.forwards["postgresql"],
            reverse_sqlite=before.forwards["sqlite"],
            reverse_postgresql=before.forwards["postgresql"],
        )
        for now, before in zip(
            _list_kept(ERASING, f"{ERASING} OR {ERASING_OF_NOBODY}", **kept),
            _list_kept(NEVER, NEVER, **kept),
            strict=True,
        )
    ]


def _list_kept(
    unless: str, unless_of_nobody: str, *, signed: Columns, disclosed: Columns, live: str
) -> list[VendorSQL]:
    return [
        keep_signed(unless, signed),
        only_under_live_consent(unless, disclosed, live),
        keep_emergency(unless),
        *keep_told(unless),
        keep_restriction(unless),
        keep_complaint(unless_of_nobody),
        partners.only_under_live_consent(unless),
    ]
