"""Writing the words of a page: the same form for the plan, the safety plan, the wellness plan and the days."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.people.held_forms import held_values
from alongside.recovery import actions, queries
from alongside.recovery.forms import PartsForm
from alongside.recovery.whose import Whose, whose
from alongside.rules.sheets import HIDEABLE

from .saving import save, saved

TEMPLATES = {
    "plan": "recovery/plan_words.html",
    "safe": "recovery/safe_words.html",
    "well": "recovery/well_words.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_words(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """Hope, strengths, people, places."""
    return _words(request, whose(request, person_id, page="plan", write="plan"), "plan")


@require_http_methods(["GET", "HEAD", "POST"])
def safe_words(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """The six parts of the safety plan."""
    return _words(request, whose(request, person_id, page="safety_plan", write="safe"), "safe")


@require_http_methods(["GET", "HEAD", "POST"])
def well_words(request: HttpRequest) -> HttpResponse:
    """The wellness plan, which only the person writes."""
    return _words(request, whose(request, None), "well")


def _words(request: HttpRequest, who: Whose, kind: str) -> HttpResponse:
    anew = partial(_form, who, kind)
    form = anew(data=request.POST) if request.method == "POST" else anew(initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.write_parts, person=who.person, kind=kind, wanted=form.wanted, by=who.actor, seen=form.seen
        )
        if (again := save(form, act, anew)) is None:
            messages.success(request, _("Saved. What stood there before is kept in the history."))
            saved(request, who.draft_name(kind))
            return redirect(who.url(kind))
        form = again
    context = {
        "who": who, "form": form, "back_url": who.url(kind), "draft_name": who.draft_name(kind),
        "is_hidden": kind in HIDEABLE and queries.is_hidden(who.person.pk, kind),
    }  # fmt: skip
    return render(request, TEMPLATES[kind], context)


def _form(who: Whose, kind: str, *, data=None, initial=None) -> PartsForm:
    """The form over the page as it is stored now."""
    sheet = queries.get_sheet(who.person.pk, kind, is_own=who.is_own)
    return PartsForm(
        data, kind=kind, stored=sheet.parts if sheet else {}, of=f"{who.person.pk} {kind}", initial=initial
    )
