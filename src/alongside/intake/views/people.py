"""Finding somebody, and bringing somebody back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from alongside.intake import actions, queries
from alongside.people.actions import EpisodeAlreadyOpen
from alongside.people.labels import spoken
from alongside.people.models import Person
from alongside.web.forms import AlongsideForm

MOST = 50


class SearchForm(AlongsideForm):
    """One field for everything one may look for."""

    words = forms.CharField(
        label=gettext_lazy("Name, phone, e-mail or record number"), min_length=2, max_length=200,
        help_text=gettext_lazy("A name may be written in part. A phone, an e-mail or a number must be complete."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def people_search(request: HttpRequest) -> HttpResponse:
    """By the name they go by, or exactly by phone, e-mail or record number.

    What was typed is sent in the body: a name or a number in an address would stay in histories and logs (E3).
    """
    form = SearchForm(request.POST if request.method == "POST" else None)
    rows, has_more = None, False
    if request.method == "POST" and form.is_valid():
        people = queries.search_people(request.actor, form.cleaned_data["words"], MOST + 1)
        has_more, people = len(people) > MOST, people[:MOST]
        actions.note_searched(people=people, by=request.actor)
        rows = [_row(person) for person in people]
    is_coordinator = request.actor.has("coordinator")
    context = {"form": form, "rows": rows, "has_more": has_more, "is_coordinator": is_coordinator}
    return render(request, "intake/people_search.html", context)


def _row(person) -> dict:
    return {
        "person": person,
        "is_participant": bool(person.status),
        "is_closed": person.status == "closed",
        "status": spoken("episode", person.status) if person.status else "",
        "language": spoken("language", person.language),
    }


@require_POST
def come_back(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A new stretch of support for somebody who was here before; what they asked for last time is its start."""
    person = Person.objects.select_related("program").filter(pk=person_id).first()
    if person is None:
        raise Http404
    try:
        episode = actions.come_back(person=person, by=request.actor)
    except EpisodeAlreadyOpen:
        episode = person.episodes.exclude(status="closed").get()
        messages.info(request, _("They are being supported already."))
    else:
        messages.success(request, _("Welcome back. Please look through what they asked for last time."))
    return redirect("intake_edit", episode.pk)
