"""The papers themselves: added as files, saved by whoever handles the demand, never shown inside a page."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.rules.disclosure import pass_out
from alongside.rules.scans import TYPES, NotAScan
from alongside.web.uploads import was_dropped

from .. import actions, queries, wording
from ..forms import ScanForm, WordsForm
from ..models import Scan


@require_http_methods(["GET", "HEAD", "POST"])
def scan_new(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Adding one. What was typed stays where the file is refused; a browser asks for the file again."""
    demand = queries.get_demand(request.actor, demand_id)
    if demand is None:
        raise Http404
    form = ScanForm()
    if request.method == "POST":
        form = ScanForm(request.POST, request.FILES)
        if was_dropped(request):
            form.errors["file"] = form.error_class([wording.SCAN_PROBLEMS["large"]])
        elif form.is_valid():
            cleaned = form.cleaned_data
            try:
                actions.add_scan(
                    demand=demand, content=cleaned["file"].read(), words=cleaned["words"], by=request.actor,
                    submit_key=cleaned["submit_key"] or uuid4(),
                )  # fmt: skip
            except NotAScan as problem:
                form.add_error("file", wording.SCAN_PROBLEMS[problem.code])
            except actions.ScanRefused as refused:
                form.add_error("file", wording.SCAN_REFUSED[refused.code])
            else:
                messages.success(request, _("Kept as it is, to the last byte."))
                return redirect(f"{reverse('demand', args=[demand.pk])}#pages")
    return render(request, "legal/scan_new.html", {"form": form, "demand": demand})


def _get(request: HttpRequest, scan_id: UUID) -> Scan:
    found = queries.get_scan(request.actor, scan_id)
    if found is None:
        raise Http404
    return found


@require_safe
def scan(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """The file, by its own type only, to be saved (H3). Each time it is written down."""
    found = _get(request, scan_id)
    pass_out("scan", roles=request.actor.roles)
    try:
        content = actions.read_scan(scan=found, by=request.actor)
    except actions.ScanRefused as refused:
        messages.error(request, wording.SCAN_REFUSED[refused.code])
        return redirect("demand", demand_id=found.demand_id)
    headers = {
        "Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="page.{found.kind}"',
        "Content-Length": str(len(content)),
    }  # fmt: skip
    return HttpResponse(content, content_type=TYPES[found.kind], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_away(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """It does not belong here: why, and its bytes go."""
    found = _get(request, scan_id)
    form = WordsForm(request.POST or None, label=_("Why does it not belong here?"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_scan_away(scan=found, words=form.cleaned_data["words"], by=request.actor)
        except actions.ScanRefused as refused:
            form.add_error(None, wording.SCAN_REFUSED[refused.code])
        else:
            messages.success(request, _("Taken away. That it was here stays written down."))
            return redirect("demand", demand_id=found.demand_id)
    title = _("This file does not belong here")
    return render(request, "legal/one_form.html", {"form": form, "title": title, "back": ("demand", found.demand_id)})
