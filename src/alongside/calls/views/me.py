"""The person's own page: when we call, on which number; change, pause, stop."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.calls import actions, queries
from alongside.calls.forms import AgreeForm, PauseForm
from alongside.calls.models import Agreement
from alongside.calls.showing import show_agreement, show_calls
from alongside.people.acting import as_participant
from alongside.people.held_forms import take_held_form
from alongside.people.models import Person
from alongside.rules.availability import NEVER


def start_values(person: Person, agreement: Agreement | None) -> dict:
    """What the form of an agreement shows at first."""
    language = agreement.language if agreement else person.language
    return {
        "phone": person.phone,
        "hours": agreement.hours if agreement else NEVER,
        "time_zone": agreement.time_zone if agreement else person.program.time_zone,
        "language": language if language in ("en", "es") else "en",
        "may_voicemail": person.safe_contact.may_voicemail if agreement else None,
        "every": agreement.wished_every_days if agreement else None,
    }


def form_values(person: Person, agreement: Agreement | None) -> dict:
    """The further arguments of `AgreeForm`."""
    zones = (person.program.time_zone, *([agreement.time_zone] if agreement else []))
    return {"region": person.program.country, "zones": zones, "initial": start_values(person, agreement)}


def _me(request: HttpRequest) -> Person:
    found = Person.objects.filter(pk=request.actor.person_id).select_related("program", "safe_contact").first()
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest) -> Agreement:
    found = queries.get_agreement(request.actor.person_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def me_calls(request: HttpRequest) -> HttpResponse:
    """When we call and how it went; agreeing to it and changing it on the same page."""
    me, agreement = _me(request), queries.get_agreement(request.actor.person_id)
    form = AgreeForm(request.POST or None, **form_values(me, agreement))
    if request.method == "GET" and (held := take_held_form(request)):
        form.initial |= held.dict() | {"hours": held.getlist("hours")}
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(person=me, how="page", by=as_participant(request.actor), **form.values)
        except actions.NotServed:
            form.add_error(None, _("You are not being supported here right now. You can ask for someone at any time."))
        else:
            messages.success(request, _("Saved. We call only in the hours you chose."))
            return redirect("me_calls")
    context = {
        "agreement": agreement,
        "shown": show_agreement(agreement) if agreement else None,
        "form": form,
        "pause_form": PauseForm(auto_id="pause_%s"),
        "calls": show_calls(queries.list_calls(me.pk), me.program.time_zone),
    }
    return render(request, "calls/me/calls.html", context)


@require_POST
def me_calls_pause(request: HttpRequest) -> HttpResponse:
    """No calls for a while."""
    form = PauseForm(request.POST, auto_id="pause_%s")
    if form.is_valid():
        actions.pause(agreement=_own(request), until=form.cleaned_data["until"], by=as_participant(request.actor))
        messages.success(request, _("Paused. Nobody calls meanwhile."))
    else:
        messages.error(request, _("Please choose a day, or leave it empty."))
    return redirect("me_calls")


@require_POST
def me_calls_go_on(request: HttpRequest) -> HttpResponse:
    """The pause is over."""
    actions.go_on(agreement=_own(request), by=as_participant(request.actor))
    messages.success(request, _("Good. We call again."))
    return redirect("me_calls")


@require_POST
def me_calls_soon(request: HttpRequest) -> HttpResponse:
    """Please call me soon."""
    actions.call_soon(agreement=_own(request), why="asked", by=as_participant(request.actor))
    messages.success(request, _("Asked. Somebody calls as soon as they can, in the hours you chose."))
    return redirect("me_calls")


@require_POST
def me_calls_stop(request: HttpRequest) -> HttpResponse:
    """One step, and nobody calls any more."""
    actions.end(agreement=_own(request), by=as_participant(request.actor))
    messages.success(request, _("Stopped. Nobody calls you any more. You can agree again at any time."))
    return redirect("me_calls")
