"""Lists that are read from their address by themselves: adding one, and how it is with one."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.people.held_forms import held_values
from alongside.resources import actions, queries
from alongside.resources.forms import SourceForm
from alongside.resources.models import Feed
from alongside.resources.views.lists import say_counts
from alongside.resources.wording import speak_try


@require_http_methods(["GET", "HEAD", "POST"])
def place_source_new(request: HttpRequest) -> HttpResponse:
    """Give a list its address. It is read within a minute or two."""
    form = SourceForm(request.POST or None, initial={"every_hours": 24} | held_values(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            feed = actions.add_source(
                program=request.program, name=values["feed"], url=values["url"], every_hours=values["every_hours"],
                submit_key=values["submit_key"] or uuid4(), by=request.actor,
            )  # fmt: skip
        except actions.NameTaken:
            form.add_error("feed", _("A list of this name has an address already. Change it there."))
        else:
            messages.success(request, _("Saved. It will be read within a minute or two."))
            return redirect("place_source", feed.pk)
    return render(request, "resources/source_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def place_source(request: HttpRequest, place_feed_id: UUID) -> HttpResponse:
    """What was read of one list, and why something was not.

    POST `action`: save, again (the address), lose (the same, and most may be gone).
    """
    feed = queries.get_feed(place_feed_id)
    if feed is None:
        raise Http404
    pressed = request.POST.get("action", "")
    if pressed in ("again", "lose") and feed.url:
        actions.ask_again(feed=feed, may_lose=pressed == "lose", by=request.actor)
        messages.success(request, _("It will be read within a minute or two."))
        return redirect("place_source", feed.pk)
    stored = {"url": feed.url, "every_hours": feed.every_hours if feed.url else 24}
    form = SourceForm(request.POST if pressed == "save" else None, is_new=False, initial=stored | held_values(request))
    if pressed == "save" and form.is_valid():
        values = form.cleaned_data
        actions.change_source(feed=feed, url=values["url"], every_hours=values["every_hours"], by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("place_source", feed.pk)
    return render(request, "resources/source.html", {"feed": feed, "form": form} | _shown(feed))


def _shown(feed: Feed) -> dict:
    return {
        "problem": speak_try(feed.problem, feed.problem_about),
        "counts": say_counts(feed.counts) if feed.counts else [],
        "pages": feed.counts.get("pages", 1),
        "is_part": feed.counts.get("part", False),
    }


__all__ = ["place_source", "place_source_new"]
