"""What who leads does with one session: the sign-in sheet, its blank paper, another day or time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.groups import actions, queries
from alongside.groups.forms import CancelForm, ChangeForm, SheetForm
from alongside.groups.queries import Occasion
from alongside.groups.showing import show_group, show_occasion
from alongside.people.held_forms import held_values, take_held_form
from alongside.rules.groups import Known, names_for_leaders

from .loading import acting, get_group, get_occasion


def sheet_names(occasion: Occasion) -> tuple[dict, set]:
    """(how each is called who has a place or came, ids of those who came).

    The name that somebody chose goes when they leave; by their own, who leads would learn whom it stood for.
    """
    held = [one for one in queries.list_open_places(occasion.group) if one.status == "held"]
    known = {one.id: one for one in queries.known_of(held)}
    came = queries.list_came(occasion.row)
    for one in came:
        known.setdefault(one.person_id, Known(one.person_id, "", alias=_("Somebody who left")))
    return names_for_leaders(known.values()), {one.person_id for one in came}


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, group_id: UUID, day: str) -> HttpResponse:
    """Who came: one page, one submit."""
    now, group = timezone.now(), get_group(request, group_id)
    occasion = get_occasion(request, group, day)
    names, there = sheet_names(occasion)
    walk_ins = occasion.row.walk_ins if occasion.row else 0
    held = take_held_form(request) if request.method == "GET" else None
    ticked = {"came": held.getlist("came"), "walk_ins": held.get("walk_ins", walk_ins)} if held else {}
    form = SheetForm(request.POST or None, names=names, there=there, walk_ins=walk_ins, initial=ticked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_in_sheet(occasion=occasion, by=acting(request, group), now=now, **form.cleaned_data)
        except actions.NotNow:
            messages.error(request, _("This sheet cannot be changed now."))
            return redirect("group_sheet", group_id=group.pk, day=day)
        messages.success(request, _("Saved. Thank you for leading."))
        return redirect("group_sheet", group_id=group.pk, day=day)
    context = show_group(group) | {
        "form": form,
        "occasion": show_occasion(occasion, now),
        "came": [names[key] for key in names if key in there],
        "leads": queries.is_leader(request.actor, group),
    }
    return render(request, "groups/sheet.html", context)


@require_safe
def paper(request: HttpRequest, group_id: UUID, day: str) -> HttpResponse:
    """A blank sheet to print: a day, a time, empty lines, and nothing that says what it is for."""
    group = get_group(request, group_id)
    occasion = get_occasion(request, group, day)
    context = {
        "group": group,
        "occasion": show_occasion(occasion, timezone.now()),
        "lines": range(1, group.capacity + 4 + 1),
    }
    return render(request, "groups/paper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, group_id: UUID, day: str) -> HttpResponse:
    """Another day or time for one session, calling it off, or on again. POST `what`: move, cancel, again."""
    now, group = timezone.now(), get_group(request, group_id)
    occasion, by = get_occasion(request, group, day), acting(request, group)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    held = held_values(request)
    form = ChangeForm(
        request.POST if what == "move" else None, occasion=occasion, program=request.program, initial=held
    )  # fmt: skip
    cancel_form = CancelForm(request.POST if what == "cancel" else None, initial=held)
    try:
        done = _change(what, occasion, form, cancel_form, by)
    except actions.AlreadyHeld:
        messages.error(request, _("Its sheet was handed in already, so it stays as it was."))
        return redirect("group", group_id=group.pk)
    if done:
        messages.success(request, _("Saved. Everybody with a place is told that a time has changed."))
        return redirect("group", group_id=group.pk)
    context = show_group(group) | {
        "occasion": show_occasion(occasion, now), "form": form, "cancel_form": cancel_form
    }  # fmt: skip
    return render(request, "groups/session.html", context)


def _change(what: str, occasion: Occasion, form: ChangeForm, cancel_form: CancelForm, by) -> bool:
    """Whether something was decided."""
    if what == "move" and form.is_valid():
        actions.move_session(occasion=occasion, by=by, **form.cleaned_data)
    elif what == "cancel" and cancel_form.is_valid():
        actions.cancel_session(occasion=occasion, reason=cancel_form.cleaned_data["why"], by=by)
    elif what == "again":
        actions.plan_again(occasion=occasion, by=by)
    else:
        return False
    return True
