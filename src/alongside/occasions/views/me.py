"""Events for people who are signed in: what there is, where they come, under which name."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.occasions import actions, queries, showing, wording
from alongside.occasions.forms import ComesForm
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.people.held_forms import held_values

from .listing import list_by_month
from .public import answer_calendar


@require_safe
def me_events(request: HttpRequest) -> HttpResponse:
    """All that somebody may come to, and where they do."""
    now, program = timezone.now(), request.program
    places = queries.list_own_places(request.actor.person_id)
    found = queries.list_ahead(request.actor, program, now)
    context = list_by_month(request, found, program, now, places)
    return render(request, "occasions/me/events.html", context)


def _get(request: HttpRequest, occasion_id: UUID) -> Occasion:
    found = queries.get_shown(request.actor, occasion_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def me_event(request: HttpRequest, occasion_id: UUID) -> HttpResponse:
    """One event. POST `what`: come or save (with the form), leave."""
    now, found = timezone.now(), _get(request, occasion_id)
    place = queries.get_own_place(request.actor.person_id, found)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    stored = {"alias": place.alias, "wants_reminder": place.wants_reminder} if place else {
        "alias": showing.suggest_alias()
    }  # fmt: skip
    form = ComesForm(
        request.POST if what in ("come", "save") else None, initial=stored | held_values(request),
        may_remind=found.on_day > queries.today_in(request.program, now),
    )  # fmt: skip
    if what and (answer := _act(request, what, found, place, form)):
        return answer
    context = showing.show(found, request.program, now, place)
    context |= {
        "form": form, "in_line": queries.in_line(place) if place and place.status == "waiting" else 0,
        "may_come": request.actor.person_id is not None,
    }  # fmt: skip
    return render(request, "occasions/me/event.html", context)


def _act(
    request: HttpRequest, what: str, found: Occasion, place: OccasionPlace | None, form: ComesForm
) -> HttpResponse | None:
    """The way on after something was done; None where the form says why not."""
    if request.actor.person_id is None:
        raise Http404
    here = redirect("me_event", occasion_id=found.pk)
    if what == "leave":
        if place:
            actions.leave(place=place, by=request.actor)
            messages.success(request, _("Done. You can come back as long as there is a place."))
        return here
    if what not in ("come", "save"):
        raise Http404
    if not form.is_valid():
        return None
    values = form.cleaned_data
    try:
        given = actions.come(
            occasion=found, by=request.actor, alias=values["alias"], wants_reminder=values.get("wants_reminder", False),
            submit_key=values["submit_key"] or uuid4(),
        )  # fmt: skip
    except actions.NotOpen as not_open:
        messages.info(request, wording.NOT_OPEN[not_open.code])
        return here
    if place:
        messages.success(request, _("Saved."))
    elif given.status == "held":
        messages.success(request, _("You have a place. See you there."))
    elif given.status == "waiting":
        messages.success(request, _("All places are taken now. You are on the list, and we tell you."))
    return here


@require_safe
def me_event_time(request: HttpRequest, occasion_id: UUID) -> HttpResponse:
    """One event for a calendar, with a neutral title and nothing else."""
    found = _get(request, occasion_id)
    whose = request.actor.person_id or request.actor.user_id
    body = showing.calendar_of([found], request.program, is_named=False, now=timezone.now(), of=whose)
    return answer_calendar(body, name="time.ics")
