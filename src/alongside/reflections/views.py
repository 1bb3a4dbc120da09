"""A peer's own page. Nobody else has one like it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people.held_forms import held_values

from . import actions, queries
from .forms import ReflectionForm


@require_http_methods(["GET", "HEAD", "POST"])
def reflections(request: HttpRequest) -> HttpResponse:
    """Write for oneself, and read what one wrote."""
    form = ReflectionForm(request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        actions.write_reflection(
            words=form.cleaned_data["words"],
            kept_days=form.cleaned_data["kept_days"],
            submit_key=form.cleaned_data["submit_key"],
            by=request.actor,
        )
        messages.success(request, _("Kept, for you alone."))
        return redirect("reflections")
    return render(request, "reflections/reflections.html", {"form": form, "rows": queries.list_own(request.actor)})


@require_POST
def reflection_erase(request: HttpRequest, reflection_id: UUID) -> HttpResponse:
    """Erase one at once."""
    if not actions.erase_reflection(reflection_id=reflection_id, by=request.actor):
        raise Http404
    messages.success(request, _("Erased."))
    return redirect("reflections")
