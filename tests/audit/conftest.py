"""A key ring of its own for each audit test, and two people of the story."""

from types import SimpleNamespace
from uuid import UUID

import pytest

from alongside.audit.keys import create_key_ring


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path_factory):
    """Path of a fresh key ring."""
    settings.ALONGSIDE_KEY_FILE = tmp_path_factory.mktemp("keys") / "keyring.json"
    return create_key_ring()


@pytest.fixture
def lien():
    """A supervisor who acts."""
    return SimpleNamespace(user_id=UUID(int=1), person_id=UUID(int=2), program_id=UUID(int=3), role="supervisor")


@pytest.fixture
def rosa():
    """The id of a participant."""
    return UUID(int=4)
