"""The page for the pocket: its codes hold the words themselves, and nothing on it says where it comes from."""

import re
from uuid import uuid4

import pytest
from django.utils.formats import date_format
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.recovery.qr_reader import read
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.people.actions import change_person
from alongside.recovery import actions
from alongside.recovery.pocket import make_codes
from alongside.rules.neutral import reveals

pytestmark = pytest.mark.django_db
PAGE, FILE = "/me/plan/pocket/", "/me/plan/pocket/file/"
CODE = re.compile(r'<img src="(data:image/svg\+xml;base64,[^"]+)"')


@pytest.fixture
def written(english, mentorship, carmen, program):
    """Rosa wrote a plan, a goal with a step, and a page for hard days."""
    rosa = english
    change_person(person=rosa.person, by=carmen.actor, legal_name="Rosalinda Cenzontle")
    actions.write_parts(person=rosa.person, kind="plan", wanted={"hope": "Un cuarto con ventana, ¡ya!"}, by=rosa.actor)
    actions.write_parts(
        person=rosa.person, kind="safe", wanted={"signs": "No contesto", "ask": "Ana 213-555-0199"}, by=rosa.actor
    )
    actions.write_parts(person=rosa.person, kind="well", wanted={"good_day": "Canto"}, by=rosa.actor)
    goal = actions.add_goal(person=rosa.person, area="home", words="Una casa", submit_key=uuid4(), by=rosa.actor)
    actions.add_step(goal=goal, words="Llamar al condado", owner="person", submit_key=uuid4(), by=rosa.actor)
    actions.set_on_call(program=program, phone="+12135550188", from_hour=0, until_hour=0, by=carmen.actor)
    return rosa


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=900))
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_is_read_back_from_the_picture(words):
    texts = [read(code) for code in make_codes([words])[0]]
    bodies = texts if len(texts) < 2 else [text.partition("\n")[2] for text in texts]
    assert "".join("".join(bodies).split()) == "".join(words.split())


def test_paper_and_codes_hold_the_same_words(text_of, written):
    text = text_of(written, PAGE)
    held = "\n".join(read(code) for code in CODE.findall(text))
    for words in ("911", "988", "(213) 555-0188", "No contesto", "Ana 213-555-0199", "Un cuarto con ventana, ¡ya!",
                  "Una casa", "Llamar al condado"):  # fmt: skip
        assert words in held and words in text


def test_the_person_chooses_what_stands_on_it(text_of, written):
    only_calls = text_of(written, f"{PAGE}?with=calls")
    held = "\n".join(read(code) for code in CODE.findall(only_calls))
    assert "988" in held and "No contesto" not in only_calls and "Una casa" not in only_calls
    assert "No contesto" in text_of(written, f"{PAGE}?with=safe") and "Una casa" in text_of(
        written, f"{PAGE}?with=plan"
    )


def test_the_file_opens_without_us_and_tells_an_outsider_nothing(signed_in, written):
    answer = signed_in(written).get(FILE)
    page = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="page.html"'
    outside = re.findall(r'(?:src|href|action)="(?!data:)[^"]*"|@import|url\(|<script', page)
    assert outside == [], "nothing is asked of any server"
    title = re.search(r"<title>(.*?)</title>", page)[1]
    assert title == "My page" and not reveals(title) and "Cenzontle" not in page and "Riverbend" not in page
    assert "Una casa" in page and [read(code) for code in CODE.findall(page)]
    entry = Entry.objects.get(act="record.exported", subject_id=written.person.pk)
    assert entry.actor_person_id == written.person.pk and entry.object_kind == "pocket"


def test_what_is_for_the_person_alone_is_not_on_it(text_of, written):
    assert "Canto" not in text_of(written, PAGE)


def test_nobody_else_has_it(signed_in, written, dante, carmen, lien):
    for somebody in (dante, carmen, lien):
        assert signed_in(somebody).get(FILE).status_code == 404


def test_its_day_stands_on_paper_and_in_the_codes(text_of, written):
    text = text_of(written, PAGE)
    held = "\n".join(read(code) for code in CODE.findall(text))
    day = f"As of {date_format(day_there(), 'DATE_FORMAT')}"
    assert text.count(day) == 1 and day in held


def test_codes_that_hold_only_the_beginning_say_so(text_of, written):
    assert "hold these words themselves" in text_of(written, PAGE)
    words = {
        part: " ".join(f"{part}{number}" for number in range(150)) for part in ("hope", "strengths", "people", "places")
    }
    actions.write_parts(person=written.person, kind="plan", wanted=words, by=written.actor)
    text = text_of(written, PAGE)
    assert "hold only the beginning of these words" in text and "hold these words themselves" not in text
    assert "places149" in text, "the page itself holds everything"


def test_a_saved_page_that_is_older_than_the_words_is_named(signed_in, text_of, written):
    ways = "/me/plan/ways/"
    assert "older than these words" not in text_of(written, ways)
    signed_in(written).get(FILE)
    assert "older than these words" not in text_of(written, ways)
    actions.write_parts(person=written.person, kind="safe", wanted={"signs": "No duermo"}, by=written.actor)
    assert "is older than these words" in text_of(written, ways)
    signed_in(written).get(FILE)
    assert "older than these words" not in text_of(written, ways)
