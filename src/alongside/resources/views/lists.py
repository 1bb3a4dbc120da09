"""Lists of resources on their way in: sent, looked at, written or left; and the way out as a file."""

import csv
import io
import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.resources import actions
from alongside.resources.forms import ListForm, WholeForm
from alongside.resources.models import Feed, ListFile
from alongside.resources.wording import speak_problem, speak_refused, speak_table
from alongside.rules.resources import FileRefused
from alongside.rules.resources.tables_in import escape
from alongside.web.uploads import was_dropped

SHOWN = 50
"""Problems listed on the page one by one; the file has up to a thousand."""
FORMS = {"json": ("application/json", "json"), "tables": ("application/zip", "zip")}


@require_http_methods(["GET", "HEAD", "POST"])
def list_new(request: HttpRequest) -> HttpResponse:
    """Choose a file. One that cannot be read says why and what to do; nothing is written yet."""
    feeds = list(Feed.objects.filter(imported_at__isnull=False).order_by("name").values_list("name", flat=True))
    sent = request.method == "POST"
    form = ListForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and was_dropped(request):
        form.errors["file"] = form.error_class([speak_refused("too_large", {})])
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.send_list(
                program=request.program, feed_name=form.cleaned_data["feed"], content=file.read(),
                file_name=file.name or "", by=request.actor,
            )  # fmt: skip
        except FileRefused as why:
            form.add_error("file", speak_refused(why.code, why.params))
        else:
            return redirect("list_look", made.pk)
    return render(request, "resources/list_new.html", {"form": form, "feeds": feeds})


def get_list(file_id: UUID) -> ListFile:
    """A file of this program, or 404."""
    found = ListFile.objects.select_related("feed").defer("content", "refused").filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def list_look(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What would happen, or what happened: counts, and each problem with file, row, field and what to do."""
    file = get_list(file_id)
    if request.method == "POST":
        return _settle(request, file)
    context = {
        "file": file, "counts": say_counts(file.counts), "is_waiting": file.status == "previewed",
        "does_something": any(file.counts.get(name) for name in ("new", "changed", "held", "vanished")),
        "form": WholeForm(initial={"is_whole": file.is_whole}),
        "rows": [(speak_table(table), count) for table, count in file.counts.get("rows", {}).items()],
        "notes": [(name, speak_problem(code), count) for code, name, count in file.counts.get("notes", [])],
        "problems": [_problem(*one) for one in file.problems if one[5]][:SHOWN],
    }  # fmt: skip
    return render(request, "resources/list_look.html", context)


def say_counts(counts: dict) -> list[dict]:
    """What came of a list, or would, as badges."""
    words = {
        "new": _("new"), "changed": _("changed"), "held": _("changed there and mended here"),
        "vanished": _("no longer listed"), "same": _("as they are"), "refused": _("refused"),
        "shared": _("in another list too, shown once"),
    }  # fmt: skip
    tones = {"vanished": "sand", "held": "sand", "refused": "urgent", "same": "plain", "shared": "plain"}
    return [
        {"label": words[name], "count": counts.get(name, 0), "tone": tones.get(name, "")}
        for name in words if counts.get(name) or name in ("new", "changed", "same")
    ]  # fmt: skip


def _problem(code: str, file: str, row: int, field: str, value: str, refuses: bool) -> dict:
    return {"file": file.rsplit("/", 1)[-1], "row": row, "field": field, "value": value, "words": speak_problem(code)}


def _settle(request: HttpRequest, file: ListFile) -> HttpResponse:
    try:
        if request.POST.get("action") == "leave":
            actions.leave_list(file=file, by=request.actor)
            messages.success(request, _("The file is erased, and nothing was changed."))
            return redirect("directory")
        form = WholeForm(request.POST)
        if form.is_valid():
            actions.write_list(file=file, is_whole=form.cleaned_data["is_whole"], by=request.actor)
            messages.success(request, _("The list is in the directory."))
    except actions.ListSettled:
        messages.info(request, _("Somebody has settled this list already."))
    return redirect("list_look", file.pk)


@require_safe
def list_refused(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Rows that stayed out and what is wrong with them, as a table to mend."""
    file = ListFile.objects.filter(pk=file_id).defer("content").first()
    if file is None:
        raise Http404
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([_("File"), _("Row"), _("Field"), _("Value"), _("What to do"), _("The whole row")])
    rows = {(one["file"], one["row"]): one["values"] for one in file.refused}
    for code, name, row, field, value, refuses in file.problems:
        if refuses:
            whole = json.dumps(rows.get((name, row), {}), ensure_ascii=False)[:30_000]
            writer.writerow(map(escape, (name, str(row), field, value, speak_problem(code), whole)))
    return _as_file(("\ufeff" + target.getvalue()).encode(), "text/csv; charset=utf-8", "rows.csv")


@require_POST
def directory_export(request: HttpRequest, form: str) -> HttpResponse:
    """The whole directory as HSDS 3.0."""
    if form not in FORMS:
        raise Http404
    kind, ending = FORMS[form]
    content = actions.export(program=request.program, form=form, by=request.actor)
    return _as_file(content, kind, f"places-{timezone.localdate().isoformat()}.{ending}")


def _as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


__all__ = ["directory_export", "list_look", "list_new", "list_refused"]
