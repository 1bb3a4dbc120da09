"""For coordinators: whether everybody finds a group, and what they read of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.groups.queries import get_group_led_by
from alongside.outings import actions
from alongside.outings.actions.listing import PUBLIC, get_shown
from alongside.outings.forms import ListingForm
from alongside.people.held_forms import held_values


@require_http_methods(["GET", "HEAD", "POST"])
def group_shown(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """POST `action`: hide, when nobody shall find it any more; else it is shown as it is written."""
    group = get_group_led_by(request.actor, group_id)
    if group is None or group.status == "ended":
        raise Http404
    row = get_shown(group)
    if request.POST.get("action") == "hide":
        actions.hide_group(group=group, by=request.actor)
        messages.success(request, _("Nobody finds it there any more."))
        return redirect("group", group_id=group_id)
    stored = {name: row.raw.get(name, "") for name in PUBLIC} if row else {}
    form = ListingForm(request.POST or None, initial=stored | held_values(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.show_group(group=group, told=form.cleaned_data, by=request.actor)
        except actions.NowhereToGo:
            form.add_error("address", _("Say where: a street and a city, or a link or number."))
        else:
            messages.success(request, _("Saved. Everybody can find it now."))
            return redirect("group_shown", group_id=group_id)
    context = {"form": form, "group": group, "row": row, "is_shown": bool(row and row.gone_at is None)}
    return render(request, "outings/listing.html", context)
