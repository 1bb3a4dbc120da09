"""Who may do what, as one readable map: act to roles. Deny by default; no act, no page.

Source: design, "Who sees what". *Which* objects a role sees is part of each query, never decided here.
An act is named beside every URL (`web.routing.route`); a test walks every URL with every role and compares.
"""

from collections.abc import Collection, Mapping

VISITOR = "visitor"
ACCOUNT = "account"
"""Not a role: whoever is signed in, with any role here or with none, such as after their latest role ended."""
SIGNED_IN = frozenset({"participant", "peer", "supervisor", "coordinator", "director", "council", "administrator"})
EVERYONE = SIGNED_IN | {VISITOR}
STAFF = frozenset({"peer", "supervisor", "coordinator", "director", "administrator"})
"""Roles that must sign in with a second factor (F1)."""
CONTENT_STAFF = frozenset({"peer", "supervisor", "coordinator", "director"})
SUPPORT = "support"
"""Whoever helps with the install from outside, while a director's grant lives (`people.models.SupportGrant`). Nobody
holds it as a role, and it is in none of the sets above: what all staff or all accounts may do, it may not."""


def _roles(*names: str) -> frozenset[str]:
    return frozenset(names)


ACTS: Mapping[str, frozenset[str]] = {
    # public
    "see_public": EVERYONE,
    "sign_in": EVERYONE,
    "ask_for_someone": EVERYONE,
    "apply_as_peer": EVERYONE,
    "accept_invitation": EVERYONE,
    "read_calendar_feed": EVERYONE,
    "read_adopted_policies": EVERYONE,
    "see_public_impact": EVERYONE,
    "find_meetings": EVERYONE,
    "refer_somebody": EVERYONE,
    "open_partner_page": EVERYONE,  # by a link and a code; without both there is nothing behind it
    "bring_text": EVERYONE,  # by a signature; without it there is nothing behind it
    # every account
    "manage_own_account": SIGNED_IN | {ACCOUNT},
    "go_home": SIGNED_IN | {ACCOUNT},
    # participant: only ever their own
    "see_own_pages": _roles("participant"),
    "choose_peer": _roles("participant"),
    "write_as_participant": _roles("participant"),
    # peer
    "see_today": _roles("peer"),
    "write_contact": _roles("peer"),
    "answer_offer": _roles("peer"),
    "edit_own_peer_profile": _roles("peer"),
    # the record of a participant: relation decides which ones
    "open_record": _roles("peer", "supervisor", "coordinator", "director"),
    "give_reason_to_open": _roles("director"),
    "search_people": _roles("peer", "supervisor", "coordinator"),
    "message_participant": _roles("peer"),
    "come_along": _roles("peer"),  # to what somebody they walk with asked about, and to nothing else of theirs
    # consent: prepare one together, hand over what is covered
    "help_with_sharing": _roles("peer", "coordinator"),
    # to stop one, a word to anybody who works with them is enough: whoever may open the record has this act (B4)
    "hear_stop": _roles("peer", "supervisor", "coordinator", "director"),
    "give_out": _roles("coordinator"),
    "sign_for_payment": _roles("director"),  # for an adult who cannot act now (2.15(a)(2))
    "set_law": _roles("director"),
    # the notice and the limits of confidentiality: told by whoever meets the person
    "enter_providers": _roles("director", "administrator"),  # no participant content
    "decide_restriction": _roles("coordinator", "director"),
    "complain_for": _roles("peer", "supervisor", "coordinator", "director"),
    "answer_complaints": _roles("director", "supervisor"),  # a supervisor only those about a director
    "tell_rights": _roles("peer", "supervisor", "coordinator"),
    "erase_people": _roles("coordinator", "director"),
    "set_retention": _roles("director"),
    # a medical emergency: written down by whoever told it, looked at by somebody else
    "tell_medical_staff": _roles("peer", "supervisor", "coordinator", "director"),
    "tell_fda": _roles("supervisor", "coordinator", "director"),
    "tell_parent": _roles("director"),  # the law leaves the judgment to the director alone (2.14(c))
    "review_emergency": _roles("supervisor", "director"),
    # the law at the door: whoever stands there writes it down; the director handles it; two let records out
    "receive_demand": _roles("peer", "supervisor", "coordinator", "director"),
    "handle_demands": _roles("director"),
    "release_records": _roles("supervisor", "coordinator", "director"),
    "handle_inspections": _roles("director"),  # whoever audits the program, after an agreement (2.53)
    "make_report": _roles("peer", "supervisor", "coordinator", "director"),
    "see_reports": _roles("supervisor", "coordinator", "director"),
    "handle_incidents": _roles("supervisor", "coordinator", "director"),
    "write_plan_together": _roles("peer"),
    # what a peer writes for themself: nobody else has any act for it (C4)
    "keep_reflections": _roles("peer"),
    # intake and matching
    "run_intake": _roles("coordinator"),
    "import_rosters": _roles("coordinator"),
    "decide_same_person": _roles("coordinator", "director"),
    "see_board": _roles("coordinator", "supervisor", "director"),
    "run_matching": _roles("coordinator"),
    "send_offers": _roles("coordinator"),
    "keep_meetings": _roles("coordinator", "administrator"),  # public lists, nothing of persons
    "see_fairness": _roles("supervisor", "coordinator", "director", "council", "administrator"),  # small cells hidden
    "change_episode": _roles("coordinator"),
    "change_mentorship": _roles("peer", "coordinator"),
    "see_applications": _roles("coordinator"),
    "set_on_call": _roles("coordinator"),
    "keep_resources": _roles("supervisor", "coordinator", "director"),
    "edit_site": _roles("coordinator", "director"),  # the public pages, nothing of persons
    "arrange_skills": _roles("supervisor", "coordinator"),
    # a worry about somebody: whoever may open the record raises it, the rota answers
    "raise_worry": _roles("peer", "supervisor", "coordinator", "director"),
    "see_worries": _roles("peer", "supervisor", "coordinator", "director"),
    "answer_worry": _roles("supervisor", "coordinator", "director"),
    "set_rota": _roles("supervisor", "coordinator"),
    # telephone support: a peer who is trained sees the queue; whom they may call is part of the query
    "call_people": _roles("peer"),
    "see_call_list": _roles("coordinator"),
    "mark_callers": _roles("supervisor", "coordinator"),
    # groups: a peer sees those they lead, a supervisor those their peers lead, a coordinator all of the program
    "lead_groups": _roles("peer", "supervisor", "coordinator"),
    "arrange_groups": _roles("coordinator"),
    # the page of a group: whoever leads the group and coordinators look after it and see chosen names
    "look_after_pages": _roles("peer", "coordinator"),
    # referrals: prepared together with the person; only a coordinator tells a partner (`give_out`)
    "refer": _roles("peer", "coordinator"),
    "see_referrals": _roles("peer", "supervisor", "coordinator", "director"),
    # events: those for everybody are public; what else somebody may see and come to is part of the query
    "go_to_events": _roles("participant", "peer", "supervisor", "coordinator", "director"),
    "arrange_events": _roles("supervisor", "coordinator", "director"),
    # workforce
    "see_team": _roles("supervisor"),
    "see_unusual_access": _roles("supervisor", "director"),  # never one's own openings
    "acknowledge_note": _roles("supervisor"),
    "see_workforce": _roles("supervisor", "coordinator", "director"),
    # governance and figures
    "see_impact": _roles("peer", "supervisor", "coordinator", "director", "council"),
    "export_impact": _roles("director"),
    "export_people": _roles("coordinator", "director"),
    "see_policies": SIGNED_IN,
    # administration: no participant content (D3)
    "manage_users": _roles("administrator"),
    "see_jobs": _roles("administrator", "director", SUPPORT),
    "try_again": _roles("administrator", "director"),
    "see_install": _roles("administrator", "director", SUPPORT),  # how it is set and whether it works, no content
    # help from outside: a director opens the door for a while, administrators see that it is open
    "help_from_outside": _roles(SUPPORT),
    "see_support": _roles("director", "administrator"),
    "give_support": _roles("director"),
    "look_for_weaknesses": _roles("administrator"),
    "see_design": EVERYONE,
    # stories: one's own; read before others can, under the name its writer chose, never by the writer
    "write_own_story": _roles("participant", "peer"),
    "review_stories": _roles("coordinator", "council"),
}


def may(act: str, roles: Collection[str]) -> bool:
    """Whether somebody with these roles may do this act. An unknown act raises KeyError: nobody forgot to say."""
    allowed = ACTS[act]
    return VISITOR in allowed or not allowed.isdisjoint(roles)


CONFIDED = frozenset({"review_stories"})
"""Acts that show what somebody wrote and has shared with nobody yet. Who is on the council signs in like a participant,
until they come here."""


def needs_second_factor(roles: Collection[str], act: str = "") -> bool:
    """Staff and peers sign in with a second factor from the first day; who may do one of `CONFIDED`, for it (F1)."""
    return not (STAFF | {SUPPORT}).isdisjoint(roles) or (act in CONFIDED and may(act, roles))
