"""Asking for a file, agreeing to it, and taking it. Who they are is asked again before data leaves (D5)."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.rules.exports import KINDS, MOST_A_DAY, MOST_ALONE, PARTICIPANTS, needs_second

from . import actions, queries
from .files import send_file
from .forms import ExportForm
from .models import ExportRequest
from .showing import ABOUT, TITLES, show_export, show_kinds
from .tables import list_columns


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What may be saved as a file, and what was asked for so far."""
    counts = {kind: queries.list_people(kind, "all", request.actor).count() for kind in KINDS}
    found = list(queries.list_exports(request.actor))
    names = queries.names_of(id_ for one in found for id_ in (one.asked_by_id, one.decided_by_id))
    context = {
        "kinds": show_kinds(counts),
        "exports": [show_export(one, names, request.actor) for one in found],
        "most_alone": MOST_ALONE,
    }
    return render(request, "interop/exports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: HttpRequest) -> HttpResponse:
    """What is in this file, who will know, and the reason for it."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", PARTICIPANTS)
    if kind not in KINDS:
        raise Http404
    language = "es" if (get_language() or "").startswith("es") else "en"
    form = ExportForm(request.POST or None, initial={"scope": "now", "file_format": "xlsx", "language": language})
    if request.method == "POST" and form.is_valid():
        try:
            export = actions.ask_for_export(kind=kind, by=request.actor, **form.cleaned_data)
        except actions.TooManyExports:
            form.add_error(None, _("You asked for %(n)s files since yesterday. Please wait a day.") % {"n": MOST_A_DAY})
        else:
            return redirect("export_detail", export_id=export.pk)
    counts = {scope: queries.list_people(kind, scope, request.actor).count() for scope in ("now", "all")}
    with override(language):
        columns = list_columns(kind, language)[1:]
    context = {
        "kind": kind, "form": form, "title": TITLES[kind], "about": ABOUT[kind], "columns": columns, "counts": counts,
        "two": needs_second(max(counts.values())), "most_alone": MOST_ALONE,
        "may_see_all": request.actor.has("coordinator") or kind == "peers",
    }  # fmt: skip
    return render(request, "interop/export_new.html", context)


@require_safe
def export_detail(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """One request: for the one who asked, the file; for another with the right, the question."""
    export = _get(export_id)
    names = queries.names_of([export.asked_by_id, export.decided_by_id])
    shown = show_export(export, names, request.actor)
    over = export.expires_at <= timezone.now()
    context = {
        "export": shown,
        "may_save": shown["is_own"] and export.status == "ready" and not over,
        "may_answer": not shown["is_own"] and export.status == "waiting" and not over,
        "may_withdraw": shown["is_own"] and export.status in ("waiting", "ready"),
    }
    return render(request, "interop/export_detail.html", context)


def _get(export_id: UUID) -> ExportRequest:
    export = queries.get_export(export_id)
    if export is None:
        raise Http404
    return export


@require_POST
def export_answer(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The second person agrees or declines."""
    export = _get(export_id)
    if export.asked_by_id == request.actor.user_id:
        raise Http404
    agree = request.POST.get("action") == "agree"
    return _answer_agreeing(request, export) if agree else _answer(request, export, agree=False)


@reauthentication_required
def _answer_agreeing(request: HttpRequest, export: ExportRequest) -> HttpResponse:
    return _answer(request, export, agree=True)


def _answer(request: HttpRequest, export: ExportRequest, *, agree: bool) -> HttpResponse:
    try:
        actions.answer_export(export=export, agree=agree, by=request.actor)
    except actions.ExportOver:
        messages.info(request, _("Nothing is waiting for an answer here any more."))
    else:
        messages.success(request, _("You agreed. It can be saved now.") if agree else _("You declined."))
    return redirect("export_detail", export_id=export.pk)


@require_POST
def export_withdraw(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The one who asked needs it no more."""
    export = _own(request, export_id)
    try:
        actions.withdraw_export(export=export, by=request.actor)
    except actions.ExportOver:
        messages.info(request, _("This was over already."))
    return redirect("exports")


@require_POST
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """The file, once, to the one who asked."""
    return _take_file(request, _own(request, export_id))


@reauthentication_required
def _take_file(request: HttpRequest, export: ExportRequest) -> HttpResponseBase:
    try:
        export = actions.start_export(export=export, by=request.actor)
    except actions.MoreThanAgreed:
        messages.info(request, _("More people are with us by now. Somebody else has to agree first."))
    except actions.ExportOver:
        messages.info(request, _("This file was saved or is too old. You can ask for a new one."))
    else:
        return send_file(export, request.program, request.actor)
    return redirect("export_detail", export_id=export.pk)


def _own(request: HttpRequest, export_id: UUID) -> ExportRequest:
    export = _get(export_id)
    if export.asked_by_id != request.actor.user_id:
        raise Http404
    return export
