"""Making and changing a person, their safe-contact rules and their boundaries."""

from django.db import transaction

from alongside.audit.actions import record
from alongside.people.models import Boundary, Person, Program, SafeContact
from alongside.people.names import fold

PERSON_FIELDS = frozenset(
    {"goes_by", "pronouns", "language", "birth_date", "legal_name", "phone", "email", "external_id"}
)


def _apply(person: Person, values: dict) -> list[str]:
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


@transaction.atomic
def create_person(*, program: Program, by, **values) -> Person:
    """A new person of a program. `goes_by` is required; everything else may come later."""
    person = Person(program=program)
    changed = _apply(person, values)
    person.save(force_insert=True)
    SafeContact.objects.create(program=program, person=person)
    record(act="person.created", by=by, subject=person.pk, object_kind="person", object_id=person.pk, fields=changed)
    return person


@transaction.atomic
def change_person(*, person: Person, by, **values) -> Person:
    """Change some fields of a person; writes nothing and logs nothing when nothing changed."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = _apply(person, values)
    if changed:
        person.save()
        record(
            act="person.changed", by=by, subject=person.pk, object_kind="person", object_id=person.pk, fields=changed
        )
    return person


@transaction.atomic
def set_safe_contact(*, person: Person, by, **values) -> SafeContact:
    """Set how a person may be reached. Queued messages are checked against it again when they are sent (E2)."""
    rules = SafeContact.objects.select_for_update().get(person=person)
    changed = [field for field, value in values.items() if getattr(rules, field) != value]
    for field in changed:
        setattr(rules, field, values[field])
    if changed:
        rules.save()
        record(
            act="person.safe_contact_changed",
            by=by,
            subject=person.pk,
            object_kind="safe_contact",
            object_id=rules.pk,
            fields=changed,
        )
    return rules


@transaction.atomic
def record_boundary(*, person: Person, other: Person, kind: str, by) -> Boundary:
    """Record that two persons are never paired. The log says that it happened, not between whom (D7)."""
    first, second = sorted((person, other), key=lambda each: each.pk)
    boundary, made = Boundary.objects.get_or_create(
        program=person.program, person=first, other=second, defaults={"kind": kind, "recorded_by_id": by.user_id}
    )
    if made:
        record(act="person.boundary_added", by=by, object_kind="boundary", object_id=boundary.pk)
    return boundary
