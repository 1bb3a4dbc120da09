"""A report that the law demands: what may be told, whom to tell here first, and writing down that it was made."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_participant_visible_to
from alongside.rules.mandated_report import KINDS

from .. import actions, queries, wording
from ..report_forms import ReportForm
from ..showing import show_report


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """First which kind, then exactly its fields."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in KINDS:
        kinds = [
            {
                "code": code,
                "words": wording.REPORT_KINDS[code],
                "hint": wording.REPORT_HINTS[code],
                "section": one.section,
            }
            for code, one in KINDS.items()
        ]
        note_opened(participant_id=person.pk, by=request.actor, page="report")
        return render(request, "legal/report_kinds.html", {"person": person, "kinds": kinds})
    lists = actions.get_lists()[1]
    form = ReportForm(request.POST or None, kind=kind, lists=lists, time_zone=request.program.time_zone)
    if request.method == "POST" and form.is_valid():
        whole = Person.objects.select_related("program__organization").get(pk=person.pk)
        try:
            actions.note_report(
                person=whole, facts=form.facts(_my_name(request)), reference=form.cleaned_data["reference"],
                submit_key=form.cleaned_data["submit_key"] or uuid4(), by=request.actor,
            )  # fmt: skip
        except actions.NotReported as refused:
            form.note_wrong(refused.wrong)
        else:
            messages.success(request, _("Written down. Your supervisor and the director know of it now."))
            return redirect("record", person_id=person.pk)
    note_opened(participant_id=person.pk, by=request.actor, page="report")
    context = {
        "form": form, "person": person, "kind": KINDS[kind], "title": wording.REPORT_KINDS[kind],
        "hint": wording.REPORT_HINTS[kind], "own": lists.lists.get(kind),
    }  # fmt: skip
    return render(request, "legal/report_new.html", context)


def _my_name(request: HttpRequest) -> str:
    me = Person.objects.filter(pk=request.actor.person_id).first()
    return (me.legal_name or me.goes_by) if me else request.user.get_username()


@require_safe
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report, for those beside whoever made it."""
    found = queries.get_report(request.actor, report_id)
    if found is None:
        raise Http404
    record(
        act="report.read", by=request.actor, subject=found.person_id, view=True, object_kind="report",
        object_id=found.pk,
    )  # fmt: skip
    return render(request, "legal/report.html", {"row": show_report(found)})
