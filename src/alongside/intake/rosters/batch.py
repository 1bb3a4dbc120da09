"""Many rows made and changed in few statements, with a journal by which each can be taken back.

A journal is a list of steps, each plain JSON: `["made", model, id, digest]`, `["changed", model, id, {column: [old,
new]}]`, `["gone", model, id, {column: value}]`. The digest tells later whether somebody changed what was made.
"""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from functools import cache
from typing import TypeVar
from uuid import UUID

from django.db import models

from alongside.audit.actions import record_all
from alongside.audit.bulk import insert_rows, update_rows
from alongside.audit.fields import BlindIndexField
from alongside.intake.models import Preference, Wishes
from alongside.people import match_keys
from alongside.people.models import Episode, Person, SafeContact
from alongside.workforce.models import PeerProfile

MODELS = (Person, SafeContact, Episode, Wishes, Preference, PeerProfile)
"""What an import makes, in the order in which one needs the other."""

T = TypeVar("T", bound=models.Model)
PLAIN = frozenset({str, int, bool, type(None)})
BY_LABEL = {model._meta.label: model for model in MODELS}


class Batch:
    """Rows of a few people on their way into the database, in the caller's transaction."""

    def __init__(self) -> None:
        self._made: dict[type[models.Model], list[tuple[int, models.Model]]] = defaultdict(list)
        self._watched: dict[tuple[type[models.Model], object], tuple[int, models.Model, dict]] = {}
        self._gone: list[tuple[int, models.Model]] = []
        self._entries: list[dict] = []

    def make(self, line: int, row: T) -> T:
        """A row to insert; it may be changed until `save`."""
        self._made[type(row)].append((line, row))
        return row

    def watch(self, line: int, row: T) -> T:
        """A locked row: whatever is set on it until `save` is written."""
        self._watched.setdefault((type(row), row.pk), (line, row, plain_values(row)))
        return row

    def drop(self, line: int, row: models.Model) -> None:
        """A row to delete."""
        self._gone.append((line, row))

    def note(self, entry: dict) -> None:
        """An entry of the log, as `audit.actions.record` takes it."""
        self._entries.append(entry)

    def save(self) -> dict[int, list]:
        """Write all of it; the journal of each line."""
        journals: dict[int, list] = defaultdict(list)
        for line, row in self._gone:
            journals[line].append(["gone", row._meta.label, str(row.pk), plain_values(row)])
        for model in {type(row) for _line, row in self._gone}:
            model._base_manager.filter(pk__in=[row.pk for _line, row in self._gone if type(row) is model]).delete()
        for model in MODELS:
            insert_rows([row for _line, row in self._made[model]])
        match_keys.have_compared([row for _line, row in self._made[Person]])
        self._save_watched(journals)
        for model in MODELS:
            for line, row in self._made[model]:
                journals[line].append(["made", row._meta.label, str(row.pk), digest_of(row)])
        record_all(self._entries)
        return journals

    def _save_watched(self, journals: dict[int, list]) -> None:
        changed: dict[type[models.Model], tuple[list, set[str]]] = {}
        for line, row, before in self._watched.values():
            now = plain_values(row)
            steps = {column: [before[column], now[column]] for column in now if now[column] != before[column]}
            if steps:
                rows, columns = changed.setdefault(type(row), ([], set()))
                rows.append(row)
                columns.update(steps)
                journals[line].append(["changed", row._meta.label, str(row.pk), steps])
        for model, (rows, columns) in changed.items():
            save_columns(model, rows, columns)


def save_columns(model: type[models.Model], rows: list, columns: set[str]) -> None:
    """Write some columns of rows that are there and locked, with the blind indexes that follow from them."""
    names = {field.name for field in model._meta.concrete_fields if field.attname in columns}
    names |= {one.name for one in model._meta.concrete_fields if isinstance(one, BlindIndexField) and one.of in names}
    update_rows(rows, sorted(names))
    if model is Person and names & set(match_keys.COMPARED_FIELDS):
        match_keys.renew_all(rows)


def plain_values(row: models.Model) -> dict[str, object]:
    """Column -> value in plain JSON, without the blind indexes, which follow from the rest."""
    return {column: _plain(getattr(row, column)) for column in _columns(type(row))}


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if not isinstance(field, BlindIndexField))


def typed_value(model: type[models.Model], column: str, value: object) -> object:
    """The value of a column back from plain JSON."""
    return model._meta.get_field(column).to_python(value)


def digest_of(row: models.Model) -> str:
    """What tells whether a row is still the same. Kept encrypted: it is made of content."""
    text = json.dumps(plain_values(row), sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _plain(value):
    if type(value) in PLAIN:
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
