"""The week as somebody plans it, and the same as a file for a calendar that says nothing of what is in it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.mentoring.calendar import build_calendar
from alongside.outings import queries, showing
from alongside.outings.actions import mark_read
from alongside.people.acting import as_participant
from alongside.people.models import Person
from alongside.rules.disclosure import pass_out
from alongside.rules.rhythm import FURTHEST, WEEK

IN_FILE = 4 * WEEK


def which_week(told: str | None) -> int:
    """How many weeks from this one; anything else is this week."""
    number = int(told) if told and told.removeprefix("-").isdecimal() and len(told) < 4 else 0
    return min(max(number, -FURTHEST), FURTHEST)


@require_safe
def me_week(request: HttpRequest) -> HttpResponse:
    """Seven days from today on, or of another week (`?week=-1`)."""
    now, number = timezone.now(), which_week(request.GET.get("week"))
    me = as_participant(request.actor)
    today = now.astimezone(ZoneInfo(request.program.time_zone)).date()
    week = queries.look_at_week(me, request.program, today + timedelta(days=WEEK * number))
    answers = queries.list_new_answers(me.person_id)
    context = {
        "days": showing.show_week(week, request.program, now), "number": number, "has_saved": bool(week.looks),
        "unplanned": sum(1 for look in week.looks if not look.saved.plan),
        "earlier": number - 1 if number > -FURTHEST else None, "later": number + 1 if number < FURTHEST else None,
        "answers": [showing.show_answer(one) for one in answers],
    }  # fmt: skip
    if request.method == "GET":
        mark_read(answers, now)
    return render(request, "outings/week.html", context)


@require_safe
def me_week_file(request: HttpRequest) -> HttpResponse:
    """Four weeks from today on as times set aside: no name, no place, no words."""
    now, me = timezone.now(), Person.objects.get(pk=request.actor.person_id)
    today = now.astimezone(ZoneInfo(request.program.time_zone)).date()
    pass_out("calendar")
    week = queries.look_at_week(as_participant(request.actor), request.program, today, IN_FILE)
    body = build_calendar(queries.for_calendar(week.entries, request.program), language=me.language, now=now)
    return HttpResponse(
        body, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="times.ics"', "Cache-Control": "no-store"},
    )  # fmt: skip
