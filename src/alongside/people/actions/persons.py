"""Making and changing a person, their safe-contact rules and their boundaries."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people import match_keys
from alongside.people.events import emit
from alongside.people.models import Boundary, Person, Program, SafeContact
from alongside.people.names import fold

PERSON_FIELDS = frozenset(
    {"goes_by", "pronouns", "language", "birth_date", "legal_name", "phone", "email", "external_id"}
)


def apply_to_person(person: Person, values: dict) -> list[str]:
    """Set the given fields; returns the names of those that changed."""
    unknown = values.keys() - PERSON_FIELDS
    if unknown:
        raise TypeError(f"not fields of a person: {sorted(unknown)}")
    changed = []
    for field, value in values.items():
        if getattr(person, field) != value:
            setattr(person, field, value)
            changed.append(field)
    person.goes_by_search = fold(person.goes_by)
    return changed


def build_person(*, program: Program, from_list: UUID | None = None, **values) -> tuple[Person, SafeContact, list[str]]:
    """A new person with rules of contact, not saved yet, and the names of the fields that were given.

    `from_list`: id of the list that brings them in.
    """
    person = Person(program=program, from_list=from_list)
    given = apply_to_person(person, values)
    return person, SafeContact(program=program, person=person), given


@transaction.atomic
def create_person(*, program: Program, by, **values) -> Person:
    """A new person of a program. `goes_by` is required; everything else may come later."""
    person, rules, given = build_person(program=program, **values)
    person.save(force_insert=True)
    match_keys.renew(person, is_new=True)
    rules.save(force_insert=True)
    record(**note_person("person.created", person, by, given))
    return person


def note_person(act: str, person: Person, by, fields: list[str]) -> dict:
    """What the log says of a person made or changed, as `audit.actions.record` takes it."""
    return {
        "act": act, "by": by, "subject": person.pk, "object_kind": "person", "object_id": person.pk, "fields": fields,
    }  # fmt: skip


@transaction.atomic
def change_person(*, person: Person, by, **values) -> Person:
    """Change some fields of a person; writes nothing and logs nothing when nothing changed."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = apply_to_person(person, values)
    if changed:
        person.save()
        if set(changed) & set(match_keys.COMPARED_FIELDS):
            match_keys.renew(person)
        record(**note_person("person.changed", person, by, changed))
    return person


@transaction.atomic
def set_safe_contact(*, person: Person, by, **values) -> SafeContact:
    """Set how a person may be reached. Queued messages are checked against it again when they are sent (E2)."""
    rules = SafeContact.objects.select_for_update().get(person=person)
    changed = apply_values(rules, with_stop_ended(rules, values))
    if changed:
        rules.save()
        record(**note_safe_contact(rules, by, changed))
    return rules


def with_stop_ended(rules: SafeContact, values: dict) -> dict:
    """Whoever turns texts on again, at the person's wish, ends a STOP: the database holds that the two exclude."""
    if values.get("may_text") and rules.texts_stopped_at:
        return values | {"texts_stopped_at": None, "texts_stopped_number": ""}
    return values


def apply_values(row, values: dict) -> list[str]:
    """Set the given fields of a row; returns the names of those that changed."""
    changed = [field for field, value in values.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, values[field])
    return changed


def note_safe_contact(rules: SafeContact, by, fields: list[str]) -> dict:
    """What the log says of changed rules of contact."""
    return {
        "act": "person.safe_contact_changed", "by": by, "subject": rules.person_id, "object_kind": "safe_contact",
        "object_id": rules.pk, "fields": fields,
    }  # fmt: skip


@transaction.atomic
def record_boundary(*, person: Person, other: Person, kind: str, by) -> Boundary:
    """Record that two persons are never paired. The log says that it happened, not between whom (D7)."""
    first, second = sorted((person, other), key=lambda each: each.pk)
    boundary, made = Boundary.objects.get_or_create(
        program=person.program, person=first, other=second, defaults={"kind": kind, "recorded_by_id": by.user_id}
    )
    if made:
        record(act="person.boundary_added", by=by, object_kind="boundary", object_id=boundary.pk)
        emit("boundary_recorded", boundary=boundary, now=timezone.now())
    return boundary
