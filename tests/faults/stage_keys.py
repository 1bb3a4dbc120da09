"""People who are found by indexes while keys change. Runs in the house of the kill test."""

from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from alongside.audit.fields import blind_index
from alongside.audit.keys import newest_key_ring
from alongside.audit.models import IndexKey, IndexToBe
from alongside.people.models import Person
from alongside.people.models.accounts import User
from tests.races.scenes import open_house, program, scene

__all__ = ["open_house"]


def mail_of(number: int) -> str:
    return f"user-{number}@example.org"


@scene
@transaction.atomic
def make_people(first: int, count: int) -> None:
    """So many accounts, each with a person who has a number in the program's lists."""
    for number in range(first, first + count):
        user = User.objects.create(username=f"user-{number}", email=mail_of(number))
        Person.objects.create(
            program=program(), user=user, goes_by="P", legal_name=f"Person {number}", phone=f"+1213555{number:04}",
            external_id=f"R-{number}",
        )  # fmt: skip


@scene
def judge(count: int) -> dict:
    """Who is not found by an exact value, or could be there twice; and how far the change of keys is."""
    newest_key_ring()
    wrong = {"mail": [], "number": [], "twice": [], "unreadable": []}
    with scopes_disabled():
        for number in range(count):
            found = list(User.objects.filter(email_index=blind_index(mail_of(number), "email")))
            if [one.username for one in found] != [f"user-{number}"]:
                wrong["mail"].append(number)
            elif found[0].email != mail_of(number):
                wrong["unreadable"].append(number)
            if Person.objects.filter(external_id_index=blind_index(f"R-{number}", "external_id")).count() != 1:
                wrong["number"].append(number)
            if is_made_again(number):
                wrong["twice"].append(number)
    ring = newest_key_ring()
    return {
        "wrong": {name: found for name, found in wrong.items() if found},
        "waits": ring.blind_next is not None,
        "prepared": IndexToBe.objects.count(),
        "moments": IndexKey.objects.count(),
        "seals": len(ring.seals),
        "seal_waits": ring.seals[0].after is None,
    }


def is_made_again(number: int) -> bool:
    """Whether the database lets a second account have this address; nothing of it stays."""
    try:
        with transaction.atomic():
            User.objects.create(username=f"again-{number}", email=mail_of(number))
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True
