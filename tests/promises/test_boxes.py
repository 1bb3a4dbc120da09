"""Each box in which a participant or a visitor writes says who reads it and when, and it is true of this reader."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import everybody, no_scope, pages_for, quiet, sign_in, undone
from tests.story import make_persona

from alongside.mentoring.actions import end_mentorship, set_backup_peer
from alongside.privacy.actions import draft_consent
from alongside.recovery.actions import hide_sheet, write_parts
from alongside.workforce.actions import create_peer, set_available

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = pytest.mark.once

THEIRS = frozenset({
    "see_own_pages", "write_as_participant", "choose_peer", "ask_for_someone", "apply_as_peer", "see_public",
    "refer_somebody",
})  # fmt: skip
FORM = re.compile(r"<form\b[^>]*method=.post.[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
BOX = re.compile(r"<textarea[^>]*>|<input\b(?=[^>]*type=.text.)[^>]*>", re.IGNORECASE)
ONESELF = re.compile(
    r"name=.(?:\w*(?:phone|email|name_to_use|goes_by|full_name|code|username|birth|day|date|_on|time|hour|zip|place)\w*)"
)
"""Lines for who one is, how one is reached, and days: they say what they are for, and hold no words."""
SAID = re.compile(r"<(\w+)[^>]* data-reads[ >].*?</\1>", re.DOTALL)
WHEN = re.compile(r"next time they work here|around the clock", re.IGNORECASE)
KNOWN = {
    "me_plan_words", "me_goal_new", "me_goal", "me_safe_words", "me_well_words", "me_learn_one", "me_tell", "me_thread",
    "me_note", "me_kept", "me_complaints", "me_person_offer", "ask", "apply", "complain", "story", "place_report",
    "refer",
    "own_page", "me_page_write", "me_page_answer", "me_days", "me_step", "me_circle_new", "me_circle_one",
    "me_referral_new", "me_share_edit", "me_saved_new", "me_saved_change",
}  # fmt: skip
"""Pages with boxes as they are now; another one is found by itself."""
OTHERWISE = {
    "places": "what somebody looks for is kept nowhere, which the page says",
    "me_group": "a name: who sees it stands in a notice of the page",
    "me_page_name": "a name: the page is about who sees it",
    "event": "a name: who sees it stands beside it",
    "coming": "a name: who sees it stands beside it",
    "me_signer": "a signature, and how somebody is reached: what each is for stands beside it",
}
"""Pages with a line of text that no clock of a reader fits, each with what stands there instead."""


def main_of(content: bytes) -> str:
    text = unescape(content.decode())
    return text[text.find("<main") :]


def test_every_box_says_who_reads_it_and_when(everybody):
    silent, boxes = [], set()
    for who in ("rosa", "olu", "visitor"):
        client = Client() if who == "visitor" else sign_in(everybody, who)
        for page in list_pages() if who == "visitor" else pages_for(everybody, who):
            if page.act not in THEIRS:
                continue
            with undone(), no_scope():
                answer = client.get(page.path(everybody), HTTP_ACCEPT_LANGUAGE="en")
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            main = main_of(answer.content)
            outside = FORM.sub("", main)
            for form in FORM.findall(main):
                if not any(not ONESELF.search(box) for box in BOX.findall(form)):
                    continue
                boxes.add(page.name)
                # Beside the form for all of them, or in each that has a box.
                said = SAID.search(form) or SAID.search(outside)
                if not (said and WHEN.search(said.group())):
                    silent.append(f"{page.name} as {who}")
    without = {one.split()[0] for one in silent}
    assert without - OTHERWISE.keys() == set() and boxes >= KNOWN


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["me_plan_words", "me_safe_words", "me_well_words", "me_goal_new", "me_days", "me_circle_new"]
)
def test_a_page_of_ones_own_names_who_walks_beside_and_nobody_else(name, english, signed_in, request):
    client = signed_in(english)
    assert "Nobody walks with you at the moment" in said_at(client, name)
    request.getfixturevalue("mentorship")
    said = said_at(client, name)
    assert "Dante can read it the next time they work here" in said and "Nobody walks" not in said


@pytest.mark.django_db
def test_who_covers_is_named_while_the_peer_is_away_and_nobody_once_it_ended(
    english, mentorship, signed_in, dante, carmen, program
):
    bea = make_persona(program, "bea", "peer")
    profile = create_peer(person=bea.person, by=carmen.actor, capacity=1)
    set_backup_peer(mentorship=mentorship, backup_peer=profile, by=carmen.actor)
    client = signed_in(english)
    assert "Bea" not in said_at(client, "me_circle_new")
    set_available(peer=dante.profile, available=False, by=dante.actor)
    assert "Bea can read it" in said_at(client, "me_circle_new")
    mentorship.refresh_from_db()
    end_mentorship(mentorship=mentorship, reason="completed", by=carmen.actor)
    said = said_at(client, "me_circle_new")
    assert "Nobody walks with you at the moment" in said and "Bea" not in said and "Dante" not in said


@pytest.mark.django_db
def test_what_is_kept_to_oneself_says_so(english, mentorship, signed_in):
    client = signed_in(english)
    write_parts(person=english.person, kind="well", wanted={"good_day": "Music"}, by=english.actor)
    hide_sheet(person=english.person, kind="well", hidden=True, by=english.actor)
    assert "Only you." in said_at(client, "me_well_words") and "Dante" not in said_at(client, "me_well_words")
    assert "Dante" in said_at(client, "me_days")
    hide_sheet(person=english.person, kind="days", hidden=True, by=english.actor)
    assert "Only you." in said_at(client, "me_days") and "Dante" not in said_at(client, "me_days")
    assert "Dante" in said_at(client, "me_plan_words"), "hiding one page hides no other"


def said_at(client, name: str) -> str:
    return SAID.search(main_of(client.get(reverse(name)).content)).group()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["me_saved_new", "me_referral_new", "me_share_edit"])
def test_a_place_or_a_recipient_says_who_reads_it_now(name, english, signed_in, request):
    client = signed_in(english)
    ids = []
    if name == "me_share_edit":
        ids = [draft_consent(person=english.person, kind="specific", by=english.actor).pk]

    def said():
        return SAID.search(main_of(client.get(reverse(name, args=ids)).content)).group()

    assert "Dante" not in said() and WHEN.search(said())
    request.getfixturevalue("mentorship")
    assert ("Dante can read it the next time they work here" in said()) == (name != "me_saved_new")
    assert ("Only you read this" in said()) == (name == "me_saved_new")
