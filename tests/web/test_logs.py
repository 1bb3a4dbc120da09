"""What is written to the logs names no person and opens nothing (G4)."""

import io
import logging

import pytest

from alongside.web.logs import IdsOnly


@pytest.fixture
def written():
    """A logger as the product sets it up, and what it wrote."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(IdsOnly())
    logger = logging.getLogger("tests.logs")
    logger.addHandler(handler)
    yield logger, text
    logger.removeHandler(handler)


def test_an_error_is_told_by_place_and_kind_never_in_its_words(written):
    logger, text = written
    row = "Failing row contains (Rosa, +12135550123)"
    try:
        try:
            raise ValueError(row)
        except ValueError as first:
            raise RuntimeError(row) from first
    except RuntimeError:
        logger.exception("Internal Server Error: %s", "/people/find/")
    assert "Rosa" not in text.getvalue()
    assert "ValueError" in text.getvalue()
    assert "RuntimeError" in text.getvalue()
    assert "test_logs.py" in text.getvalue()
    assert "/people/find/" in text.getvalue()


@pytest.mark.parametrize(
    "path",
    [
        "/join/S3CRET/",
        "/c/S3CRET.ics",
        "/account/email/S3CRET/",
        "/account/new-password/1a-S3CRET/",
        "/find/?name=S3CRET",
    ],
)
def test_no_secret_of_an_address_is_written(written, path):
    logger, text = written
    logger.warning("Forbidden (CSRF token missing.): %s", path)
    assert "S3CRET" not in text.getvalue()


def test_other_paths_stay_readable(written):
    logger, text = written
    logger.warning("Not Found: %s", "/account/new-password/done/")
    assert text.getvalue() == "Not Found: /account/new-password/done/\n"
