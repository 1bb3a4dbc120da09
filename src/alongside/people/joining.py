"""Two records of one person becoming one: what happens to each row that names the one who goes, and how it is undone.

Every relation to a person has a rule in `RULES`, declared by the package that owns the row; without one nobody is
joined, and `tests/promises/test_merging.py` fails. All changes go through a `Joining`, which keeps a journal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from .models import Merge, Person

MOVE, MOVE_LOCKED, OWN, FOLLOWS = "move", "move_locked", "own", "follows"
"""`move`: the row goes to the one who is kept. `move_locked`: so too, and it is locked before the people are, as daily
work does. `own`: a handler of `persons_merged` decides. `follows`: names an episode, and goes where that goes."""

RULES: dict[str, str] = {
    "people.Episode.person": MOVE_LOCKED,
    "people.Person.supervisor": MOVE,
    "people.Invitation.person": MOVE,
    "people.OutgoingMessage.person": MOVE,
    "people.Merge.kept": MOVE,
    "people.SafeContact.person": OWN,
    "people.Boundary.person": OWN,
    "people.Boundary.other": OWN,
    "people.TwinPair.first": OWN,
    "people.TwinPair.second": OWN,
    "people.MatchKey.person": OWN,
    "people.ToCompare.person": OWN,
}
"""`app.Model.field` to what is done with the rows; packages above add theirs with `declare`."""

BELOW: dict[str, str] = {}
"""`app.Model.field` of a moved row to a column of it that names, without a foreign key, the row it follows from."""


class RelationWithoutRule(LookupError):
    """A table names people and nobody said what becomes of its rows when two are joined."""


def declare(rules: Mapping[str, str], below: Mapping[str, str] | None = None) -> None:
    """Say what becomes of a package's rows; called in its `AppConfig.ready`."""
    RULES.update(rules)
    BELOW.update(below or {})


def list_relations(to: type[models.Model] = Person) -> list[str]:
    """Every foreign key of the house to this model, as `app.Model.field`, from the models themselves."""
    return sorted(
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in to._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.related_model is not None
    )


def list_moving() -> list[tuple[str, type[models.Model], str]]:
    """(relation, model, field) of all rows that move, those to lock first. Raises `RelationWithoutRule`."""
    if missing := [relation for relation in list_relations() if relation not in RULES]:
        raise RelationWithoutRule(", ".join(missing))
    moving = [relation for relation, rule in RULES.items() if rule in (MOVE, MOVE_LOCKED)]
    moving.sort(key=lambda relation: RULES[relation] != MOVE_LOCKED)
    return [(relation, *_parts(relation)) for relation in moving]


def _parts(relation: str) -> tuple[type[models.Model], str]:
    label, _, name = relation.rpartition(".")
    return apps.get_model(label), name


@dataclass
class Joining:
    """`gone` becomes part of `kept`. Handlers say `refuse(code)` before, and change their rows through it after.

    `readers_seen`: ids of the people whom the one who decided saw as readers of the joined record.
    """

    kept: Person
    gone: Person
    by: Any
    now: datetime
    readers_seen: frozenset[UUID] = frozenset()
    refusals: list[str] = field(default_factory=list)
    moved: list[list] = field(default_factory=list)
    changed: list[list] = field(default_factory=list)
    deleted: list[list] = field(default_factory=list)

    @property
    def both(self) -> tuple[UUID, UUID]:
        """The ids of the two."""
        return self.kept.pk, self.gone.pk

    def refuse(self, code: str) -> None:
        """A person has to settle this first."""
        if code not in self.refusals:
            self.refusals.append(code)

    def move(self, model: type[models.Model], name: str) -> None:
        """All rows that name the one who goes name the one who is kept."""
        rows = model._base_manager.filter(**{name: self.gone.pk})
        if ids := [str(pk) for pk in rows.values_list("pk", flat=True)]:
            self.moved.append([model._meta.label, name, ids])
            rows.update(**{name: self.kept.pk})

    def change(self, row: models.Model, **values: Any) -> None:
        """Change some columns of a row, by their names with `_id`."""
        old = {name: pack(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        save(row, values)
        new = {name: pack(row, name) for name in values}
        self.changed.append([row._meta.label, str(row.pk), old, new])

    def delete(self, row: models.Model) -> None:
        """Take a row away, so that it can be put back."""
        self.deleted.append([row._meta.label, pack_row(row)])
        row._meta.model._base_manager.filter(pk=row.pk).delete()


# --- rows as JSON, exactly ---------------------------------------------------------------------------------------
def _column(model: type[models.Model] | models.Model, attname: str) -> models.Field:
    return next(one for one in model._meta.concrete_fields if one.attname == attname)


def pack(row: models.Model, attname: str) -> Any:
    """The value of a column as JSON can keep it, without losing microseconds."""
    column, value = _column(row, attname), getattr(row, attname)
    if value is None or isinstance(value, (bool, int)) or isinstance(column, models.JSONField):
        return value
    return column.value_to_string(row)


def pack_row(row: models.Model) -> dict[str, Any]:
    """All columns of a row."""
    return {column.attname: pack(row, column.attname) for column in row._meta.concrete_fields}


def unpack(model: type[models.Model], attname: str, value: Any) -> Any:
    """The value back."""
    column = _column(model, attname)
    return value if value is None or isinstance(column, models.JSONField) else column.to_python(value)


def put_back(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    """A row again as it was, with its id and its moments."""
    whole = {attname: unpack(model, attname, value) for attname, value in values.items()}
    row = model(**whole)
    row.save(force_insert=True)
    by_clock = {
        column.attname: whole[column.attname]
        for column in model._meta.concrete_fields
        if getattr(column, "auto_now_add", False) or getattr(column, "auto_now", False)
    }
    if by_clock:
        model._base_manager.filter(pk=row.pk).update(**by_clock)
    return row


def save(row: models.Model, names: Collection[str]) -> None:
    """Save these columns and the blind indexes that are made of them."""
    indexes = [one.attname for one in row._meta.concrete_fields if getattr(one, "of", None) in names]
    row.save(update_fields=[*names, *indexes])


# --- taking apart -------------------------------------------------------------------------------------------------
def move_back(moved: Collection[list], kept_id: UUID, gone_id: UUID) -> bool:
    """Rows that moved, and what was added beneath them since, name the other again. False: one went elsewhere."""
    ids_of = {label: ids for label, _name, ids in moved}
    for label, name, ids in moved:
        model = apps.get_model(label)
        rows = model._base_manager.filter(pk__in=ids)
        if rows.exclude(**{name: kept_id}).exists():
            return False
        rows.update(**{name: gone_id})
    for relation, model, name in list_moving():
        for column, parent in _columns_above(relation, model):
            if beneath := ids_of.get(parent):
                later = {name: kept_id, f"{column}__in": beneath}
                model._base_manager.filter(**later).update(**{name: gone_id})
    return True


def _columns_above(relation: str, model: type[models.Model]) -> list[tuple[str, str]]:
    """(column, label of the model) of what a row hangs from."""
    named = [
        (one.name, one.related_model._meta.label)
        for one in model._meta.concrete_fields
        if one.is_relation and one.related_model is not Person
    ]
    if relation in BELOW:
        column, _, parent = BELOW[relation].partition(" ")
        named.append((column, parent))
    return named


def change_back(changed: Collection[list]) -> None:
    """Columns that are still as the joining left them get their former value; what was changed since stays."""
    for label, pk, old, new in reversed(list(changed)):
        model = apps.get_model(label)
        row = model._base_manager.filter(pk=pk).first()
        if row is None:
            continue
        names = [name for name in old if pack(row, name) == new[name]]
        for name in names:
            setattr(row, name, unpack(model, name, old[name]))
        if names:
            save(row, names)


def erase_old_journals(now: datetime) -> int:
    """Erase what an undo would need once its time is over; that two records were joined stays known. How many."""
    return Merge.objects.filter(undo_until__lt=now, journal__isnull=False).update(journal=None)
