"""Two floors of a page: an empty answer, and its own template filled from constants.

The constants page calls the real view once for each account, keeps the template and the context that the view gave it,
loads whatever was still lazy, and from then on only renders. Before it answers for the first time it proves itself: it
must make no query, and its page must be the real one, letter for letter, apart from tokens and keys.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock, get_ident
from unittest import mock

from django.core.paginator import Page as PaginatorPage
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import resolve
from django.utils.functional import Promise

from .pages import REAL_PATH, Page

CHANGING = re.compile(r'"[A-Za-z0-9]{64}"|<input[^>]*name="submit_key"[^>]*>')
"""What differs in each copy of a page: CSRF tokens, and the key by which a form is sent once."""

FREEZING = Lock()
"""One at a time in a process: while one view is watched, no other is."""


class FloorDiffers(Exception):
    """A constants page is not the page it stands for, or still asks the database."""


def empty_of(page: Page):
    """The view beside a page that does nothing: what is left is the way through the middleware."""

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<!doctype html><title>.</title>")

    return empty


@dataclass
class Frozen:
    """What a view gave to its template."""

    template: object
    context: dict


def constants_of(page: Page):
    """The view that renders a page from what it once was."""
    kept = Constants(page)

    def constants(request: HttpRequest) -> HttpResponse:
        try:
            return kept(request)
        except FloorDiffers as reason:  # the log of the product holds no texts: the client prints this one
            return HttpResponse(str(reason), status=500, content_type="text/plain")

    return constants


class Constants:
    """What a page was for each account that asked for it."""

    def __init__(self, page: Page):
        self.page, self.kept = page, {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The navigation marks the page on which one is, by its path.
        request.path = request.path_info = request.headers[REAL_PATH].partition("?")[0]
        key = (request.user.pk, request.headers[REAL_PATH])
        if key not in self.kept:
            with FREEZING:
                if key not in self.kept:
                    self.kept[key] = self._freeze(request)
        frozen = self.kept[key]
        return render(request, frozen.template, frozen.context)

    def _freeze(self, request: HttpRequest) -> Frozen:
        frozen, real = capture(request)
        warm(frozen.context.values(), set())
        asked: list[str] = []

        def note(execute, sql, params, many, context):
            asked.append(sql)
            return execute(sql, params, many, context)

        render(request, frozen.template, frozen.context)  # what is loaded when first read is loaded now
        with connection.execute_wrapper(note):
            again = render(request, frozen.template, frozen.context).content.decode()
        if asked:
            raise FloorDiffers(f"{self.page.name}: the constants page asks the database: {asked[0][:300]}")
        if CHANGING.sub("", again) != CHANGING.sub("", real):
            raise FloorDiffers(f"{self.page.name}: {first_difference(again, real)}")
        return frozen


def capture(request: HttpRequest) -> tuple[Frozen, str]:
    """The outermost template that the real view renders, with its context; and its page."""
    match = resolve(request.path_info)
    found: list[Frozen] = []
    me, render_to_string = get_ident(), loader.render_to_string

    def remember(template_name, context=None, request=None, using=None):
        if not found and get_ident() == me:
            found.append(Frozen(template_name, dict(context or {})))
        return render_to_string(template_name, context, request, using)

    with mock.patch.object(loader, "render_to_string", remember):
        response = match.func(request, *match.args, **match.kwargs)
        if hasattr(response, "render") and not response.is_rendered:
            found = [Frozen(response.template_name, dict(response.context_data or {}))]
            response.render()
    if not found:
        raise FloorDiffers(f"{request.path} answered {response.status_code} and rendered nothing")
    return found[0], response.content.decode()


def warm(values: Iterable, seen: set[int]) -> None:
    """Load querysets and pages of lists that the context holds, wherever they hide in lists and dicts."""
    for value in values:
        if id(value) in seen or isinstance(value, (str, bytes, int, float, type(None), Promise)):
            continue
        seen.add(id(value))
        if isinstance(value, QuerySet):
            len(value)
        elif isinstance(value, PaginatorPage):
            _ = value.paginator.count, value.paginator.num_pages
            value.object_list = list(value.object_list)
            warm(value.object_list, seen)
        elif isinstance(value, dict):
            warm(value.values(), seen)
        elif isinstance(value, (list, tuple)):
            warm(value, seen)


def first_difference(one: str, other: str) -> str:
    """Where two pages part, in a few words."""
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"the pages part at {place}: {one[place - 60 : place + 60]!r} and {other[place - 60 : place + 60]!r}"
