"""What every row of a program has: a random id, its program, and a manager that refuses to work without a program."""

import uuid

from django.db import models
from django_scopes import ScopedManager


class ProgramRow(models.Model):
    """A row that belongs to one program. A query outside a program's scope raises `ScopeError` (D2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey("people.Program", on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(program="program")

    class Meta:
        abstract = True


def one_of(field: str, codes: tuple[str, ...] | list[str], *, name: str) -> models.CheckConstraint:
    """A check that a code is one of a closed list: the database refuses a state that the tables do not hold."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(codes)}), name=name)
