"""Staff's side of the public site: what there is, writing a page, looking at it, publishing, and going back."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.legal.queries import names_of
from alongside.people.held_forms import held_values
from alongside.people.labels import label
from alongside.rules.marked_text import find_own_addresses
from alongside.rules.site_pages import LANGUAGES, Texts
from alongside.web.meanwhile import ChangedMeanwhile, look_again

from . import actions, queries
from .catalog import BUILT_IN, HOME, come_with
from .forms import PageForm
from .models import SitePage, SiteVersion
from .queries import Place, reader_language
from .showing import closed_paths, look_over, show_text, url_of
from .wording import LANGUAGE_NAMES


@require_safe
def site_pages(request: HttpRequest) -> HttpResponse:
    """All pages in the order of the navigation, with what waits to be published."""
    places = queries.list_places(request.program)
    rows = [_row(place) for place in places]
    moving = [row for row in rows if row["place"].slug != HOME]
    for row in moving:
        row["may_up"], row["may_down"] = row is not moving[0], row is not moving[-1]
    return render(request, "website/pages.html", {"rows": rows})


def _row(place: Place) -> dict:
    text = show_text(place.texts or (place.row.draft if place.row else {}), reader_language())
    there = [language for language in LANGUAGES if place.texts.get(language, {}).get("title")]
    state = ""
    if place.row and place.row.status != "published":
        state = label("site_page", place.row.status)
    return {
        "place": place, "name": text.name or place.slug, "state": state, "is_own": place.built_in is None,
        "missing": [LANGUAGE_NAMES[one] for one in LANGUAGES if there and one not in there],
        "url": url_of(place) if place.is_shown else "",
        "as_it_came": place.built_in is not None and not (place.row and place.row.current),
        "is_home": place.slug == HOME,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def site_page_new(request: HttpRequest) -> HttpResponse:
    """A page of the program's own. It is nobody's to read until it is published."""
    form = PageForm(request.POST or None, texts={}, of="new", initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_page(
                program=request.program, texts=form.texts, submit_key=form.cleaned_data["submit_key"] or uuid4(),
                by=request.actor,
            )  # fmt: skip
        except actions.TooMany:
            form.add_error(None, _("There are as many pages as fit. Remove one first."))
        else:
            return redirect("site_page_look", row.slug)
    return _write(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def site_page_edit(request: HttpRequest, page_slug: str) -> HttpResponse:
    """Write a page in both languages. What is written is kept as a draft, and looked at next."""
    place = _place(request, page_slug)
    texts = actions.text_to_edit(place.row, place.slug)

    def anew(**kwargs) -> PageForm:
        stored = actions.text_to_edit(_place(request, page_slug).row, page_slug)
        return PageForm(texts=stored, of=page_slug, **kwargs)

    form = PageForm(request.POST or None, texts=texts, of=page_slug, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.save_draft(
                program=request.program, slug=page_slug, texts=form.texts, by=request.actor, seen=form.seen
            )
        except ChangedMeanwhile as changed:
            form = look_again(form, changed, anew)
        except actions.NotNow:
            raise Http404 from None
        else:
            if row.draft:
                return redirect("site_page_look", page_slug)
            messages.info(request, _("Nothing was changed."))
            return redirect("site_pages")
    return _write(request, form, place)


def _write(request: HttpRequest, form: PageForm, place: Place | None) -> HttpResponse:
    context = {
        "form": form, "place": place, "back_url": reverse("site_pages"),
        "name": show_text(place.texts, reader_language()).name if place else "",
        "does_more": bool(place and place.built_in and not actions.needs_words(place.slug) and place.slug != HOME),
    }  # fmt: skip
    return render(request, "website/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def site_page_look(request: HttpRequest, page_slug: str) -> HttpResponse:
    """The draft as visitors will read it, in both languages, with what to look at again. POST: publish, or leave it."""
    place = _place(request, page_slug)
    row = place.row
    if request.method == "POST" and row is not None:
        return _settle(request, row)
    if row is None or not row.draft:
        return redirect("site_page_edit", page_slug)
    context = _looked_at(request, place, row.draft) | {
        "edition": row.edition, "is_ready": actions.is_ready(place.slug, row.draft), "is_new": row.status == "draft",
        "draft_at": row.draft_at, "draft_by": names_of([row.draft_by]).get(row.draft_by, ""),
    }  # fmt: skip
    return render(request, "website/look.html", context)


def _settle(request: HttpRequest, row: SitePage) -> HttpResponse:
    pressed, edition = request.POST.get("action", ""), _number(request.POST.get("edition", ""))
    try:
        if pressed == "publish":
            actions.publish(page=row, edition=edition, by=request.actor)
            _say_published(request, row, _("It is published. Everybody reads it from now on."))
        elif pressed == "leave":
            actions.leave_draft(page=row, edition=edition, by=request.actor)
            messages.success(request, _("The draft is thrown away. What is published stays as it is."))
        else:
            raise Http404
    except actions.AnotherEdition:
        messages.warning(request, _("Somebody changed this draft meanwhile. Please look at it once more."))
        return redirect("site_page_look", row.slug)
    except actions.NotReady:
        messages.warning(request, _("Something is still missing. You find it below."))
        return redirect("site_page_look", row.slug)
    except actions.NotNow:
        messages.warning(request, _("Something changed meanwhile. Here is how it stands now."))
    return redirect("site_pages")


def _say_published(request: HttpRequest, row: SitePage, words: str) -> None:
    if row.status == "away":
        words = _("It is kept, but the page is off the site. Put it back, and everybody reads it.")
    messages.success(request, words)


def _go_back(request: HttpRequest, row: SitePage, version: SiteVersion | None) -> HttpResponse:
    try:
        actions.go_back(page=row, version=version, by=request.actor)
    except (actions.NotNow, actions.NotReady):
        messages.warning(request, _("Something changed meanwhile. Here is how it stands now."))
        return redirect("site_pages")
    _say_published(request, row, _("This text is published again. A draft, if there is one, was left alone."))
    return redirect("site_page_earlier", row.slug)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _looked_at(request: HttpRequest, place: Place, texts: Texts) -> dict:
    """A text as visitors will read it in each language, and what an editor may want to look at again."""
    closed = closed_paths(is_open=request.program.is_public)
    hints = {one.language: one for one in look_over(texts)}
    return {
        "place": place, "name": show_text(place.texts or texts, reader_language()).name or place.slug,
        "back_url": reverse("site_pages"), "is_home": place.slug == HOME,
        "does_more": place.built_in is not None and not actions.needs_words(place.slug) and place.slug != HOME,
        "sides": [
            {
                "language": one, "name": LANGUAGE_NAMES[one], "hints": hints.get(one),
                "text": show_text({one: texts[one]}, one, closed) if texts.get(one, {}).get("title") else None,
                "begun": bool(texts.get(one)), "dead": _dead(request, texts.get(one, {})),
            }
            for one in LANGUAGES
        ],
    }  # fmt: skip


def _dead(request: HttpRequest, text) -> list[str]:
    """Paths of this site at which there is no page."""
    slugs = {place.slug for place in queries.list_places(request.program) if place.is_shown}
    return [path for path in find_own_addresses(text.get("words", "")) if not _leads_somewhere(path, slugs)]


def _leads_somewhere(path: str, slugs: set[str]) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.url_name != "own_page" or match.kwargs["page_slug"] in slugs


@require_POST
def site_page_move(request: HttpRequest, page_slug: str) -> HttpResponse:
    """Where it stands. POST `action`: up, down, in, out, words_on, words_off, off, back, remove."""
    place, pressed, by = _place(request, page_slug), request.POST.get("action", ""), request.actor
    try:
        if pressed in ("up", "down", "in", "out"):
            actions.arrange(program=request.program, slug=page_slug, to=pressed, by=by)
        elif pressed in ("words_on", "words_off"):
            actions.set_comments(program=request.program, slug=page_slug, are_open=pressed == "words_on", by=by)
        elif pressed in ("off", "back") and place.row is not None:
            actions.take_off(page=place.row, by=by, back=pressed == "back")
        elif pressed == "remove" and place.row is not None:
            actions.remove_page(page=place.row, by=by)
            messages.success(request, _("The page is removed."))
        else:
            raise Http404
    except actions.NotNow:
        messages.warning(request, _("Something changed meanwhile. Here is how it stands now."))
    return redirect(f"{reverse('site_pages')}#{page_slug}")


@require_http_methods(["GET", "HEAD", "POST"])
def site_page_earlier(request: HttpRequest, page_slug: str) -> HttpResponse:
    """What was published when and by whom, the latest first; last the text that came with the product.

    POST: publish the latter again.
    """
    place = _place(request, page_slug)
    if request.method == "POST" and place.built_in and place.row:
        return _go_back(request, place.row, None)
    versions = queries.list_versions(place.row) if place.row else []
    names = names_of({one.by_account for one in versions})
    context = {
        "place": place, "name": show_text(place.texts, reader_language()).name, "back_url": reverse("site_pages"),
        "rows": [
            {"version": one, "by": names.get(one.by_account, ""),
             "title": show_text(one.texts, reader_language()).title,
             "is_now": place.row is not None and place.row.current_id == one.pk}
            for one in versions
        ],
        "came_with": show_text(come_with(page_slug), reader_language()).title if page_slug in BUILT_IN else "",
        "is_as_it_came": not versions,
    }  # fmt: skip
    return render(request, "website/earlier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def site_page_version(request: HttpRequest, page_slug: str, version_id: UUID) -> HttpResponse:
    """One earlier text as it was read. POST: publish it once more."""
    place = _place(request, page_slug)
    version = queries.get_version(place.row, version_id) if place.row else None
    if version is None or place.row is None:
        raise Http404
    if request.method == "POST":
        return _go_back(request, place.row, version)
    context = _looked_at(request, place, version.texts) | {
        "version": version, "by": names_of([version.by_account]).get(version.by_account, ""),
        "is_now": place.row.current_id == version.pk,
    }  # fmt: skip
    return render(request, "website/version.html", context)


def _place(request: HttpRequest, slug: str) -> Place:
    place = queries.get_place(request.program, slug)
    if place is None:
        raise Http404
    return place
