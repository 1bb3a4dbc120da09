"""What the database itself holds of lists from intermediaries (§2.24), on both databases.

A request hangs from a signed consent by which somebody may pass things on; what was asked and answered stays; an answer
with a list has lines, another has none; lines are written while the request is open, and stay as they are.
"""

from alongside.audit.vendor_sql import VendorSQL
from alongside.rules.restriction import PASSES_ON

from .guards import NEVER
from .staying import keep, refuse

ASKED = ("program_id", "consent_id", "sent_how", "asked_on", "asked_at", "submit_key")
ONCE = ("received_on", "answered_on", "ended_at")
LINE = ("program_id", "request_id", "disclosed_on", "facts_digest", "entered_at", "submit_key")

HAS_LINES = "EXISTS (SELECT 1 FROM privacy_listedrecipient l WHERE l.request_id = NEW.id)"
BACKWARDS = (
    "(OLD.status <> 'asked' AND (OLD.status <> NEW.status OR OLD.answered_how <> NEW.answered_how)) "
    # The clock of a request moves only with the day on which they got it.
    "OR (OLD.due_on <> NEW.due_on AND (OLD.received_on IS NOT NULL OR NEW.received_on IS NULL)) "
    "OR (OLD.status = 'asked' AND NEW.status = 'answered' "
    f"AND ((NEW.answered_how = 'list' AND NOT {HAS_LINES}) OR (NEW.answered_how <> 'list' AND {HAS_LINES})))"
)
OPEN = "EXISTS (SELECT 1 FROM privacy_listrequest r WHERE r.id = OLD.request_id AND r.status = 'asked')"
OWED = (
    "EXISTS (SELECT 1 FROM privacy_consent c WHERE c.id = NEW.consent_id AND c.person_id = NEW.person_id "  # noqa: S608 (ours)
    f"AND c.kind = '{PASSES_ON}' AND c.signed_at IS NOT NULL)"
)
ASKED_FOR = (
    "EXISTS (SELECT 1 FROM privacy_listrequest r WHERE r.id = NEW.request_id AND r.status = 'asked' "
    "AND r.program_id = NEW.program_id)"
)


def keep_passed_on(unless: str = NEVER, unless_line: str = NEVER) -> list[VendorSQL]:
    """The operations. On SQLite a migration that alters one of the tables must run them again.

    `unless` as in `guards.keep_signed`, over a request; `unless_line` the same over a line.
    """
    return [
        keep("list_request", "privacy_listrequest", ASKED, once=ONCE, backwards=BACKWARDS, unless=unless),
        keep("listed_recipient", "privacy_listedrecipient", LINE, unless=f"{OPEN} OR {unless_line}"),
    ]


def only_where_owed() -> list[VendorSQL]:
    """A request needs such a consent of the same person; a line needs an open request of the same program."""
    return [
        refuse("list_request_is_owed", "privacy_listrequest", f"NOT {OWED}"),
        refuse(
            "listed_recipient_is_asked_for", "privacy_listedrecipient", f"NOT {ASKED_FOR}",
            # A line and the end of its request wait for each other.
            locks=["1 FROM privacy_listrequest WHERE id = NEW.request_id FOR SHARE"],
        ),
    ]  # fmt: skip
