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


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[2K", "\x00", "\u2028", "\x85"])
def test_nobody_writes_a_line_of_their_own(written, sign):
    logger, text = written
    logger.warning("Not Found: %s", f"/a{sign}2026-01-01T00:00:00Z INFO alongside forged")
    assert text.getvalue().count("\n") == 1
    assert sign not in text.getvalue().removesuffix("\n")
    assert "forged" in text.getvalue(), "it is shown, as part of its own line"


def test_a_line_says_when_in_utc_what_kind_and_where():
    from django.conf import settings

    from alongside.web.logs import Line

    shape = settings.LOGGING["formatters"]["line"]["format"]
    event = logging.LogRecord("alongside.jobs", logging.WARNING, __file__, 1, "tick failed", (), None)
    event.created = 1_772_000_000.5
    assert Line(shape).format(event) == "2026-02-25T06:13:20Z WARNING alongside.jobs tick failed"


def test_logs_go_to_one_place_as_the_page_says():
    from django.conf import settings

    assert {handler["class"] for handler in settings.LOGGING["handlers"].values()} == {"logging.StreamHandler"}
    for logger in (settings.LOGGING["root"], *settings.LOGGING["loggers"].values()):
        assert logger["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["ids_only"]


def test_a_form_with_names_it_does_not_have_is_told_without_them(caplog):
    from alongside.web.reading import ReadingForm

    assert not ReadingForm({"theme": "", "text": "", "is_admin": "S3CRET"}).is_valid()
    (told,) = [one for one in caplog.records if one.name == "alongside.security"]
    assert told.getMessage() == "a form was sent 1 names that it does not have: ReadingForm"
