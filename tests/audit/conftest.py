"""A key ring of its own for each audit test, and tables that can be emptied after a test with real transactions."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from django.test import TransactionTestCase

from alongside.audit import triggers
from alongside.audit.keys import create_key_ring


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path_factory):
    """Path of a fresh key ring."""
    settings.ALONGSIDE_KEY_FILE = tmp_path_factory.mktemp("keys") / "keyring.json"
    return create_key_ring()


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers():
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        with triggers.suspended(connection):
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def lien():
    """A supervisor who acts."""
    return SimpleNamespace(user_id=UUID(int=1), person_id=UUID(int=2), program_id=UUID(int=3), role="supervisor")


@pytest.fixture
def rosa():
    """The id of a participant."""
    return UUID(int=4)
