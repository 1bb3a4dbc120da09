"""What waits for a reader: stories, and words of visitors. Readers see the name that a writer chose."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.stories import actions, queries, wording
from alongside.stories.beneath import name_pages
from alongside.stories.forms import GiveBackForm
from alongside.stories.models import Story
from alongside.stories.sending import send_sound
from alongside.stories.showing import about, look_over, show

from .public import hears

ON_PAGE = 30


@require_safe
def story_reviews(request: HttpRequest) -> HttpResponse:
    """The longest wait first; then what stands on the site."""
    rows = [_row(one) for one in queries.list_in_review(request.actor)[:ON_PAGE]]
    comments = Paginator(queries.list_waiting_comments(request.actor), ON_PAGE).get_page(request.GET.get("page"))
    name_pages(comments.object_list)
    shared = [_row(one) for one in queries.list_reviewed(request.actor)[:ON_PAGE]]
    return render(request, "stories/reviews.html", {"rows": rows, "comments": comments, "shared": shared})


def _row(one: Story) -> dict:
    return {
        "story": one, "about": about(one), "language": wording.LANGUAGES[one.language],
        "audience": wording.AUDIENCES[one.audience][0], "has_sound": hasattr(one, "recording"),
    }  # fmt: skip


@hears
@require_http_methods(["GET", "HEAD", "POST"])
def story_review(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Read one, and publish it or give it back. POST `action`: publish, give_back."""
    story = _get(request, story_id)
    pressed = request.POST.get("action", "")
    form = GiveBackForm(
        request.POST if pressed == "give_back" else None, language=story.language, initial={"edition": story.edition}
    )
    if pressed == "publish" or (pressed == "give_back" and form.is_valid()):
        return _decide(request, story, form if pressed == "give_back" else None)
    actions.note_read(story=story, by=request.actor)
    return render(request, "stories/review.html", {
        "row": _row(story), "story": show(story), "look": look_over(story), "form": form,
        "sound_url": reverse("story_review_file", args=[story.pk]), "back_url": reverse("story_reviews"),
    })  # fmt: skip


def _decide(request: HttpRequest, story: Story, form: GiveBackForm | None) -> HttpResponse:
    try:
        if form is None:
            actions.publish(story=story, edition=_number(request.POST.get("edition", "")), by=request.actor)
            messages.success(request, _("It is shared."))
        else:
            values = form.cleaned_data
            actions.give_back(
                story=story, reasons=values["reasons"], words=values["words"], edition=values["edition"],
                by=request.actor,
            )  # fmt: skip
            messages.success(request, _("It went back to its writer, with your words."))
    except actions.AnotherEdition:
        messages.warning(request, _("Its writer changed it meanwhile. Please read it once more."))
        return redirect("story_review", story.pk)
    except (actions.NotNow, actions.NotForYou):
        messages.warning(request, _("It does not wait here any more."))
    return redirect("story_reviews")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_safe
def story_review_file(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """The recording of one that is read."""
    return send_sound(request, _get(request, story_id))


def _get(request: HttpRequest, story_id: UUID) -> Story:
    story = queries.get_for_review(request.actor, story_id)
    if story is None:
        raise Http404
    return story


@require_POST
def comment_decide(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Words of a visitor. POST `action`: show, refuse."""
    comment = queries.get_comment(request.actor, comment_id)
    to = {"show": "shown", "refuse": "refused"}.get(request.POST.get("action", ""))
    if comment is None or to is None:
        raise Http404
    try:
        changed = actions.decide_comment(comment=comment, to=to, by=request.actor)
    except actions.NotForYou as error:
        raise Http404 from error
    if changed:
        messages.success(request, _("They are shown now.") if to == "shown" else _("They are not shown."))
    return redirect("story_reviews")
