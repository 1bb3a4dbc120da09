"""Who may do what, said a second time: by role, as design's table "Who sees what" has it."""

import pytest

from alongside.rules import access
from alongside.rules.access import ACTS, may, needs_second_factor

EVERYBODY = {
    "see_public", "sign_in", "ask_for_someone", "apply_as_peer", "accept_invitation", "read_calendar_feed",
    "read_adopted_policies", "see_public_impact", "see_design", "open_partner_page",
    "find_meetings", "bring_text", "refer_somebody",
}  # fmt: skip
SIGNED_IN = EVERYBODY | {"manage_own_account", "go_home"}

BY_ROLE = {
    "visitor": EVERYBODY,
    "account": SIGNED_IN,
    "participant": SIGNED_IN
    | {"see_own_pages", "choose_peer", "write_as_participant", "see_policies", "write_own_story", "go_to_events"},
    "administrator": SIGNED_IN
    | {
        "manage_users",
        "see_fairness",
        "see_policies",
        "enter_providers",
        "look_for_weaknesses",
        "see_jobs",
        "keep_meetings",
    }
    | {"try_again", "see_install", "see_support"},
    "support": EVERYBODY | {"help_from_outside", "see_install", "see_jobs"},
    "council": SIGNED_IN | {"see_fairness", "see_impact", "see_policies", "review_stories"},
}
"""Exactly what those may do who see no record but their own."""

RECORD = {"open_record", "raise_worry", "see_worries", "tell_medical_staff", "hear_stop"}
"""Acts over a participant's record that whoever walks with people may do; which records, the queries decide."""

NEVER = {
    "peer": {
        "give_out",
        "set_law",
        "tell_fda",
        "sign_for_payment",
        "tell_parent",
        "review_emergency",
        "see_board",
        "export_people",
        "export_impact",
        "manage_users",
        "arrange_events",
    },
    "supervisor": {
        "tell_parent",
        "give_out",
        "write_contact",
        "send_offers",
        "export_people",
        "set_law",
        "manage_users",
    },
    "coordinator": {"tell_parent", "set_law", "acknowledge_note", "export_impact", "review_emergency", "manage_users"},
    "director": {"write_contact", "search_people", "give_out", "send_offers", "run_matching", "manage_users"},
}


def acts_of(role: str) -> set[str]:
    """All acts somebody with this one role may do."""
    return {act for act in ACTS if may(act, {role})}


@pytest.mark.parametrize("role", BY_ROLE)
def test_who_sees_no_record_may_exactly_this(role):
    assert acts_of(role) == BY_ROLE[role]


@pytest.mark.parametrize("role", NEVER)
def test_who_walks_with_people_may_open_records_and_never_this(role):
    assert acts_of(role) >= SIGNED_IN | RECORD | {"see_policies"}
    assert not acts_of(role) & NEVER[role]


def test_no_right_comes_from_two_roles_together():
    for act in ACTS:
        for one in access.SIGNED_IN:
            for other in access.SIGNED_IN:
                assert may(act, {one, other}) == (may(act, {one}) or may(act, {other}))


def test_nobody_may_do_what_has_no_row():
    with pytest.raises(KeyError):
        may("fly", access.SIGNED_IN)
    assert not may("open_record", ())
    assert not may("open_record", {"somebody"})
    assert may("see_public", ()), "who has no role at all is a visitor"


def test_every_role_of_staff_needs_its_second_step():
    needing = {"peer", "supervisor", "coordinator", "director", "administrator", "support"}
    everybody = access.SIGNED_IN | {access.VISITOR, access.ACCOUNT, access.SUPPORT}
    assert {role for role in everybody if needs_second_factor({role})} == needing
    assert needs_second_factor({"participant", "peer"}) and not needs_second_factor(())


def test_what_was_confided_needs_it_of_the_council_too():
    assert ACTS.keys() >= access.CONFIDED
    for act in ACTS:
        assert needs_second_factor({"council"}, act) == (act in access.CONFIDED)
        assert not needs_second_factor({"participant"}, act)
        assert needs_second_factor({"director"}, act)


def test_an_administrator_is_staff_and_no_reader():
    """D3: those who get a person of their own in the program are all staff but the administrator."""
    assert access.STAFF - {"administrator"} == access.CONTENT_STAFF and "administrator" in access.STAFF
