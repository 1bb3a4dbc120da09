"""What the database itself holds of providers: a paper stays as it was entered, its end is written once."""

from alongside.audit.vendor_sql import VendorSQL

from .staying import keep

ENTERED = (
    "program_id", "service", "name", "agreement", "agreed_on", "may_see", "kept_where", "review_on", "entered_at",
)  # fmt: skip


def keep_provider() -> VendorSQL:
    """The operation. On SQLite a migration that alters the table must run it again."""
    return keep("provider", "privacy_serviceprovider", ENTERED, once=("ended_at",))
