"""Each index and the query that it is there for: a page, a tick of the worker, or a function of `ASKED`.

An index is written with every row, so one that no query needs is a debt. `test_indexes` holds this list against the
database and against the plans of the queries.
"""

from django.utils import timezone
from tests.story import day_there

from alongside.impact.counting import read_day
from alongside.intake.queries import list_kept
from alongside.intake.rosters.checking import list_made_by_hand
from alongside.intake.twin_queries import list_merges_visible_to
from alongside.legal.models import Demand
from alongside.legal.queries import list_holds, list_scans
from alongside.meetings.finding import Search, find
from alongside.resources.queries import count_waiting

ASKED = {
    "checking.list_made_by_hand": lambda story: list_made_by_hand(story.objects["roster"]),
    "counting.read_day": lambda story: read_day(story.program, day_there()),
    "finding.find": lambda story: find(Search("today", near=(34.05, -118.2)), timezone.now()).found,
    "finding.in_a_city": lambda story: find(Search("today", city_keys=("riverbend ca",)), timezone.now()).found,
    "finding.in_a_postal_code": lambda story: find(Search("today", postal_key="90033"), timezone.now()).found,
    "legal.list_holds": lambda story: list_holds(story.rosa.person),
    "legal.list_scans": lambda story: list_scans(Demand(pk=story.rosa.person.pk)),
    "queries.list_kept": lambda story: list_kept(story.objects["roster"]),
    "resources.count_waiting": lambda story: [count_waiting(story.objects["resource"])],
    "twin_queries.list_merges_visible_to": lambda story: list_merges_visible_to(story.carmen.actor, timezone.now()),
}
"""What neither a page nor a tick asks in the story: name -> function(story)."""

INDEXES = {
    "application_by_status": "applications",
    "appointment_by_day": "today",
    "agreement_by_person": "me_calls",
    "agreement_due": "calls",
    "assessment_by_person": "me_questions_talk",
    "skills_practice_by_person": "me_learn_one",
    "feed_due": "read feeds of meetings",
    "resource_feed_due": "read lists of resources",
    "slot_by_cell": "finding.find",
    "slot_by_city": "finding.in_a_city",
    "slot_by_name": "meeting",
    "slot_by_postal": "finding.in_a_postal_code",
    "slot_by_time": "meetings",
    "tie_by_person": "me_circle",
    "story_by_person": "me_stories",
    "story_by_status": "stories",
    "story_turn_by_story": "me_story",
    "comment_by_story": "story",
    "comment_by_page": "own_page",
    "comment_by_status": "story_reviews",
    "tie_turn_by_tie": "me_circle",
    "audit_entry_subject_at": "me_privacy",
    "call_by_person": "me_calls",
    "call_by_time": "counting.read_day",
    "came_by_person": "groups_of",
    "saved_by_person": "me_saved",
    "ask_by_mentorship": "today",
    "ask_due": "end asks to come along whose date has come",
    "check_in_by_person": "me_check_ins",
    "consent_by_end": "note consents whose day is over",
    "consent_by_person": "me_privacy",
    "change_by_sheet": "me_history",
    "contact_by_author": "team",
    "contact_by_mentorship": "caseload",
    "contact_by_participant": "record",
    "contact_by_time": "counting.read_day",
    "counted_by_opened": "impact",
    "counted_by_started": "impact",
    "episode_by_status": "board",
    "escalation_by_look": "tell the next about worries nobody took",
    "export_by_time": "exports",
    "failure_latest": "jobs",
    "grant_by_participant": "me_privacy",
    "grant_by_reader": "record",
    "group_place_by_person": "me_groups",
    "post_by_page": "me_page",
    "occasion_by_day": "events",
    "occasion_place_by_person": "me_events",
    "occasion_place_by_turn": "event_one",
    "happening_by_escalation": "worry",
    "inquiry_by_status": "asks",
    "measure_by_escalation": "worry",
    "legal_hold_by_person": "legal.list_holds",
    "scan_by_demand": "legal.list_scans",
    "link_mail_due": "send links to partners",
    "match_key_found": "roster_preview",
    "mentorship_by_participant": "me_home",
    "mentorship_by_peer": "caseload",
    "merge_by_gone": "me_privacy",
    "merge_by_kept": "me_privacy",
    "merge_latest": "twin_queries.list_merges_visible_to",
    "message_by_mentorship": "thread",
    "message_unread": "today",
    "offer_by_peer": "today",
    "offer_due": "lapse offers and offer the next peer",
    "outgoing_due": "send what is due in the outbox",
    "partner_link_by_person": "me_pages",
    "person_by_name": "me_privacy",
    "person_new_by_hand": "checking.list_made_by_hand",
    "proposal_current": "board",
    "referral_by_person": "me_referrals",
    "referral_by_look": "ask how ways to places go",
    "referral_turn_by_referral": "me_referral",
    "incoming_by_status": "incoming_list",
    "rhythm_to_ask": "ask who wishes it how they are",
    "report_by_resource": "resources.count_waiting",
    "report_by_status": "reports",
    "resource_by_name": "places",
    "resource_by_world_id": "place",
    "roster_line_by_outcome": "roster_preview",
    "roster_line_kept": "queries.list_kept",
    "run_latest": "runs",
    "sheet_by_person": "me_history",
    "support_by_time": "supports",
    "support_of_account": "home",
    "telling_by_person": "me_told",
    "twin_pair_to_decide": "twins",
}
"""Index -> the page, tick or function of `ASKED` that needs it."""
