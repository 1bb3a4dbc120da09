"""Every form of every page is filled with what means harm: nothing breaks, runs or gets lost (H4, I4).

Forms are found on the pages as somebody with a right to them sees them. `TEST_FILLS=200` tries each so many times,
and each box beside each other field.
"""

import io
import os
import random
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict
from tests.promises.every_url import Page, list_pages
from tests.promises.fields_with_ids import WITH_IDS, pages_with_ids, whose_ids
from tests.promises.test_every_url import everybody, no_scope, pages_for, quiet, roles_of, sign_in, undone
from tests.web.page_forms import Form, forms_of

from alongside.rules import access

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = pytest.mark.once

FILLS = int(os.environ.get("TEST_FILLS", "1"))
EVERY = FILLS > 1
WHO = ("visitor", "rosa", "olu", "dante", "lien", "carmen", "dolores", "cleo", "ada")
ONLY = {"olu": frozenset({"account_set_password", "me_erase", "me_people", "me_person_offer", "me_signer"})}
"""Who is there for a few pages alone, whose forms stand for somebody in this state: all others are tried by Rosa."""

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

UNSEEN = {
    "only looked at: its view reads no form": frozenset({
        "caseload", "impact", "impact_csv", "public_figures", "record", "team", "today",
    }),
    "needs a secret, a device or a second program that nobody of the story has": frozenset({
        "account_reset_password_from_key", "confirm_email", "demo_door", "end_sign_ins", "forget_devices",
        "mfa_authenticate", "mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "switch_program", "text_in",
    }),
    "buttons of a form that is tried lead there": frozenset({"sharing_file"}),
    "its form stands on the page of another state, after a search, or is sent by a script": frozenset({
        "after_parting", "board_person_answer", "board_person_order", "board_person_run",
        "call_take", "come_back", "contact_draft", "contact_words", "demand_letter", "demand_name", "event",
        "export_answer", "feed_end", "group_add", "hold_new", "incident_add", "incident_assess",
        "emergency_parent",
        "incoming_show", "inspection_look", "intake_edit", "me_about", "me_calls_go_on", "me_calls_soon", "me_go_on",
        "me_referral_permission", "me_share", "me_share_another",
        "me_share_strike", "no_donations_heard", "referral_permission", "release_answer",
        "report_new", "roster_undo", "sharing_another", "sharing_over", "sharing_paper", "sharing_sign", "sharing_told",
        "site_page_earlier", "site_page_version", "stop_history", "story", "time_went", "worry_debrief", "worry_hand",
        "worry_resolve",
    }),
}  # fmt: skip
"""Pages that take POST, and of which no form stands on any page of the story: they get what their views read.

A page whose form is seen is taken out; a new one makes the test fail, and the story gets what shows its form.
"""

BEHIND_A_CODE = frozenset({"partner_answer", "partner_later", "signer_answer"})
"""Forms that only whoever has a link and its code ever sees: `test_fuzzed_states` opens them and fills them."""

OF_SOMEBODY_ELSE = {
    "demand_letter": "dolores", "export_answer": "dolores", "mfa_deactivate_totp": "sol",
}  # fmt: skip
"""Who gets to such a page, where the first with a right to it does not."""

OUT_OF_REACH = frozenset({
    "after_parting", "demo_door", "me_go_on", "me_share_another", "mfa_edit_webauthn", "mfa_remove_webauthn",
    "sharing_another", "stop_history", "text_in", "worry_debrief",
})  # fmt: skip
"""Of these, what answers nobody of the story: no demo, no gateway, no device, or nothing that is in such a state.
Each is tried in `test_fuzzed_states`, where it is."""

KEPT = "Words kept for the test & <b>theirs</b>"
"""What somebody typed into a box while something else of the form was wrong."""


def find_forms(story, who: str, only: Collection[str] | None = None) -> Iterator[tuple[str, Form]]:
    """Page's path and each form of it that changes something, once for each page's name and the form's action.

    `only`: the names of the pages that are looked at.
    """
    client, seen, only = sign_in(story, who), set(), only or ONLY.get(who)
    for page in pages_for(story, who) if who != "visitor" else list_pages():
        if only is not None and page.name not in only:
            continue
        with undone(), no_scope():
            response = client.get(page.path(story))
            body = b"".join(response).decode(errors="replace") if response.status_code == 200 else ""
        for form in forms_of(body) if "<html" in body else []:
            action = urlsplit(form.action or page.path(story)).path
            key = (name_of(action), *sorted(form.kinds))
            if form.method == "post" and key not in seen:
                seen.add(key)
                yield page.path(story), replace(form, action=action)


def unseen_pages() -> list[Page]:
    """Those of `UNSEEN`."""
    return [page for page in list_pages() if page.name in frozenset().union(*UNSEEN.values())]


def first_who_may(story, page: Page) -> str:
    """Whoever comes first to a page."""
    first = next((one for one in WHO if page.act and access.may(page.act, roles_of(story, one))), "visitor")
    return OF_SOMEBODY_ELSE.get(page.name, first)


def fields_read(cookies, path: str) -> tuple[int, list[str]]:
    """What a page says to an empty form, and the names of what its view looked for in it."""
    names: set[str] = set()

    def noting(looks):
        def look(self, key, *more, **named):
            if isinstance(self, QueryDict):
                names.add(key)
            return looks(self, key, *more, **named)

        return look

    ways = {way: noting(getattr(MultiValueDict, way)) for way in ("get", "getlist", "__getitem__")}
    with mock.patch.multiple(MultiValueDict, **ways):
        status = send(cookies, path, {})[0]
    return status, sorted(names - {"csrfmiddlewaretoken", "next", "page", "show", "seen"})


def note_found(who: str, names: set[str]) -> set[str] | None:
    """Keep which pages somebody has forms of; of which anybody has, once all have looked (in whatever process)."""
    folder = Path(os.environ["ALONGSIDE_TEST_HOME"]) / "forms"
    folder.mkdir(exist_ok=True)
    (folder / who).write_text(" ".join(sorted(names)))
    files = [folder / one for one in WHO]
    return {name for file in files for name in file.read_text().split()} if all(map(Path.exists, files)) else None


def name_of(path: str) -> str:
    """The page's name."""
    try:
        return resolve(path).url_name or path
    except Resolver404:
        return path


def fill(form: Form, chance: random.Random) -> dict[str, list[str]]:
    """The form as it stands, with harm in one field, in some, or in all; sometimes a field twice or one too many."""
    values = {name: list(some) for name, some in form.values.items()}
    names = form.names or ["action"]
    some = chance.choice((names, [chance.choice(names)], chance.sample(names, (len(names) + 1) // 2)))
    for name in some:
        values[name] = [chance.choice(HARM)]
    for name in form.names:
        if name not in values and form.choices.get(name) and chance.random() < 0.7:
            values[name] = [chance.choice(form.choices[name])]
    for name in [name for name in names if form.kinds.get(name) == "file"]:
        values[name] = [a_file(chance)]
    if chance.random() < 0.1:
        values[chance.choice(names)] = [chance.choice(HARM), chance.choice(HARM)]
    if chance.random() < 0.1:
        values["is_superuser"] = ["on"]
    return values | press(chance.choice(form.buttons or [("", "")]))


def a_file(chance: random.Random) -> SimpleUploadedFile:
    """A file that somebody chose: a list, a workbook, a sound, or what only says that it is one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../harm.xml", SCRIPT)
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 1_000_000)
    rows = f"Preferred name,Language,Phone\n{SCRIPT},English,=1+1\n"
    name, content = chance.choice((
        ("people.csv", rows.encode()), ("people.xlsx", packed.getvalue()), ("list.json", b'[{"name": 1}]'),
        ("a.wav", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0"), ("a.webm", b"\x1a\x45\xdf\xa3" + b"\0" * 99),
        ("empty.csv", b""), (f"{SCRIPT}.csv", b"\xff\xfe\0"), ("../a.zip", packed.getvalue()[:200]),
    ))  # fmt: skip
    return SimpleUploadedFile(name, content)


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


def harm_done(cookies, form: Form, chance: random.Random, fills: int = FILLS) -> Iterator[str]:
    """What went wrong when it was filled with harm."""
    for number in range(fills):
        values = fill(form, chance)
        try:
            status, headers, body = send(cookies, form.action, values)
        except Exception as raised:
            short = {name: [str(one)[:40] for one in some] for name, some in values.items()}
            yield f"{form.action} #{number}: {type(raised).__name__} {raised}"[:300] + f" {short}"
            continue
        if status >= 500:
            yield f"{form.action} #{number}: {status}"
        if "X-Evil" in headers:
            yield f"{form.action} #{number}: a header was written"
        if settings.DEBUG or any(harm in body for harm in RUNS):
            yield f"{form.action} #{number}: written as it was typed"


def words_lost(cookies, form: Form) -> Iterator[str]:
    """Which boxes of a form do not have again what was typed into them, when something else was wrong."""
    for box in [name for name, kind in form.kinds.items() if kind in ("textarea", "text", "search")]:
        others = [name for name in form.names if name != box and form.kinds[name] != "hidden"]
        for other in others if EVERY else others[:1]:
            values = {name: list(some) for name, some in form.values.items()}
            values |= {box: [KEPT], other: ["not-a-choice \x00"]} | press((form.buttons or [("", "")])[0])
            status, _, body = send(cookies, form.action, values)
            if status == 200 and "<form" in body and escape(KEPT) not in body:
                yield f"{form.action}: {box} is lost when {other} is wrong"


@pytest.mark.parametrize("who", WHO)
def test_whatever_is_typed_nothing_breaks_runs_or_is_lost(everybody, who):
    chance, wrong = random.Random(11), []
    cookies = sign_in(everybody, who).cookies
    forms = list(find_forms(everybody, who))
    assert pages_with_ids(forms, whose_ids()) <= WITH_IDS, "test_foreign_ids.py has to look there, too"
    found = note_found(who, {name_of(form.action) for _path, form in forms})
    for path, form in forms:
        wrong += [f"{who} from {path}: {what}" for what in harm_done(cookies, form, chance)]
        if connection.vendor == "sqlite" or EVERY:  # what a page gives back hangs on no database
            wrong += [f"{who} from {path}: {what}" for what in words_lost(cookies, form)]
    assert forms, "no form was found"
    if found is not None:  # the last of them looks whether all were there
        taking = {page.name for page in list_pages() if page.takes_post}
        assert taking - found == BEHIND_A_CODE.union(*UNSEEN.values()), "a page that takes POST was tried by nobody"
    assert wrong == [], "\n".join(wrong)


def test_what_no_page_of_the_story_shows_gets_harm_in_all_that_its_view_reads(everybody):
    chance, wrong, away, read = random.Random(13), [], set(), {}
    cookies = {}
    for page in unseen_pages():
        who, path = first_who_may(everybody, page), page.path(everybody)
        if who not in cookies:
            cookies[who] = sign_in(everybody, who).cookies
        status, names = fields_read(cookies[who], path)
        away |= {page.name} if status == 404 and not names else set()
        read[page.name] = names
        form = Form(path, "post", kinds=dict.fromkeys(names, "text"))
        wrong += [f"{who}: {what}" for what in harm_done(cookies[who], form, chance)]
    assert wrong == [], "\n".join(wrong)
    assert sorted(away) == sorted(OUT_OF_REACH)
    assert {"words", "confirmed"} <= {*read["worry_resolve"]}, "or nothing is seen that a view reads"


def test_what_is_looked_for_would_be_found():
    choice = '<select name="b"><option value="1" selected></select>'
    page = f'<form method="post"><input name="a">{choice}<button name="c"></form>'
    (form,) = forms_of(page)
    assert form.buttons == [("c", "")]
    assert (form.names, form.choices, form.values) == (["a", "b"], {"b": ["1"]}, {"a": [""], "b": ["1"]})
    filled = [fill(form, random.Random(number)) for number in range(300)]
    assert any("is_superuser" in one for one in filled) and any(SCRIPT in one["a"] for one in filled)
