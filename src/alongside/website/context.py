"""What every public page shows around its content: the navigation, the program's own words, words of visitors.

A contract of `web`, as `site` is: templates read `public` and know nothing of where it comes from.
"""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django_scopes import scope

from alongside.rules.access import may
from alongside.stories.beneath import show as show_words
from alongside.stories.queries import list_beneath

from .catalog import BY_URL_NAME
from .queries import Place, places_of, reader_language
from .showing import Text, closed_paths, show_menu, show_text


def public(request: HttpRequest) -> dict:
    """The `public` variable of all templates. Lazy: a page that does not ask for it costs nothing."""
    return {"public": SimpleLazyObject(lambda: _public(request))}


def _public(request: HttpRequest) -> dict:
    """`menu` [{label, url, icon, current, language, lead}] for visitors · `text` the words of this page · `words` what
    visitors say beneath it, or None · `edit_url` for whoever may change it."""
    program = getattr(request, "program", None)
    places = places_of(request)
    is_open = program is not None and program.is_public
    wanted = reader_language()
    place = _here(request, places)
    edits = may("edit_site", request.actor.roles) if getattr(request, "actor", None) else False
    return {
        "menu": show_menu(places, wanted, request.path, is_open=is_open),
        "text": show_text(place.texts, wanted, closed_paths(is_open=is_open)) if place else Text(),
        "words": _words(request, place) if place else None,
        "edit_url": reverse("site_page_edit", args=[place.slug]) if place and edits else "",
    }


def _here(request: HttpRequest, places: list[Place]) -> Place | None:
    match = request.resolver_match
    if match is None:
        return None
    built_in = BY_URL_NAME.get(match.url_name)
    slug = built_in.slug if built_in else match.kwargs.get("page_slug") if match.url_name == "own_page" else None
    return next((place for place in places if place.slug == slug), None)


def _words(request: HttpRequest, place: Place) -> dict | None:
    if not place.takes_words or place.row is None:
        return None
    with scope(program=request.program):
        return show_words(request, list_beneath(place.row.pk), action=reverse("page_words", args=[place.slug]))
