"""Programs are apart: a query that names no program raises, for every model there is (D2)."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count
from django_scopes import ScopeError, scope, scopes_disabled
from tests.promises.models import has_program, is_scoped, list_models

from alongside.audit.models import NO_PROGRAM

ACROSS_PROGRAMS = {
    "people.Membership": "read before the program of a request is known: it says which programs there are",
    "people.Invitation": "found by its secret before anybody is signed in; actions open its program's scope",
    "people.OutgoingMessage": "the worker sends for every program; a row holds a template and an address, no content",
}
"""Models with a program that are not scoped, each with its reason."""


def label(model) -> str:
    """`app.Model`."""
    return model._meta.label


SCOPED = sorted((model for model in list_models() if has_program(model) and label(model) not in ACROSS_PROGRAMS),
                key=label)  # fmt: skip


def test_models_are_found():
    assert {"people.Person", "people.Episode", "mentoring.Contact", "workforce.PeerProfile"} <= set(map(label, SCOPED))


def test_reasons_are_given_for_models_that_exist_and_need_them():
    open_ones = {label(model) for model in list_models() if has_program(model) and not is_scoped(model)}
    assert open_ones == ACROSS_PROGRAMS.keys()


QUESTIONS = {
    "all": lambda rows: list(rows.all()),
    "count": lambda rows: rows.count(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(rows.model(pk=NO_PROGRAM)),
    "in_bulk": lambda rows: rows.in_bulk(),
    "exclude": lambda rows: rows.exclude(pk=NO_PROGRAM).exists(),
    "select_related": lambda rows: list(rows.select_related()),
    "distinct": lambda rows: rows.distinct().count(),
    "values": lambda rows: list(rows.values("pk")),
    "iterator": lambda rows: list(rows.iterator()),
    "aggregate": lambda rows: rows.aggregate(n=Count("pk")),
    "update": lambda rows: rows.update(program=None),
    "delete": lambda rows: rows.exclude(pk=NO_PROGRAM).delete(),
    "bulk_update": lambda rows: rows.bulk_update([rows.model(pk=NO_PROGRAM)], ["program"]),
    "get_or_create": lambda rows: rows.get_or_create(pk=NO_PROGRAM),
    "raw": lambda rows: list(rows.raw("SELECT 1 AS id")),
    "explain": lambda rows: rows.defer().explain(),
}
"""Every way to ask or change that comes to mind."""


@pytest.mark.parametrize("model", SCOPED, ids=label)
class TestEveryModelOfAProgram:
    def test_a_query_without_a_program_raises(self, db, model):
        answered = []
        for name, ask in QUESTIONS.items():
            try:
                with transaction.atomic():
                    ask(model.objects)
            except ScopeError:
                continue
            except Exception as error:  # it reached the database
                name = f"{name} ({type(error).__name__})"
            answered.append(name)
        assert answered == []

    def test_every_manager_is_scoped(self, model):
        assert is_scoped(model)

    def test_the_program_is_never_missing(self, model):
        assert not model._meta.get_field("program").null


def test_a_scope_shows_only_its_program(whole_story, marcus):
    for model in SCOPED:
        with scopes_disabled():
            ids = dict(model.objects.values_list("pk", "program_id"))
        for program in (whole_story.program, marcus.program):
            with scope(program=program):
                seen = set(model.objects.values_list("pk", flat=True))
            assert seen == {pk for pk, owner in ids.items() if owner == program.pk}, label(model)


def test_every_kind_of_row_is_in_the_story(whole_story):
    """Else the tests above compare nothing with nothing."""
    empty = {label(model) for model in SCOPED if not model.objects.exists()}
    # A row of this one is there only within the transaction of an erasing.
    assert empty == {"retention.Erasing"}


def test_rows_of_a_program_point_to_no_other(whole_story):
    """A row and what it points to are of one program: a foreign key is no way out."""
    stray = []
    for model in SCOPED:
        for field in model._meta.fields:
            target = field.related_model if field.is_relation else None
            if target in SCOPED:
                for row in model.objects.select_related(field.name).exclude(**{f"{field.name}__isnull": True}):
                    if getattr(row, field.name).program_id != row.program_id:
                        stray.append(f"{label(model)}.{field.name}")
    assert stray == []


def test_accounts_are_of_the_install_and_hold_nothing_of_a_program():
    """An account may serve two programs, so whatever belongs to one must not be a column of it."""
    names = {field.name for field in get_user_model()._meta.concrete_fields}
    assert names == {"id", "password", "last_login", "username", "email", "email_index", "language", "is_active",
                     "own_phone", "created_at"}  # fmt: skip


def test_primary_keys_that_reach_a_page_are_random():
    """A2: nothing to count up. The audit log has numbers of its own and a random `key` for pages; marks of what has to
    be counted again, and what is noted of keys and of ends of the log, are on no page."""
    counted = {label(model) for model in list_models() if "AutoField" in model._meta.pk.get_internal_type()}
    assert counted == {
        "audit.ChainKeys", "audit.Entry", "audit.HeadsSent", "audit.IndexKey", "audit.IndexToBe", "audit.Seal",
        "impact.Mark",
    }  # fmt: skip
