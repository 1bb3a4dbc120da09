"""What the database itself holds of a complaint: its words stay, whom it is about stays, its answer is written once."""

from alongside.audit.vendor_sql import VendorSQL

from .guards import NEVER
from .staying import keep

CAME = ("program_id", "via", "words_digest", "received_at", "submit_key")
ANSWER = ("answered_at", "answer_digest")
BACKWARDS = (
    "(OLD.status = 'answered' AND NEW.status <> 'answered') "
    # An account that is gone leaves nobody; it never becomes somebody else.
    "OR (OLD.about_id IS NOT NULL AND NEW.about_id IS NOT NULL AND OLD.about_id <> NEW.about_id)"
)


def keep_complaint(unless: str = NEVER) -> VendorSQL:
    """The operation. On SQLite a migration that alters the table must run it again. `unless` as in `keep_signed`."""
    return keep("complaint", "privacy_complaint", CAME, once=ANSWER, backwards=BACKWARDS, unless=unless)
