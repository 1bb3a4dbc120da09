"""What every row of a program has: a random id, its program, and a manager that refuses to work without a program."""

import uuid

from django.db import models
from django_scopes import ScopedManager
from django_scopes.manager import DisabledQuerySet

from alongside.people.kept_out import KeptOutManager

# The library leaves these open: "is there one like this, in any program?" is an answer too (A1, D2).
for _question in ("exists", "contains", "explain", "in_bulk", "distinct", "select_related", "exclude"):
    setattr(DisabledQuerySet, _question, DisabledQuerySet.error)


class ProgramRow(models.Model):
    """A row that belongs to one program. A query outside a program's scope raises `ScopeError` (D2).

    Rows of people who are kept from whoever is acting are not found (`people.kept_out`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey("people.Program", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ScopedManager(KeptOutManager, program="program")

    class Meta:
        abstract = True


def one_of(field: str, codes: tuple[str, ...] | list[str], *, name: str) -> models.CheckConstraint:
    """A check that a code is one of a closed list: the database refuses a state that the tables do not hold."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(codes)}), name=name)
