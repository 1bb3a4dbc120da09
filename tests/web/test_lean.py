"""Rows of long lists by Jinja2: escaped, strict, translated, and with the same addresses as everywhere."""

import uuid

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override
from jinja2 import UndefinedError

from alongside.web import lean, messages


def row(source: str, **values: object) -> str:
    """What a `.jinja` file of this text would give."""
    return lean.environment().from_string(source).render(values)


def test_everything_is_escaped_once():
    name = "Ana <b>&</b>"
    assert row("{{ name }}", name=name) == "Ana &lt;b&gt;&amp;&lt;/b&gt;"
    assert row('{{ _("Written by %(name)s", name=name) }}', name=name) == "Written by Ana &lt;b&gt;&amp;&lt;/b&gt;"
    assert row("{{ words|linebreaksbr }}", words="<i>\nb") == "&lt;i&gt;<br>b"
    assert row('{{ icon("check") }}').startswith("<svg")


def test_an_unknown_name_is_an_error_and_not_an_empty_place():
    with pytest.raises(UndefinedError):
        row("{{ persn.goes_by }}")
    with pytest.raises(UndefinedError):
        row("{{ nobody }}")


def test_rows_see_only_what_they_are_given(rf):
    page = Template('{% lean "mentoring/reach.jinja" safe_contact=None %}')
    assert "They come to us." in page.render(Context({"safe_contact": "of the page", "request": rf.get("/")}))


@pytest.mark.parametrize("ids", [1, 2])
def test_addresses_are_those_of_reverse(ids):
    name = {1: "record", 2: "contact"}[ids]
    for _again in range(2):
        these = [uuid.uuid4() for _ in range(ids)]
        assert lean.url(name, *these) == reverse(name, args=these)


def test_sentences_follow_the_reader():
    source = '{{ ngettext("%(n)s day late", "%(n)s days late", n) }}'
    assert row(source, n=2) == "2 days late"
    with override("es"):
        assert row(source, n=2) != "2 days late"


def test_sentences_are_collected_for_translation(tmp_path):
    folder = tmp_path / "hello" / "templates"
    folder.mkdir(parents=True)
    said = '{{ _("With %(name)s", name=one) }}{{ ngettext("%(n)s note", "%(n)s notes", n, name=one) }}'
    (folder / "rows.jinja").write_text(said)
    found = {message.id for message in messages.extract(tmp_path / "hello") if message.id}
    assert found == {"With %(name)s", ("%(n)s note", "%(n)s notes")}
