"""Collecting, merging and compiling sentences, without gettext."""

import gettext
import os

import pytest

from alongside.web import messages

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
def words(n):
    return _("Hello %(name)s"), ngettext("%(n)d day", "%(n)d days", n), pgettext("part of the day", "Morning")
"""
HTML = """{% comment %}Slots: it's {% translate %}-free prose{% endcomment %}
{% translate "Good night" %}{% blocktranslate trimmed count n=n %}
{{ n }} peer
{% plural %}
{{ n }} peers
{% endblocktranslate %}"""


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "hello"
    (folder / "templates").mkdir(parents=True)
    (folder / "__init__.py").write_text(PYTHON)
    (folder / "templates" / "page.html").write_text(HTML)
    return folder


def translate(package, english: str, spanish: str) -> None:
    path = package / messages.PO
    path.write_text(path.read_text().replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{spanish}"'))


def test_sentences_come_from_python_and_templates(package):
    said = {message.id for message in messages.extract(package) if message.id}
    assert said == {
        "Hello %(name)s",
        ("%(n)d day", "%(n)d days"),
        "Morning",
        "Good night",
        ("%(n)s peer", "%(n)s peers"),
    }


def test_update_asks_for_what_is_new_and_keeps_what_is_translated(package):
    assert messages.update(package) == 5
    translate(package, "Morning", "Mañana")
    assert messages.update(package) == 4
    assert messages.read(package).get("Morning", context="part of the day").string == "Mañana"


def test_update_drops_what_nobody_says(package):
    messages.update(package)
    (package / "templates" / "page.html").write_text("")
    messages.update(package)
    assert messages.read(package).get("Good night") is None


def test_a_lost_placeholder_is_named(package):
    messages.update(package)
    translate(package, "Hello %(name)s", "Hola %(nombre)s")
    assert any("placeholders differ" in text for text in messages.missing(package))


def test_missing_catalogue_is_named(package):
    assert any("not in the catalogue" in text for text in messages.missing(package))


def test_compiled_catalogue_is_read_by_gettext_and_only_written_when_changed(package, tmp_path):
    messages.update(package)
    translate(package, "Good night", "Buenas noches")
    os.utime(package / messages.PO, (1_000, 1_000))
    assert messages.compile_all(tmp_path) == 1
    assert messages.compile_all(tmp_path) == 0
    os.utime(package / messages.PO, (10_000_000_000, 10_000_000_000))
    assert messages.compile_all(tmp_path) == 1
    with (package / messages.PO).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Good night") == "Buenas noches"
