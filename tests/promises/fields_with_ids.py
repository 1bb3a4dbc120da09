"""Fields of forms that send ids of rows: choices and hidden ones."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import resolve
from django_scopes import scopes_disabled
from tests.promises.models import list_models
from tests.web.page_forms import Form

NO_ID = frozenset({"submit_key"})
"""A key by which the same submit is known: it names no row."""

WITH_IDS = frozenset({
    "ask_detail", "board_person", "complaint_new", "contact_new", "demand", "group", "group_sheet", "groups_of",
    "incident", "incident_new", "kept", "me_complaints", "me_kept", "mentorship_change", "peer_detail", "roster_new",
    "rota", "team", "time_new", "twin_join",
})  # fmt: skip
"""Pages on which such forms stand. `test_fuzzed_forms.py`, which looks at every form, tells of another one."""


def is_id(value: str) -> bool:
    """Whether this is the id of a row."""
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def whose_ids() -> dict[str, type]:
    """{id: model} of every row there is."""
    models = [model for model in list_models() if model._meta.pk.get_internal_type() == "UUIDField"]
    with scopes_disabled():
        return {str(pk): model for model in models for pk in model.objects.values_list("pk", flat=True)}


def fields_with_ids(form: Form, known: dict[str, type]) -> Iterator[tuple[str, str, type]]:
    """(name, id, model) of each field that sends ids: one id of each is enough."""
    for name in form.names:
        sent = [*form.choices.get(name, ()), *form.values.get(name, ())]
        own = next((one for one in sent if is_id(one) and one in known), None)
        if own and name not in NO_ID:
            yield name, own, known[own]


def pages_with_ids(forms: Iterable[tuple[str, Form]], known: dict[str, type]) -> set[str]:
    """The names of the pages on which such a form stands."""
    return {resolve(path).url_name for path, form in forms if any(fields_with_ids(form, known))}
