"""Pages of an HSDS API: what is the first of several, and what refuses all of them."""

import json

import pytest

from alongside.rules.resources import FileRefused, pages
from alongside.rules.resources.pages import Pages


def page(number=1, contents=({"id": "a", "name": "A"},), total=2, **more) -> bytes:
    return json.dumps({"contents": list(contents), "page_number": number, "total_pages": total, **more}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"[]", b'{"contents": []}', b"\x00", page(total=1), page(total=0), page(total=None), page(total="many"),
        page(total=True), page(number=2), page(first_page=False), page(first_page=True, last_page=True),
        json.dumps({"contents": {}, "total_pages": 3}).encode(), b'[{"contents": 1, "total_pages": 2}]',
    ],
)  # fmt: skip
def test_what_is_not_the_first_of_several_is_read_as_it_is(content):
    assert Pages.begin(content) is None


@pytest.mark.parametrize(("first", "numbers"), [(1, [2, 3]), ("1", [2, 3]), (None, [2, 3]), (0, [1, 2])])
def test_pages_are_counted_from_one_or_as_the_first_says(first, numbers):
    found = Pages.begin(page(first, total=3))
    asked = []
    while not found.is_whole:
        asked.append(found.next_number)
        number = found.next_number
        found.add(page(number, [{"id": str(number), "name": "\u00d1"}], total="3"))
    assert asked == numbers and [one["id"] for one in json.loads(found.as_list())] == ["a", *map(str, numbers)]


def test_an_empty_last_page_ends_the_list():
    found = Pages.begin(page())
    found.add(page(2, []))
    assert found.is_whole and len(json.loads(found.as_list())) == 1


@pytest.mark.parametrize(
    ("name", "most", "code"),
    [
        ("MOST_UNPACKED", 100, "too_large_unpacked"),
        ("MOST_ROWS", 1, "too_many_rows"),
        ("MOST_VALUES", 11, "too_many_values"),
    ],
)
def test_all_pages_together_have_the_limits_of_one_file(monkeypatch, name, most, code):
    monkeypatch.setattr(pages, name, most)
    found = Pages.begin(page(total=3))
    with pytest.raises(FileRefused, match=code):
        found.add(page(2, [{"id": "b", "name": "B"}], total=3))


def test_more_pages_than_any_list_has_are_not_begun():
    with pytest.raises(FileRefused, match="too_many_pages"):
        Pages.begin(page(total=10**8))
