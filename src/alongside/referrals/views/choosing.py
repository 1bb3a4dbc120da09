"""Choosing a place, for staff with somebody and for the person alone: look first, then choose, on one page."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.people.held_forms import held_values
from alongside.people.models import Person
from alongside.privacy.queries import list_beside
from alongside.referrals import actions, queries
from alongside.referrals.forms import PlaceForm
from alongside.referrals.models import Referral

KEPT = ("need", "words", "resource", "place", "address", "way")


def choose(
    request: HttpRequest, person: Person, *, by, template: str, is_own: bool, go_to: Callable[[Referral], HttpResponse]
) -> HttpResponse:
    """The page on which a place is looked for and chosen. What is looked for stands in no address (E3).

    Looking again keeps what was typed below: whoever presses Enter in a name looks again, as the first button does.
    """
    typed = request.POST.dict() if request.method == "POST" else held_values(request)
    what = typed.get("what", "")
    found = queries.find_places(*(typed.get(name, "")[:100] for name in ("need", "words"))) if what else []
    choosing = request.method == "POST" and what == "choose"
    kept = {name: typed[name] for name in KEPT if name in typed}
    form = PlaceForm(request.POST if choosing else None, found=found, is_own=is_own, choosing=choosing, initial=kept)
    if choosing and form.is_valid():
        try:
            made = actions.begin(
                person=person, submit_key=form.cleaned_data["submit_key"] or uuid4(), by=by, **form.values
            )
        except actions.AlreadyOpen as why:
            messages.info(request, _("There is a way to this place already. Here it is."))
            return go_to(why.referral)
        messages.success(request, _("Chosen. Nothing has left by it."))
        return go_to(made)
    context = {"form": form, "person": person, "has_looked": bool(what), "found": found}
    if is_own:
        context["beside"] = list_beside(person.pk)
    return render(request, template, context)


def as_redirect(page: str) -> Callable[[Referral], HttpResponse]:
    """The way to the page of one."""
    return lambda referral: redirect(page, referral_id=referral.pk)
