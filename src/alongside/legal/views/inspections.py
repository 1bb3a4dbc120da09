"""An audit by others: the agreement first, then whose records they see, then its end. Directors only (§2.53)."""

from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.audit.actions import record
from alongside.people.step_up import ask_who_it_is

from .. import actions, queries
from ..inspection_forms import InspectionEndForm, InspectionForm
from ..models import Inspection
from ..showing import show_inspection
from .demands import find_person, person_of


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_new(request: HttpRequest) -> HttpResponse:
    """Who audits us, and what they promised in writing. Nothing leaves by it."""
    today = timezone.localdate(timezone=ZoneInfo(request.program.time_zone))
    form = InspectionForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        made = actions.agree_inspection(
            program=request.program, terms=form.terms(), kept_where=cleaned["kept_where"], by=request.actor,
            submit_key=cleaned["submit_key"] or uuid4(),
        )  # fmt: skip
        messages.success(request, _("Written down. Now say whose records they see, one by one."))
        return redirect("inspection", inspection_id=made.pk)
    return render(request, "legal/inspection_new.html", {"form": form})


@require_safe
def inspection(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """One audit: its limits, which can be printed for whoever looks, and whose records they saw."""
    return _show(request, _get(inspection_id))


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_find(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Whose record they see."""
    found = _get(inspection_id)
    return find_person(
        request, _("Whose record do they see?"), "inspection_look", found.pk, back=("inspection", found.pk)
    )  # fmt: skip


@require_POST
def inspection_look(request: HttpRequest, inspection_id: UUID, person_id: UUID) -> HttpResponse:
    """They see the record of this person now. It is written down, and the person reads of it."""
    found, person = _get(inspection_id), person_of(request, person_id)
    if asked := ask_who_it_is(request):
        return asked
    try:
        actions.let_look(inspection=found, person=person, by=request.actor)
    except actions.NotInspected:
        messages.error(request, _("This audit is over, or its agreement does not reach this."))
    else:
        messages.success(request, _("Written down. Show them what stands in the agreement, and nothing else."))
    return redirect("inspection", inspection_id=found.pk)


@require_POST
def inspection_end(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """It is over."""
    found = _get(inspection_id)
    form = InspectionEndForm(request.POST, copied=found.how == "copied")
    if not form.is_valid():
        return _show(request, found, form)
    cleaned = form.cleaned_data
    try:
        actions.end_inspection(
            inspection=found, words=cleaned["words"], destroyed_on=cleaned.get("destroyed_on"), by=request.actor
        )
    except actions.InspectionRefused as refused:
        form.note_wrong(refused.wrong)
        return _show(request, found, form)
    messages.success(request, _("Saved. They see no more records."))
    return redirect("inspection", inspection_id=found.pk)


def _get(inspection_id: UUID) -> Inspection:
    found = Inspection.objects.filter(pk=inspection_id).first()
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, found: Inspection, form: InspectionEndForm | None = None) -> HttpResponse:
    record(act="inspection.read", by=request.actor, view=True, object_kind="inspection", object_id=found.pk)
    context = {
        "row": show_inspection(found), "looks": queries.list_inspected(found, request.actor),
        "form": None if found.ended_at else form or InspectionEndForm(copied=found.how == "copied"),
    }  # fmt: skip
    return render(request, "legal/inspection.html", context)
