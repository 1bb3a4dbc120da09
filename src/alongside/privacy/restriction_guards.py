"""What the database itself holds of restrictions: what was asked stays, no disclosure holds what is kept back (B7)."""

from alongside.audit.vendor_sql import VendorSQL
from alongside.rules.restriction import PASSES_ON, PLAN_PURPOSES

from .guards import NEVER
from .staying import keep, refuse

ASKED = (
    "program_id", "toward", "items", "purposes", "paid_in_full", "facts_digest", "asked_at", "submit_key",
)  # fmt: skip
ONCE = ("decided_at", "ended_at")
BACKWARDS = (
    "(OLD.status <> NEW.status AND (OLD.status IN ('declined', 'ended', 'withdrawn') OR NEW.status = 'asked' "
    "OR (OLD.status = 'agreed' AND NEW.status <> 'ended')))"
)


def keep_restriction(unless: str = NEVER) -> VendorSQL:
    """The operation. On SQLite a migration that alters the table must run it again. `unless` as in `keep_signed`."""
    return keep("restriction", "privacy_restriction", ASKED, once=ONCE, backwards=BACKWARDS, unless=unless)


STILL_ASKED = "EXISTS (SELECT 1 FROM privacy_restriction r WHERE r.id = OLD.restriction_id AND r.status = 'asked')"
ASKED_INSIDE = (
    "EXISTS (SELECT 1 FROM privacy_restriction r WHERE r.id = NEW.restriction_id AND r.status = 'asked' "
    "AND r.toward = 'inside' AND r.program_id = NEW.program_id)"
)
AGREED_INSIDE = "(NEW.toward = 'inside' AND NEW.status = 'agreed')"
NAMES_SOMEBODY = (
    "EXISTS (SELECT 1 FROM privacy_keptfrom k WHERE k.restriction_id = NEW.id AND k.account_id IS NOT NULL)"
)
KEPT_FROM_READER = (
    "EXISTS (SELECT 1 FROM privacy_restriction r JOIN privacy_keptfrom k ON k.restriction_id = r.id "
    "JOIN people_person p ON p.user_id = k.account_id WHERE r.person_id = NEW.participant_id "
    "AND r.status = 'agreed' AND p.id = NEW.reader_id)"
)
NOBODY_ELSE = "(OLD.account_id IS NOT NULL AND NEW.account_id IS NOT NULL AND OLD.account_id <> NEW.account_id)"


def keep_kept_from(unless: str = NEVER) -> VendorSQL:
    """Who must not see a record stays named, also when it ended; an account that is gone leaves nobody.

    `unless` as in `keep_signed`, over a row of `KeptFrom`.
    """
    columns = ("program_id", "restriction_id")
    return keep(
        "kept_from", "privacy_keptfrom", columns, backwards=NOBODY_ELSE, unless=f"{STILL_ASKED} OR {unless}"
    )  # fmt: skip


def kept_inside() -> list[VendorSQL]:
    """A wish toward people inside names some before it is agreed to, and nobody of them is given a grant afterwards."""
    person = "1 FROM people_person WHERE id = NEW.participant_id FOR SHARE"
    return [
        refuse("kept_from_is_asked", "privacy_keptfrom", f"NOT {ASKED_INSIDE}"),
        refuse("kept_inside_is_asked_first", "privacy_restriction", AGREED_INSIDE),
        refuse(
            "kept_inside_names_somebody", "privacy_restriction", on="UPDATE",
            wrong=f"{AGREED_INSIDE} AND OLD.status <> 'agreed' AND NOT {NAMES_SOMEBODY}",
        ),
        # An agreement locks the person; a grant waits for it, or it sees the grant.
        refuse("grant_is_not_kept_from", "privacy_grant", KEPT_FROM_READER, locks=[person]),
    ]  # fmt: skip


def only_what_is_not_kept_back() -> VendorSQL:
    """A disclosure that holds an item of an agreed restriction is refused, whatever consent it names.

    Names are compared as their blind index, so only alike; the gate before it compares more widely.
    """
    drops = ["DROP TRIGGER IF EXISTS disclosure_kept_back"]
    drop_postgresql = [
        "DROP TRIGGER IF EXISTS disclosure_kept_back ON privacy_disclosure",
        "DROP FUNCTION IF EXISTS disclosure_kept_back()",
    ]
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER disclosure_kept_back BEFORE INSERT ON privacy_disclosure WHEN {_kept_back('sqlite')} "
            "BEGIN SELECT RAISE(ABORT, 'kept_back'); END",
        ],
        postgresql=[
            *drop_postgresql,
            # The lock makes a disclosure and an agreement wait for each other: whoever comes second sees the first.
            f"""
            CREATE FUNCTION disclosure_kept_back() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR SHARE;
                IF {_kept_back("postgresql")} THEN
                    RAISE EXCEPTION 'kept_back' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER disclosure_kept_back BEFORE INSERT ON privacy_disclosure "
            "FOR EACH ROW EXECUTE FUNCTION disclosure_kept_back()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


ONE_OF = {
    "sqlite": "EXISTS (SELECT 1 FROM json_each(r.purposes) WHERE value = NEW.purpose)",
    "postgresql": "r.purposes @> to_jsonb(NEW.purpose::text)",
}
"""Whether the purpose of NEW is one of those of the restriction `r`."""

SHARED = {
    "sqlite": "EXISTS (SELECT 1 FROM json_each(r.items) i, json_each(NEW.items) n WHERE i.value = n.value)",
    "postgresql": "EXISTS (SELECT 1 FROM jsonb_array_elements_text(r.items) AS i(item) "
    "WHERE NEW.items @> to_jsonb(i.item))",
}
"""Whether NEW and the restriction `r` have an item in common."""

INTERMEDIARY = (
    "EXISTS (SELECT 1 FROM privacy_consent c WHERE c.id = NEW.consent_id "  # noqa: S608  (words of ours, no value)
    f"AND c.kind = '{PASSES_ON}')"
)


def _kept_back(vendor: str) -> str:
    """Whether NEW holds what is kept back: `rules.restriction.keeps_back` in SQL."""
    plan = ", ".join(f"'{purpose}'" for purpose in PLAN_PURPOSES)
    meant = f"r.toward = 'anyone' OR {INTERMEDIARY} OR r.recipient_index = NEW.recipient_index"
    return (
        "EXISTS (SELECT 1 FROM privacy_restriction r WHERE r.person_id = NEW.person_id AND r.status = 'agreed' "  # noqa: S608 (ours)
        f"AND ((r.toward = 'health_plan' AND (NEW.purpose IN ({plan}) OR {INTERMEDIARY})) "
        f"OR (r.toward <> 'health_plan' AND ({meant}) AND (r.purposes = '[]' OR {ONE_OF[vendor]}))) "
        f"AND {SHARED[vendor]})"
    )
