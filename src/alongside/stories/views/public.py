"""Published stories, for everybody or for who is signed in; words of visitors beneath them."""

from uuid import UUID, uuid4

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.people.form_limits import may_send
from alongside.people.labels import LABELS
from alongside.rules.vocabulary import PATHWAYS
from alongside.stories import actions, queries, wording
from alongside.stories.forms import CommentForm
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
    form, status = CommentForm(), 200
    if request.method == "POST":
        form = CommentForm(request.POST)
        if form.is_valid():
            code = _receive(request, found, form)
            if code in ("", "trap", "repeats"):
                return redirect(f"{reverse('story', args=[share])}?thanks=1#words")
            if code == "gone":
                raise Http404
            form.add_error("words" if code == "link" else None, wording.NOT_SENT[code])
            if code == "old":
                form.open_again()
            status = 429 if code in ("place", "many") else 200
    with scope(program=found.program):
        comments = queries.list_comments(found)
    context = {
        "story": show(found), "share_url": request.build_absolute_uri(reverse("story", args=[share])),
        "sound_url": reverse("story_sound", args=[share]), "comments": comments, "form": form,
        "comments_open": found.comments_open, "thanks": "thanks" in request.GET, "audience": found.audience,
    }  # fmt: skip
    return render(request, "stories/story.html", context, status=status)


def _receive(request: HttpRequest, found: Story, form: CommentForm) -> str:
    """Why it was not taken, "" when it was."""
    values = form.cleaned_data
    if not may_send(request, "comment"):
        return "place"
    try:
        with scope(program=found.program):
            actions.receive_comment(
                story=found, alias=values["alias"], words=values["words"], seconds=form.seconds,
                trap=values["website"], submit_key=values["submit_key"] or uuid4(),
            )  # fmt: skip
    except actions.NotSent as not_sent:
        return not_sent.code
    return ""


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
