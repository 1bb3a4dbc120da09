"""Who is there before something is lost, and what is there afterwards. Runs in the house of the test of recovery."""

import json
import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django_scopes import scopes_disabled
from tests.races.scenes import open_house, program, scene

from alongside.audit import keys
from alongside.audit.backup import read_header
from alongside.audit.fields import CannotDecrypt, blind_index, decrypt
from alongside.audit.models import Entry
from alongside.audit.sealed_file import FileRefused
from alongside.people.actions import create_person
from alongside.people.actor import SystemActor
from alongside.people.models import Person, User
from alongside.people.names import ERASED
from alongside.retention.erasing import erase_person

__all__ = ["open_house"]


@scene
def make_person(name: str) -> str:
    """Somebody with a name; their id."""
    by = SystemActor(program_id=program().pk)
    made = create_person(program=program(), by=by, goes_by=name.split()[0], legal_name=name)
    return str(made.pk)


@scene
@transaction.atomic
def erase(person: str) -> None:
    """As on their own wish."""
    found = Person.objects.get(pk=UUID(person))
    by = SystemActor(program_id=program().pk, moves_as="staff")
    erase_person(person=found, by=by, cause="wish", now=timezone.now())


@scene
def names() -> dict[str, str]:
    """Legal name of each person; "" for whoever was erased."""
    with scopes_disabled():
        return {str(one.pk): "" if one.goes_by == ERASED else one.legal_name for one in Person.objects.all()}


@scene
def is_found(person: str) -> bool:
    """Whether somebody is found by their whole name."""
    with scopes_disabled():
        found = Person.objects.get(pk=UUID(person))
        return Person.objects.filter(legal_name_index=blind_index(found.legal_name, "name")).exists()


@scene
def accounts() -> dict[str, bool]:
    """User name to whether the account is on."""
    return dict(User.objects.values_list("username", "is_active"))


@scene
def made_by_commands(act: str) -> int:
    """Entries of an act that no account did."""
    return Entry.objects.filter(act=act, actor_id=None).count()


@scene
def opens_with(ring: dict) -> dict:
    """What somebody with this ring reads of the database and of the newest backup."""
    with scopes_disabled():
        stored = list(
            Person.objects.exclude(goes_by=ERASED)
            .annotate(t=Cast("legal_name", TextField()))
            .values_list("t", flat=True)
        )
    backup = settings.ALONGSIDE_HOME / "backups" / "new-keys"
    before = settings.ALONGSIDE_KEY_FILE
    with tempfile.TemporaryDirectory() as folder:
        settings.ALONGSIDE_KEY_FILE = Path(folder) / "keyring.json"
        settings.ALONGSIDE_KEY_FILE.write_text(json.dumps(ring))
        settings.ALONGSIDE_KEY_FILE.chmod(0o600)
        try:
            keys.newest_key_ring()
            return {"people": sum(map(_opens, stored)), "backup": _is_ours(backup)}
        finally:
            settings.ALONGSIDE_KEY_FILE = before
            keys.newest_key_ring()


def _opens(token: str) -> bool:
    try:
        decrypt(token, "people.Person.legal_name")
    except CannotDecrypt:
        return False
    return True


def _is_ours(path: Path) -> bool:
    try:
        read_header(path)
    except FileRefused:
        return False
    return True
