"""K4: the page "What we protect and what we cannot" stays true: each of its sentences names what shows it, or that it
is a limit which no test can take away.
"""

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from tests.promises.named_tests import exists

SOURCE = Path(__file__).resolve().parents[2] / "src" / "alongside"
TEMPLATE = SOURCE / "intake" / "templates" / "intake" / "what_we_protect.html"
SENTENCE = re.compile(r'{% translate "([^"]+)" %}')

SHOWN = {
    "To anybody outside we say neither yes nor no": (
        "promises/test_neutral_sentence.py::test_every_page_of_peers_and_staff_has_the_sentence",
        "rules/test_legal_letters.py::test_the_neutral_letter_cites_and_neither_confirms_nor_denies",
        "partners/test_dead_links.py::test_every_no_is_the_same_no",
        "rules/consent/test_posture.py::test_under_every_law_what_2_31_asks_is_said",
    ),
    "Notes, messages and how to reach you are stored scrambled": (
        "promises/test_models.py::test_what_is_sensitive_is_encrypted_and_nothing_else_is",
        "promises/test_models.py::test_no_secret_of_the_story_stands_in_clear",
    ),
    "Your peer, the person who supports your peer, and the coordinator.": (
        "promises/test_every_url.py::test_every_page_answers_everybody_as_the_map_says",
        "privacy/test_open_with_reason.py::test_a_record_is_closed_to_a_director_until_there_is_a_reason",
        "privacy/test_me_privacy.py::test_everybody_who_may_open_it_is_named_with_a_reason",
        "privacy/test_me_privacy.py::test_who_opened_it_is_read_in_words_and_own_visits_are_not",
    ),
    "Nothing goes to a clinic, a court, a school or an employer": (
        "promises/test_ways_out.py::test_whatever_leaves_asks_the_gate",
        "privacy/test_consent_machine.py::test_nothing_leaves_without_a_live_consent_in_any_order",
        "privacy/test_sharing_pages.py::test_stop_sharing_is_two_taps_from_home",
        "privacy/test_consent.py::test_after_stopping_nothing_leaves",
    ),
    "A loved one who is with us has a record of their own.": (
        "mentoring/test_me_home.py::test_a_loved_one_has_the_same_door_and_own_words",
        "rules/test_groups.py::test_loved_ones_and_participants_are_kept_apart",
        "community/test_writing.py::test_participants_and_loved_ones_share_a_page_only_with_a_reason_of_staff",
    ),
    "Titles, messages and calendar entries say nothing": (
        "people/test_pages.py::test_every_page_shows_in_both_languages_with_a_neutral_title",
        "promises/test_mails.py::test_nothing_of_the_story_is_in_what_is_sent",
        "promises/test_mails.py::test_a_calendar_tells_nothing",
        "browser/test_frame.py::test_quick_exit_is_the_first_thing_the_tab_key_finds",
        "browser/test_every_page.py::test_every_page_is_open_to_everybody_and_calls_nobody",
    ),
    "In a medical emergency, to those who help you.": (
        "privacy/test_emergency.py::test_the_peer_writes_it_down_and_she_reads_every_fact",
    ),
    "When a child is being harmed and the law makes us report it.": (
        "rules/test_mandated_report.py::test_the_gate_lets_out_exactly_its_fields",
        "legal/test_reports.py::test_the_person_reads_of_it_from_its_day_on",
    ),
    "When there is a crime here or a threat": (
        "rules/test_mandated_report.py::test_what_is_needed_is_enough_and_what_is_not_in_the_list_is_too_much",
    ),
    "When a judge signs a special order for such records.": (
        "rules/test_legal_demand.py::test_nothing_leaves_without_both_papers_and_every_yes",
        "legal/test_demands.py::test_the_database_releases_nothing_without_both_papers",
    ),
    "If your life or someone else’s is in danger, we talk with you first": (
        "safety/test_least_invasive_first.py::test_whatever_leaves_out_a_smaller_step_says_why",
        "safety/test_least_invasive_first.py::test_it_does_not_end_before_somebody_wrote_down_what_was_done",
    ),
    "Are you unhappy with how we treat what you told us?": (
        "privacy/test_complaints.py::test_anybody_may_without_an_account_and_no_answer_tells_who_is_known",
        "privacy/test_complaints.py::test_whom_it_is_about_neither_sees_nor_owns_it",
    ),
}
"""How a sentence begins: the tests that show it."""

LIMITS = {
    "spyware on a phone, a forced unlock": "Against a spying app, or someone who makes you unlock your phone",
    "what a browser remembers": "“Leave now” does not clear the history.",
    "mail and phone carriers": "Phone and mail companies see that a message was sent",
    "messages are not end-to-end encrypted": "They are not sealed end to end",
    "root on the server": "A person with full power over our server",
}
"""What K4 wants to be said, and how the sentence that says it begins. That a limit is there, no test can show."""

NAMES = frozenset({
    "What we protect and what we cannot", "You should know both before you write a word.", "What we protect",
    "What we cannot protect", "That you are here.", "What you share.", "Who reads.", "Your yes.", "The ones you love.",
    "Your screen.", "A phone that is watched.", "Your browser’s memory.", "The way of a message.",
    "Messages between you and your peer.", "Whoever rules the machine.", "When we may have to speak without your yes",
    "How to complain", "The whole privacy notice",
})  # fmt: skip
"""Headings and links: they claim nothing."""


def sentences() -> list[str]:
    return SENTENCE.findall(TEMPLATE.read_text())


def begun_by(beginning: str) -> list[str]:
    return [one for one in sentences() if one.startswith(beginning)]


@pytest.mark.parametrize("beginning", [*SHOWN, *LIMITS.values()])
def test_it_is_on_the_page_once_and_in_spanish(beginning):
    (sentence,) = begun_by(beginning)
    with override("es"):
        assert gettext(sentence) not in ("", sentence)


@pytest.mark.parametrize("beginning", SHOWN)
def test_what_it_claims_has_its_tests(beginning):
    assert SHOWN[beginning]
    assert [one for one in SHOWN[beginning] if not exists(one)] == []


def test_no_sentence_of_the_page_is_left_out():
    known = {one for beginning in (*SHOWN, *LIMITS.values()) for one in begun_by(beginning)} | NAMES
    assert [one for one in sentences() if one not in known] == []
    assert [one for one in NAMES if one not in sentences()] == []


def test_nothing_is_said_there_past_the_reader_of_this_test():
    """All words are in sentences that are looked at: no bare text, no block of another kind."""
    body = TEMPLATE.read_text().split("{% block content %}")[1]
    bare = re.sub(r"<[^>]+>|{%[^%]*%}|{{[^}]*}}", "", body)
    assert re.findall(r"\w+", bare) == []
    assert "blocktranslate" not in body and "{% include" not in body and "{{" not in body


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_limit_is_read_by_everybody(client, language):
    from html import unescape

    from django.urls import reverse

    page = unescape(client.get(reverse("what_we_protect"), headers={"accept-language": language}).content.decode())
    with override(language):
        for beginning in LIMITS.values():
            (sentence,) = begun_by(beginning)
            assert gettext(sentence) in page
