"""Rosa reads, tries and says where she stands; Dante does it with her; Carmen orders what the program offers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.story import day_there, make_persona

from alongside.audit.models import Entry
from alongside.recovery.actions import NotYours
from alongside.skills import actions, queries
from alongside.skills.catalog import list_units
from alongside.skills.models import Practice, Standing, Unit

pytestmark = pytest.mark.django_db

OWN = {"title": "Our garden", "why": "Soil helps.", "ideas": ["Dig"], "practice": "Plant one.", "questions": [],
       "sources": []}  # fmt: skip


@pytest.fixture
def today():
    return day_there()


def practise(person, by, today, **more):
    values = {
        "person": person, "unit": "urges", "happened_on": today, "together": False, "submit_key": uuid4(), "by": by,
        "today": today,
    }  # fmt: skip
    return actions.add_practice(**values | more)


def test_who_tried_something_is_trying_it(rosa, today):
    practise(rosa.person, rosa.actor, today, words="I waited ten minutes")
    assert queries.list_stands(rosa.person.pk) == {"urges": "trying"}
    actions.say_stand(person=rosa.person, unit="urges", stand="mine", by=rosa.actor)
    practise(rosa.person, rosa.actor, today)
    assert queries.list_stands(rosa.person.pk) == {"urges": "mine"}
    assert queries.count_practices(rosa.person.pk) == {"urges": 2}


def test_the_same_submit_twice_is_one(rosa, today):
    key = uuid4()
    assert practise(rosa.person, rosa.actor, today, submit_key=key) == practise(
        rosa.person, rosa.actor, today, submit_key=key
    )
    assert Practice.objects.count() == 1


def test_nothing_was_tried_tomorrow(rosa, today):
    with pytest.raises(actions.DayNotPossible):
        practise(rosa.person, rosa.actor, today, happened_on=today + timedelta(days=1))


def test_neither_a_stranger_nor_another_peer_writes_in_it(rosa, program, today):
    pat, sam = make_persona(program, "pat", "peer"), make_persona(program, "sam", "participant")
    for other in (pat, sam):
        with pytest.raises(NotYours):
            practise(rosa.person, other.actor, today)
        with pytest.raises(NotYours):
            actions.say_stand(person=rosa.person, unit="urges", stand="mine", by=other.actor)
    practice = practise(rosa.person, rosa.actor, today)
    with pytest.raises(NotYours):
        actions.set_practice_aside(practice=practice, by=pat.actor)


def test_what_is_taken_off_is_out_of_sight_and_not_gone(rosa, today):
    practice = practise(rosa.person, rosa.actor, today)
    assert actions.set_practice_aside(practice=practice, by=rosa.actor)
    assert not actions.set_practice_aside(practice=practice, by=rosa.actor)
    assert queries.list_practices(rosa.person.pk, "urges") == [] and Practice.objects.count() == 1


def test_the_log_says_that_something_was_tried_and_not_what(rosa, today):
    practise(rosa.person, rosa.actor, today, words="umber canary")
    entry = Entry.objects.get(act="skill.practised")
    assert entry.subject_id == rosa.person.pk and "umber" not in str(entry.__dict__)


def test_the_database_keeps_one_standing_for_each_unit(rosa):
    row = {"program": rosa.program, "person": rosa.person, "unit": "urges", "changed_at": timezone.now()}
    Standing.objects.create(**row, stand="mine")
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.create(**row, stand="trying")
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.create(**row | {"unit": "trust"}, stand="failed")


# --- what a program offers ------------------------------------------------------------------------------------------
def test_a_program_orders_leaves_out_and_adds(program, carmen):
    actions.place_unit(program=program, key="trust", by=carmen.actor, up_or_down=-1)
    actions.place_unit(program=program, key="money", by=carmen.actor, shown=False)
    unit = actions.add_unit(program=program, words={"es": OWN}, submit_key=uuid4(), by=carmen.actor)
    offered = [entry.key for entry in queries.list_offered("en")]
    assert offered == ["urges", "refusing", "sleep", "routines", "trust", "asking", "first_meeting", str(unit.pk)]
    assert (
        queries.list_offered("en")[-1].words.title == "Our garden" and queries.list_offered("en")[-1].language == "es"
    )
    assert len(list_units(queries.list_rows(), "en", all_of_them=True)) == 9
    actions.place_unit(program=program, key="money", by=carmen.actor, shown=True)
    assert "money" in [entry.key for entry in queries.list_offered("en")]
    with pytest.raises(KeyError):
        actions.place_unit(program=program, key="flying", by=carmen.actor, up_or_down=1)


def test_a_new_unit_stands_at_the_end_as_the_page_says(program, carmen):
    for _ in range(2):
        actions.add_unit(program=program, words={"en": OWN}, submit_key=uuid4(), by=carmen.actor)
    assert [entry.is_own for entry in queries.list_offered("en")] == [False] * 8 + [True] * 2


def test_a_unit_of_another_program_is_not_offered(program, other_program, marcus):
    with scope(program=other_program):
        actions.add_unit(program=other_program, words={"en": OWN}, submit_key=uuid4(), by=marcus.actor)
    assert "Our garden" not in [entry.words.title for entry in queries.list_offered("en")]
    with scope(program=other_program):
        assert "Our garden" in [entry.words.title for entry in queries.list_offered("en")]


def test_two_languages_of_an_own_unit(program, carmen):
    unit = actions.add_unit(program=program, words={"en": OWN}, submit_key=uuid4(), by=carmen.actor)
    actions.change_unit(unit=unit, words={"en": OWN, "es": OWN | {"title": "Nuestra huerta"}}, by=carmen.actor)
    assert [queries.get_unit(str(unit.pk), one).words.title for one in ("en", "es")] == ["Our garden", "Nuestra huerta"]
    assert Unit.objects.count() == 1


# --- pages ----------------------------------------------------------------------------------------------------------
def test_rosa_reads_tries_and_says_where_she_stands(client, english, today):
    client.force_login(english.user)
    assert "When an urge comes" in client.get(reverse("me_learn_all")).content.decode()
    page = reverse("me_learn_one", args=["urges"])
    assert "it will pass" in client.get(page).content.decode()
    sent = client.post(
        page, {"action": "practised", "happened_on": today.isoformat(), "feel": "mixed", "words": "<b>ten</b>"}
    )
    assert sent.status_code == 302
    shown = client.get(page).content.decode()
    assert "&lt;b&gt;ten&lt;/b&gt;" in shown and "So-so" in shown
    client.post(page, {"action": "stand", "stand": "mine"})
    assert "Part of my life" in client.get(reverse("me_learn_all")).content.decode()
    client.post(reverse("me_practice_aside", args=[Practice.objects.get().pk]))
    assert "ten" not in client.get(page).content.decode().split("Tried so far")[-1][:80]


def test_a_wrong_day_keeps_the_words(client, english, today):
    client.force_login(english.user)
    page = reverse("me_learn_one", args=["sleep"])
    later = (today + timedelta(days=3)).isoformat()
    shown = client.post(page, {"action": "practised", "happened_on": later, "words": "kept words"}).content.decode()
    assert "kept words" in shown and "Choose today or an earlier day." in shown


def test_a_unit_that_is_left_out_or_unknown_is_not_there(client, rosa, carmen, program):
    actions.place_unit(program=program, key="money", by=carmen.actor, shown=False)
    client.force_login(rosa.user)
    for unit in ("money", "flying", str(uuid4())):
        assert client.get(reverse("me_learn_one", args=[unit])).status_code == 404


def test_carmen_writes_a_unit_in_one_language_and_is_told_what_is_missing(signed_in, carmen):
    client = signed_in(carmen)
    page = reverse("unit_new")
    shown = client.post(page, {"title_es": "La huerta"}).content.decode()
    assert "This is needed in a language that was begun." in shown and "La huerta" in shown
    whole = {"title_es": "La huerta", "why_es": "La tierra ayuda.", "practice_es": "Plante una."}
    shown = client.post(page, whole | {"ideas_es": "\n".join("abcdefghi")}).content.decode()
    assert "Eight lines at most" in shown
    assert client.post(page, whole | {"ideas_es": "- Cavar\n- Regar"}).status_code == 302
    unit = Unit.objects.get(code="")
    assert unit.words["es"]["ideas"] == ["Cavar", "Regar"] and "en" not in unit.words
    assert client.post(reverse("units"), {"unit": unit.key, "action": "up"}).status_code == 302
    assert client.post(reverse("units"), {"unit": unit.key, "action": "fly"}).status_code == 404


def test_dante_practises_with_her_and_she_reads_it(mentorship, rosa, dante, signed_in):
    client = signed_in(dante)
    page = reverse("learn_one_of", args=[rosa.person.pk, "asking"])
    assert "They tried it" in client.get(page).content.decode()
    sent = client.post(page, {"action": "practised", "happened_on": day_there().isoformat(), "together": "on"})
    assert sent.status_code == 302
    practice = Practice.objects.get()
    assert practice.together and practice.by_person == dante.person.pk
    assert Entry.objects.filter(act="record.opened", subject_id=rosa.person.pk, actor_id=dante.user.pk).exists()


def test_two_records_that_become_one_keep_what_was_said_later(rosa, program, carmen, today):
    from alongside.people.actions import create_person, merge_persons, undo_merge

    other = create_person(program=program, by=carmen.actor, goes_by="Rosa R.")
    Standing.objects.create(program=program, person=other, unit="urges", stand="mine", changed_at=timezone.now())
    Standing.objects.create(program=program, person=other, unit="sleep", stand="looking", changed_at=timezone.now())
    earlier = timezone.now() - timedelta(days=3)
    Standing.objects.create(program=program, person=rosa.person, unit="urges", stand="trying", changed_at=earlier)
    merge = merge_persons(first=rosa.person, second=other, by=carmen.actor)
    assert queries.list_stands(rosa.person.pk) == {"urges": "mine", "sleep": "looking"}
    undo_merge(merge=merge, by=carmen.actor)
    assert queries.list_stands(rosa.person.pk) == {"urges": "trying"}
    assert queries.list_stands(other.pk) == {"urges": "mine", "sleep": "looking"}
