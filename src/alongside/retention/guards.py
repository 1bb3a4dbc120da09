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
from alongside.privacy.passed_on_guards import keep_passed_on
from alongside.privacy.restriction_guards import keep_kept_from, keep_restriction

ERASING = "EXISTS (SELECT 1 FROM retention_erasing e WHERE e.person = OLD.person_id)"
ERASING_OF_NOBODY = "(OLD.person_id IS NULL AND EXISTS (SELECT 1 FROM retention_erasing e WHERE e.person = OLD.id))"
"""A complaint without an account is nobody's: when its time is over, the row of `Erasing` names the complaint."""


ERASING_BY_WISH = (
    "EXISTS (SELECT 1 FROM retention_erasing e JOIN privacy_restriction r ON r.person_id = e.person "
    "WHERE r.id = OLD.restriction_id)"
)
ERASING_BY_REQUEST = (
    "EXISTS (SELECT 1 FROM retention_erasing e JOIN privacy_listrequest r ON r.person_id = e.person "
    "WHERE r.id = OLD.request_id)"
)
"""What hangs from a wish, and a line of a list, go with them."""

Columns = tuple[str, ...]


def let_erasing_pass(signed: Columns = SIGNED, disclosed: Columns = DISCLOSED, live: str = LIVE) -> list[VendorSQL]:
    """Reversible operations: the same triggers as before, with this one exception for removing a row.

    An earlier migration names the columns there were then: on SQLite no table can be renamed while a trigger reads a
    column that is not there yet.
    """
    kept = {"signed": signed, "disclosed": disclosed, "live": live}
    return _instead(_list_kept(ERASING, f"{ERASING} OR {ERASING_OF_NOBODY}", **kept), _list_kept(NEVER, NEVER, **kept))


def let_erasing_pass_to_lists() -> list[VendorSQL]:
    """The same for what `privacy.0010` made: lists that others owe, and who is not to see a record."""
    return _instead(
        [keep_kept_from(ERASING_BY_WISH), *keep_passed_on(ERASING, ERASING_BY_REQUEST)],
        [keep_kept_from(), *keep_passed_on()],
    )


def let_erasing_pass_to_emergencies() -> list[VendorSQL]:
    """The same for the table that `privacy.0011` made anew."""
    return _instead([keep_emergency(ERASING)], [keep_emergency()])


def _instead(now: list[VendorSQL], before: list[VendorSQL]) -> list[VendorSQL]:
    return [
        VendorSQL(
            sqlite=one.forwards["sqlite"],
            postgresql=one.forwards["postgresql"],
            reverse_sqlite=other.forwards["sqlite"],
            reverse_postgresql=other.forwards["postgresql"],
        )
        for one, other in zip(now, before, strict=True)
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
