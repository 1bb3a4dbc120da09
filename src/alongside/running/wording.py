"""The names of jobs, as people read them."""

from django.utils.translation import gettext_lazy as _

JOBS = {
    "alongside.people.outbox.send_due": _("Send messages that are due"),
    "alongside.safety.actions.look_after_due": _("Tell the next about worries nobody took"),
    "alongside.matching.actions.lapse_due_offers": _("End offers nobody answered, and offer the next peer"),
    "alongside.matching.actions.run_daily": _("Propose peers once a day"),
    "alongside.mentoring.actions.end_rests": _("End rests that were until today"),
    "alongside.impact.actions.renew_figures": _("Count what changed into the figures"),
    "alongside.impact.actions.hold_quarter": _("Keep the public figures of the quarter"),
    "alongside.privacy.actions.expire_due": _("Note permissions whose day is over"),
    "alongside.intake.actions.roster_work.go_on": _("Go on with long lists"),
    "alongside.people.near_matches.compare_waiting": _("Compare who is new or changed"),
    "alongside.checkins.actions.remind_due": _("Ask who wishes it how they are"),
    "alongside.calls.actions.go_on_due": _("Go on with calls whose pause is over"),
    "alongside.housekeeping.keep_house": _("Erase what is over"),
    "alongside.people.row_counts.count_rows": _("Count rows, so that lists stay quick"),
    "alongside.audit.sealing.seal_pending": _("Seal the log"),
}
STATES = {
    "never": _("Has not run yet"),
    "failing": _("Fails"),
    "late": _("Is late"),
    "well": _("Runs well"),
}
