"""What the database itself holds of referrals, whoever writes to it (I1, C2).

A referral moves only as `rules.lifecycles.REFERRAL` says, and what ended stays. A page stands beside one only for the
same person, while it is open and told, and under a live consent; whoever referred somebody in gets a page about that
very person only, and under a live consent. On SQLite, a migration that alters these tables must run this again.
"""

from alongside.audit.history import keep_columns
from alongside.audit.vendor_sql import VendorSQL
from alongside.rules.lifecycles import REFERRAL

REFERRALS, PAGES, INCOMING = "referrals_referral", "referrals_referralpage", "referrals_incoming"


def hold_referrals() -> list[VendorSQL]:
    """Reversible migration operations."""
    moves = " OR ".join(f"(OLD.status = '{a}' AND NEW.status = '{b}')" for a, b in sorted(REFERRAL.moves))
    wrong = f"OLD.status <> NEW.status AND NOT ({moves})"
    page = (
        f"EXISTS (SELECT 1 FROM {REFERRALS} r JOIN partners_partnerlink l ON l.id = NEW.link_id "  # noqa: S608 (ours)
        "JOIN privacy_consent c ON c.id = l.consent_id WHERE r.id = NEW.referral_id AND r.person_id = l.person_id "
        "AND r.way = 'told' AND r.status IN ('requested', 'accepted', 'in_progress') AND c.status = 'active' "
        "AND (c.expires_at IS NULL OR c.expires_at > NEW.made_at))"
    )
    return [
        _refuse("referral_moves", REFERRALS, "UPDATE OF status", wrong, "referral_may_not_move"),
        _refuse("referral_begins", REFERRALS, "INSERT", "NEW.status <> 'requested' OR NEW.sent_at IS NOT NULL",
                "referral_may_not_move"),
        _refuse("referral_page_needs_consent", PAGES, "INSERT", f"NOT {page}", "consent_not_live"),
        keep_columns("referrals_referralturn", ("id", "program_id", "at", "what", "by", "reason")),
        keep_columns("referrals_referralpage", ("id", "program_id", "referral_id", "link_id", "made_at")),
    ]  # fmt: skip


def hold_incoming() -> list[VendorSQL]:
    """The same for those whom others refer in: their page is about them, and made under a live consent."""
    shown = (
        "NEW.link_id IS NOT NULL AND NEW.link_id IS NOT OLD.link_id AND NOT EXISTS ("
        "SELECT 1 FROM partners_partnerlink l JOIN privacy_consent c ON c.id = l.consent_id JOIN intake_inquiry i "
        "ON i.person_id = l.person_id WHERE l.id = NEW.link_id AND i.id = NEW.inquiry_id AND c.status = 'active' "
        "AND (c.expires_at IS NULL OR c.expires_at > l.made_at))"
    )
    return [
        _refuse("incoming_begins_unseen", INCOMING, "INSERT", "NEW.link_id IS NOT NULL", "consent_not_live"),
        _refuse("incoming_shown_by_consent", INCOMING, "UPDATE OF link_id", shown, "consent_not_live"),
    ]


def _refuse(name: str, table: str, when: str, wrong: str, code: str) -> VendorSQL:
    """A trigger before an insert or update that refuses where `wrong` is true; SQL in which both databases agree."""
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    body = wrong.replace("IS NOT OLD", "IS DISTINCT FROM OLD")
    return VendorSQL(
        sqlite=[
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{code}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {body} THEN
                    RAISE EXCEPTION '{code}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=[f"DROP TRIGGER IF EXISTS {name}"],
        reverse_postgresql=drop_postgresql,
    )
