"""Who may be the same person: keys kept with each change, pairs found by the worker, few queries whatever the size."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from alongside import cli
from alongside.people import match_keys
from alongside.people.actions import change_person, create_person
from alongside.people.models import MatchKey, Person, ToCompare, TwinPair
from alongside.people.near_matches import compare_waiting, near_matches
from alongside.rules.linkage import SURELY, make_features
from tests.story import make_persona

BORN = date(1984, 5, 7)
ROSA = {"goes_by": "Rosa D.", "legal_name": "Rosa Delgado", "birth_date": BORN, "phone": "+12135550142"}


@pytest.fixture
def rosa_twice(program, house):
    """Rosa, and Rosa again from another list: a short form, day and month the other way round."""
    first = create_person(program=program, by=house, **ROSA)
    again = create_person(
        program=program, by=house, goes_by="Rosita", legal_name="Rosita Delgado", birth_date=date(1984, 7, 5),
        phone="213-555-0142",
    )  # fmt: skip
    return first, again


def keys_of(person) -> set[tuple[str, str]]:
    return set(MatchKey.objects.filter(person=person).values_list("kind", "digest"))


def test_keys_follow_what_is_saved(program, house):
    rosa = create_person(program=program, by=house, **ROSA)
    before = keys_of(rosa)
    assert {kind for kind, _ in before} == {"phone", "family_year", "initial_born", "whole_name"}
    change_person(person=rosa, by=house, phone="+13105559988")
    after = keys_of(rosa)
    assert {kind for kind, _ in before - after} == {kind for kind, _ in after - before} == {"phone"}


def test_what_tells_nobody_apart_makes_no_new_keys(program, house):
    rosa = create_person(program=program, by=house, **ROSA)
    ToCompare.objects.all().delete()
    change_person(person=rosa, by=house, pronouns="ella")
    assert not ToCompare.objects.exists()


def test_keys_say_nothing_and_are_of_one_program(program, other_program, house):
    rosa = create_person(program=program, by=house, **ROSA)
    with scope(program=other_program):
        there = make_persona(other_program, "rosa", **{k: v for k, v in ROSA.items() if k != "goes_by"}).person
        elsewhere = keys_of(there)
    assert not {digest for _, digest in keys_of(rosa)} & {digest for _, digest in elsewhere}
    assert all(len(digest) == 64 and "delgado" not in digest for _, digest in keys_of(rosa))


def test_rebuilding_makes_the_same_keys(program, house, rosa_twice):
    before = {person.pk: keys_of(person) for person in rosa_twice}
    MatchKey.objects.filter(person=rosa_twice[0]).delete()
    assert match_keys.rebuild(program) == Person.objects.count()
    assert {person.pk: keys_of(person) for person in rosa_twice} == before


def test_the_worker_finds_the_pair_once(program, rosa_twice):
    assert compare_waiting() == 2
    assert compare_waiting() == 0
    pair = TwinPair.objects.get()
    assert {pair.first_id, pair.second_id} == {person.pk for person in rosa_twice}
    assert pair.verdict == SURELY and ["born", "day_and_month_swapped"] in [reason[:2] for reason in pair.reasons]


def test_people_from_before_there_were_keys_get_theirs_from_the_worker(program, rosa_twice):
    MatchKey.objects.all().delete()
    compare_waiting()
    assert TwinPair.objects.count() == 1 and MatchKey.objects.exists()


def test_a_pair_that_no_longer_looks_alike_goes_and_a_decided_one_stays(program, house, rosa_twice):
    compare_waiting()
    first, again = rosa_twice
    change_person(person=again, by=house, legal_name="Lucía Ortega", goes_by="Lucía", birth_date=date(1999, 1, 2))
    compare_waiting()
    assert not TwinPair.objects.exists()
    TwinPair.objects.create(
        program=program, first_id=min(first.pk, again.pk), second_id=max(first.pk, again.pk), bits=30, verdict=SURELY,
        decision="different",
    )  # fmt: skip
    change_person(person=again, by=house, **ROSA)
    compare_waiting()
    assert TwinPair.objects.get().decision == "different"


def test_rows_of_a_list_find_who_is_known(program, rosa_twice):
    first, again = rosa_twice
    rows = {
        2: make_features(legal_name="Rosa Delgado Ruiz", born=BORN, phone="2135550142"),
        3: make_features(goes_by="X"),
    }
    found = near_matches(program, rows)
    assert found.keys() == {2} and found[2][0].person_id == first.pk
    assert {near.person_id for near in found[2]} == {first.pk, again.pk}
    assert [near.person_id for near in near_matches(program, rows, but=[first.pk])[2]] == [again.pk]


def test_a_household_is_not_asked_about(program, house):
    create_person(program=program, by=house, **ROSA)
    brother = make_features(legal_name="Marcos Delgado", born=date(1990, 2, 14), phone="2135550142")
    assert near_matches(program, {1: brother}) == {}


@pytest.mark.parametrize("known", [3, 40])
def test_the_number_of_queries_does_not_grow(program, house, known):
    for number in range(known):
        create_person(program=program, by=house, goes_by="Ana", legal_name=f"Ana Ruiz {number}", birth_date=BORN)
    rows = {number: make_features(legal_name=f"Ana Ruiz {number}", born=BORN) for number in range(50)}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert near_matches(program, rows)
    assert len(queries) == 4  # one of them counts the people


def test_a_key_that_very_many_share_is_passed_over(program, house, monkeypatch):
    monkeypatch.setattr("alongside.people.near_matches.LARGEST_BLOCK", 2)
    for phone in ("+12135550101", "+12135550102", "+12135550103"):
        create_person(program=program, by=house, **ROSA | {"phone": phone})
    rows = {1: make_features(legal_name="Rosa Delgado", born=BORN, phone="2135550101")}
    assert len(near_matches(program, rows)[1]) == 1  # by the phone, which only one has


def test_another_program_is_never_searched(program, other_program, house, rosa_twice):
    with scope(program=other_program):
        rows = {1: make_features(legal_name="Rosa Delgado", born=BORN, phone="2135550142")}
        assert near_matches(other_program, rows) == {}


def test_the_command_has_everybody_compared_anew(program, house, capsys):
    first = create_person(program=program, by=house, goes_by="Luz", legal_name="Luz Vargas", phone="+12135550142")
    MatchKey.objects.all().delete()
    ToCompare.objects.all().delete()
    assert cli.main(["compare", "--program", program.slug]) == 0
    assert f"people of {program.slug} will be compared" in capsys.readouterr().out
    assert ToCompare.objects.filter(person=first).exists() and MatchKey.objects.filter(person=first).exists()
