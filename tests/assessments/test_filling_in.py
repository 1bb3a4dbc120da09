"""Filling in, alone or read aloud, in part or whole; the talk sheet; who may; joining and keys."""

import json
from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.story import ZONE

from alongside.assessments import actions, catalog
from alongside.assessments.catalog import list_forms
from alongside.assessments.models import Assessment
from alongside.assessments.wording import CUTS
from alongside.audit import rotation
from alongside.audit.keys import add_field_key, create_key_ring
from alongside.audit.models import Entry
from alongside.council.actions import adopt_policy
from alongside.people.actions import create_person, merge_persons, undo_merge
from alongside.recovery.actions import NotYours
from alongside.safety.actions import take
from alongside.safety.models import Escalation, Turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def text_of(signed_in):
    """`text_of(rosa, path)`: the page as this person gets it."""

    def read(persona, path):
        answer = signed_in(persona).get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.content.decode())

    return read


def fill(rosa, *levels, by=None, days_ago=0, code="barc-10"):
    return actions.answer(
        person=rosa.person, instrument=code, answers=dict(enumerate(levels)), by=by or rosa.actor,
        now=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip


def test_a_part_is_kept_and_gone_on_with(rosa):
    first = fill(rosa, 5, 4)
    assert first.completed_at is None and first.mode == "self"
    whole = fill(rosa, *[5] * 10)
    assert whole.pk == first.pk and whole.completed_at and Assessment.objects.count() == 1
    assert [one.act for one in Entry.objects.filter(object_kind="assessment").order_by("at")] == [
        "assessment.answered", "assessment.completed",
    ]  # fmt: skip
    again = fill(rosa, 5)
    assert again.pk != whole.pk, "a complete one is never written over"


def test_nothing_answered_begins_nothing(rosa):
    assert fill(rosa) is None and not Assessment.objects.exists()


def test_read_aloud_by_the_peer_and_by_nobody_else(rosa, mentorship, dante, carmen, lien):
    assert fill(rosa, 5, by=dante.actor).mode == "interview"
    for other in (carmen, lien):
        with pytest.raises(NotYours):
            fill(rosa, 5, by=other.actor)
        with pytest.raises(NotYours):
            actions.set_aside(person=rosa.person, instrument="barc-10", by=other.actor)


def test_what_was_begun_can_be_left(rosa):
    fill(rosa, 5)
    assert actions.set_aside(person=rosa.person, instrument="barc-10", by=rosa.actor)
    assert not actions.set_aside(person=rosa.person, instrument="barc-10", by=rosa.actor)
    assert fill(rosa, 4).pk != Assessment.objects.get(set_aside_at__isnull=False).pk


def test_the_database_holds_it(rosa):
    row = fill(rosa, 5)
    for values in ({"instrument": "who-5"}, {"mode": "guess"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(completed_at=timezone.now(), set_aside_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(
            program=rosa.program, person=rosa.person, instrument="barc-10", version=1, mode="self",
            begun_at=row.begun_at,
        )  # fmt: skip


# --- pages --------------------------------------------------------------------------------------------------------
def test_it_is_filled_in_without_javascript_in_its_own_words(signed_in, text_of, english):
    page = reverse("me_questions_one", args=["ucla-3"])
    assert "How often do you feel left out?" in text_of(english, page)
    client = signed_in(english)
    answer = client.post(page, {"item_0": "1", "item_1": ""})
    assert (
        answer["Location"] == reverse("me_questions")
        and "Begun: 1 of 3 answered" in client.get(reverse("me_questions")).content.decode()
    )
    answer = client.post(page, {"item_0": "1", "item_1": "2", "item_2": "3"})
    assert answer["Location"] == reverse("me_questions_talk", args=["ucla-3"])
    assert client.post(page, {"item_0": "7"}).status_code == 200 and Assessment.objects.count() == 1
    assert client.post(page, {"action": "set_aside"}).status_code == 302


def test_the_talk_sheet_says_what_is_known_and_no_label(text_of, english, program, house):
    fill(english, *[3] * 10, days_ago=100)
    fill(english, *[5] * 10)
    page = reverse("me_questions_talk", args=["barc-10"])
    text = text_of(english, page)
    assert "47 or more" in text and "Too few people here have filled it in" in text and "To ask each other" in text
    assert text.index(">50<") < text.index(">30<") and "PhenX" in text
    adopt_policy(program=program, kind="measures", values={"spread": {"barc-10": 10}}, by=house)
    assert "went up by more than chance" in text_of(english, page)
    for word in ("severe", "risk", "diagnos", "positive"):
        assert word not in text.lower()


def test_every_published_mark_has_its_sentence_and_what_was_scored_is_told_with_it(text_of, english, program, house):
    marks = {code: form.rule.cuts for code, form in list_forms().items() if form.rule.cuts}
    assert {code: len(words) for code, words in CUTS.items()} == {code: len(cuts) for code, cuts in marks.items()}
    assert set(marks) == {code for code, form in list_forms().items() if form.rule.unit == "total"}
    adopt_policy(program=program, kind="measures", values={"every_days": dict.fromkeys(marks, 30)}, by=house)
    for code, cuts in marks.items():
        points = [max(each) for each in list_forms()[code].rule.points]
        fill(english, *points, code=code)
        text = text_of(english, reverse("me_questions_talk", args=[code]))
        assert f">{sum(points)}<" in text, code
        assert all(f"{cut} or more" in text for cut in cuts), code


@pytest.fixture
def nine(program, house, lien):
    """The council offers the nine questions, and Lien is on the rota around the clock."""
    adopt_policy(program=program, kind="measures", values={"every_days": {"phq-9": 30}}, by=house)
    lien.user.email = "lien@example.org"
    lien.user.save()
    for day in range(7):
        Turn.objects.create(
            program=program, weekday=day, from_hour=0, until_hour=0, person=lien.person, changed_at=timezone.now()
        )
    return reverse("me_questions_one", args=["phq-9"])


def test_the_nine_are_offered_only_where_somebody_answers(signed_in, text_of, english, nine):
    assert "those on duty are told at once" in text_of(english, nine)
    Turn.objects.all().delete()
    assert signed_in(english).get(nine).status_code == 404
    assert "Low days" not in text_of(english, reverse("me_questions"))


def test_nobody_on_duty_at_this_hour_is_said_before(text_of, english, nine):
    there = timezone.now().astimezone(ZONE)
    Turn.objects.exclude(weekday=(there.weekday() + 3) % 7).delete()
    text = text_of(english, nine)
    assert "At this hour nobody is on duty." in text and "Somebody is on duty again" in text


def test_an_answer_that_does_not_wait_is_told_at_once_and_once(signed_in, text_of, english, lien, carmen, nine):
    """Also when all else is open; sent twice it is one worry; kept and told are one transaction."""
    client = signed_in(english)
    for _twice in range(2):
        answer = client.post(nine, {"item_8": "1"}, follow=True)
        assert answer.status_code == 200
    worry = Escalation.objects.get()
    assert (worry.person_id, worry.source, worry.status) == (english.person.pk, "answers", "open")
    assert [told.reader_id for told in worry.told.all()] == [lien.person.pk]
    assert "better off dead" in worry.words and "estaría mejor" in worry.words
    page = client.post(nine, {"item_8": "2"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("me_help") and "Those on duty were told" in page.content.decode()
    assert Escalation.objects.count() == 1, "nobody has taken it yet: it is the same"
    assert "not answered with" in text_of(lien, reverse("worry", args=[worry.pk]))


HARD = "how difficult have these problems made it for you"


def test_the_tenth_is_asked_after_the_nine_kept_and_not_counted(signed_in, text_of, english, nine):
    text = text_of(english, nine)
    assert text.index("9. Thoughts that you") < text.index("One more, which is not counted") < text.index(HARD)
    client, talk = signed_in(english), reverse("me_questions_talk", args=["phq-9"])
    answer = client.post(nine, {f"item_{number}": "1" for number in range(8)} | {"item_8": "0", "item_9": "2"})
    assert answer["Location"] == talk
    row = Assessment.objects.get()
    assert row.completed_at and row.version == 2 and row.answers["9"] == 2
    text = text_of(english, talk)
    assert ">8<" in text and ">10<" not in text and HARD in text and "<strong>Very difficult</strong>" in text
    assert not Escalation.objects.exists()


def test_the_tenth_alone_is_a_part_that_is_kept(signed_in, text_of, english, nine):
    answer = signed_in(english).post(nine, {"item_9": "3"})
    row = Assessment.objects.get()
    assert answer["Location"] == reverse("me_questions") and row.completed_at is None and row.answers == {"9": 3}
    assert "Begun: 1 of 10 answered" in text_of(english, reverse("me_questions"))
    assert 'name="item_9" value="3"' in text_of(english, nine), "and is there when they go on"


def test_without_the_tenth_the_nine_are_whole_and_say_so(text_of, english, nine):
    assert fill(english, *[0] * 9, code="phq-9").completed_at
    assert HARD not in text_of(english, reverse("me_questions_talk", args=["phq-9"]))


def test_what_was_begun_before_the_tenth_goes_on_and_is_compared(text_of, english, nine):
    """Of the first version: it keeps its total and is compared, for the nine are the same; an open one goes on."""
    Assessment.objects.create(
        program=english.program, person=english.person, instrument="phq-9", version=1, mode="self",
        begun_at=timezone.now() - timedelta(days=40), completed_at=timezone.now() - timedelta(days=40),
        answers={str(item): 2 for item in range(8)} | {"8": 0},
    )  # fmt: skip
    begun = Assessment.objects.create(
        program=english.program, person=english.person, instrument="phq-9", version=1, mode="self",
        begun_at=timezone.now(), answers={"0": 1},
    )  # fmt: skip
    fill(english, *[1] * 8, 0, 1, code="phq-9")
    begun.refresh_from_db()
    assert begun.version == 2 and begun.completed_at, "of the wording that was shown"
    text = text_of(english, reverse("me_questions_talk", args=["phq-9"]))
    assert ">16<" in text and ">8<" in text and "went down by 5 or more" in text


def test_not_at_all_tells_nobody(signed_in, english, nine):
    signed_in(english).post(nine, {f"item_{number}": "3" for number in range(8)} | {"item_8": "0"})
    assert Assessment.objects.get().completed_at and not Escalation.objects.exists()


def test_what_cannot_be_told_is_not_kept_as_if_it_were(monkeypatch, english, nine):
    from alongside.safety.actions import raising

    def nobody(*_args, **_more):
        raise RuntimeError("the notice could not be queued")

    monkeypatch.setattr(raising, "climb", nobody)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.answer(person=english.person, instrument="phq-9", answers={8: 3}, by=english.actor)
    assert not Assessment.objects.exists() and not Escalation.objects.exists()


def test_said_again_after_it_was_taken_is_a_new_worry(english, lien, nine):
    fill(english, *[0] * 8, 1, code="phq-9", days_ago=40)
    take(escalation=Escalation.objects.get(), by=lien.actor)
    fill(english, *[0] * 8, 1, code="phq-9")
    assert Escalation.objects.count() == 2


def test_read_aloud_by_the_peer_it_leads_to_who_has_it(signed_in, english, mentorship, dante, nine):
    of = reverse("questions_one_of", args=[english.person.pk, "phq-9"])
    answer = signed_in(dante).post(of, {"item_8": "3"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("worries") and "Stay with them" in answer.content.decode()
    assert Escalation.objects.get().raised_by_id == dante.person.pk


def test_each_has_its_own_clock(text_of, english):
    """What somebody carries is asked sooner than who is around them, each under its own heading."""
    fill(english, *[3] * 10, days_ago=46)
    fill(english, 1, 1, 1, code="ucla-3", days_ago=46)
    text = text_of(english, reverse("me_questions"))
    assert text.count("It says most again from") == 1
    carry, around = text.split("Who is around you")
    assert "What you carry" in carry and "What I can build on" in carry and "It says most again" not in carry
    assert "With others" in around and "It says most again" in around and reverse("me_circle") in around


def test_home_says_what_may_be_filled_in(text_of, english, mentorship):
    assert "3 are ready to fill in" in text_of(english, reverse("me_home"))
    fill(english, *[3] * 10)
    fill(english, 1, 1, 1, code="ucla-3", days_ago=151)
    fill(english, 5, 5, 5, code="readiness-ruler", days_ago=29)
    assert "1 is ready to fill in" in text_of(english, reverse("me_home"))
    fill(english, 1, 1, 1, code="ucla-3")
    assert "ready to fill in" not in text_of(english, reverse("me_home"))


def test_what_was_filled_in_stays_when_it_is_offered_no_longer(text_of, signed_in, english, program, house):
    fill(english, *[3] * 10)
    adopt_policy(program=program, kind="measures", values={"every_days": {"ucla-3": 150}}, by=house)
    text = text_of(english, reverse("me_questions"))
    assert reverse("me_questions_talk", args=["barc-10"]) in text
    assert reverse("me_questions_one", args=["barc-10"]) not in text.replace("barc-10/talk/", "")
    assert ">30<" in text_of(english, reverse("me_questions_talk", args=["barc-10"]))
    client = signed_in(english)
    assert client.get(reverse("me_questions_one", args=["barc-10"])).status_code == 404
    assert client.get(reverse("me_questions_talk", args=["gad-7"])).status_code == 404


def test_a_spread_of_the_program_says_what_is_more_than_chance(text_of, english, program, house):
    """Thirty first totals of 20 and 40: a spread of 10, so 8.77 points and more are more than chance."""
    fill(english, *[4] * 10, days_ago=50)
    for number in range(29):
        other = create_person(program=program, by=house, goes_by=f"Other {number}")
        Assessment.objects.create(
            program=program, person=other, instrument="barc-10", version=1, mode="self", begun_at=timezone.now(),
            completed_at=timezone.now(), answers={str(item): 2 if number % 2 == 0 else 4 for item in range(10)},
        )  # fmt: skip
    page = reverse("me_questions_talk", args=["barc-10"])
    fill(english, *[4] * 2, *[5] * 8)
    assert "no more than it may by chance" in text_of(english, page)  # 48 of 40
    fill(english, *[5] * 7, *[6] * 3)
    fill(english, *[4] * 4, *[5] * 6)
    assert "no more than it may by chance" in text_of(english, page)  # 46 of 53
    fill(english, *[6] * 10)
    assert "went up by more than chance" in text_of(english, page)


def test_important_is_not_called_chance(text_of, english, program, house):
    adopt_policy(program=program, kind="measures", values={"every_days": {"gad-7": 30}}, by=house)
    fill(english, *[2] * 6, 0, code="gad-7", days_ago=40)
    fill(english, *[1] * 7, code="gad-7")
    text = text_of(english, reverse("me_questions_talk", args=["gad-7"]))
    assert "went down by 4 or more, which its authors call a change that matters" in text and "chance" not in text
    assert "marks at 5, 10, 15" in text and "from 5 to below 10" in text


def test_an_earlier_version_is_scored_by_its_own_rule(text_of, english, monkeypatch):
    """A second version with other points: what the first holds keeps its total, and they are not compared."""
    rows = json.loads(catalog.FILE.read_text(encoding="utf-8"))
    old = rows["ucla-3"]
    new = json.loads(json.dumps(old)) | {"version": 2, "earlier": [old]}
    for item in new["items"]:
        item["points"] = [0, 5, 9]
    fill(english, 3, 3, 3, code="ucla-3", days_ago=200)
    monkeypatch.setattr(catalog, "_read", lambda: rows | {"ucla-3": new})
    for kept in (catalog.list_forms, catalog.get_form):
        kept.cache_clear()
    try:
        fill(english, 9, 9, 5, code="ucla-3")
        text = text_of(english, reverse("me_questions_talk", args=["ucla-3"]))
    finally:
        for kept in (catalog.list_forms, catalog.get_form):
            kept.cache_clear()
    assert ">9<" in text and ">23<" in text
    assert "The number went" not in text and "chance" not in text


def test_only_what_the_council_offers_is_there(signed_in, english):
    for code in ("gad-7", "phq-9", "nothing"):
        assert signed_in(english).get(reverse("me_questions_one", args=[code])).status_code == 404


def test_somebody_who_loves_somebody_is_not_asked_about_own_use(text_of, english):
    assert "What I can build on" in text_of(english, reverse("me_questions"))
    english.person.episodes.update(kind="loved_one")
    assert "What I can build on" not in text_of(english, reverse("me_questions"))


def test_no_untested_spanish_is_shown_as_if_it_were_the_instrument(text_of, rosa):
    text = text_of(rosa, reverse("me_questions_one", args=["barc-10"]))
    assert "In general I am happy with my life." in text and "Estas preguntas están en inglés" in text
    assert "¿Qué tan importante es este cambio" in text_of(rosa, reverse("me_questions_one", args=["readiness-ruler"]))


def test_the_peer_reads_and_writes_others_only_read(
    signed_in, text_of, english, mentorship, dante, carmen, marcus, ada
):
    of = reverse("questions_one_of", args=[english.person.pk, "ucla-3"])
    assert "Read it aloud to Rosa" in text_of(dante, of)
    assert signed_in(dante).post(of, {"item_0": "2", "item_1": "2", "item_2": "2"}).status_code == 302
    talk = reverse("questions_talk_of", args=[english.person.pk, "ucla-3"])
    assert "To ask each other" in text_of(carmen, talk) and signed_in(carmen).get(of).status_code == 404
    for stranger in (marcus, ada):
        assert signed_in(stranger).get(talk).status_code == 404


# --- joining and keys ---------------------------------------------------------------------------------------------
def test_two_records_become_one_and_two_again(program, rosa, carmen):
    again = create_person(program=program, by=carmen.actor, goes_by="Rosi")
    fill(rosa, 5)
    row = fill(rosa, 2, code="ucla-3")
    Assessment.objects.create(
        program=program, person=again, instrument="barc-10", version=1, mode="self", begun_at=timezone.now()
    )
    merge = merge_persons(first=rosa.person, second=again, by=carmen.actor)
    mine = Assessment.objects.filter(person=merge.kept_id)
    assert mine.count() == 3 and mine.filter(set_aside_at__isnull=False).count() == 1
    undo_merge(merge=merge, by=carmen.actor)
    assert Assessment.objects.filter(person=again, set_aside_at__isnull=True).count() == 1
    assert Assessment.objects.get(pk=row.pk).person_id == rosa.person.pk


def test_a_new_key_takes_over_the_answers(tmp_path, settings, rosa, unscoped):
    settings.ALONGSIDE_KEY_FILE = tmp_path / "ring.json"
    create_key_ring(settings.ALONGSIDE_KEY_FILE)
    row = fill(rosa, 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM assessments_assessment")
        (before,) = cursor.fetchone()
        add_field_key()
        assert rotation._rotate(Assessment, ["answers"], [row.pk]) == 1
        cursor.execute("SELECT answers FROM assessments_assessment")
        assert cursor.fetchone()[0] != before
    assert Assessment.objects.get().answers == {"0": 5}
