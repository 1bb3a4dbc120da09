"""Telling it, what is there at once, and what was told, for whoever may open the record."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.acting import as_participant
from alongside.people.context import list_help
from alongside.people.held_forms import held_values
from alongside.people.models import Person
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_own_reason, get_participant_visible_to
from alongside.recovery.queries import count_days, get_sheet, get_sheets, list_chapters, list_milestones
from alongside.recovery.showing import show_parts

from . import actions, queries
from .forms import TellForm


def _me(request: HttpRequest) -> Person:
    found = Person.objects.filter(pk=request.actor.person_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def me_tell(request: HttpRequest) -> HttpResponse:
    """In my words, on my page. Help stands above it, whether anything is told or not."""
    me = _me(request)
    form = TellForm(
        request.POST or None, initial={"on_day": timezone.localdate()} | held_values(request)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.tell_return(
            person=me, on_day=values["on_day"], words=values["words"], keeps_words=values["who"] == "me",
            submit_key=values["submit_key"] or uuid4(), by=as_participant(request.actor),
        )  # fmt: skip
        messages.success(request, _("Thank you for telling it. Nothing you built is lost."))
        return redirect("me_told")
    context = {"form": form, "follows": queries.find_what_follows(me), "help": list_help(request.program)}
    return render(request, "returns/tell.html", context)


@require_safe
def me_told(request: HttpRequest) -> HttpResponse:
    """What is there now: people, safer ways, the person's own page for hard days, and what stays."""
    me = _me(request)
    sheets = get_sheets(me.pk, ["safe", "days"], is_own=True)
    chapters = list_chapters(sheets.get("days"))
    context = {
        "help": list_help(request.program),
        "follows": queries.find_what_follows(me),
        "own_parts": [part for part in show_parts(sheets.get("safe"), "safe") if part["words"]],
        "built": count_days(chapters, timezone.localdate()) if chapters else None,
        "milestones": list_milestones(sheets.get("days")),
        "tellings": queries.list_tellings(me.pk, is_own=True),
    }
    return render(request, "returns/told.html", context)


@require_safe
def tellings_of(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What somebody told, for whoever may open their record: a reason to stay close, never a verdict."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    reason = get_own_reason(request.actor.person_id, person.pk) if request.actor.has("director") else None
    note_opened(
        participant_id=person.pk, by=request.actor, page="tellings", words=reason.reason_words if reason else ""
    )
    context = {
        "person": person,
        "tellings": queries.list_tellings(person.pk, is_own=False),
        "has_safe": get_sheet(person.pk, "safe", is_own=False) is not None,
    }
    return render(request, "returns/of.html", context)
