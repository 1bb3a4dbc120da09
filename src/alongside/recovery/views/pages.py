"""The safety plan, the wellness plan and the days, to read; keeping them to oneself; counting."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.context import list_help
from alongside.people.held_forms import held_values
from alongside.recovery import actions, queries, wording
from alongside.recovery.forms import BeginForm, FirstDayForm, MilestoneForm
from alongside.recovery.showing import mark_name, show_parts
from alongside.recovery.whose import whose
from alongside.rules.safety_plan import nudges
from alongside.rules.sheets import HIDEABLE


@require_safe
def safe(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """The safety plan, with what a phone can dial first."""
    who = whose(request, person_id, page="safety_plan")
    sheet = queries.get_sheet(who.person.pk, "safe", is_own=who.is_own)
    parts = show_parts(sheet, "safe")
    context = {
        "who": who,
        "tabs": who.tabs("safe"),
        "parts": parts,
        "is_empty": not any(part["words"] for part in parts),
        "nudges": [wording.NUDGES[one] for one in nudges(sheet.parts if sheet else {})],
        "may_write": who.may_write("safe"),
        "words_url": who.url("safe_words"),
        "help": list_help(request.program),
        "saved_before": queries.get_saved_before(sheet) if who.is_own else None,
        "draft_saved": request.session.pop("draft_saved", ""),
    }
    return render(request, "recovery/safe.html", context)


@require_safe
def well(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """The wellness plan. Somebody else reads it unless the person keeps it to themself."""
    who = whose(request, person_id, page="wellness_plan")
    sheet = queries.get_sheet(who.person.pk, "well", is_own=who.is_own)
    parts = show_parts(sheet, "well")
    context = {
        "who": who,
        "tabs": who.tabs("well"),
        "sheet": sheet,
        "parts": parts,
        "is_empty": not any(part["words"] for part in parts),
        "draft_saved": request.session.pop("draft_saved", ""),
    }
    return render(request, "recovery/well.html", context)


@require_POST
def hide(request: HttpRequest) -> HttpResponse:
    """Keep the wellness plan or the days to myself, or show them again."""
    who = whose(request, None)
    kind, wanted = request.POST.get("kind", ""), request.POST.get("action", "")
    if kind not in HIDEABLE or wanted not in ("hide", "show"):
        raise Http404
    actions.hide_sheet(person=who.person, kind=kind, hidden=wanted == "hide", by=who.actor)
    messages.success(
        request,
        _("From now on only you can open this page.")
        if wanted == "hide"
        else _("Shown again to those who may open your record."),
    )
    return redirect(who.url(kind))


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """Days as I count them, or not at all; and what I am glad of."""
    who = whose(request, None)
    pressed = request.POST.get("action", "")
    today = timezone.localdate()
    before = held_values(request)
    begin = BeginForm(request.POST if pressed == "begin" else None, initial={"first_on": today, **before})
    first = FirstDayForm(request.POST if pressed == "first" else None, auto_id="first_%s")
    glad = MilestoneForm(request.POST if pressed == "glad" else None, auto_id="glad_%s", initial=before)
    if pressed == "stop":
        actions.stop_counting(person=who.person, by=who.actor, today=today)
        messages.success(request, _("You count no further. What you built stays."))
        return redirect("me_days")
    if pressed == "begin" and begin.is_valid():
        try:
            actions.begin_counting(
                person=who.person, first_on=begin.cleaned_data["first_on"],
                submit_key=begin.cleaned_data["submit_key"] or uuid4(), by=who.actor, today=today,
            )  # fmt: skip
        except actions.DayNotPossible:
            begin.add_error("first_on", _("Choose today, or a day after the one from which you count now."))
        else:
            messages.success(request, _("Noted. What you built before stays yours."))
            return redirect("me_days")
    if pressed == "first" and first.is_valid():
        try:
            actions.change_first_day(
                person=who.person, first_on=first.cleaned_data["first_on"], by=who.actor, today=today
            )
        except (actions.DayNotPossible, actions.NotCounting):
            first.add_error("first_on", _("Choose today or an earlier day."))
        else:
            return redirect("me_days")
    if pressed == "glad" and glad.is_valid():
        actions.add_milestone(
            person=who.person, words=glad.cleaned_data["words"], happened_on=glad.cleaned_data["happened_on"],
            submit_key=glad.cleaned_data["submit_key"] or uuid4(), by=who.actor,
        )  # fmt: skip
        messages.success(request, _("That is worth keeping. Saved."))
        return redirect("me_days")
    sheet = queries.get_sheet(who.person.pk, "days", is_own=True)
    context = _days(sheet, today) | {
        "is_hidden": bool(sheet and sheet.is_hidden),
        "who": who, "tabs": who.tabs("days"), "begin": begin, "first": first, "glad": glad,
        "wrong": begin if begin.errors else first if first.errors else glad,
    }  # fmt: skip
    return render(request, "recovery/days.html", context)


@require_safe
def days_of(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The days of somebody who does not keep them to themself."""
    who = whose(request, person_id, page="days")
    sheet = queries.get_sheet(who.person.pk, "days", is_own=False)
    context = _days(sheet, timezone.localdate()) | {"who": who, "tabs": who.tabs("days")}
    return render(request, "recovery/days.html", context)


def _days(sheet, today) -> dict:
    chapters = queries.list_chapters(sheet)
    built = queries.count_days(chapters, today)
    return {
        "sheet": sheet,
        "chapters": chapters,
        "open_chapter": next((one for one in chapters if one.last_on is None), None),
        "built": built,
        "built_name": mark_name(built.days) if built.days < 180 else _("%(n)d days") % {"n": built.days},
        "reached": [mark_name(mark) for mark in built.reached],
        "next_mark": mark_name(built.next_mark) if built.next_mark else "",
        "milestones": queries.list_milestones(sheet),
    }


@require_POST
def milestone_aside(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """Take something off my list; the history keeps it."""
    who = whose(request, None)
    found = queries.get_milestone(who.person.pk, milestone_id)
    if found is None:
        raise Http404
    actions.set_milestone_aside(milestone=found, by=who.actor)
    return redirect("me_days")
