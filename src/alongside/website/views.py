"""Public pages that are nothing but words: the front page, what peers do, pages of a program's own; and their words."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.legal.queries import list_posted_on_site
from alongside.legal.showing import languages_for, write_posted
from alongside.people.models import Program
from alongside.stories import queries as stories
from alongside.stories.beneath import show as show_words
from alongside.stories.beneath import take
from alongside.stories.queries import list_beneath
from alongside.stories.showing import show as show_story

from . import actions, queries
from .queries import Place, reader_language
from .showing import show_text, tab_title, url_of

NOT_AS_CARDS = frozenset({"ask", "help"})
"""On the front page these two stand larger than a card."""


@require_safe
def public_home(request: HttpRequest) -> HttpResponse:
    """The front page: what this is, how it works, and what else there is, in the order that staff chose."""
    context = {"told": _told(request), "not_cards": NOT_AS_CARDS, "posted": _posted(request)}
    return render(request, "website/home.html", context)


def _posted(request: HttpRequest) -> list[dict]:
    """Notices for those whom no letter reaches, in the reader's language first, then in the other (J5)."""
    if request.program is None:
        return []
    with scope(program=request.program):
        found = list_posted_on_site(timezone.localdate(timezone=ZoneInfo(request.program.time_zone)))
        languages = languages_for(reader_language())
        return [one for posting in found for one in write_posted(posting, languages)]


def _told(request: HttpRequest) -> dict | None:
    """The newest story that everybody may read, in the reader's language, where there is one."""
    if request.program is None:
        return None
    with scope(program=request.program):
        rows = stories.list_shown(request.program, request.actor, language=reader_language())
        found = rows.filter(audience="public").first()
        if found is None:
            return None
        return {"story": show_story(found), "url": reverse("story", args=[found.share])}


@require_safe
def what_peers_do(request: HttpRequest) -> HttpResponse:
    """What a peer does and does not do."""
    return render(request, "website/page.html", {"tab": _tab(request, "what-peers-do")})


@require_safe
def own_page(request: HttpRequest, page_slug: str) -> HttpResponse:
    """A page that the program wrote."""
    place = _place(request, page_slug)
    if place.built_in:
        return redirect(url_of(place))
    return render(request, "website/page.html", {"tab": tab_title(show_text(place.texts, reader_language()))})


def _tab(request: HttpRequest, slug: str) -> str:
    place = next(one for one in queries.places_of(request) if one.slug == slug)
    return tab_title(show_text(place.texts, reader_language()))


def _program(request: HttpRequest) -> Program:
    if request.program is None:
        raise Http404
    return request.program


def _place(request: HttpRequest, slug: str) -> Place:
    _program(request)
    place = next((one for one in queries.places_of(request) if one.slug == slug), None)
    if place is None or not place.is_shown:
        raise Http404
    return place


@require_http_methods(["GET", "HEAD", "POST"])
def page_words(request: HttpRequest, page_slug: str) -> HttpResponse:
    """Words of a visitor beneath a page, for a reader first. What needs mending is shown with what was typed."""
    program, place = _program(request), _place(request, page_slug)
    if not place.takes_words or place.row is None:
        raise Http404
    form, status = None, 200
    if request.method == "POST":
        sent = take(request, lambda said: _keep(program, place, said))
        if sent is None:
            return redirect(f"{url_of(place)}?thanks=1#words")
        form, status = sent
    with scope(program=program):
        action = reverse("page_words", args=[place.slug])
        words = show_words(request, list_beneath(place.row.pk), action=action, form=form)
    context = {"text": show_text(place.texts, reader_language()), "back_url": url_of(place), "words": words}
    context["form"] = context["words"]["form"]
    return render(request, "website/words.html", context, status=status)


def _keep(program: Program, place: Place, said) -> None:
    with scope(program=program):
        actions.receive_words(program=program, slug=place.slug, said=said)
