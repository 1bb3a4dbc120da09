"""A writer's own stories: write, look over, send, withdraw. Nobody else has a page like these."""

import contextlib
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from alongside.audit.keys import draft_keys
from alongside.people.acting import as_participant, as_peer
from alongside.people.held_forms import held_values
from alongside.people.labels import spoken
from alongside.people.models import Person
from alongside.rules.sound import NotSound
from alongside.stories import actions, queries, wording
from alongside.stories.forms import SoundForm, StoryForm, initial_of
from alongside.stories.models import Story
from alongside.stories.sending import send_sound
from alongside.stories.showing import look_over, show, show_turn
from alongside.web.uploads import was_dropped

from .public import hears


def _base(request: HttpRequest) -> str:
    return "web/page_me.html" if request.actor.has("participant") else "web/page_app.html"


def _by(request: HttpRequest):
    """The writer, in the capacity in which they have these pages."""
    actor = request.actor
    return as_participant(actor) if actor.has("participant") else as_peer(actor)


def _own(request: HttpRequest, story_id: UUID) -> Story:
    story = queries.get_own(request.actor, story_id)
    if story is None:
        raise Http404
    return story


@require_safe
def me_stories(request: HttpRequest) -> HttpResponse:
    """All of them, with how each stands."""
    rows = [
        {"story": one, "state": spoken("story", one.status), "stands": wording.STANDS[one.status],
         "audience": wording.AUDIENCES[one.audience][0]}
        for one in queries.list_own(request.actor)
    ]  # fmt: skip
    return render(request, "stories/me_stories.html", {
        "base": _base(request), "rows": rows, "draft_saved": request.session.pop("draft_saved", ""),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def me_story_new(request: HttpRequest) -> HttpResponse:
    """A first draft."""
    person = Person.objects.filter(pk=request.actor.person_id).first()
    if person is None:
        raise Http404
    peer = queries.is_peer(person.pk)
    language = "es" if (get_language() or "").startswith("es") else "en"
    first = {"voice": "peer" if peer else "recovery", "language": language, "audience": "program"}
    form = StoryForm(request.POST or None, is_peer=peer, initial=first | held_values(request))
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["submit_key"] or uuid4()
        try:
            story = actions.begin(person=person, words=form.words, submit_key=key, by=_by(request))
        except actions.TooMany:
            form.add_error(None, _("These are as many stories as fit here."))
        else:
            return _kept(request, story, "story-new")
    return _write(request, form, "story-new", reverse("me_stories"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def me_story_words(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Going on with a draft."""
    story = _own(request, story_id)
    if story.status != "draft":
        return redirect("me_story", story_id)
    shape = {"is_peer": queries.is_peer(story.person_id), "has_sound": hasattr(story, "recording")}
    form = StoryForm(request.POST or None, initial=initial_of(story) | held_values(request), **shape)
    name = f"story-{story.pk}"
    if request.method == "POST" and form.is_valid():
        try:
            actions.save(story=story, words=form.words, edition=form.cleaned_data["edition"], by=_by(request))
        except actions.AnotherEdition:
            story.refresh_from_db(fields=["edition"])
            form.send_anew(edition=story.edition)
            form.add_error(None, _("This story was changed in another window meanwhile. What you wrote is still in the "
                                   "boxes: press Keep again, and it takes the place of the other."))  # fmt: skip
        except actions.NotNow:
            messages.warning(request, _("It was sent meanwhile, so nothing was changed."))
            return _kept(request, story, name)
        else:
            return _kept(request, story, name)
    return _write(request, form, name, reverse("me_story", args=[story.pk]), story)


def _write(request: HttpRequest, form: StoryForm, name: str, back: str, story: Story | None) -> HttpResponse:
    return render(request, "stories/me_words.html", {
        "base": _base(request), "form": form, "draft_name": name, "back_url": back, "story": story,
        "draft_key": draft_keys(request.actor.user_id),
    })  # fmt: skip


def _kept(request: HttpRequest, story: Story, name: str) -> HttpResponse:
    request.session["draft_saved"] = name
    messages.success(request, _("Kept. Only you can see it."))
    return redirect("me_story", story.pk)


@hears
@require_safe
def me_story(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """One of them as others will see it, what to look at again, what readers said, and what can be done now."""
    story = _own(request, story_id)
    turns = [show_turn(one) for one in queries.list_turns(story)]
    share = request.build_absolute_uri(reverse("story", args=[story.share])) if story.share else ""
    return render(request, "stories/me_story.html", {
        "base": _base(request), "own": story, "story": show(story), "state": spoken("story", story.status),
        "stands": wording.STANDS[story.status], "audience": wording.AUDIENCES[story.audience],
        "turns": turns, "look": look_over(story, keep_out=story.keep_out) if story.status == "draft" else None,
        "given_back": next((one for one in turns if one["reasons"] or one["words"]), None)
        if story.status == "draft" else None,
        "share_url": share if story.audience != "matches" else "",
        "sound_url": reverse("me_story_file", args=[story.pk]),
        "draft_saved": request.session.pop("draft_saved", ""), "submit_key": uuid4(),
    })  # fmt: skip


@permissions_policy_override(settings.PERMISSIONS_POLICY | {"microphone": ["self"]})
@hears
@require_http_methods(["GET", "HEAD", "POST"])
def me_story_sound(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Putting a recording to a draft, or taking it away. POST `action`: put, away.

    The one page that may use the microphone, when its reader presses the button and the browser has asked them.
    """
    story = _own(request, story_id)
    if story.status != "draft":
        return redirect("me_story", story_id)
    form = SoundForm()
    if request.method == "POST" and request.POST.get("action") == "away":
        with contextlib.suppress(actions.NotNow):  # it was sent meanwhile: its page says so
            actions.take_sound_away(story=story, by=_by(request))
            messages.success(request, _("The recording is erased."))
        return redirect("me_story", story.pk)
    if request.method == "POST":
        form = SoundForm(request.POST, request.FILES)
        if was_dropped(request):
            form.errors["sound"] = form.error_class([wording.SOUND_PROBLEMS["large"]])
        elif form.is_valid():
            try:
                actions.put_sound(story=story, content=form.cleaned_data["sound"].read(), by=_by(request))
            except NotSound as problem:
                form.add_error("sound", wording.SOUND_PROBLEMS[problem.code])
            except actions.NotNow:
                return redirect("me_story", story.pk)
            else:
                messages.success(request, _("Kept. Now write down what you say in it."))
                return redirect(f"{reverse('me_story_words', args=[story.pk])}#id_spoken")
    return render(request, "stories/me_sound.html", {
        "base": _base(request), "form": form, "own": story, "back_url": reverse("me_story", args=[story.pk]),
        "sound_url": reverse("me_story_file", args=[story.pk]), "has_sound": hasattr(story, "recording"),
    })  # fmt: skip


@require_safe
def me_story_file(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """The recording of one's own."""
    return send_sound(request, _own(request, story_id))


@require_POST
def me_story_move(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """One step, at once. POST `action`: send, take_up, withdraw, again, comments_on, comments_off."""
    story, pressed, by = _own(request, story_id), request.POST.get("action", ""), _by(request)
    try:
        if pressed == "send":
            actions.send(story=story, by=by)
            messages.success(request, _("Sent. Somebody reads it and answers you here."))
        elif pressed == "take_up":
            actions.take_up(story=story, by=by)
            messages.success(request, _("It is yours again. Nobody else can see it."))
        elif pressed == "withdraw":
            actions.withdraw(story=story, by=by)
            messages.success(request, _("It is withdrawn, everywhere."))
        elif pressed == "again":
            key = _as_key(request.POST.get("submit_key", ""))
            return redirect("me_story", actions.copy_to_draft(story=story, submit_key=key, by=by).pk)
        elif pressed in ("comments_on", "comments_off"):
            actions.set_comments(story=story, are_open=pressed == "comments_on", by=by)
            messages.success(request, _("Saved."))
        else:
            raise Http404
    except actions.NotReady:
        messages.warning(request, _("Something is still missing. You find it below."))
    except actions.NotNow:
        messages.warning(request, _("Something changed meanwhile. Here is how it stands now."))
    except actions.TooMany:
        messages.warning(request, _("These are as many stories as fit here."))
    return redirect("me_story", story.pk)


def _as_key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
