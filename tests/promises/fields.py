"""Every field of every model, classified: what is kept, and whether it may be read in the database.

id         a random id, a reference, or a keyed hash by which an exact value is found
code       one of a closed list, or a list of such codes
date       a day, a time or a moment
number     a count, a quantity, yes or no
name       written to be shown: the name of a program or account, the one a person goes by (searchable: issue 2)
place      a postal area, without which no distance can be computed; never an address
sensitive  identifying, or words about a person: always encrypted (I7)
technical  kept by the machinery: hashes, keys of sessions and forms

A field that is not here fails `test_models.py`: whoever adds one says what it is.
"""

KINDS = ("id", "code", "date", "number", "name", "place", "sensitive", "technical")

FIELDS: dict[str, dict[str, str]] = {
    "audit.Entry": {
        "id": "key program_id actor_id actor_person_id subject_id object_id",
        "code": "role act object_kind fields outcome reason",
        "date": "at",
        "number": "id",
        "sensitive": "reason_words",
        "technical": "request_id mark",
    },
    "audit.Seal": {
        "id": "program entry",
        "date": "sealed_at",
        "number": "id number",
        "technical": "mac",
    },
    "council.Policy": {
        "id": "id program adopted_by",
        "code": "kind values",
        "date": "adopted_at",
        "number": "version",
        "name": "note",
    },
    "privacy.Consent": {
        "id": "id program person signed_by drafted_by ended_by told_by",
        "code": "kind status items purpose expires_event language signer signed_how ended_how",
        "date": "expires_at held_until signed_at drafted_at ended_at told_at",
        "number": "recipient_is_covered text_version",
        "name": "discloser",
        "sensitive": "person_name recipient recipient_address members purpose_words shown signed_name other_name "
        "other_basis",
        "technical": "number shown_digest",
    },
    "privacy.Disclosure": {
        "id": "id program person consent disclosed_by submit_key",
        "code": "ground way items purpose",
        "date": "disclosed_at",
        "sensitive": "recipient recipient_address",
        "technical": "content_digest",
    },
    "privacy.Emergency": {
        "id": "id program person disclosed_by reviewed_by submit_key",
        "code": "no_consent finding",
        "date": "disclosed_at entered_at reviewed_at",
        "sensitive": "recipient facility disclosed_by_name nature told review_words",
        "technical": "facts_digest",
    },
    "privacy.ProgramLaw": {
        "id": "id program set_by",
        "code": "part2",
        "date": "set_at",
        "number": "version majority_age minor_alone_from fundraises",
        "name": "note",
    },
    "impact.ContactTally": {
        "id": "id program site",
        "code": "span kind",
        "date": "starts_on",
        "number": "tried reached",
    },
    "impact.Counted": {
        "id": "episode program site",
        "code": "kind wait",
        "date": "opened_on started_on",
        "number": "is_counted waited_days engaged_30 engaged_60 engaged_90 accepted refused open nowhere",
    },
    "impact.EpisodeTally": {
        "id": "id program site",
        "code": "kind what",
        "date": "month",
        "number": "value count",
    },
    "impact.Mark": {
        "id": "program episode mentorship",
        "date": "happened_at",
        "number": "id",
    },
    "impact.PublicFigures": {
        "id": "id program",
        "date": "until",
        "number": "figures",
    },
    "impact.Standing": {
        "id": "id program",
        "number": "version is_renewing",
    },
    "interop.ExportRequest": {
        "id": "id program asked_by decided_by",
        "code": "kind scope file_format language status",
        "date": "asked_at expires_at opens_at decided_at used_at",
        "number": "people",
        "sensitive": "reason_words",
    },
    "intake.Application": {
        "id": "id program person submit_key",
        "code": "language status",
        "date": "received_at decided_at",
        "sensitive": "goes_by phone email answers why decision_words",
    },
    "intake.Inquiry": {
        "id": "id program phone_index email_index person submit_key",
        "code": "kind language status",
        "date": "received_at",
        "sensitive": "goes_by phone email answers safe_contact",
    },
    "intake.ProgramWord": {
        "id": "id program",
        "code": "field code",
        "date": "decided_at",
        "sensitive": "word",
        "technical": "word_index",
    },
    "intake.Preference": {
        "id": "id program wishes",
        "code": "feature value strength",
    },
    "intake.Roster": {
        "id": "id program site uploaded_by asked_by",
        "code": "kind mapping options status asked_as",
        "date": "uploaded_at confirmed_at planned_at undo_until claimed_until",
        "number": "counts rows_done done_to",
        "sensitive": "content file_name words",
        "technical": "content_hash claim",
    },
    "intake.RosterPart": {
        "id": "id program roster",
        "number": "first_row last_row",
        "sensitive": "content",
    },
    "intake.RosterUndo": {
        "id": "id program roster",
        "number": "first_row last_row",
        "sensitive": "content",
    },
    "intake.RosterLine": {
        "id": "id program roster person",
        "code": "outcome problems",
        "number": "row_number kept",
        "sensitive": "values",
    },
    "intake.RosterMapping": {
        "id": "id program",
        "code": "kind date_order",
        "date": "confirmed_at",
        "sensitive": "columns",
        "technical": "headers_digest",
    },
    "intake.Wishes": {
        "id": "id program episode",
        "code": "needs pathways languages experiences life_stages interests modes gender hours",
        "date": "limits_told_at",
        "number": "age hours_known max_miles",
        "place": "zip",
        "sensitive": "own_words staff_notes races",
    },
    "matching.KeptRun": {
        "id": "id program run",
        "sensitive": "inputs answer",
    },
    "matching.Offer": {
        "id": "id program round episode peer mentorship",
        "code": "status reasons recorded_via decline_code",
        "date": "offered_at chosen_at answer_by ended_at",
        "number": "rank",
        "sensitive": "decline_words",
    },
    "matching.Proposal": {
        "id": "id program run episode peer",
        "code": "reasons",
        "number": "rank score is_current",
    },
    "matching.Round": {
        "id": "id program episode sent_by",
        "code": "status return_reason",
        "date": "sent_at choose_by ended_at",
        "number": "you_choose",
    },
    "matching.Run": {
        "id": "id program policy made_by",
        "code": "scope",
        "date": "made_at due_on",
        "number": "stats",
        "technical": "inputs_digest answer_digest",
    },
    "mentoring.Addition": {
        "id": "id program contact author submit_key",
        "date": "added_at read_at",
        "number": "is_answer",
        "sensitive": "words",
    },
    "mentoring.Appointment": {
        "id": "id program mentorship made_by submit_key",
        "code": "time_zone mode status",
        "date": "on_day at_time made_at changed_at",
        "number": "minutes sequence",
        "sensitive": "place",
    },
    "mentoring.CalendarFeed": {
        "id": "id program person",
        "date": "made_at",
        "technical": "secret_hash",
    },
    "mentoring.Contact": {
        "id": "id program mentorship participant author occasion submit_key seen_by",
        "code": "status mode kinds_of_support",
        "date": "happened_at next_step_on entered_at read_at seen_at",
        "number": "message_left minutes",
        "sensitive": "note next_step seen_words",
    },
    "mentoring.Handover": {
        "id": "id program mentorship asked_by next_mentorship",
        "code": "status asked_by_role reason_code history_choice",
        "date": "asked_at history_since finished_at",
        "number": "wants_three_way",
        "sensitive": "reason_words",
    },
    "mentoring.Mentorship": {
        "id": "id program episode participant peer backup_peer",
        "code": "status end_reason",
        "date": "introduced_at active_since paused_until ended_at latest_reached_at latest_attempt_at "
        "next_step_on asked_for_call_at",
        "number": "attempts_since_reached",
    },
    "mentoring.Message": {
        "id": "id program mentorship author submit_key",
        "date": "sent_at read_at",
        "sensitive": "body",
    },
    "mentoring.NoteDraft": {
        "id": "id program author",
        "date": "saved_at",
        "sensitive": "payload",
        "technical": "name",
    },
    "people.Boundary": {
        "id": "id program person other recorded_by",
        "date": "recorded_at",
        "sensitive": "kind",
    },
    "people.Episode": {
        "id": "id program person site",
        "code": "kind status source close_reason",
        "date": "opened_at waiting_since first_waiting_at matched_at active_since paused_until closed_at "
        "returned_to_use_on",
        "number": "is_brief urgency",
    },
    "people.HeldForm": {
        "id": "id user",
        "date": "created_at",
        "sensitive": "payload",
        "technical": "path",
    },
    "people.Invitation": {
        "id": "id program person created_by",
        "code": "roles",
        "date": "created_at expires_at used_at revoked_at",
        "technical": "token_hash",
    },
    "people.MatchKey": {
        "id": "id program person",
        "code": "kind",
        "technical": "digest",
    },
    "people.Membership": {
        "id": "id user program",
        "code": "role",
        "date": "created_at",
    },
    "people.Merge": {
        "id": "id program kept kept_then gone merged_by",
        "date": "merged_at undo_until undone_at",
        "sensitive": "journal",
    },
    "people.Organization": {
        "id": "id",
        "number": "is_demo",
        "name": "name",
    },
    "people.OutgoingMessage": {
        "id": "id program person",
        "code": "channel template language status",
        "date": "not_before created_at sent_at",
        "number": "attempts",
        "sensitive": "recipient link",
        "technical": "once_key",
    },
    "people.Person": {
        "id": "id program user legal_name_index phone_index email_index external_id_index supervisor from_list",
        "code": "language",
        "date": "created_at",
        "name": "goes_by goes_by_search pronouns",
        "sensitive": "legal_name birth_date phone email external_id",
    },
    "people.Program": {
        "id": "id organization",
        "code": "time_zone country",
        "date": "created_at",
        "number": "is_public",
        "name": "name public_name slug phone crisis_lines",
    },
    "people.SafeContact": {
        "id": "id program person",
        "code": "channel",
        "number": "may_call may_text may_voicemail may_email from_hour until_hour",
        "sensitive": "name_to_use notes",
    },
    "people.SignIn": {
        "id": "id user",
        "date": "created_at latest_at",
        "number": "own_phone",
        "technical": "session_key device",
    },
    "people.Site": {
        "id": "id program",
        "name": "name",
        "place": "zip",
    },
    "people.ToCompare": {
        "id": "person program",
    },
    "people.TwinPair": {
        "id": "id program first second decided_by",
        "code": "verdict reasons decision",
        "date": "decided_at",
        "number": "bits",
    },
    "people.User": {
        "id": "id email_index",
        "code": "language",
        "date": "last_login created_at",
        "number": "is_active own_phone",
        "name": "username",
        "sensitive": "email",
        "technical": "password",
    },
    "privacy.Grant": {
        "id": "id program participant reader source_id",
        "code": "kind",
        "date": "notes_since starts_at ends_at",
        "sensitive": "reason_words",
    },
    "assessments.Assessment": {
        "id": "id program person",
        "code": "instrument mode",
        "date": "begun_at completed_at set_aside_at",
        "number": "version",
        "sensitive": "answers",
    },
    "calls.Agreement": {
        "id": "id program person episode",
        "code": "status agreed_how language hours time_zone why pause_reason end_reason",
        "date": "agreed_at started_on round_on due_at paused_until ended_at wants_more_at",
        "number": "wished_every_days tries",
    },
    "calls.Call": {
        "id": "id program agreement person episode caller submit_key",
        "code": "why outcome",
        "date": "called_at",
        "number": "is_reached",
        "sensitive": "note",
    },
    "calls.Caller": {
        "id": "id program person marked_by",
        "code": "languages",
        "date": "trained_on ended_at",
    },
    "calls.Claim": {
        "id": "id program agreement caller",
        "date": "taken_at until",
    },
    "checkins.CheckIn": {
        "id": "id program person submit_key",
        "code": "via",
        "date": "at",
        "number": "scale wants_call",
        "sensitive": "answers",
    },
    "checkins.Rhythm": {
        "id": "id program person",
        "date": "next_ask_on latest_at wants_call_at dropped_at quiet_from_on",
        "number": "is_hidden answers_by_text",
    },
    "recovery.Change": {
        "id": "id program sheet by_person item",
        "code": "by_role what",
        "date": "at",
        "sensitive": "before after",
    },
    "recovery.Chapter": {
        "id": "id program sheet submit_key",
        "date": "made_at",
        "sensitive": "first_on last_on",
    },
    "recovery.Goal": {
        "id": "id program sheet submit_key",
        "code": "area",
        "date": "made_at done_at set_aside_at",
        "sensitive": "words",
    },
    "recovery.Milestone": {
        "id": "id program sheet submit_key",
        "date": "made_at set_aside_at",
        "sensitive": "words happened_on",
    },
    "recovery.OnCallLine": {
        "id": "id program",
        "date": "changed_at",
        "number": "from_hour until_hour",
        "sensitive": "phone",
    },
    "recovery.Sheet": {
        "id": "id program person",
        "code": "kind",
        "date": "made_at changed_at",
        "number": "is_current is_hidden",
        "sensitive": "parts",
    },
    "recovery.Step": {
        "id": "id program goal submit_key",
        "code": "owner",
        "date": "due_on made_at done_at set_aside_at",
        "sensitive": "words",
    },
    "returns.Telling": {
        "id": "id program person episode told_by submit_key",
        "date": "told_at",
        "number": "is_own is_kept",
        "sensitive": "on_day words",
    },
    "running.Failure": {
        "id": "id worker",
        "date": "failed_at",
        "technical": "function error",
    },
    "running.Job": {
        "date": "started_at did_at failed_at",
        "number": "place every_seconds amount failures",
        "technical": "function",
    },
    "running.Worker": {
        "id": "id",
        "date": "started_at seen_at",
    },
    "safety.Escalation": {
        "id": "id program person raised_by owner handed_to submit_key",
        "code": "raised_role source status confirmed",
        "date": "raised_at acknowledge_by look_at owned_at resolve_by handed_at resolved_at debriefed_at",
        "number": "rung",
        "sensitive": "words",
    },
    "safety.Happening": {
        "id": "id program escalation by_person to_person",
        "code": "what by_role",
        "date": "at",
        "sensitive": "words",
    },
    "safety.Told": {
        "id": "id program escalation reader",
        "date": "told_at",
        "number": "rung is_reached",
    },
    "safety.Turn": {
        "id": "id program person deputy",
        "date": "changed_at",
        "number": "weekday from_hour until_hour",
    },
    "workforce.PeerProfile": {
        "id": "person program site",
        "code": "status serves languages pathways experiences life_stages interests modes gender hours limits "
        "story_language",
        "date": "unavailable_until started_on",
        "number": "capacity places_taken hours_known max_miles",
        "place": "zip",
        "sensitive": "limits_words story",
    },
}
