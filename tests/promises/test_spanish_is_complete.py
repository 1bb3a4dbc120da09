"""Whatever a package says in English it also says in Spanish."""

import pytest

from alongside.web import messages

pytestmark = pytest.mark.once


@pytest.mark.parametrize("package", messages.packages(), ids=lambda package: package.name)
def test_spanish_is_complete(package):
    assert messages.missing(package) == []
