"""What is shipped is what was published: every word, label and point, and the totals that others worked out."""

import json
from pathlib import Path

import pytest

from alongside.assessments.catalog import list_forms
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
