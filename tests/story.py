"""The one story of all tests, built through the product's own actions.

Rosa asks for someone beside her, Dante is the peer she walks with, Lien supports Dante, Carmen runs intake and
matching, Dolores directs the program, Ada keeps the system running. Marcus coordinates another program and always
gets 404.

`program` opens the program's scope for the whole test; what belongs to `other_program` is made or read inside
`with scope(program=other_program):`.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django_scopes import scope, scopes_disabled

PASSWORD = "correct horse battery staple"
ZONE = ZoneInfo("America/Los_Angeles")
"""Where every program of the stories is, as each new program is."""

CARMEN, LIEN = ("carmen", "coordinator"), ("lien", "supervisor")
DOLORES, ADA = ("dolores", "director"), ("ada", "administrator")
STAFF = (CARMEN, LIEN, DOLORES, ADA)
"""Name of the account, and role."""


def day_there(moment: datetime | None = None) -> date:
    """The day on which a moment, or now, is where the programs are: for eight hours of each it is not that of UTC."""
    return timezone.localdate(moment, timezone=ZONE)


def make_program(name: str, slug: str):
    """A program of the one organization, with the policies every program starts with."""
    from alongside.council.actions import adopt_first_policies
    from alongside.people.actor import SystemActor
    from alongside.people.models import Organization, Program

    organization, _ = Organization.objects.get_or_create(name="Riverbend Recovery Community")
    made = Program.objects.create(organization=organization, name=name, slug=slug)
    adopt_first_policies(made, by=SystemActor(program_id=made.pk))
    return made


@pytest.fixture
def program(db, kept_story):
    """Riverbend, in scope while the test runs."""
    made = kept_story.program if kept_story else make_program("Riverbend", "riverbend")
    with scope(program=made):
        yield made


@pytest.fixture
def other_program(db):
    """Harbor: nothing of it is ever seen from Riverbend."""
    return make_program("Harbor", "harbor")


@pytest.fixture
def house(program):
    """The house itself as the actor: imports, jobs, the command line."""
    from alongside.people.actor import SystemActor

    return SystemActor(program_id=program.pk)


def make_account(username: str, program, *roles: str, person=None, language: str = "en"):
    """An account with roles in a program and, where given, its person. The password is `PASSWORD`."""
    from alongside.people.models import Membership, User

    user = User.objects.create(username=username, password=make_password(PASSWORD), language=language)
    for role in roles:
        Membership.objects.create(user=user, program=program, role=role)
    if person is not None:
        person.user = user
        person.save(update_fields=["user"])
    return user


def actor_of(user, program=None):
    """The actor that a request of this account would carry."""
    from alongside.people.actor import get_actor

    return get_actor(user, str(program.pk) if program else None)[0]


class Persona:
    """Somebody of the story: `person`, `user` (or None) and `actor`, which is read again each time."""

    def __init__(self, person, user, program):
        self.person, self.user, self.program = person, user, program

    @property
    def actor(self):
        """The actor with the roles held now."""
        return actor_of(self.user, self.program)


def make_persona(program, username: str, *roles: str, language: str = "en", **values) -> Persona:
    """A person with an account and roles."""
    from alongside.people.actions import create_person
    from alongside.people.actor import SystemActor

    with scope(program=program):
        person = create_person(
            program=program,
            by=SystemActor(program_id=program.pk),
            goes_by=username.title(),
            language=language,
            **values,
        )
        return Persona(person, make_account(username, program, *roles, person=person, language=language), program)


@pytest.fixture
def carmen(program, kept_story):
    """Carmen, coordinator."""
    return kept_story.carmen if kept_story else make_persona(program, *CARMEN)


@pytest.fixture
def lien(program, kept_story):
    """Lien, supervisor."""
    return kept_story.lien if kept_story else make_persona(program, *LIEN)


@pytest.fixture
def dolores(program, kept_story):
    """Dolores, director."""
    return kept_story.dolores if kept_story else make_persona(program, *DOLORES)


@pytest.fixture
def ada(program, kept_story):
    """Ada, administrator: settings, users, keys, backups, and no participant content."""
    return kept_story.ada if kept_story else make_persona(program, *ADA)


@pytest.fixture
def marcus(other_program):
    """Marcus, coordinator and supervisor of another program: he gets 404 for everything of Riverbend."""
    return make_persona(other_program, "marcus", "coordinator", "supervisor")


@pytest.fixture
def rosa(program, carmen):
    """Rosa, participant, Spanish first; her episode is open and waits."""
    from alongside.people.actions import move_episode, open_episode

    rosa = make_persona(program, "rosa", "participant", language="es", pronouns="ella")
    asked = timezone.now() - timedelta(days=3)
    rosa.episode = open_episode(person=rosa.person, by=carmen.actor, now=asked)
    for state in ("intake", "waiting"):
        rosa.episode = move_episode(episode=rosa.episode, to=state, by=carmen.actor, now=asked)
    return rosa


@pytest.fixture
def english(rosa):
    """Rosa, who reads English today."""
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


@pytest.fixture
def dante(program, carmen, lien):
    """Dante, peer with two places, supervised by Lien."""
    from alongside.people.models import Person
    from alongside.workforce.actions import create_peer

    dante = make_persona(program, "dante", "peer")
    Person.objects.filter(pk=dante.person.pk).update(supervisor=lien.person)
    dante.person.refresh_from_db()
    dante.profile = create_peer(person=dante.person, by=carmen.actor, capacity=2, languages=["en", "es"])
    return dante


@pytest.fixture
def mentorship(program, carmen, rosa, dante):
    """Rosa and Dante, introduced."""
    from alongside.mentoring.actions import start_mentorship
    from alongside.people.actions import move_episode

    move_episode(episode=rosa.episode, to="offered", by=carmen.actor)
    return start_mentorship(episode=rosa.episode, peer=dante.profile, by=carmen.actor)


@pytest.fixture
def signed_in(client):
    """`signed_in(rosa)` gives the test client signed in as somebody, past the second factor."""

    from alongside.people import second_factor

    def sign_in(persona: Persona):
        client.force_login(persona.user)
        session = client.session
        second_factor.mark_passed(session)
        session.save()
        return client

    return sign_in


@pytest.fixture
def unscoped():
    """Looks at rows of every program, for a test about what the database holds."""
    with scopes_disabled():
        yield
