"""Rows of long lists, rendered by Jinja2 inside Django's own pages: `{% lean "matching/board_rows.jinja" rows=rows %}`.

A page is a Django template; only what repeats fifty times is a `.jinja` file beside it, because Jinja2 compiles to
Python and renders such a list about four times as fast (docs/decisions/0014). A `.jinja` file sees the names it is
given and what is listed here, nothing of the page: no request, no query. All is escaped; an unknown name is an error.
"""

import uuid
from collections.abc import Hashable
from functools import cache

from django.template import Engine
from django.template.defaultfilters import linebreaksbr, truncatechars
from django.template.utils import get_app_template_dirs
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from alongside.web.spoken import gettext, kept, ngettext, one_language
from alongside.web.templatetags import ui


def say(sentence: str, **values: object) -> str:
    """A sentence in the reader's language, with its values. The template escapes the whole."""
    return gettext(sentence) % values if values else gettext(sentence)


def say_number(one: str, many: str, n: int, **values: object) -> str:
    """A sentence with a number; `n` is a value of it."""
    return ngettext(one, many, n) % {"n": n, **values}


def url(name: str, *ids: uuid.UUID) -> str:
    """The address of a page about some ids. Reversing is slow, so that each name is reversed once."""
    begin, *rest = _address(name, len(ids), get_script_prefix())
    return begin + "".join([f"{id_}{part}" for id_, part in zip(ids, rest, strict=True)])


@cache
def _address(name: str, ids: int, _prefix: str) -> list[str]:
    """What stands before, between and after the ids."""
    stands = [uuid.UUID(int=number) for number in range(ids)]
    parts, rest = [], reverse(name, args=stands)
    for stand in stands:
        before, _stand, rest = rest.partition(str(stand))
        parts.append(before)
    return [*parts, rest]


@cache
def environment() -> Environment:
    """The one environment; it finds `.jinja` files in the `templates` folders of the packages."""
    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in get_app_template_dirs("templates")]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"_": say, "ngettext": say_number, "url": url, "icon": ui.icon, "time": ui.time_, "kept": keep}
    own = {"linebreaksbr": linebreaksbr, "truncatechars": truncatechars, "local_day": timezone.localdate}
    for library in (ui.register, *Engine.get_default().template_libraries.values()):
        own |= library.filters
    # Filters of our template libraries, except where Jinja2 has one of that name.
    made.filters = own | made.filters
    return made


@kept
def keep(name: str, **values: Hashable) -> Markup:
    """A part that many rows have in common, such as the reasons for a pair: rendered once. See `spoken.kept`."""
    return Markup(render(name, values))  # noqa: S704  (escaped by its own template)


def render(name: str, values: dict[str, object]) -> str:
    """The HTML of one `.jinja` file."""
    with one_language():
        return environment().get_template(name).render(values)
