"""The page for the pocket: on paper, as codes, or as one file that opens without us."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.audit.actions import record
from alongside.people.context import list_crisis_lines, list_help
from alongside.recovery import pocket, queries
from alongside.recovery.showing import show_areas
from alongside.recovery.whose import Whose, whose
from alongside.rules.disclosure import pass_out


@require_safe
def me_pocket(request: HttpRequest) -> HttpResponse:
    """What is chosen of my own pages, as it goes on paper."""
    who = whose(request, None)
    context = _page(request, who) | {"who": who, "tabs": who.tabs("pocket")}
    return render(request, "recovery/pocket.html", context)


@require_safe
def me_pocket_file(request: HttpRequest) -> HttpResponse:
    """The same as one file: no request leaves it, so it opens anywhere and at any time. The person's own copy (C4)."""
    who = whose(request, None)
    pass_out("own_copy")
    with transaction.atomic():
        record(act="record.exported", by=who.actor, subject=who.person.pk, object_kind="pocket", view=True)
    page = render_to_string("recovery/pocket_file.html", _page(request, who), request)
    return HttpResponse(page, headers={"Content-Disposition": 'attachment; filename="page.html"'})


def _page(request: HttpRequest, who: Whose) -> dict:
    asked = [part for part in pocket.PARTS if part in request.GET.getlist("with")]
    chosen = asked or list(pocket.PARTS)
    sheets = queries.get_sheets(who.person.pk, ["plan", "safe"], is_own=True)
    calls = pocket.list_calls(
        list_help(request.program), list_crisis_lines(request.program), request.program,
        queries.get_on_call(request.program),
    ) if "calls" in chosen else []  # fmt: skip
    safe = pocket.list_words(sheets.get("safe"), "safe") if "safe" in chosen else []
    plan = pocket.list_words(sheets.get("plan"), "plan") if "plan" in chosen else []
    goals, today = [], timezone.localdate()
    if "plan" in chosen:
        areas = show_areas(sheets.get("plan"), queries.list_goals(sheets.get("plan")), who, today)
        goals = pocket.list_steps(areas, who)
    codes, is_cut = pocket.make_codes(pocket.as_lines(calls, safe, plan, goals, today))
    return {
        "chosen": chosen, "calls": calls, "safe": safe, "plan": plan, "goals": goals, "codes": codes, "is_cut": is_cut,
        "as_of": pocket.as_of(today),
    }  # fmt: skip
