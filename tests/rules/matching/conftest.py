"""The compiled engine, once for all tests that need it."""

import pytest

from alongside.rules.matching.compiled import can_compile
from alongside.rules.matching.warming import warm


@pytest.fixture(scope="session")
def warmed():
    """Everything lies compiled on disk: half a minute where it did not. Tests that ask for it share one process."""
    if not can_compile():
        pytest.skip("Numba does not exist for this machine")
    assert warm()
