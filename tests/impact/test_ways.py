"""The time to first contact on the page of figures: with its counts, hidden where it tells of few; it is not public."""

import csv
import io
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.impact.queries import Ask
from alongside.impact.ways import first_contact
from alongside.people.models import Person
from alongside.referrals.models import Referral
from alongside.referrals.queries import measure
from alongside.rules.measures import ALL

TITLE = "Days from choosing a place to the first contact there"


@pytest.fixture
def ways(many, program):
    """`ways(12, 11, days=30)`: so many met after 0, 1, 2 … days, and so many are on the way; each of somebody else."""
    people = list(Person.objects.filter(goes_by__startswith="P").order_by("pk"))

    def make(met: int, waiting: int, *, days: int = 30) -> None:
        asked_at = timezone.now() - timedelta(days=days)
        for number in range(met + waiting):
            way = Referral.objects.create(
                program=program, person=people[number], way="themself", place=f"Place {days}", requested_at=asked_at,
                submit_key=uuid4(),
            )  # fmt: skip
            if number < met:
                day = timezone.localdate(asked_at, ZoneInfo(program.time_zone)) + timedelta(days=number)
                Referral.objects.filter(pk=way.pk).update(status="in_progress", in_touch_on=day, in_touch_by="person")

    return make


@pytest.fixture
def card(signed_in, dolores):
    """`card()`: what the page says of it."""
    client = signed_in(dolores)

    def read(**query) -> str:
        page = client.get(reverse("impact"), query).content.decode()
        return page.partition('id="f-days_to_contact"')[2].partition("</section>")[0]

    return read


@pytest.mark.parametrize("by", ["all", "site", "kind", "program"])
def test_the_middle_stands_there_with_who_is_still_on_the_way(ways, card, program, by):
    ways(13, 11)
    said = card(by=by)
    assert TITLE in said and "6 days" in said and "13 ways to a place" in said and "11 still on the way" in said
    assert measure(program, timezone.now()).value == 6, "the page of referrals says the same"


@pytest.mark.parametrize("met, waiting", [(5, 11), (10, 0), (0, 4)])
def test_of_few_people_nothing_is_shown(ways, card, met, waiting):
    ways(met, waiting)
    assert "Too few people" in card() and "still on the way" not in card()


def test_a_period_has_what_was_chosen_in_it(ways, card):
    ways(13, 11, days=200)
    assert "6 days" in card(period="365") and "nobody yet" in card(period="90")


def test_the_file_has_it_too_and_no_public_figure(ways, signed_in, dolores, client):
    ways(13, 11)
    text = signed_in(dolores).get(reverse("impact_csv")).content.decode("utf-8-sig")
    (row,) = [one for one in csv.DictReader(io.StringIO(text)) if one["figure"] == "days_to_contact"]
    assert (row["value"], row["n"], row["not_due"]) == ("6.0", "13", "11")
    assert TITLE not in client.get(reverse("public_figures")).content.decode()


def test_ways_of_another_program_are_not_counted(ways, program, other_program):
    ways(13, 11)
    counts = [first_contact(Ask((one,)))[ALL].n for one in (program, other_program)]
    assert counts == [13, 0]
