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
    "alongside.community.actions.look_after_due": _("Tell who wishes it that something is new on pages of groups"),
    "alongside.occasions.actions.look_after_due": _("Give places of events that are free, and remind of tomorrow"),
    "alongside.groups.actions.fill_free_places": _("Give places of groups that are free"),
    "alongside.outings.actions.lapse_due": _("End what was asked for a day that has come"),
    "alongside.outings.actions.end_listings": _("Take groups whose last day is over out of the finder"),
    "alongside.outings.actions.tell_changes": _("Tell who goes to a meeting that its list changed"),
    "alongside.meetings.actions.read_due": _("Read lists of meetings again"),
    "alongside.legal.actions.look_after_due": _("Warn of clocks of the law"),
    "alongside.referrals.actions.remind_due": _("Ask how ways to places go"),
    "alongside.partners.actions.send_due": _("Send links to partners"),
    "alongside.partners.actions.lapse_due": _("Close pages of partners whose time is over"),
    "alongside.oversight.actions.make_due": _("List unusual openings once a week"),
    "alongside.retention.restoring.keep_ledger": _("Keep the list of erased people whole"),
    "alongside.retention.actions.requests.carry_out_waiting": _("Erase what waited its day"),
    "alongside.retention.actions.erase_due": _("Erase what is past its time"),
    "alongside.housekeeping.expire_old_backups": _("Remove backups past their days"),
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
