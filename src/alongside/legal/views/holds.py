"""Holds: begun for a reason beside a demand, ended with words. Directors only."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, queries
from ..forms import WordsForm
from ..wording import HOLD_WORDS
from .demands import find_person, person_of


@require_http_methods(["GET", "HEAD", "POST"])
def hold_find(request: HttpRequest) -> HttpResponse:
    """Whose record is to be kept whole, and why."""
    return find_person(request, _("Keep a record whole"), "hold_new", None, back=("legal", None))


@require_POST
def hold_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """From now on nothing of it is erased."""
    person, form = person_of(request, person_id), WordsForm(request.POST)
    if form.is_valid():
        hold = actions.open_hold(person=person, kind="other", words=form.cleaned_data["words"], by=request.actor)
        messages.success(request, _("Nothing of this record is erased from now on."))
        return redirect("hold", hold_id=hold.pk)
    return redirect("hold_find")


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """One hold; its end needs words."""
    found = queries.get_hold(request.actor, hold_id)
    if found is None:
        raise Http404
    form = WordsForm(request.POST or None, label=_("Why does it end?"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_hold(hold=found, words=form.cleaned_data["words"], by=request.actor)
        except actions.HoldRefused:
            messages.info(request, _("It had ended already."))
        else:
            messages.success(request, _("The hold has ended."))
        return redirect("hold", hold_id=found.pk)
    queries.note_hold_read(found, request.actor)
    context = {"hold": found, "kind": HOLD_WORDS[found.kind], "form": None if found.ended_at else form}
    return render(request, "legal/hold.html", context)
