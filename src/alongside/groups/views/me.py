"""A person's own pages: groups they may join, their place, "I am here", one time for their calendar."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.groups import actions, queries
from alongside.groups.beneath import has_page
from alongside.groups.forms import PlaceForm
from alongside.groups.models import Came, Group, GroupPlace
from alongside.groups.showing import show_group, show_occasion
from alongside.mentoring.calendar import build_calendar
from alongside.mentoring.queries import get_note_mode, list_goals_for
from alongside.people.acting import as_participant
from alongside.people.held_forms import held_values
from alongside.people.models import Person
from alongside.rules.disclosure import pass_out
from alongside.rules.groups import names_for_members


@require_safe
def me_groups(request: HttpRequest) -> HttpResponse:
    """Where somebody has a place, and what else they may join. Of the others only a number."""
    now, me = timezone.now(), request.actor.person_id
    found, places = queries.list_groups_open_to(me), queries.list_own_places(me)
    next_ones = queries.list_next_occasions(found, request.program, now, 1)
    rows = [
        show_group(group)
        | {"place": places.get(group.pk), "next": [show_occasion(one, now) for one in next_ones[group.pk]]}
        for group in found
    ]
    context = {
        "mine": [row for row in rows if row["place"]],
        "others": [row for row in rows if not row["place"]],
    }
    return render(request, "groups/me/groups.html", context)


def _get(request: HttpRequest, group_id: UUID) -> tuple[Group, GroupPlace | None]:
    """A group the person may see, and their place in it; else a page that does not exist."""
    me = request.actor.person_id
    found = next((one for one in queries.list_groups_open_to(me) if one.pk == group_id), None)
    if found is None:
        raise Http404
    return found, queries.list_own_places(me).get(found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def me_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group. POST `what`: join or save (with the form), leave, here."""
    now, (group, place) = timezone.now(), _get(request, group_id)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    me = Person.objects.get(pk=request.actor.person_id)
    goals = list_goals_for(me.pk) if get_note_mode() == "billable" else ()
    stored = {
        "alias": place.alias, "shows_alias": place.shows_alias, "goal": str(place.goal_id or "")
    } if place else {}  # fmt: skip
    form = PlaceForm(
        request.POST if what in ("join", "save") else None, goals=goals, initial=stored | held_values(request)
    )
    if what and (answer := _act(request, what, group, place, me, form)):
        return answer
    ahead = queries.list_next_occasions([group], request.program, now, 3)[group.pk]
    context = show_group(group) | {
        "place": place, "form": form, "ahead": [show_occasion(one, now) for one in ahead]
    }  # fmt: skip
    if place and place.status == "held":
        held = [one for one in queries.list_open_places(group) if one.status == "held"]
        context |= {"others": len(held) - 1, "names": names_for_members(queries.known_of(held))}
        context["here_on"] = _here_on(me, ahead)
        context["page_url"] = reverse("me_page", args=[group.pk]) if has_page(group) else ""
    elif place:
        context["in_line"] = queries.in_line(place)
    return render(request, "groups/me/group.html", context)


def _here_on(me: Person, ahead: list[queries.Occasion]) -> set[str]:
    """Days on which they signed themself in, or were written down."""
    rows = {one.row.pk: one.session.on_day.isoformat() for one in ahead if one.row}
    came = Came.objects.filter(session__in=list(rows), person=me).values_list("session_id", flat=True)
    return {rows[pk] for pk in came}


def _act(request, what: str, group: Group, place, me: Person, form: PlaceForm) -> HttpResponse | None:
    """The way on after something was done; None where the form says why not."""
    by, here = as_participant(request.actor), redirect("me_group", group_id=group.pk)
    if what in ("join", "save"):
        if not form.is_valid():
            return None
        try:
            found = actions.ask_for_place(group=group, person=me, by=by, **form.values)
        except actions.NotOpenToThem:
            raise Http404 from None
        if place:
            messages.success(request, _("Saved."))
        elif found.status == "held":
            messages.success(request, _("You have a place. See you there."))
        else:
            messages.success(request, _("All places are taken now. You are on the list, and we tell you."))
        return here
    if what == "leave" and place:
        actions.leave(place=place, by=by)
        messages.success(request, _("Done. You can come back at any time."))
        return redirect("me_groups")
    if what == "here" and place:
        _say_here(request, group, me, by)
        return here
    raise Http404


def _say_here(request, group: Group, me: Person, by) -> None:
    now = timezone.now()
    for one in queries.list_next_occasions([group], request.program, now, 2)[group.pk]:
        try:
            actions.sign_in(occasion=one, person_id=me.pk, by=by, now=now)
        except actions.NotNow:
            continue
        messages.success(request, _("Good that you are here."))
        return
    messages.info(request, _("This works from a quarter of an hour before until the end."))


@require_safe
def me_group_time(request: HttpRequest, group_id: UUID, day: str) -> HttpResponse:
    """One time for a calendar, with a neutral title and nothing else."""
    # Asked by the place alone: for whoever has none, a group that is and one that never was are the same.
    place = queries.get_own_place(request.actor.person_id, group_id)
    try:
        occasion = queries.get_occasion(place.group, request.program, date.fromisoformat(day)) if place else None
    except ValueError as error:
        raise Http404 from error
    if occasion is None:
        raise Http404
    pass_out("calendar")
    me = Person.objects.get(pk=request.actor.person_id)
    entry = queries.for_calendar(occasion, place, request.program)
    body = build_calendar([entry], language=me.language, now=timezone.now())
    return HttpResponse(
        body, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="time.ics"', "Cache-Control": "no-store"},
    )  # fmt: skip
