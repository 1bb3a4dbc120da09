"""The weekly rota: who is on duty for worries, and who stands in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.people.models import Person
from alongside.safety import actions, queries
from alongside.safety.forms import DutyTextsForm, TurnForm
from alongside.safety.showing import list_days, list_without_address, show_gaps, show_turn


@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: HttpRequest) -> HttpResponse:
    """The week, and adding or taking away a turn."""
    staff = list(queries.list_owners(request.program))
    pressed = request.POST.get("action", "")
    if pressed.startswith("remove:"):
        try:
            actions.remove_turn(turn_id=UUID(pressed.removeprefix("remove:")), by=request.actor)
        except ValueError as error:
            raise Http404 from error
        messages.success(request, _("Taken off the rota."))
        return redirect("rota")
    form = TurnForm(request.POST or None, staff=staff, days=list_days())
    if request.method == "POST" and form.is_valid():
        by_id = {str(one.pk): one for one in staff}
        values = form.cleaned_data
        try:
            actions.set_turn(
                program=request.program, weekday=values["weekday"], from_hour=values["from_hour"],
                until_hour=values["until_hour"], person=by_id[values["person"]], deputy=by_id.get(values["deputy"]),
                by=request.actor,
            )  # fmt: skip
        except actions.TurnRefused as refused:
            form.add_error(None, _REFUSED[refused.code]())
        else:
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("rota")
    turns = queries.list_turns()
    duty = queries.get_duty(request.program, timezone.now(), turns)
    context = {
        "form": form,
        "rows": [show_turn(turn) for turn in turns],
        "duty": duty,
        "gaps": show_gaps(turns),
        "no_address": list_without_address(turns),
    }
    return render(request, "safety/rota.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def duty_texts(request: HttpRequest) -> HttpResponse:
    """Whether I am told by text too, and on which number."""
    if not actions.may_choose_texts(request.actor):
        raise Http404
    me = Person.objects.select_related("safe_contact").get(pk=request.actor.person_id)
    now = {"wishes": me.safe_contact.may_text, "phone": me.phone}
    form = DutyTextsForm(request.POST or None, initial=now, region=request.program.country)
    if request.method == "POST" and form.is_valid():
        actions.choose_texts(**form.cleaned_data, by=request.actor)
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("duty_texts")
    return render(request, "safety/duty_texts.html", {"form": form, "stopped": me.safe_contact.texts_stopped_at})


_REFUSED = {
    "overlaps": lambda: _("Somebody else is on duty in a part of these hours. Take that turn away first."),
    "not_staff": lambda: _("Only supervisors, coordinators and directors can be on duty."),
    "same_person": lambda: _("The deputy is somebody else."),
}
