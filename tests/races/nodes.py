"""What a process of the house does for the test of two nodes."""

from django.conf import settings
from django.core.cache import cache

from alongside.people.actions import create_person
from alongside.people.models import Membership, Person, User
from tests.races.scenes import house, open_house, program, scene
from tests.story import PASSWORD

__all__ = ["open_house"]


@scene
def make_account(name: str) -> None:
    """A participant's account with the password of the story."""
    user = User.objects.create_user(name, PASSWORD, language="en")
    Membership.objects.create(user=user, program=program(), role="participant")
    person = create_person(program=program(), by=house(), goes_by=name.title())
    Person.objects.filter(pk=person.pk).update(user=user)


def begin_anew() -> None:
    """Two accounts as on the first day, and an empty cache."""
    cache.clear()
    User.objects.all().delete()
    for name in ("rosa", "marcus"):
        make_account(name=name)


def disable(name: str) -> None:
    """The account is off; nothing else is done to its sessions."""
    User.objects.filter(username=name).update(is_active=False)


def _client():
    import redis

    return redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])


def remembered_for(key: str) -> int:
    """How many seconds more the cache remembers a session."""
    return _client().ttl(cache.make_key(f"session:{key}"))


def list_values() -> list[str]:
    """Everything in the cache."""
    client = _client()
    return [client.get(key).decode() for key in client.scan_iter()]
