"""Keeping each person's match keys: keyed digests that say nothing, and by which near duplicates are found.

Made again whenever the person is saved (`people.actions.persons`). `rebuild` makes those of a whole program, for people
who came before there were keys, or by another way.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import scope

from alongside.audit.bulk import insert_rows
from alongside.audit.fields import blind_index, every_index
from alongside.rules.linkage import Features, block_keys, make_features

from .models import MatchKey, Person, Program, ToCompare, TwinPair

COMPARED_FIELDS = ("legal_name", "goes_by", "birth_date", "phone", "email")
"""Fields of a person from which keys and comparisons are made."""

FOLLOWING = (MatchKey, ToCompare, TwinPair)
"""What is made from a person for comparing, and goes with them."""

BATCH = 200


def features_of(person: Person) -> Features:
    """A known person as the model sees them."""
    return make_features(
        legal_name=person.legal_name,
        goes_by=person.goes_by,
        born=person.birth_date,
        phone=person.phone,
        email=person.email,
    )


def digests_of(features: Features, program_id) -> dict[str, str]:
    """Digest to kind of each key. The program is part of it: nobody is recognized across programs (A1)."""
    return {blind_index(f"{program_id} {text}", f"match_{kind}"): kind for kind, text in block_keys(features)}


def renew(person: Person, *, is_new: bool = False) -> None:
    """Make this person's keys anew and have the worker compare them; inside the transaction that saved the person."""
    renew_all([person], are_new=is_new)


def have_compared(people: Sequence[Person]) -> None:
    """Have the worker make the keys of people who are new, and compare them: long lists do not wait for either."""
    waiting = [ToCompare(person_id=person.pk, program_id=person.program_id) for person in people]
    ToCompare.objects.bulk_create(waiting, ignore_conflicts=True)


def renew_all(people: Sequence[Person], *, are_new: bool = False) -> None:
    """Make the keys of several people of one program anew. Four statements, two for people who are new."""
    wanted = {(person.pk, digest): kind for person in people for digest, kind in _digests(person).items()}
    program_of = {person.pk: person.program_id for person in people}
    if not are_new:
        held = MatchKey.objects.filter(person__in=people)
        old = {(key.person_id, key.digest): key.pk for key in held}
        MatchKey.objects.filter(pk__in=[pk for about, pk in old.items() if about not in wanted]).delete()
        wanted = {about: kind for about, kind in wanted.items() if about not in old}
    insert_rows(
        [
            MatchKey(program_id=program_of[person_id], person_id=person_id, kind=kind, digest=digest)
            for (person_id, digest), kind in wanted.items()
        ]
    )
    have_compared(people)


def find_by_phone(program: Program, phone: str) -> QuerySet:
    """Ids of the program's people with this telephone number, however it is written."""
    found = digests_of(make_features(phone=phone), program.pk)
    digests = every_index(*(digest for digest, kind in found.items() if kind == "phone"))
    return MatchKey.objects.filter(program=program, kind="phone", digest__in=digests).values("person_id")


def _digests(person: Person) -> dict[str, str]:
    return digests_of(features_of(person), person.program_id)


def rebuild_everywhere() -> int:
    """The same in every program, when a new key made all digests others."""
    return sum(rebuild(program) for program in Program.objects.order_by("created_at"))


def forget(ids: Collection[UUID]) -> None:
    """Take away what was made of these people, who are about to go themselves: keys, pairs, the wish to compare."""
    MatchKey.objects.filter(person__in=ids).delete()
    ToCompare.objects.filter(person__in=ids).delete()
    TwinPair.objects.filter(Q(first__in=ids) | Q(second__in=ids)).delete()


def rebuild(program: Program) -> int:
    """Make the keys of everybody in a program anew, in small transactions; returns how many people."""
    done, latest = 0, UUID(int=0)
    with scope(program=program):
        people = Person.objects.only("program_id", *COMPARED_FIELDS).order_by("pk")
        are_new = not MatchKey.objects.exists()
        # Page after page: one long read would keep SQLite's log of changes growing meanwhile.
        while some := list(people.filter(pk__gt=latest)[:BATCH]):
            with transaction.atomic():
                renew_all(some, are_new=are_new)
            done, latest = done + len(some), some[-1].pk
    return done
