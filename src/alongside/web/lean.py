"""Rows of long lists, rendered by Jinja2 inside Django's own pages: `{% lean "matching/board_rows.jinja" rows=rows %}`.

A page is a Django template; only what repeats fifty times is a `.jinja` file beside it, because Jinja2 compiles to
Python and renders such a list about four times as fast (docs/decisions/0014). A `.jinja` file sees the names it is
given and what is listed here, nothing of the page: no request, no query. All is escaped; an unknown name is an error.
"""

import uuid
from functools import cache

from django.template import Engine
from django.template.defaultfilters import linebreaksbr, truncatechars
from django.template.utils import get_app_template_dirs
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from alongside.web.spoken import gettext, ngettext
from alongside.web.templatetags import ui

ANY = uuid.UUID(int=0)
"""Stands for an id while an address is reversed once for all rows."""


def say(sentence: str, **values: object) -> str:
    """A sentence in the reader's language, with its values. The template escapes the whole."""
    return gettext(sentence) % values if values else gettext(sentence)


def say_number(one: str, many: str, n: int, **values: object) -> str:
    """A sentence with a number; `n` is a value of it."""
    return ngettext(one, many, n) % {"n": n, **values}


def url(name: str, *ids: uuid.UUID) -> str:
    """The address of a page about one or two ids. Reversing is slow, so that each name is reversed once."""
    if len(ids) != 1:
        return reverse(name, args=ids)
    return _address(name, get_script_prefix()).replace(str(ANY), str(ids[0]))


@cache
def _address(name: str, _prefix: str) -> str:
    return reverse(name, args=[ANY])


@cache
def environment() -> Environment:
    """The one environment; it finds `.jinja` files in the `templates` folders of the packages."""
    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in get_app_template_dirs("templates")]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"_": say, "ngettext": say_number, "url": url, "icon": ui.icon, "time": ui.time_}
    own = {"linebreaksbr": linebreaksbr, "truncatechars": truncatechars, "local_day": timezone.localdate}
    for library in (ui.register, *Engine.get_default().template_libraries.values()):
        own |= library.filters
    # Filters of our template libraries, except where Jinja2 has one of that name.
    made.filters = own | made.filters
    return made


def render(name: str, values: dict[str, object]) -> str:
    """The HTML of one `.jinja` file."""
    return environment().get_template(name).render(values)
