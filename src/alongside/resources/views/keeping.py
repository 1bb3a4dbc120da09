"""Those who keep the directory: what there is, one resource by hand, what people said is wrong."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.labels import label
from alongside.resources import actions, queries, showing
from alongside.resources.forms import ResourceForm
from alongside.resources.models import Report, Resource
from alongside.resources.wording import REPORTS
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.resources.by_hand import from_document

PER_PAGE = 30
TABS = ("own", "held", "gone")
STATES = ("open", "done", "declined")


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Lists and what they hold, what waits, and what was written here."""
    shown = request.GET.get("show") if request.GET.get("show") in TABS else "own"
    page = Paginator(queries.list_kept(shown), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    names = {"own": _("Written here"), "held": _("The list says something newer"), "gone": _("No longer listed")}
    context = {
        "page": page, "rows": [{"resource": one, "fresh": showing.say_fresh(one, today)} for one in page],
        "feeds": list(queries.list_feeds()), "files": list(queries.list_files()[:10]),
        "reports": queries.count_open_reports(), "shown": shown,
        "tabs": [{"label": names[one], "url": f"?show={one}", "current": one == shown} for one in TABS],
    }  # fmt: skip
    return render(request, "resources/directory.html", context)


def get_resource(resource_id: UUID) -> Resource:
    """Any resource of this program, or 404."""
    found = queries.get_any(resource_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def resource_new(request: HttpRequest) -> HttpResponse:
    """Add one by hand."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Mend one, whoever wrote it."""
    return _edit(request, get_resource(resource_id))


def _edit(request: HttpRequest, resource: Resource | None) -> HttpResponse:
    initial = from_document(resource.record.document) if resource else {"needs": [], "groups": [], "languages": ["en"]}
    form = ResourceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        key = values.pop("submit_key")
        kept = actions.write_by_hand(
            program=request.program, values=values, by=request.actor, resource=resource, submit_key=key
        )
        messages.success(request, _("It is in the directory as you wrote it."))
        return redirect("place", kept.pk) if kept.is_shown else redirect("directory")
    back = reverse("place", args=[resource.pk]) if resource and resource.is_shown else reverse("directory")
    context = {
        "form": form, "resource": resource, "back_url": back,
        "hours_are_plain": initial.get("hours_are_plain", True),
    }  # fmt: skip
    return render(request, "resources/edit.html", context)


@require_POST
def resource_act(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Checked today, set aside, back, or the newer version of its list."""
    resource = get_resource(resource_id)
    wanted = request.POST.get("action")
    if wanted == "checked":
        actions.mark_checked(resource=resource, by=request.actor)
        messages.success(request, _("Marked as checked today."))
    elif wanted in ("aside", "back"):
        try:
            actions.set_aside(resource=resource, by=request.actor, back=wanted == "back")
        except actions.NotOurs as why:
            raise Http404 from why
    elif wanted == "newer":
        actions.take_newer(resource=resource, by=request.actor)
        messages.success(request, _("It is now as its list says."))
    else:
        raise Http404
    resource.refresh_from_db()
    return redirect("place", resource.pk) if resource.is_shown and wanted != "aside" else redirect("directory")


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What people said is wrong, the oldest first."""
    shown = request.GET.get("show") if request.GET.get("show") in STATES else "open"
    page = Paginator(queries.list_reports(shown), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"report": one, "kind": REPORTS[one.kind]} for one in page]
    tabs = [{"label": label("resource_report", one), "url": f"?show={one}", "current": one == shown} for one in STATES]
    return render(request, "resources/reports.html", {"page": page, "rows": rows, "tabs": tabs, "shown": shown})


@require_POST
def report_settle(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Mended, right as it is, or open again."""
    one = Report.objects.filter(pk=report_id).first()
    if one is None or request.POST.get("action") not in STATES:
        raise Http404
    try:
        actions.settle_report(one=one, status=request.POST["action"], by=request.actor)
    except MoveNotAllowed:
        messages.info(request, _("Somebody has settled this already."))
    return redirect("reports")
