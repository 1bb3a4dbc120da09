"""What if? Three ways and one change side by side; looking changes nothing, and whom one sees is written down."""

import pytest
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.matching import comparing
from alongside.matching.models import Proposal, Run
from alongside.workforce.models import PeerProfile

from .conftest import make_waiting
from .test_pages import words_of


@pytest.fixture
def crowd(program, carmen, peers, lucia):
    """Lucia, and three for whom only Ines is possible: she has one place."""
    return [
        make_waiting(program, carmen.actor, f"tere{number}", days=10 + number, musts=[("pathway", "secular")])
        for number in range(3)
    ]


def test_three_ways_side_by_side(signed_in, carmen, crowd):
    response = signed_in(carmen).get(reverse("what_if"))
    page = words_of(response)
    assert "Serve most Nobody would swap First come" in page
    rows = {words: values for words, _note, values in response.context["figures"].rows}
    assert rows["Have a place"] == ["2", "2", "2"] and rows["Have none"] == ["2", "2", "2"]
    assert rows["Pairs who would rather have each other"][1] == "0"
    assert "By language" not in page  # all four speak Spanish: nothing to compare


def test_groups_show_who_has_a_place_in_each_way(signed_in, program, carmen, crowd):
    make_waiting(program, carmen.actor, "vera", language="vi")
    tables = signed_in(carmen).get(reverse("what_if")).context["groups"]
    (by_language,) = [table for table in tables if table.title == "By language"]
    assert by_language.rows == [
        ("Spanish", "", ["2 of 4", "2 of 4", "2 of 4"]), ("Vietnamese", "", ["0 of 1", "0 of 1", "0 of 1"]),
    ]  # fmt: skip


def test_one_more_place_and_who_would_get_it(signed_in, carmen, peers, crowd):
    response = signed_in(carmen).get(reverse("what_if"), {"peer": peers["ines"].profile.pk})
    page = words_of(response)
    assert "3 people would have a place; now it is 2." in page
    assert "Tere1: Ines (gets a place)" in page
    seen = Entry.objects.filter(act="record.listed", object_kind="board", actor_id=carmen.user.pk)
    assert crowd[1].person.pk in set(seen.values_list("subject_id", flat=True))


def test_other_weights(signed_in, program, carmen, peers, lucia):
    weights = {"w_pathway": 0, "w_life_stage": 0, "w_availability": 1}
    page = words_of(signed_in(carmen).get(reverse("what_if"), weights))
    assert "1 person would have a place; now it is 1." in page and "Fit on average:" in page


def test_weights_in_force_are_no_change_and_strange_ones_are_refused(signed_in, carmen, peers, lucia):
    client = signed_in(carmen)
    assert "effect" not in client.get(reverse("what_if"), {"w_pathway": 20, "peer": ""}).context
    response = client.get(reverse("what_if"), {"w_pathway": -1})
    assert response.status_code == 200 and "effect" not in response.context and response.context["form"].errors
    zeros = {f"w_{feature}": 0 for feature in response.context["form"].weights}
    assert "At least one thing has to count." in words_of(client.get(reverse("what_if"), zeros))
    assert client.get(reverse("what_if"), {"peer": "somebody"}).context["form"].errors


def test_looking_changes_nothing(signed_in, carmen, peers, crowd):
    before = list(PeerProfile.objects.order_by("pk").values())
    signed_in(carmen).get(reverse("what_if"), {"peer": peers["ines"].profile.pk, "w_age": 90})
    assert not Run.objects.exists() and not Proposal.objects.exists()
    assert list(PeerProfile.objects.order_by("pk").values()) == before


def test_a_list_that_is_too_long_says_so(signed_in, carmen, peers, lucia, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_PAIRS", 2)
    assert "too long to compare on a page" in words_of(signed_in(carmen).get(reverse("what_if")))


def test_an_empty_list(signed_in, carmen, peers):
    assert "Nobody is waiting" in words_of(signed_in(carmen).get(reverse("what_if")))


@pytest.mark.parametrize("persona", ["lien", "dolores", "ada", "rosa"])
def test_only_a_coordinator_asks_what_if(signed_in, request, persona):
    assert signed_in(request.getfixturevalue(persona)).get(reverse("what_if")).status_code == 404
