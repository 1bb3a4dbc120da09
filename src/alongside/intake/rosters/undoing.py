"""Taking back what an import made and changed, some hundred rows at a time, in the caller's transaction.

What the import made goes when nobody changed it since and nothing else refers to it; a field it changed gets its
earlier value when nobody changed it since. Everything else stays, and its line says so.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models

from alongside.audit.actions import record_all
from alongside.intake.models import Roster, RosterLine, RosterUndo
from alongside.people.match_keys import FOLLOWING, forget
from alongside.people.models import Person

from .batch import BY_LABEL, MODELS, digest_of, plain_values, save_columns, typed_value
from .packed import pack, unpack

Key = tuple[type[models.Model], str]


def keep_journals(roster: Roster, journals: dict[int, list]) -> None:
    """Keep what some rows of a roster did, for as long as it can be taken back."""
    if journals:
        RosterUndo.objects.create(
            program_id=roster.program_id, roster=roster, first_row=min(journals), last_row=max(journals),
            content=pack({str(number): steps for number, steps in journals.items()}),
        )  # fmt: skip


def read_journals(part: RosterUndo) -> dict[int, list]:
    """The steps of each row of a part."""
    return {int(number): steps for number, steps in unpack(part.content).items()}


@dataclass
class Verdict:
    """What can be taken back of some rows: `gone` and `back` are row numbers, `kept` those of which something stays."""

    gone: set[int] = field(default_factory=set)
    back: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)


class Undo:
    """The journals of some rows beside the rows of the database as they are now, locked."""

    def __init__(self, journals: dict[int, list]) -> None:
        self.journals = journals
        self.now: dict[Key, models.Model] = {}
        ids: dict[type[models.Model], set[str]] = defaultdict(set)
        for steps in journals.values():
            for _kind, label, pk, _what in steps:
                ids[BY_LABEL[label]].add(pk)
        for model in MODELS:
            found = model.objects.select_for_update(of=("self",)).filter(pk__in=sorted(ids[model])).order_by("pk")
            self.now |= {(model, str(row.pk)): row for row in found}
        self.made = {
            (BY_LABEL[label], pk): number
            for number, steps in journals.items()
            for kind, label, pk, _what in steps
            if kind == "made"
        }
        self.touched = self._touched()

    def judge(self) -> Verdict:
        """What would go, what would be put back, and of which rows something stays. Changes nothing."""
        verdict = Verdict()
        for number, steps in self.journals.items():
            makes = any(kind == "made" and BY_LABEL[label] is Person for kind, label, _pk, _what in steps)
            stays = number in self.touched or any(
                self._changed_since(step, column) for step in steps if step[0] == "changed" for column in step[3]
            )
            (verdict.kept if stays else verdict.gone if makes else verdict.back).add(number)
        return verdict

    def take_back(self, by) -> Verdict:
        """Do it, with an entry for each person."""
        verdict = self.judge()
        # Values go back first: what the import made may be what they point to.
        self._put_back()
        removed = {key for key, number in self.made.items() if number not in self.touched}
        people = [pk for kind, pk in removed if kind is Person]
        RosterLine.objects.filter(person__in=people).update(person=None)
        forget(people)
        for model in reversed(MODELS):
            ids = sorted(pk for kind, pk in removed if kind is model)
            # Nothing else refers to them, that was looked at; the database looks again when all is committed.
            rows = model._base_manager.filter(pk__in=ids)
            rows._raw_delete(rows.db)
        self._put_in_again()
        record_all(self._entries(by, removed))
        return verdict

    def _entries(self, by, removed: set[Key]) -> Iterable[dict]:
        for model, pk in removed:
            if model is Person:
                yield {
                    "act": "person.taken_back", "by": by, "subject": pk, "object_kind": "person", "object_id": pk,
                }  # fmt: skip
        for step in (one for steps in self.journals.values() for one in steps if one[0] == "changed"):
            _kind, label, pk, what = step
            fields = sorted(column for column in what if not self._changed_since(step, column))
            if fields:
                row = self.now[BY_LABEL[label], pk]
                yield {
                    "act": "person.changed", "by": by, "subject": _person_id(row), "reason": "taken_back",
                    "object_kind": row._meta.model_name, "object_id": pk, "fields": fields,
                }  # fmt: skip

    def _changed_since(self, step: list, column: str) -> bool:
        """Whether somebody changed a column after the import did. A row that is gone has nothing to put back."""
        _kind, label, pk, what = step
        row = self.before.get((BY_LABEL[label], pk))
        return row is None or row[column] != what[column][1]

    @property
    def before(self) -> dict[Key, dict]:
        """The values that were found, by row."""
        if not hasattr(self, "_before"):
            self._before = {key: plain_values(row) for key, row in self.now.items()}
        return self._before

    def _put_back(self) -> None:
        changed: dict[type[models.Model], tuple[list, set[str]]] = {}
        for steps in self.journals.values():
            for step in steps:
                kind, label, pk, what = step
                if kind != "changed":
                    continue
                model = BY_LABEL[label]
                for column, (old, _new) in what.items():
                    if not self._changed_since(step, column):
                        setattr(self.now[model, pk], column, typed_value(model, column, old))
                        rows, columns = changed.setdefault(model, ([], set()))
                        columns.add(column)
                        if self.now[model, pk] not in rows[-1:]:
                            rows.append(self.now[model, pk])
        for model, (rows, columns) in changed.items():
            save_columns(model, rows, columns)

    def _put_in_again(self) -> None:
        """Rows that the import took away come back where what they belong to is as the import left it."""
        for number, steps in self.journals.items():
            gone = [step for step in steps if step[0] == "gone"]
            if number in self.touched or not gone:
                continue
            for _kind, label, _pk, what in gone:
                model = BY_LABEL[label]
                row = model(**{column: typed_value(model, column, value) for column, value in what.items()})
                row.save(force_insert=True)

    def _touched(self) -> set[int]:
        """Rows of which something that was made is not as it was made, or is needed by something else now."""
        touched = {number for key, number in self.made.items() if key not in self.now}
        for number, steps in self.journals.items():
            for kind, label, pk, what in steps:
                row = self.now.get((BY_LABEL[label], pk))
                if kind == "made" and row is not None and digest_of(row) != what:
                    touched.add(number)
        for model in MODELS:
            mine = {pk: number for (kind, pk), number in self.made.items() if kind is model}
            for relation in list_relations(model) if mine else ():
                touched |= self._referring(relation, mine)
        return touched

    def _referring(self, relation, mine: dict[str, int]) -> set[int]:
        """Rows of the list whose people something refers to that this import did not make."""
        model = relation.related_model
        column = relation.field.attname
        found = model._base_manager.filter(**{f"{relation.field.name}__in": sorted(mine)}).values_list(column, "pk")
        return {mine[str(to)] for to, pk in found if (model, str(pk)) not in self.made}


def list_relations(model: type[models.Model]) -> list[models.ManyToOneRel]:
    """Every foreign key of another table that points here, also those without a way back.

    Not lines of lists, and not what is made from a person for comparing: it goes with them.
    """
    relations = [one for one in model._meta.get_fields(include_hidden=True) if one.is_relation and one.auto_created]
    return [one for one in relations if not one.concrete and one.related_model not in (RosterLine, *FOLLOWING)]


def _person_id(row: models.Model):
    if isinstance(row, Person):
        return row.pk
    if hasattr(row, "person_id"):
        return row.person_id
    return row.episode.person_id if hasattr(row, "episode") else None
