"""The law of the program, as its director enters it."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.people.held_forms import held_values
from alongside.people.step_up import ask_who_it_is
from alongside.rules.consent import Posture
from alongside.rules.consent.loosening import loosens

from .. import actions, provider_forms, provider_queries
from ..models import ProgramLaw
from ..sharing_forms import LawForm
from ..writing import get_posture


@require_http_methods(["GET", "HEAD", "POST"])
def law(request: HttpRequest) -> HttpResponse:
    """What holds now, since when and why; another version is added."""
    now = get_posture()
    initial = asdict(now)
    initial |= {name: "yes" if initial[name] else "no" for name in ("fundraises", "hipaa", "emancipated_alone")}
    form = LawForm(request.POST or None, initial=initial | held_values(request))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        note = values.pop("note")
        if loosens(now, Posture(**values)) and (asked := ask_who_it_is(request)):
            return asked
        actions.set_law(program=request.program, posture=Posture(**values), note=note, by=request.actor)
        messages.success(request, _("Saved. It holds for what is signed from now on."))
        return redirect("law")
    latest = ProgramLaw.objects.order_by("-version").first()
    missing = [dict(provider_forms.SERVICES)[one] for one in provider_queries.list_missing()]
    context = {"form": form, "latest": latest, "no_paper": missing, "fundraises": now.fundraises}
    return render(request, "privacy/law.html", context)
