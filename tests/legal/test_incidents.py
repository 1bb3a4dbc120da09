"""An incident: people from the log, the four factors, the clocks of the law, letters, and who was told when."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.legal.conftest import NOW
from tests.story import day_there

from alongside.audit.actions import record, record_each
from alongside.audit.models import Entry
from alongside.legal import actions, queries
from alongside.legal.models import Affected, Incident
from alongside.legal.showing import write_letters
from alongside.people.actions import create_person, merge_persons
from alongside.people.models import OutgoingMessage
from alongside.rules.breach import FACTORS, HOW_TOLD

pytestmark = pytest.mark.django_db

TODAY = day_there()
LETTER = {
    code: {
        "what_happened": f"A phone was lost ({code})",
        "protect_yourself": "Be careful",
        "what_we_do": "We locked it",
    }
    for code in ("en", "es")
}
ALL_FACTORS = dict.fromkeys(FACTORS, "In words")


@pytest.fixture
def incident(program, dolores, lien):
    """A lost phone, owned by Lien."""
    return actions.open_incident(
        program=program, what_happened="A phone was lost", happened_on=TODAY - timedelta(days=2),
        discovered_on=TODAY - timedelta(days=1), owner=lien.person, submit_key=uuid4(), by=dolores.actor, now=NOW,
    )  # fmt: skip


@pytest.fixture
def breach(incident, rosa, lien):
    """It is a breach of Rosa's record, with the words of the letter."""
    actions.add_affected(incident=incident, person=rosa.person, words="Her card was in the bag", by=lien.actor)
    actions.assess(incident=incident, factors=ALL_FACTORS, decision="breach", words="It was open", by=lien.actor)
    return actions.change_letter(
        incident=incident, information=["name", "notes"], letter=LETTER, contact="800-555-0100", by=lien.actor
    )  # fmt: skip


def search(incident, account, by, acts=("record.opened",), hours=2):
    return actions.search_log(
        incident=incident, account=account.user.pk, acts=acts, from_at=timezone.now() - timedelta(hours=hours),
        until_at=timezone.now() + timedelta(hours=1), by=by.actor,
    )  # fmt: skip


def test_people_are_found_in_the_log(incident, dante, rosa, carmen, program, lien, other_program):
    olu, ines, kit = (create_person(program=program, by=carmen.actor, goes_by=name) for name in ("Olu", "Ines", "Kit"))
    for person in (rosa.person, olu, rosa.person):
        record(act="record.opened", by=dante.actor, subject=person.pk, view=True)
    record(act="record.opened", by=carmen.actor, subject=ines.pk, view=True)  # another account
    record(act="record.listed", by=dante.actor, subject=ines.pk, view=True)  # another act
    record(act="record.opened", by=dante.actor, subject=kit.pk, view=True, now=timezone.now() - timedelta(hours=9))
    record(act="record.opened", by=dante.actor, subject=ines.pk, view=True, program_id=other_program.pk)
    record_each([ines.pk], act="record.opened", by=dante.actor, outcome="refused")
    assert search(incident, dante, lien) == 2
    assert {row.person_id for row in queries.list_affected(incident)} == {rosa.person.pk, olu.pk}
    assert search(incident, dante, lien) == 0, "whoever is on the list is on it once"
    assert search(incident, dante, lien, acts=("record.opened", "record.listed"), hours=10) == 2
    (first, *_more) = queries.list_searches(incident)
    assert (first.account, first.acts, first.found) == (dante.user.pk, ["record.opened"], 2)


def test_a_record_that_was_joined_since_is_found(incident, dante, rosa, carmen, program, lien):
    again = create_person(program=program, by=carmen.actor, goes_by="Rosi")
    record(act="record.opened", by=dante.actor, subject=again.pk, view=True)
    merge = merge_persons(first=again, second=rosa.person, by=carmen.actor, readers_seen=[carmen.person.pk])
    search(incident, dante, lien)
    assert [row.person_id for row in queries.list_affected(incident)] == [merge.kept_id]


def test_added_and_struck_with_a_reason(incident, rosa, lien, dante):
    with pytest.raises(actions.IncidentRefused, match="no_words"):
        actions.add_affected(incident=incident, person=rosa.person, words=" ", by=lien.actor)
    row = actions.add_affected(incident=incident, person=rosa.person, words="On the desk", by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="twice"):
        actions.add_affected(incident=incident, person=rosa.person, words="Again", by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="no_words"):
        actions.strike_affected(affected=row, words="", by=lien.actor)
    actions.strike_affected(affected=row, words="It was another Rosa", by=lien.actor)
    assert queries.get_state(incident).affected == 0
    record(act="record.opened", by=dante.actor, subject=rosa.person.pk, view=True)
    search(incident, dante, lien)
    assert queries.get_state(incident).affected == 0, "whoever was struck stays struck"
    actions.add_affected(incident=incident, person=rosa.person, words="It was her after all", by=lien.actor)
    assert queries.get_state(incident).affected == 1


def test_it_is_decided_by_all_four_factors_in_words(incident, lien):
    with pytest.raises(actions.IncidentRefused, match="factors"):
        actions.assess(
            incident=incident, factors=ALL_FACTORS | {"was_it_seen": " "}, decision="breach", words="x", by=lien.actor
        )
    for decision, words in (("maybe", "x"), ("breach", " ")):
        with pytest.raises(actions.IncidentRefused, match="no_words"):
            actions.assess(incident=incident, factors=ALL_FACTORS, decision=decision, words=words, by=lien.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status="assessed", decision="breach")
    decided = actions.assess(
        incident=incident, factors=ALL_FACTORS, decision="low_probability", words="It was locked", by=lien.actor
    )
    assert decided.status == "assessed"
    assert actions.reopen_incident(incident=incident, words="The lock was off", by=lien.actor).status == "open"
    assert Entry.objects.get(act="incident.reopened").reason_words == "The lock was off"


def test_nobody_is_told_before_it_is_a_breach_and_without_words(incident, rosa, lien):
    row = actions.add_affected(incident=incident, person=rosa.person, words="On the desk", by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="undecided"):
        actions.tell_affected(incident=incident, affected=[row], how="mail", by=lien.actor)
    actions.assess(incident=incident, factors=ALL_FACTORS, decision="breach", words="Open", by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="no_words"):
        actions.tell_affected(incident=incident, affected=[row], how="mail", by=lien.actor)


@pytest.mark.parametrize("how", HOW_TOLD)
def test_told_once_and_how_and_read_on_their_own_page(breach, rosa, lien, how):
    rows = queries.list_affected(breach)
    assert actions.tell_affected(incident=breach, affected=rows, how=how, by=lien.actor) == 1
    assert actions.tell_affected(incident=breach, affected=rows, how="mail", by=lien.actor) == 0
    (row,) = queries.list_letters(rosa.person.pk)
    assert (row.told_how, row.letter_version) == (how, 1)
    letters = write_letters(row, ("es", "en"))
    assert [one["language"] for one in letters] == ["es", "en"]
    for one in letters:
        texts = [text for _heading, text in one["parts"]]
        assert len(texts) == 5 and f"({one['language']})" in texts[0] and "800-555-0100" in texts[4]
    with pytest.raises(actions.IncidentRefused, match="over"):
        actions.strike_affected(affected=row, words="Not her", by=lien.actor)


def test_it_closes_when_everything_was_done(breach, lien):
    with pytest.raises(actions.IncidentRefused, match="not_done"):
        actions.close_incident(incident=breach, by=lien.actor)
    actions.tell_affected(incident=breach, affected=queries.list_affected(breach), how="mail", by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="not_done"):
        actions.close_incident(incident=breach, by=lien.actor)
    with pytest.raises(actions.IncidentRefused, match="order"):
        actions.note_authority_told(incident=breach, who="hhs", on=date(2020, 1, 1), by=lien.actor)
    actions.note_authority_told(incident=breach, who="hhs", on=TODAY, by=lien.actor)
    assert actions.close_incident(incident=breach, by=lien.actor).status == "closed"
    with pytest.raises(actions.IncidentRefused, match="over"):
        actions.add_affected(incident=breach, person=lien.person, words="Late", by=lien.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=breach.pk).update(status="open", closed_at=None)


def test_owner_and_directors_are_warned_once_for_each_step_neutrally(incident, lien, dolores):
    for one in (lien, dolores):
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()
    OutgoingMessage.objects.all().delete()
    due = timezone.make_aware(timezone.datetime(*(incident.discovered_on + timedelta(days=60)).timetuple()[:3], 20))
    assert actions.look_after_due(due - timedelta(days=40)) == 0
    assert actions.look_after_due(due - timedelta(days=13)) == 2
    assert actions.look_after_due(due - timedelta(days=12)) == 0
    assert actions.look_after_due(due - timedelta(days=3)) == 2
    late = due + timedelta(days=2)
    assert actions.look_after_due(late) >= 2, "the overdue ones each day"
    assert set(OutgoingMessage.objects.values_list("template", flat=True)) == {"please_look_now"}
    assert Entry.objects.filter(act="incident.warned").count() >= 3


def test_who_sees_it(incident, dolores, lien, carmen):
    assert queries.get_incident(dolores.actor, incident.pk) == queries.get_incident(lien.actor, incident.pk) == incident
    assert queries.get_incident(carmen.actor, incident.pk) is None


def test_two_records_that_become_one_are_told_once(breach, rosa, lien, carmen, program):
    again = create_person(program=program, by=carmen.actor, goes_by="Rosi")
    row = actions.add_affected(incident=breach, person=again, words="Twice on the card", by=lien.actor)
    actions.tell_affected(incident=breach, affected=[row], how="mail", by=lien.actor)
    merge = merge_persons(first=again, second=rosa.person, by=carmen.actor, readers_seen=[carmen.person.pk])
    (left,) = Affected.objects.filter(incident=breach)
    assert left.person_id == merge.kept_id and left.told_at is not None
