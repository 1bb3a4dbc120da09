"""Every form of every page is filled with what means harm: nothing breaks, runs or gets lost (H4, I4).

Forms are found on the pages as somebody with a right to them sees them. `TEST_FILLS=200` tries each so many times,
and each box beside each other field.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import everybody, no_scope, pages_for, quiet, sign_in, undone
from tests.web.page_forms import Form, forms_of

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = pytest.mark.once

FILLS = int(os.environ.get("TEST_FILLS", "1"))
EVERY = FILLS > 1
WHO = ("visitor", "rosa", "dante", "lien", "carmen", "dolores", "cleo", "ada")

SCRIPT = '<script>alert("of the test")</script>'
IMAGE = '"><img src=x onerror="alert(7)">'
RUNS = (SCRIPT, 'onerror="alert(7)"', 'javascript:alert(7)"')
"""What must never stand in a page as it was typed."""

HARM = (
    SCRIPT, IMAGE, "javascript:alert(7)\"", "'; DROP TABLE people_person; --", "\" OR 1=1 --", "\x00", "a\x00b",
    "a" * 200_001,
    '=HYPERLINK("https://192.0.2.1/","x")', "{{ 7*7 }}{% load ui %}", "../../../../etc/passwd", "%00%0d%0aX-Evil: 1",
    "a\r\nX-Evil: 1", "\u202etxt.exe", "\ufeff", "\u0000", "🌱" * 3000, "-1", "0", "99999999999999999999999", "1e309",
    "NaN", "2026-02-30", "0001-01-01", "9999-12-31", "9999-12-31T23:59", "25:61", "null", "true", "", "   ", "on",
    "00000000-0000-0000-0000-000000000000", "not-an-id", "[]", '{"a": 1}', "https://192.0.2.1/", "+1 (555) 000",
    "a@b", "ñandú", "ﷺ", "\U0010ffff",
)  # fmt: skip

KEPT = "Words kept for the test & <b>theirs</b>"
"""What somebody typed into a box while something else of the form was wrong."""


def find_forms(story, who: str) -> Iterator[tuple[str, Form]]:
    """Page's path and each form of it that changes something, once for each page's name and the form's action."""
    client, seen = sign_in(story, who), set()
    for page in pages_for(story, who) if who != "visitor" else list_pages():
        with undone(), no_scope():
            response = client.get(page.path(story))
            body = b"".join(response).decode(errors="replace") if response.status_code == 200 else ""
        for form in forms_of(body) if "<html" in body else []:
            action = urlsplit(form.action or page.path(story)).path
            key = (name_of(action), *sorted(form.kinds))
            if form.method == "post" and form.names and key not in seen:
                seen.add(key)
                yield page.path(story), replace(form, action=action)


def name_of(path: str) -> str:
    """The page's name."""
    try:
        return resolve(path).url_name or path
    except Resolver404:
        return path


def fill(form: Form, chance: random.Random) -> dict[str, list[str]]:
    """The form as it stands, with harm in one field, in some, or in all; sometimes a field twice or one too many."""
    values = {name: list(some) for name, some in form.values.items()}
    some = chance.choice(
        (form.names, [chance.choice(form.names)], chance.sample(form.names, (len(form.names) + 1) // 2))
    )
    for name in some:
        values[name] = [chance.choice(HARM)]
    for name in form.names:
        if name not in values and form.choices.get(name) and chance.random() < 0.7:
            values[name] = [chance.choice(form.choices[name])]
    if chance.random() < 0.1:
        values[chance.choice(form.names)] = [chance.choice(HARM), chance.choice(HARM)]
    if chance.random() < 0.1:
        values["is_superuser"] = ["on"]
    return values | press(chance.choice(form.buttons or [("", "")]))


def press(button: tuple[str, str]) -> dict[str, list[str]]:
    """What pressing this button adds."""
    name, value = button
    return {name: [value]} if name else {}


def send(cookies, path: str, values: dict[str, list[str]]):
    """Post it, follow where it leads, and undo all of it: status and body."""
    client = Client(raise_request_exception=True)
    client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
    with undone(), no_scope():
        response = client.post(path, values)
        headers = response.headers
        if response.status_code == 302 and response["Location"].startswith("/"):
            response = client.get(response["Location"])
        body = b"".join(response).decode(errors="replace")
    return response.status_code, headers, body


@pytest.mark.parametrize("who", WHO)
def test_whatever_is_typed_nothing_breaks_and_nothing_runs(everybody, who):
    chance, wrong, tried = random.Random(11), [], 0
    cookies = sign_in(everybody, who).cookies
    for path, form in list(find_forms(everybody, who)):
        for number in range(FILLS):
            values = fill(form, chance)
            tried += 1
            try:
                status, headers, body = send(cookies, form.action, values)
            except Exception as raised:
                short = {name: [one[:40] for one in some] for name, some in values.items()}
                wrong.append(f"{who} {form.action} #{number}: {type(raised).__name__} {raised}"[:300] + f" {short}")
                continue
            if status >= 500:
                wrong.append(f"{who} {form.action} #{number}: {status}")
            if "X-Evil" in headers:
                wrong.append(f"{who} {form.action} #{number}: a header was written")
            if settings.DEBUG or any(harm in body for harm in RUNS):
                wrong.append(f"{who} {form.action} from {path} #{number}: written as it was typed")
    assert tried >= FILLS, "no form was found"
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("who", WHO)
def test_what_was_typed_is_there_again_when_something_else_was_wrong(everybody, who):
    cookies, lost = sign_in(everybody, who).cookies, []
    for path, form in list(find_forms(everybody, who)):
        boxes = [name for name, kind in form.kinds.items() if kind in ("textarea", "text", "search")]
        for box in boxes:
            others = [name for name in form.names if name != box and form.kinds[name] != "hidden"]
            for other in others if EVERY else others[:1]:
                values = {name: list(some) for name, some in form.values.items()}
                values |= {box: [KEPT], other: ["not-a-choice \x00"]} | press((form.buttons or [("", "")])[0])
                status, _, body = send(cookies, form.action, values)
                if status == 200 and "<form" in body and escape(KEPT) not in body:
                    lost.append(f"{who} {form.action} from {path}: {box} when {other} is wrong")
    assert lost == [], "\n".join(lost)


def test_what_is_looked_for_would_be_found():
    choice = '<select name="b"><option value="1" selected></select>'
    page = f'<form method="post"><input name="a">{choice}<button name="c"></form>'
    (form,) = forms_of(page)
    assert form.buttons == [("c", "")]
    assert (form.names, form.choices, form.values) == (["a", "b"], {"b": ["1"]}, {"a": [""], "b": ["1"]})
    filled = [fill(form, random.Random(number)) for number in range(300)]
    assert any("is_superuser" in one for one in filled) and any(SCRIPT in one["a"] for one in filled)
