"""The demo's accounts: one for each role. Their user names begin with `demo-`, which the door of the demo asks for."""

from alongside.people.actions import create_person
from alongside.people.actor import Actor, SystemActor, get_actor
from alongside.people.models import Membership, Person, Program, User

DOOR = "demo-"


def make_account(name: str, program: Program, *roles: str, person: Person | None = None, language: str = "en") -> User:
    """An account without a password: it is entered through the door only. Several programs may give it roles."""
    user = User.objects.filter(username=f"{DOOR}{name}").first()
    if user is None:
        user = User.objects.create_user(f"{DOOR}{name}", language=language)
    for role in roles:
        Membership.objects.get_or_create(user=user, program=program, role=role)
    if person is not None:
        Person.objects.filter(pk=person.pk).update(user=user)
    return user


def make_staff(name: str, program: Program, *roles: str) -> Actor:
    """A member of staff with a person of their own, and the actor they are."""
    house = SystemActor(program_id=program.pk)
    person = create_person(program=program, by=house, goes_by=name.title())
    return actor_of(make_account(name, program, *roles, person=person), program)


def actor_of(user: User, program: Program) -> Actor:
    """The actor that a request of this account would carry."""
    return get_actor(user, str(program.pk))[0]


def actor_for(person: Person, role: str) -> Actor:
    """The person themself, for those of the demo who have no account: what they said was written down for them."""
    return Actor(person_id=person.pk, program_id=person.program_id, roles=frozenset({role}))
