"""Texts to who is on duty: chosen by themself, on their own number, and ended by a STOP from it as all are (0060)."""

from django.db import transaction

from alongside.people.actions import change_person, set_safe_contact
from alongside.people.models import Episode, Person
from alongside.safety.queries import OWNERS

from .answering import NotTheirs


def may_choose_texts(by) -> bool:
    """Whether this actor may choose it here. Who is also supported here is reached as they said on their own pages."""
    return by.person_id is not None and by.has(*OWNERS) and not Episode.objects.filter(person_id=by.person_id).exists()


@transaction.atomic
def choose_texts(*, phone: str, wishes: bool, by) -> Person:
    """Be told by text too when somebody is worried, at any hour, on this number; or no more. Raises `NotTheirs`.

    Other notices go by e-mail as before, where the account has one.
    """
    if not may_choose_texts(by):
        raise NotTheirs
    person = change_person(person=Person.objects.select_related("user").get(pk=by.person_id), by=by, phone=phone)
    ways = {"may_text": wishes and bool(phone)}
    if person.user and person.user.email:
        ways["may_email"] = True
    set_safe_contact(person=person, by=by, **ways)
    return person
