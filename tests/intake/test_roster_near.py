"""The preview names whom a new person of a row may be, while nobody is joined without a person deciding."""

from datetime import date

import pytest
from django.urls import reverse

from alongside.people.actions import change_person
from alongside.people.models import Person, TwinPair
from alongside.people.near_matches import compare_waiting

from .test_rosters import preview, upload

BORN = date(1984, 5, 7)
LIST = (
    "Name,Goes by,DOB,Phone\nRossa Delgado,Rosita,07/05/1984,(213) 555-0142\n"
    "Amelia Quiroga,Ame,02/03/1971,(213) 555-0199\n"
)


@pytest.fixture
def waiting(program, carmen, rosa, house):
    """A list with Rosa once more, her day and month of birth the other way round, and with somebody new."""
    change_person(person=rosa.person, by=house, legal_name="Rosa E. Delgado", birth_date=BORN, phone="+12135550142")
    roster = preview(upload(program, carmen.actor, LIST), carmen.actor, date_order="mdy")
    assert roster.counts["create"] == 2
    return roster


def page_of(client, roster) -> str:
    return client.get(reverse("roster_preview", args=[roster.pk])).content.decode()


def test_the_row_says_who_may_be_known_and_why(signed_in, carmen, rosa, waiting):
    page = page_of(signed_in(carmen), waiting)
    row = page.partition("Rosita")[2].partition("</li>")[0]
    assert "known here</span> " + rosa.person.goes_by in row and "The same phone" in row
    assert "known here" not in page.partition(">Ame ")[2].partition("</li>")[0]
    assert "and you decide" in page


def test_after_confirming_the_pair_waits_side_by_side(signed_in, carmen, rosa, waiting):
    client = signed_in(carmen)
    client.post(reverse("roster_confirm", args=[waiting.pk]))
    assert "known here" not in page_of(client, waiting)
    compare_waiting()
    pair = TwinPair.objects.get()
    assert {pair.first_id, pair.second_id} == {rosa.person.pk, Person.objects.get(goes_by="Rosita").pk}


def test_whoever_looks_is_not_told_about_themself(signed_in, carmen, house, waiting, rosa):
    change_person(person=rosa.person, by=house, legal_name="", birth_date=None, phone="")
    change_person(person=carmen.person, by=house, legal_name="Rosa E. Delgado", birth_date=BORN, phone="+12135550142")
    assert "known here" not in page_of(signed_in(carmen), waiting)
