"""How we work: everybody reads the policies in force and how they came about."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from alongside.council.actions import adopt_policy
from alongside.council.wording import FEATURES, describe, list_changes
from alongside.rules.matching import DEFAULT_WEIGHTS


@pytest.mark.parametrize("persona", [None, "rosa", "dante", "lien", "carmen", "dolores", "ada"])
def test_everybody_reads_the_policies(client, signed_in, request, program, persona):
    if persona:
        client = signed_in(request.getfixturevalue(persona))
    response = client.get(reverse("policies"))
    assert response.status_code == 200


def test_each_weight_is_explained_in_words(client, program):
    page = client.get(reverse("policies"), headers={"accept-language": "en"}).content.decode()
    for title, why in FEATURES.values():
        assert str(title) in page and str(why) in page
    assert "Day 1 to 7" in page and "Up to 3" in page and "48 hours" in page


def test_every_feature_of_the_engine_has_words():
    assert set(FEATURES) == set(DEFAULT_WEIGHTS)


def test_the_shares_add_up():
    values = {"weights": {"pathway": 3, "language": 1}}
    with override("en"):
        lines = {line.title: line.value for line in describe("matching", values)}
    assert lines["Path of recovery"] == "75 of 100" and lines["Language"] == "25 of 100" and lines["Age"] == "0 of 100"


def test_history_says_what_changed(client, program, carmen):
    adopt_policy(program=program, kind="offers", values={"choose_days": 10}, by=carmen.actor, note="More time to think")
    page = client.get(reverse("policies"), headers={"accept-language": "en"}).content.decode()
    assert "More time to think" in page and "Time to choose: 10 days (before: 7 days)" in page


def test_changes_name_new_and_dropped_lines():
    before = {"phases": [{"until_day": 7, "every_days": 2}], "after_every_days": 7}
    after = {"phases": [{"until_day": 30, "every_days": 2}], "after_every_days": 7}
    with override("en"):
        assert list_changes("cadence", after, before) == ["Day 1 to 30: Every 2 days (new)", "Day 1 to 7: no longer"]


def test_a_visitor_of_an_empty_install_finds_nothing(client, db):
    assert client.get(reverse("policies")).status_code == 404


def test_the_page_speaks_spanish(client, program):
    page = client.get(reverse("policies"), headers={"accept-language": "es"}).content.decode()
    assert "Cómo trabajamos" in page and "Stage of life" not in page and "of 100" not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A program chooses which of our questions it asks, and in which order; questions in its own words"),
        ("es", "El programa elige cuáles de nuestras preguntas hace y en qué orden; no se ofrecen preguntas"),
    ],
)
def test_what_a_program_may_choose_of_a_check_in_is_said(client, program, language, words):
    assert words in client.get(reverse("policies"), headers={"accept-language": language}).content.decode()
