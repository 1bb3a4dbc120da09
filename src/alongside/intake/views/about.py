"""A participant's own page: what they ask for, and how they may be reached."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.intake import queries
from alongside.intake.forms.parts import OWN_PARTS
from alongside.intake.showing import list_own_sections
from alongside.people.held_forms import take_held_form
from alongside.web.meanwhile import ChangedMeanwhile, look_again

from .saving import fill, save


@require_http_methods(["GET", "HEAD", "POST"])
def me_about(request: HttpRequest) -> HttpResponse:
    """Everything at a glance; each part is changed on a page of its own."""
    episode = queries.get_own_episode(request.actor)
    if episode is None:
        if request.method == "POST":
            raise Http404
        return render(request, "intake/me_about.html", {"sections": []})
    part = request.GET.get("part")
    if part not in OWN_PARTS:
        return render(request, "intake/me_about.html", {"sections": list_own_sections(episode), "episode": episode})
    title, form_class = OWN_PARTS[part]
    if request.method == "POST":
        form = form_class(request.POST, episode=episode)
        if form.is_valid():
            try:
                save(form, episode, request.actor)
            except ChangedMeanwhile as changed:
                fresh = queries.get_own_episode(request.actor)
                form = look_again(form, changed, partial(form_class, episode=fresh))
            else:
                messages.success(request, _("Saved."))
                return redirect("me_about")
    else:
        form = form_class(episode=episode)
        fill(form, take_held_form(request))
    return render(request, "intake/me_about_part.html", {"form": form, "title": title, "part": part})
