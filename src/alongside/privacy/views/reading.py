"""Who may see a person's record and who opened it, for the person; opening one with a reason, for a director."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.audit.queries import Page, list_named, list_opened
from alongside.people.models import Person
from alongside.people.queries import list_log_spans

from .. import actions, consent_queries, emergency_queries, queries
from ..consent_words import join_drafts, row
from ..donation_queries import show_choice
from ..forms import FindForm, ReasonForm
from ..showing import list_namings, list_openings, list_readers


@require_safe
def me_privacy(request: HttpRequest) -> HttpResponse:
    """Who may open my record now and why, who did, and how to stop it."""
    me, program = request.actor.person_id, request.actor.program_id
    also = list_log_spans(me)
    opened = list_opened(me, also=also, page=_page_number(request, "page"))
    named = list_named(me, also=also, page=_page_number(request, "named"))
    people = Person.objects.in_bulk({row.actor_person_id for row in [*opened.rows, *named.rows] if row.actor_person_id})
    shared = [row(consent) for consent in consent_queries.list_own(me)]
    context = {
        "sharing": [one for one in shared if one["is_active"]],
        "drafts": join_drafts([one for one in shared if one["is_draft"]]),
        "ended": [one for one in shared if not one["is_active"] and not one["is_draft"]],
        "emergencies": emergency_queries.list_own(me)[:3],
        "readers": list_readers(list(queries.list_who_may_see(me)), list(queries.list_staff_who_may_see(program, me))),
        "standing_by": [grant.reader.goes_by for grant in queries.list_standing_by(me)],
        "opened": list_openings(opened.rows, people),
        "opened_page": _neighbors(opened),
        "named": list_namings(named.rows, people),
        "named_page": _neighbors(named),
    } | show_choice(me)
    return render(request, "privacy/me_privacy.html", context)


def _page_number(request: HttpRequest, name: str) -> int:
    typed = request.GET.get(name, "1")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1


def _neighbors(page: Page) -> dict:
    return {"number": page.number, "has_next": page.has_next, "newer": page.number - 1, "older": page.number + 1}


@require_POST
def stop_history(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """One step: this reader reads no earlier notes from the next moment on."""
    if not actions.stop_sharing_history(participant_id=request.actor.person_id, grant_id=grant_id, by=request.actor):
        raise Http404
    messages.success(request, _("Stopped. From now on those notes are closed to them."))
    return redirect("me_privacy")


@require_http_methods(["GET", "HEAD", "POST"])
def open_find(request: HttpRequest) -> HttpResponse:
    """A director looks for one person: the reason first, and of the people only names."""
    form = FindForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.find_participants(form.cleaned_data["name"], but=request.actor.person_id)
        actions.note_searched(people=found, words=form.cleaned_data["words"], by=request.actor)
    return render(request, "privacy/open_find.html", {"form": form, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
def open_with_reason(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A director opens one record for two hours, with words that the person will read."""
    person = queries.get_participant(person_id, but=request.actor.person_id)
    if person is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.open_with_reason(participant=person, words=form.cleaned_data["words"], by=request.actor)
        return redirect("record", person_id=person.pk)
    context = {
        "form": form,
        "hours": actions.DIRECTOR_HOURS,
        "in_force": queries.get_own_reason(request.actor.person_id, person.pk),
        "person_id": person.pk,
    }
    return render(request, "privacy/open_with_reason.html", context)
