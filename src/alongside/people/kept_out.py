"""Records that are kept from whoever is acting: somebody of the program whom a person asked not to see theirs (B7).

The request of such a reader runs inside `keeping_out`, and there the manager of every row of a program leaves out those
people and all that hangs from them: lists, counts, search, boards, exports. A page that forgot to ask leaves them out
too. Nothing is kept from jobs and from everybody else, whose queries stay as they are.

In a transaction the house acts, and sees all: where this reader ends the work of a peer, everybody with that peer gets
another, and a sum that is counted anew counts everybody. What may be acted on was looked up before, outside of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

NOBODY: tuple[frozenset[UUID], int] = frozenset(), 0
_hidden: ContextVar[tuple[frozenset[UUID], int]] = ContextVar("kept_out", default=NOBODY)
"""Whom, and how many transactions were open around the request (in tests there is one)."""

DEEPEST = 4
WORKERS = frozenset({
    "added_by", "answered_by", "author", "caller", "deputy", "done_by", "handed_to", "made_by", "owner", "raised_by",
    "reader", "seen_by", "told_by",
})  # fmt: skip
"""Columns that name who did something: a row is not about them. `tests/privacy/test_kept_out.py` compares with whose
rows they are by `retention.lines`."""
OF_WORK = frozenset({"workforce.Peer"})
"""Whoever was supported here and is a peer now stays a colleague, also of those who do not see their record."""


@contextmanager
def keeping_out(person_ids: frozenset[UUID]) -> Iterator[None]:
    """Everything inside is asked as if these people were not there."""
    before = _hidden.set((person_ids, len(connection.atomic_blocks)))
    try:
        yield
    finally:
        _hidden.reset(before)


def list_kept_out() -> frozenset[UUID]:
    """Whom whoever is acting must not see; empty for nearly everybody, and in a transaction."""
    hidden, open_around = _hidden.get()
    return hidden if hidden and len(connection.atomic_blocks) <= open_around else frozenset()


class KeptOutManager(models.Manager):
    """Leaves out what is kept from whoever is acting, below the manager that narrows to one program."""

    def get_queryset(self) -> models.QuerySet:
        """All rows, but those of people who are kept from the reader."""
        found, hidden = super().get_queryset(), list_kept_out()
        return found.filter(*seen(self.model, hidden)) if hidden else found


def seen(model: type[models.Model], hidden: frozenset[UUID]) -> list:
    """Conditions by which a row is of nobody in `hidden`: neither it nor what it hangs from, up to four rows away.

    Each way is asked by a question of its own and joins nothing, so that rows can be locked as before.
    """
    return [~condition for condition in _of(model, hidden, ())]


def _of(model: type[models.Model], hidden: frozenset[UUID], before: tuple) -> list:
    if model._meta.label == "people.Person":
        return [Q(pk__in=hidden)]
    conditions = []
    for name, above in _ways(model):
        if above._meta.label == "people.Person":
            conditions.append(Q(**{f"{name}__in": hidden}))
        elif above not in before and len(before) < DEEPEST:
            of_above = _of(above, hidden, (*before, model))
            if of_above:
                either = of_above[0]
                for one in of_above[1:]:
                    either |= one
                conditions.append(Q(Exists(above._base_manager.filter(either, pk=OuterRef(name)))))
    return conditions


@cache
def _ways(model: type[models.Model]) -> tuple[tuple[str, type[models.Model]], ...]:
    """(column, model) of each foreign key to a row of a program that hangs from somebody."""
    return tuple(
        (field.attname, field.related_model)
        for field in model._meta.concrete_fields
        if _is_way(field, (model,)) and _leads_to_somebody(field.related_model, (model,))
    )


@cache
def _leads_to_somebody(model: type[models.Model], before: tuple) -> bool:
    if model._meta.label == "people.Person":
        return True
    if len(before) > DEEPEST or not any(field.name == "program" for field in model._meta.concrete_fields):
        return False
    return any(
        _leads_to_somebody(field.related_model, (*before, model))
        for field in model._meta.concrete_fields
        if _is_way(field, (*before, model))
    )


def _is_way(field, before: tuple) -> bool:
    above = field.related_model if field.is_relation else None
    return bool(above) and field.name not in WORKERS and above not in before and above._meta.label not in OF_WORK
