"""The one way past the triggers of signed papers is there, and it is narrow."""

import re

from django.db import connection

from alongside.retention.guards import ERASING

NAMES = {"sqlite": ("consent_stays_delete", "disclosure_stays_delete", "emergency_stays_delete",
                    "notice_offer_stays_delete", "limits_told_stays_delete", "restriction_stays_delete",
                    "complaint_stays_delete", "partner_link_stays_delete"),
         "postgresql": ("consent_stays", "disclosure_guard", "emergency_stays", "notice_offer_stays",
                        "limits_told_stays", "restriction_stays", "complaint_stays", "partner_link_guard")}  # fmt: skip


def test_the_triggers_let_an_erasing_pass(db):
    """A later migration of `privacy` that makes these triggers anew has to let an erasing pass again."""
    sql = (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s"
        if connection.vendor == "sqlite"
        else "SELECT prosrc FROM pg_proc WHERE proname = %s"
    )
    for name in NAMES[connection.vendor]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [name])
            (text,) = cursor.fetchone()
        assert ERASING in re.sub(r"\s+", " ", text), f"{name}: run retention.guards.let_erasing_pass() after it"
