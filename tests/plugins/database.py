"""The database of the tests: the key ring before it, and the flush that the insert-only tables would refuse."""

import os
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

PAGES = re.compile(
    r"tests/(?:web/|\w+/test_(?:me_\w+|(?:\w+_)?pages)\.py|website/test_weight\.py|"
    r"promises/test_(?:absent|asvs|bill_of_materials|canary_in_logs|docs|"
    r"floors|install_page|licences|lock_files|neutral_sentence|privacy_rules|query_counts|reference|"
    r"reflections_stay|refused_tries|security_decisions|ways_out)\.py)"
)
"""Files of pages, and of promises about the source: what pages call is tried on both databases by the other files."""

ALSO = re.compile(
    r"tests/promises/test_(?:fuzzed_forms\.py::test_what(?:ever_is|_no)|fuzzed_states\.py|foreign_queries\.py)"
)
"""Of `once`, and yet tried on both: PostgreSQL refuses what SQLite takes, as a NUL or a number that is too large."""

ALL_ON_BOTH = bool(os.environ.get("TEST_ONCE"))
"""Nothing is left out on PostgreSQL: a deep run."""


def is_for_one(nodeid: str, once: bool) -> bool:
    """Whether a test is left out on PostgreSQL."""
    return not ALL_ON_BOTH and not ALSO.match(nodeid) and bool(once or PAGES.search(nodeid))


def pytest_collection_modifyitems(config, items):
    """Tests with real processes begin first, for they take longest. On PostgreSQL most of `once` are left out."""
    items.sort(key=lambda item: item.get_closest_marker("races") is None)
    if connection.vendor == "postgresql":
        once = [item for item in items if is_for_one(item.nodeid, bool(item.get_closest_marker("once")))]
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if item not in once]


def pytest_configure():
    """Make the key ring of this run; the processes of xdist share it."""
    from alongside.audit.keys import KeyRingExists, create_key_ring

    path = Path(settings.ALONGSIDE_KEY_FILE)
    if not path.exists():
        try:
            create_key_ring(path)
        except KeyRingExists:
            return  # another process of this run was quicker


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_triggers():
    """After a test with `transaction=True` Django empties all tables; the audit tables refuse that, rightly."""
    from alongside.audit import triggers

    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        with triggers.suspended(connection):
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def own_ledger():
    """The ledger of erased records of this test alone: a line in that of another would erase somebody there."""
    before = settings.ALONGSIDE_LEDGER_FILE
    settings.ALONGSIDE_LEDGER_FILE = Path(before).parent / "ledgers" / uuid4().hex
    yield settings.ALONGSIDE_LEDGER_FILE
    settings.ALONGSIDE_LEDGER_FILE = before
