"""What is shipped is what was published: every word, label and point, and the totals that others worked out."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from alongside.assessments.catalog import get_form, list_forms
from alongside.rules.instruments import CODES, total

PUBLISHED = json.loads((Path(__file__).parent / "published.json").read_text(encoding="utf-8"))


def responses_of(form: dict) -> list[list]:
    """Of each item: its labels with their points."""
    found = form["responses"]
    return found if isinstance(found[0][0], list) else [found] * len(form["items"])


@pytest.mark.parametrize("code", CODES)
def test_wording_labels_and_points_are_as_published(code):
    """A label that stands at other points would turn the instrument around, and no total would tell."""
    published, form = PUBLISHED["forms"][code], list_forms()[code]
    assert [item["en"] for item in form.words["items"]] == published["items"]
    shown = [
        [[label, points] for label, points in zip(item["labels"]["en"], item["points"], strict=True)]
        for item in form.words["items"]
    ]
    assert shown == responses_of(published)
    assert [list(points) for points in form.rule.points] == [
        [points for _label, points in item] for item in responses_of(published)
    ]


def test_what_is_not_scored_is_as_published_and_of_one_instrument():
    """Only the PHQ-9 has such a question; its first version, without it, asks and counts the same nine."""
    shown = {code: form.words["unscored"] for code, form in list_forms().items() if form.rule.unscored}
    assert set(shown) == {"phq-9"} == {code for code in CODES if "unscored" in PUBLISHED["forms"][code]}
    (item,), published = shown["phq-9"], PUBLISHED["forms"]["phq-9"]["unscored"]
    assert (item["en"], item["labels"]["en"]) == (published["item"], published["responses"])
    first, now = get_form("phq-9", 1), list_forms()["phq-9"]
    assert now.version == 2 and first.rule.unscored == ()
    assert first.words["items"] == now.words["items"] and first.rule == replace(now.rule, unscored=())


def test_the_docs_name_for_which_an_example_was_found_and_for_which_none():
    """A claim of "published examples" reaches as far as there are some."""
    decision = Path(__file__).parents[2] / "docs/decisions/0029-somebody-is-compared-with-themself-alone.md"
    found, none = decision.read_text(encoding="utf-8").split("What scoring was compared with")[1].split("For BARC-10")
    named = {"barc-10": "BARC-10", "ucla-3": "loneliness", "phq-2": "PHQ-2", "phq-9": "PHQ-9", "gad-7": "GAD-7",
             "k6": "K6", "audit-c": "AUDIT-C"}  # fmt: skip
    with_one = {one["instrument"] for one in PUBLISHED["examples"]}
    assert set(named) == set(CODES) - {"readiness-ruler"}
    for code, name in named.items():
        assert (name in found, name in "BARC-10" + none.split("## ")[0]) == (code in with_one, code not in with_one), (
            code
        )


@pytest.mark.parametrize("example", PUBLISHED["examples"], ids=lambda one: one["instrument"])
def test_an_example_with_its_total_comes_out_as_published(example):
    """Answered by its labels, as whoever published it did."""
    form = list_forms()[example["instrument"]]
    answers = {
        number: item["points"][item["labels"]["en"].index(label)]
        for number, (item, label) in enumerate(zip(form.words["items"], example["answers"], strict=True))
    }
    assert total(form.rule, answers) == example["total"]
    turned = {number: max(form.rule.points[number]) - points for number, points in answers.items()}
    assert total(form.rule, turned) != example["total"]
