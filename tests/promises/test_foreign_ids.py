"""Each id that a form sends is sent as that of another program: it is refused, and nothing is written (D2).

Forms are found on the pages as somebody with a right to them sees them. An id stands in a choice or in a hidden field.
With its own id the same form writes something, or only the other id is named as wrong; else the try proves nothing,
and `PROVES_NOTHING` says where that is so.
"""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import ChoiceField
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from tests.promises.fields_with_ids import WITH_IDS, fields_with_ids, whose_ids
from tests.promises.test_every_url import HOUSEKEEPING, everybody, no_scope, quiet, sign_in, undone, written_tables
from tests.promises.test_fuzzed_forms import find_forms, name_of, press
from tests.story import day_there, make_persona
from tests.web.page_forms import Form

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = pytest.mark.once

WHO = ("rosa", "dante", "lien", "carmen", "dolores")
WRONG_FIELD = re.compile(r'id="([\w-]+)_error"')

BESIDES = {
    "twin_join": {"looked": ["on"]},
}
"""By page: what else is filled in, so that the form is taken."""

PROVES_NOTHING = {
    ("group_sheet", "shown"): "it says which boxes stood on the page; who is not of the group is no box",
    ("contact_new", "about"): "only the draft that is kept meanwhile reads it: below",
    ("group_leaders", "who"): "the first in the list leads it already",
}
"""(page, field) where both ids are answered alike by somebody, each with its reason."""


def fill_well(form: Form) -> dict[str, list[str]]:
    """The form as somebody would fill it in who wants it to be taken."""
    values = {name: list(some) for name, some in form.values.items()}
    day = (day_there() + timedelta(days=1)).isoformat()
    texts = {"text": "Some words", "textarea": "Some words", "search": "Some words", "number": "1",
             "date": day, "time": "10:00", "email": "a@example.org", "tel": "+12135550100"}  # fmt: skip
    for name in form.names:
        if any(values.get(name, ())):
            continue
        choices = [one for one in form.choices.get(name, ()) if one]
        if choices and form.kinds[name] != "checkbox":
            values[name] = choices[:1]
        elif form.kinds[name] == "file":
            values[name] = [SimpleUploadedFile("people.csv", b"Preferred name,Language\nSomebody,English\n")]
        elif form.kinds[name] in texts:
            values[name] = [texts[form.kinds[name]]]
    return values


def into_another_program(model: type, own: str, strangers: dict[str, str]) -> str:
    """An id of this kind that is another program's: of its people, or this very row, which goes over there."""
    if model._meta.label in strangers:
        return strangers[model._meta.label]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [model._meta.db_table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    with scopes_disabled():
        assert model.objects.filter(pk=own).update(program_id=strangers["program"]) == 1
    return own


def send(cookies, form: Form, values: dict[str, list[str]]) -> tuple[int, set[str], set[str]]:
    """Post it: the status, which tables were written, and which fields were named as wrong."""
    client = Client(raise_request_exception=False)
    client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
    with no_scope(), written_tables() as tables:
        response = client.post(form.action, values)
    wrong = set(WRONG_FIELD.findall(b"".join(response).decode(errors="replace")))
    return response.status_code, {one for one in tables if not one.startswith(HOUSEKEEPING)}, wrong


@pytest.fixture
def strangers(everybody, marcus) -> dict[str, str]:
    """People of the other program, by the label of their model."""
    tess = make_persona(marcus.program, "tess", "participant", "peer")
    return {"people.Person": str(tess.person.pk), "people.User": str(tess.user.pk), "program": str(marcus.program.pk)}


def test_an_id_of_another_program_is_refused_and_nothing_is_written(everybody, strangers):
    """All of them in one story, which takes longer to tell than to try."""
    known, wrong, tried, nothing = whose_ids(), [], 0, set()
    forms = [(who, *one) for who in WHO for one in find_forms(everybody, who, WITH_IDS)]
    cookies = {who: sign_in(everybody, who).cookies for who in WHO}
    for who, path, form in forms:
        for name, own, model in fields_with_ids(form, known):
            values = fill_well(form) | press((form.buttons or [("", "")])[0])
            page = name_of(form.action)
            values |= BESIDES.get(page, {})
            with undone():
                _status, own_written, wrong_before = send(cookies[who], form, values | {name: [own]})
            with undone():
                foreign = into_another_program(model, own, strangers)
                status, written, wrong_now = send(cookies[who], form, values | {name: [foreign]})
            tried += 1
            if not own_written and not any(one.endswith(name) for one in wrong_now - wrong_before):
                nothing.add((page, name))
            if status >= 500 or written:
                wrong.append(f"{who} {page} from {path}, {name} of {model._meta.label}: {status}, {sorted(written)}")
    assert wrong == [], "\n".join(wrong)
    assert nothing <= PROVES_NOTHING.keys()
    assert tried > len(nothing), "or the look is blind"


def test_no_draft_is_kept_about_somebody_of_another_program(everybody, strangers):
    cookies = sign_in(everybody, "dante").cookies
    own = str(everybody.rosa.person.pk)
    found = []
    for about in (own, strangers["people.Person"]):
        form = Form(reverse("contact_draft"), "post")
        with undone():
            found.append(send(cookies, form, {"about": [about], "note": ["Some words"]})[:2])
    assert found[0][1] and found[1] == (404, set()), found


def test_a_form_that_takes_any_id_is_found(everybody, strangers, monkeypatch):
    cookies = sign_in(everybody, "dolores").cookies
    (form,) = [form for _path, form in find_forms(everybody, "dolores", {"incident_new"}) if "owner" in form.names]
    foreign = {"happened_on": [day_there().isoformat()], "owner": [strangers["people.Person"]]}
    monkeypatch.setattr(ChoiceField, "valid_value", lambda self, value: True)
    with undone():
        status, written, _wrong = send(cookies, form, fill_well(form) | foreign)
    assert written or status >= 500
