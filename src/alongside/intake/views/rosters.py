"""Bringing people in from a list: upload, columns, preview, confirmed or left."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from alongside.intake import actions, queries
from alongside.intake.actions.rosters import AT_WORK, columns_of, is_long, may_undo
from alongside.intake.forms.rosters import SURE, ColumnsForm, UploadForm
from alongside.intake.models import Roster
from alongside.intake.rosters import own_words, sheets
from alongside.intake.rosters.near import list_near
from alongside.intake.rosters.plan import read_file
from alongside.intake.rosters.words import (
    FIELDS,
    NOTES,
    OUTCOMES,
    UNREADABLE,
    speak,
    speak_problem,
    speak_reason,
    speak_value,
)
from alongside.people.labels import label
from alongside.rules import roster as rules
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.web.uploads import was_dropped

from .saving import say_settled

PER_PAGE = 50
SAMPLES = 3
TONES = {"create": "", "update": "sand", "unchanged": "plain", "refused": "urgent"}
UNSPOKEN = ("row_has_problems", "new_person")
"""Reasons that the tab itself says already."""


def get_roster(roster_id: UUID) -> Roster:
    """A roster of this program, or 404."""
    roster = Roster.objects.select_related("program", "site").filter(pk=roster_id).first()
    if roster is None:
        raise Http404
    return roster


@require_safe
def rosters(request: HttpRequest) -> HttpResponse:
    """All lists that were brought in, or wait to be."""
    page = Paginator(queries.list_rosters(), PER_PAGE).get_page(request.GET.get("page"))
    for roster in page:
        roster.status_words = label("roster", roster.status)
    return render(request, "intake/rosters.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def roster_new(request: HttpRequest) -> HttpResponse:
    """Choose a file. A file that cannot be read says why."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and was_dropped(request):
        form.errors["file"] = form.error_class([speak(UNREADABLE, "too_large")])
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = actions.upload_roster(
                program=request.program, content=file.read(), file_name=file.name, by=request.actor,
                kind=form.cleaned_data["kind"] or None, site=form.cleaned_data.get("site"),
            )  # fmt: skip
        except rules.RosterUnreadable as why:
            form.add_error("file", speak(UNREADABLE, why.code, why.params))
        else:
            return redirect("roster_columns", roster.pk)
    return render(request, "intake/roster_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def roster_columns(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Which column is what, with the guess chosen beforehand."""
    roster = get_roster(roster_id)
    if roster.status not in ("uploaded", "previewed"):
        return redirect("roster_preview", roster.pk)
    try:
        return _columns(request, roster)
    except actions.StillReading:
        return redirect("roster_preview", roster.pk)


def _columns(request: HttpRequest, roster: Roster) -> HttpResponse:
    if request.POST.get("action") in ("participants", "peers"):
        actions.set_roster_kind(roster=roster, kind=request.POST["action"], by=request.actor)
        return redirect("roster_columns", roster.pk)
    table = read_file(roster)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None, table=table, kind=roster.kind,
        mapping=columns_of(roster), order=roster.options.get("date_order", ""),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        options = {**roster.options, "date_order": form.cleaned_data["date_order"]}
        roster = actions.map_roster(roster=roster, mapping=form.mapping, options=options, by=request.actor)
        return redirect("roster_words" if own_words.count_undecided(roster) else "roster_preview", roster.pk)
    guesses = {guess.index: guess for guess in rules.guess_table(table, roster.kind)}
    columns = [
        {
            "field": form[f"column_{place}"],
            "samples": _samples(table, place),
            "sure": guesses[place].field and guesses[place].confidence >= SURE,
            "unsure": guesses[place].field and guesses[place].confidence < SURE,
        }
        for place in range(len(table.headers))
    ]
    notes = [speak(NOTES, note.code, note.params) for note in table.notes]
    return render(
        request, "intake/roster_columns.html",
        {"roster": roster, "form": form, "columns": columns, "notes": notes, "rows": table.count},
    )  # fmt: skip


def _samples(table: rules.Table, place: int) -> list[str]:
    values = dict.fromkeys(row.cells[place] for row in table.sample(200) if row.cells[place])
    return [cell if len(cell) <= 60 else f"{cell[:57]}…" for cell in list(values)[:SAMPLES]]


@require_safe
def roster_preview(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """What each row will do, or did, with its reasons in words; while the worker is at it, how far it is."""
    roster = get_roster(roster_id)
    if roster.status in AT_WORK:
        return _progress(request, roster)
    if request.htmx:
        # The work that this page waited for is over: the browser loads the whole page anew.
        return HttpResponseClientRefresh()
    if roster.status == "uploaded":
        return redirect("roster_columns", roster.pk)
    if roster.status == "cancelled":
        return redirect("rosters")
    if roster.status == "undone":
        return _undone(request, roster)
    shown = request.GET.get("show")
    if shown not in OUTCOMES:
        shown = next((code for code in OUTCOMES if roster.counts.get(code)), "create")
    lines = Counted(queries.list_lines(roster, shown), PER_PAGE)
    lines.count = roster.counts.get(shown, 0)
    page = lines.get_page(request.GET.get("page"))
    near = list_near(request.program, page, but=[request.actor.person_id]) if roster.status == "previewed" else {}
    address = reverse("roster_preview", args=[roster.pk])
    tabs = [
        {
            "label": words,
            "url": f"{address}?show={code}",
            "current": code == shown,
            "count": roster.counts.get(code, 0),
            "tone": TONES[code] if roster.counts.get(code) else "plain",
        }
        for code, words in OUTCOMES.items()
    ]
    context = {
        "roster": roster, "page": page, "rows": [_row(line, near) for line in page], "tabs": tabs, "shown": shown,
        "counts": roster.counts, "does_something": roster.counts.get("create", 0) + roster.counts.get("update", 0),
        "has_near": bool(near),
        "has_words": bool(roster.words.get("words")), "words": own_words.count_undecided(roster),
        "is_done": roster.status == "confirmed", "is_peers": roster.kind == rules.PEERS,
        "may_undo": may_undo(roster, timezone.now()), "made_anew": roster.counts.get("made_anew"),
    }  # fmt: skip
    return render(request, "intake/roster_preview.html", context)


class Counted(Paginator):
    """Pages of lines whose number is known without counting them."""

    count = 0


def _progress(request: HttpRequest, roster: Roster) -> HttpResponse:
    context = {
        "roster": roster, "rows": roster.counts.get("rows", 0), "is_planning": roster.status == "planning",
        "is_writing": roster.status == "writing", "may_cancel": roster.status != "undoing",
    }  # fmt: skip
    return render(request, "intake/roster_progress.html", context)


def _undone(request: HttpRequest, roster: Roster) -> HttpResponse:
    page = Paginator(queries.list_kept(roster), PER_PAGE).get_page(request.GET.get("page"))
    context = {"roster": roster, "page": page, "rows": [_row(line) for line in page], "counts": roster.counts}
    return render(request, "intake/roster_undone.html", context)


def _row(line, near: Mapping[int, list] = MappingProxyType({})) -> dict:
    values = line.values
    changes = [
        (FIELDS[about], speak_value(about, old), speak_value(about, new))
        for about, (old, new) in values["changes"].items()
        if about in FIELDS and about not in ({"goes_by"} if line.outcome == "create" else ())
    ]
    return {
        "number": line.row_number,
        "name": values["name"] or _("No name"),
        "person_id": line.person_id,
        "outcome": line.outcome,
        "changes": changes,
        "changed_fields": [FIELDS[about] for about in values.get("fields", []) if about in FIELDS],
        "reasons": [speak_reason(reason) for reason in values["reasons"] if reason["code"] not in UNSPOKEN],
        "problems": [speak_problem(problem) for problem in values["problems"]],
        "near": near.get(line.row_number, ()),
    }


@require_POST
def roster_confirm(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Bring everybody in, all or nothing."""
    roster = get_roster(roster_id)
    try:
        counts = actions.confirm_roster(roster=roster, by=request.actor)
    except actions.PreviewOutdated:
        messages.warning(
            request,
            _("Somebody changed these people meanwhile, so nothing was written. Please look at the new preview."),
        )
    except MoveNotAllowed:
        say_settled(request)
    else:
        if not is_long(roster):
            done = {"new": counts["create"], "changed": counts["update"]}
            messages.success(request, _("Done. New: %(new)d. Changed: %(changed)d.") % done)
    return redirect("roster_preview", roster.pk)


@require_POST
def roster_cancel(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Leave it; the file is erased, and what was written so far is taken back."""
    try:
        roster = actions.cancel_roster(roster=get_roster(roster_id), by=request.actor)
    except MoveNotAllowed:
        say_settled(request)
    else:
        if roster.status == "undoing":
            return redirect("roster_preview", roster.pk)
        messages.success(request, _("The list was erased. Nobody was added or changed."))
    return redirect("rosters")


@require_safe
def roster_refused(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """The rows that stayed out, as a file to mend: of the kind that was sent."""
    roster = get_roster(roster_id)
    return sheets.answer_with_refused(
        roster,
        queries.list_lines(roster, rules.REFUSED),
        timezone.localdate(),
        as_workbook=sheets.was_workbook(roster),
        roles=request.actor.roles,
    )
