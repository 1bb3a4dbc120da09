"""What the database itself holds of what people were told: a notice is only added, an offer and a telling stay."""

from alongside.audit.triggers import insert_only
from alongside.audit.vendor_sql import VendorSQL

from .guards import NEVER
from .staying import keep

OFFER = ("program_id", "notice_id", "outcome", "how", "language", "why_not", "offered_at")
TOLD = ("program_id", "text_version", "language", "how", "told_at")


def keep_notices() -> list[VendorSQL]:
    """The operations. On SQLite a migration that alters one of the tables must run them again."""
    return [insert_only("privacy_notice"), *keep_told()]


def keep_told(unless: str = NEVER) -> list[VendorSQL]:
    """What somebody was offered and told. `unless` as in `keep_signed`."""
    return [
        keep("notice_offer", "privacy_noticeoffer", OFFER, unless=unless),
        keep("limits_told", "privacy_limitstold", TOLD, unless=unless),
    ]
