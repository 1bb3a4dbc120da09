"""The map and list of a person's connections, for the person and their peer."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.held_forms import held_values
from alongside.recovery.whose import Whose, whose

from . import actions, queries
from .forms import TieForm
from .showing import show_before, show_map


def _url(who: Whose, page: str = "", *ids: UUID) -> str:
    if who.is_own:
        return reverse(f"me_circle{page}", args=ids)
    return reverse(f"circle{page}_of", args=[who.person.pk, *ids])


@require_safe
def circle(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """The picture, the list, how it was before, and a next small step."""
    who = whose(request, person_id, page="connections")
    ties = queries.list_ties(who.person.pk)
    shown = show_map(ties)
    for row in shown["spots"]:
        row["url"] = _url(who, "_one", row["tie"].pk)
    ended = [{"tie": tie, "url": _url(who, "_one", tie.pk)} for tie in queries.list_ended(who.person.pk)]
    context = shown | {
        "who": who, "ties": ties, "ended": ended, "may_write": who.is_own or who.is_beside,
        "new_url": _url(who, "_new"),
        "before": show_before(queries.list_turns(who.person.pk), timezone.now()),
    }  # fmt: skip
    return render(request, "connections/circle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def circle_new(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """Somebody, a group or a place more."""
    who = whose(request, person_id, page="connections", write="plan")
    form = TieForm(request.POST or None, is_own=who.is_own, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.add_tie(
                person=who.person, kind=values["kind"], name=values["name"], ring=values["ring"],
                support=values["support"], submit_key=values["submit_key"] or uuid4(), by=who.actor,
            )  # fmt: skip
        except actions.TooMany:
            form.add_error("name", _("That is as many as fit. Take one off first that matters less."))
        else:
            messages.success(request, _("It is on the map now."))
            return redirect(_url(who))
    return render(request, "connections/new.html", {"who": who, "form": form, "back_url": _url(who)})


@require_http_methods(["GET", "HEAD", "POST"])
def circle_one(request: HttpRequest, tie_id: UUID, person_id: UUID | None) -> HttpResponse:
    """One of them: nearer or farther, another name, no longer there, or back. POST `action`: save, end, back."""
    who = whose(request, person_id, page="connections", write="plan")
    tie = queries.get_tie(who.person.pk, tie_id)
    if tie is None:
        raise Http404
    pressed = request.POST.get("action", "")
    stored = {"name": tie.name, "ring": tie.ring, "support": tie.support}
    form = TieForm(
        request.POST if pressed == "save" else None,
        is_own=who.is_own,
        is_new=False,
        initial=stored | held_values(request),
    )
    if pressed == "save" and form.is_valid():
        values = form.cleaned_data
        actions.change_tie(tie=tie, name=values["name"], ring=values["ring"], support=values["support"], by=who.actor)
        messages.success(request, _("Saved."))
        return redirect(_url(who))
    if pressed == "end":
        actions.end_tie(tie=tie, by=who.actor)
        messages.success(request, _("Taken off the map. The history keeps it, and it can come back."))
        return redirect(_url(who))
    if pressed == "back":
        try:
            actions.bring_back(tie=tie, by=who.actor)
        except actions.TooMany:
            messages.warning(request, _("That is as many as fit. Take one off first that matters less."))
        return redirect(_url(who))
    return render(request, "connections/one.html", {"who": who, "tie": tie, "form": form, "back_url": _url(who)})
