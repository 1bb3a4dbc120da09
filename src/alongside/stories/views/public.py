"""Published stories, for everybody or for who is signed in; words of visitors beneath them."""

from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.people.labels import LABELS
from alongside.rules.vocabulary import PATHWAYS
from alongside.stories import actions, queries, wording
from alongside.stories.beneath import show as show_words
from alongside.stories.beneath import take
from alongside.stories.models import Story
from alongside.stories.sending import send_sound
from alongside.stories.showing import show

ON_PAGE = 20
FILTERS = {"language": wording.LANGUAGES, "voice": wording.VOICES, "pathway": {one: LABELS["pathway"][one]
                                                                              for one in PATHWAYS}}  # fmt: skip
hears = csp_update({"media-src": [SELF]})
"""A page that plays a recording of ours."""


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """All that this visitor may read, by language, voice and pathway."""
    chosen = {
        name: value if (value := request.GET.get(name, "")) in options else "" for name, options in FILTERS.items()
    }
    rows, page = [], None
    if request.program is not None:
        with scope(program=request.program):
            shown = queries.list_shown(request.program, request.actor, **chosen)
            page = Paginator(shown, ON_PAGE).get_page(request.GET.get("page"))
            rows = [{"story": show(one), "url": reverse("story", args=[one.share])} for one in page]
    selects = [{"name": name, "options": options.items(), "value": chosen[name]} for name, options in FILTERS.items()]
    context = {"rows": rows, "page": page, "selects": selects, "is_filtered": any(chosen.values())}
    return render(request, "stories/stories.html", context)


@hears
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, share: UUID) -> HttpResponse:
    """One story, with what visitors said. POST: words of a visitor, for a reader first."""
    found = _shown(request, share)
    form, status = None, 200
    if request.method == "POST":
        sent = take(request, lambda said: _keep(found, said))
        if sent is None:
            return redirect(f"{reverse('story', args=[share])}?thanks=1#words")
        form, status = sent
    with scope(program=found.program):
        words = show_words(request, queries.list_comments(found), action="#words", form=form)
    context = words | {
        "story": show(found), "share_url": request.build_absolute_uri(reverse("story", args=[share])),
        "sound_url": reverse("story_sound", args=[share]), "comments_open": found.comments_open,
        "audience": found.audience,
    }  # fmt: skip
    return render(request, "stories/story.html", context, status=status)


def _keep(found: Story, said: actions.Said) -> None:
    with scope(program=found.program):
        actions.receive_comment(
            story=found, alias=said.alias, words=said.words, seconds=said.seconds, trap=said.trap,
            submit_key=said.submit_key,
        )  # fmt: skip


@require_safe
def story_sound(request: HttpRequest, share: UUID) -> HttpResponse:
    """Its recording, by the same rule as the page."""
    found = _shown(request, share)
    with scope(program=found.program):
        return send_sound(request, found)


def _shown(request: HttpRequest, share: UUID) -> Story:
    found = queries.get_shown(share, request.actor)
    if found is None:
        raise Http404
    return found
