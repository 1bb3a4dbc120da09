"""What the database itself holds of pages for partners: none is made, sent, opened or answered without a live consent.

Style and reasons as in `privacy.guards`: on SQLite a migration that alters these tables must run this again.
"""

from alongside.audit.vendor_sql import VendorSQL
from alongside.privacy.guards import NEVER

LINK, MAIL, WORD = "partners_partnerlink", "partners_linkmail", "partners_linkword"
KEPT = ("program_id", "consent_id", "disclosure_id", "made_at", "expires_at")
ENDED = "('accepted', 'declined', 'stopped', 'lapsed', 'locked', 'failed')"


def _live(moment: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM privacy_consent c WHERE c.id = NEW.consent_id AND c.person_id = NEW.person_id "  # noqa: S608 (ours)
        f"AND c.status = 'active' AND (c.expires_at IS NULL OR c.expires_at > NEW.{moment}))"
    )


def _mail_live(moment: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {LINK} l JOIN privacy_consent c ON c.id = l.consent_id WHERE l.id = NEW.link_id "  # noqa: S608 (ours)
        "AND l.status IN ('waiting', 'sent', 'opened') AND c.status = 'active' "
        f"AND (c.expires_at IS NULL OR c.expires_at > NEW.{moment}))"
    )


WITHOUT = " OR ".join([
    f"(NEW.times_opened <> OLD.times_opened AND (NOT {_live('latest_opened_at')} "
    "OR NEW.latest_opened_at >= OLD.expires_at OR OLD.status NOT IN ('sent', 'opened')))",
    f"(NEW.status = 'sent' AND OLD.status <> 'sent' AND NOT {_live('sent_at')})",
    f"(NEW.status IN ('accepted', 'declined') AND OLD.status <> NEW.status AND NOT {_live('answered_at')})",
])  # fmt: skip
"""An update that sends, opens or answers, and nobody's consent is live at that moment."""


def _moved(operator: str) -> str:
    """An update of what stays, or of the state of a link that has ended."""
    kept = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in KEPT)
    return f"{kept} OR (OLD.status IN {ENDED} AND NEW.status <> OLD.status)"


def only_under_live_consent(unless: str = NEVER) -> VendorSQL:
    """The operation for links. `unless` as in `privacy.guards.keep_signed`."""
    drops = [f"DROP TRIGGER IF EXISTS partner_link_{when}" for when in
             ("needs_consent", "opens_by_consent", "stays_update", "stays_delete")]  # fmt: skip
    drop_postgresql = [f"DROP TRIGGER IF EXISTS partner_link_guard ON {LINK}",
                       "DROP FUNCTION IF EXISTS partner_link_guard()"]  # fmt: skip
    too_long = "julianday(NEW.expires_at) - julianday(NEW.made_at) > 14.000001"
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER partner_link_needs_consent BEFORE INSERT ON {LINK} "
            f"WHEN NOT {_live('made_at')} OR NEW.status <> 'waiting' OR {too_long} "
            "BEGIN SELECT RAISE(ABORT, 'consent_not_live'); END",
            f"CREATE TRIGGER partner_link_opens_by_consent BEFORE UPDATE ON {LINK} WHEN {WITHOUT} "
            "BEGIN SELECT RAISE(ABORT, 'consent_not_live'); END",
            f"CREATE TRIGGER partner_link_stays_update BEFORE UPDATE ON {LINK} WHEN {_moved('IS NOT')} "
            "BEGIN SELECT RAISE(ABORT, 'partner_link_stays'); END",
            f"CREATE TRIGGER partner_link_stays_delete BEFORE DELETE ON {LINK} WHEN NOT ({unless}) "
            "BEGIN SELECT RAISE(ABORT, 'partner_link_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            # The lock: opening and taking back wait for each other, and whoever comes second sees the first. Closing
            # takes none: a stop holds the consent and wants the link, and nobody may wait the other way round.
            f"""
            CREATE FUNCTION partner_link_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    IF {unless} THEN RETURN OLD; END IF;
                    RAISE EXCEPTION 'partner_link_stays' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF TG_OP = 'INSERT' OR NEW.status IN ('sent', 'opened', 'accepted', 'declined') THEN
                    PERFORM 1 FROM privacy_consent WHERE id = NEW.consent_id FOR SHARE;
                END IF;
                IF TG_OP = 'INSERT' THEN
                    IF NOT {_live("made_at")} OR NEW.status <> 'waiting'
                       OR NEW.expires_at > NEW.made_at + interval '14 days' THEN
                        RAISE EXCEPTION 'consent_not_live' USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                ELSIF {WITHOUT} THEN
                    RAISE EXCEPTION 'consent_not_live' USING ERRCODE = 'integrity_constraint_violation';
                ELSIF {_moved("IS DISTINCT FROM")} THEN
                    RAISE EXCEPTION 'partner_link_stays' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER partner_link_guard BEFORE INSERT OR UPDATE OR DELETE ON {LINK} "
            "FOR EACH ROW EXECUTE FUNCTION partner_link_guard()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def mail_only_under_live_consent() -> VendorSQL:
    """The operation for their mails: none is queued and none goes out without a live consent."""
    drops = [f"DROP TRIGGER IF EXISTS link_mail_{when}" for when in ("needs_consent", "goes_by_consent", "stays")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS link_mail_guard ON {MAIL}",
                       "DROP FUNCTION IF EXISTS link_mail_guard()"]  # fmt: skip
    goes = (
        "NEW.status = 'sending' AND (OLD.status <> 'sending' OR OLD.sending_at <> NEW.sending_at) "
        f"AND NOT {_mail_live('sending_at')}"
    )
    back = "OLD.status IN ('sent', 'stopped', 'failed') AND NEW.status <> OLD.status"
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER link_mail_needs_consent BEFORE INSERT ON {MAIL} WHEN NOT {_mail_live('queued_at')} "
            "BEGIN SELECT RAISE(ABORT, 'consent_not_live'); END",
            f"CREATE TRIGGER link_mail_goes_by_consent BEFORE UPDATE ON {MAIL} WHEN {goes} "
            "BEGIN SELECT RAISE(ABORT, 'consent_not_live'); END",
            f"CREATE TRIGGER link_mail_stays BEFORE UPDATE ON {MAIL} WHEN {back} "
            "BEGIN SELECT RAISE(ABORT, 'link_mail_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION link_mail_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' OR NEW.status = 'sending' THEN
                    PERFORM 1 FROM privacy_consent c JOIN {LINK} l ON l.consent_id = c.id WHERE l.id = NEW.link_id
                        FOR SHARE OF c;
                END IF;
                IF TG_OP = 'INSERT' THEN
                    IF {_mail_live("queued_at")} THEN RETURN NEW; END IF;
                ELSIF {back} THEN
                    RAISE EXCEPTION 'link_mail_stays' USING ERRCODE = 'integrity_constraint_violation';
                ELSIF NOT ({goes}) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'consent_not_live' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER link_mail_guard BEFORE INSERT OR UPDATE ON {MAIL} "
            "FOR EACH ROW EXECUTE FUNCTION link_mail_guard()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def word_only_under_live_consent() -> VendorSQL:
    """The operation for what partners say later: by a page with their yes, while it and its consent live."""
    name = "link_word_needs_consent"
    drops = [f"DROP TRIGGER IF EXISTS {name}"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {WORD}", f"DROP FUNCTION IF EXISTS {name}()"]
    live = (
        f"EXISTS (SELECT 1 FROM {LINK} l JOIN privacy_consent c ON c.id = l.consent_id WHERE l.id = NEW.link_id "  # noqa: S608 (ours)
        "AND l.status = 'accepted' AND l.expires_at > NEW.said_at AND c.status = 'active' "
        "AND (c.expires_at IS NULL OR c.expires_at > NEW.said_at))"
    )
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER {name} BEFORE INSERT ON {WORD} WHEN NOT {live} "
            "BEGIN SELECT RAISE(ABORT, 'consent_not_live'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM privacy_consent c JOIN {LINK} l ON l.consent_id = c.id WHERE l.id = NEW.link_id
                    FOR SHARE OF c;
                IF {live} THEN RETURN NEW; END IF;
                RAISE EXCEPTION 'consent_not_live' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE INSERT ON {WORD} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


SIGNER, CONSENT = "partners_signerlink", "privacy_consent"
SIGNER_KEPT = ("program_id", "consent_id", "signer", "language", "own_how", "seen", "token_hash", "made_at",
               "expires_at")  # fmt: skip
SIGNER_ENDED = "('signed', 'declined', 'locked', 'stopped', 'lapsed')"


def signs_only_what_waits() -> VendorSQL:
    """The operation for pages by which another signs: made for a draft of this person, for 14 days at most; signed only
    while it still waits; what was asked and how it ended stays."""
    name = "signer_link"
    waits = (
        f"EXISTS (SELECT 1 FROM {CONSENT} c WHERE c.id = NEW.consent_id AND c.person_id = NEW.person_id "  # noqa: S608 (ours)
        "AND c.status = 'draft')"
    )
    signs = "NEW.status = 'signed' AND OLD.status <> 'signed'"
    too_late = f"({signs} AND (NOT {waits} OR NEW.answered_at >= OLD.expires_at OR OLD.times_opened = 0))"

    def moved(operator: str) -> str:
        text = "CAST({0}.seen AS text) {1} CAST({2}.seen AS text)"
        kept = [
            text.format("OLD", operator, "NEW") if column == "seen" else f"OLD.{column} {operator} NEW.{column}"
            for column in SIGNER_KEPT
        ]
        return f"{' OR '.join(kept)} OR (OLD.status IN {SIGNER_ENDED} AND NEW.status <> OLD.status)"

    drops = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("needs_draft", "in_time", "stays")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name}_guard ON {SIGNER}", f"DROP FUNCTION IF EXISTS {name}_guard()"]
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER {name}_needs_draft BEFORE INSERT ON {SIGNER} WHEN NOT {waits} OR NEW.status <> 'open' "
            "OR julianday(NEW.expires_at) - julianday(NEW.made_at) > 14.000001 "
            "BEGIN SELECT RAISE(ABORT, 'signer_link_waits'); END",
            f"CREATE TRIGGER {name}_in_time BEFORE UPDATE ON {SIGNER} WHEN {too_late} "
            "BEGIN SELECT RAISE(ABORT, 'signer_link_waits'); END",
            f"CREATE TRIGGER {name}_stays BEFORE UPDATE ON {SIGNER} WHEN {moved('IS NOT')} "
            "BEGIN SELECT RAISE(ABORT, 'signer_link_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            # The lock: signing and throwing away wait for each other, and whoever comes second sees the first.
            f"""
            CREATE FUNCTION {name}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    PERFORM 1 FROM {CONSENT} WHERE id = NEW.consent_id FOR SHARE;
                    IF {waits} AND NEW.status = 'open' AND NEW.expires_at <= NEW.made_at + interval '14 days' THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'signer_link_waits' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF {signs} THEN
                    PERFORM 1 FROM {CONSENT} WHERE id = NEW.consent_id FOR SHARE;
                END IF;
                IF {too_late} THEN
                    RAISE EXCEPTION 'signer_link_waits' USING ERRCODE = 'integrity_constraint_violation';
                ELSIF {moved("IS DISTINCT FROM")} THEN
                    RAISE EXCEPTION 'signer_link_stays' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {name}_guard BEFORE INSERT OR UPDATE ON {SIGNER} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_guard()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def active_only_with_their_signature() -> VendorSQL:
    """The operation for consents that another must sign: on the screen none becomes active without a page that this
    other has signed, at that moment, for the very text that the person signed (B9)."""
    name = "consent_by_another"
    drops = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("insert", "update")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {CONSENT}", f"DROP FUNCTION IF EXISTS {name}()"]
    signed = (
        "EXISTS (SELECT 1 FROM partners_signerlink l JOIN privacy_consent c ON c.id = l.consent_id "
        "WHERE l.person_id = NEW.person_id AND l.status = 'signed' AND l.signer = NEW.signer "
        "AND l.answered_at = NEW.signed_at AND (c.id = NEW.id OR c.together = NEW.together) "
        "AND replace(CAST(l.seen AS text), NEW.shown_digest, '') <> CAST(l.seen AS text))"
    )
    lacks = (
        "NEW.status NOT IN ('draft', 'withdrawn') AND NEW.signed_how = 'screen' "
        f"AND NEW.signer IN ('minor_and_parent', 'guardian', 'survivor') AND NOT {signed}"
    )
    abort = f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {CONSENT} WHEN {lacks} {abort}",
            f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {CONSENT} WHEN OLD.status = 'draft' AND {lacks} {abort}",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF OLD.status <> 'draft' THEN RETURN NEW; END IF;
                END IF;
                IF {lacks} THEN
                    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {CONSENT} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )
