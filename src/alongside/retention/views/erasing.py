"""Wishes to erase, for the two who look at them: one makes sure, another agrees (D5)."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.labels import label
from alongside.privacy.queries import get_participant_visible_to

from .. import actions, queries
from ..erasing import ErasureRefused
from ..forms import DeclineForm, IdentityForm
from ..models import ErasureRequest
from ..wording import STAYS, WHY_NOT


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """What was wished and how it stands."""
    rows = queries.list_requests(request.actor)
    shown = [{"one": one, "state": label("erasure", one.status), "is_open": one.status in queries.OPEN} for one in rows]
    return render(request, "retention/erasures.html", {"rows": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def erase_for(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The wish of somebody without an account, as they told it to whoever writes it down here."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    return _ask_for(request, person) if request.method == "POST" else _show_ask(request, person, IdentityForm())


@reauthentication_required
def _ask_for(request: HttpRequest, person) -> HttpResponseBase:
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _show_ask(request, person, form)
    try:
        wish = actions.ask_to_erase(person=person, identity=form.cleaned_data["words"], by=request.actor)
    except ErasureRefused as refused:
        messages.warning(request, WHY_NOT[refused.code])
        return redirect("erase_for", person_id=person.pk)
    except actions.RequestOver:
        messages.info(request, _("Somebody made sure of this already."))
        return redirect("erasures")
    return redirect("erasure", request_id=wish.pk)


def _show_ask(request: HttpRequest, person, form: IdentityForm) -> HttpResponse:
    return render(request, "retention/erase_for.html", {"form": form, **_about(person)})


def _about(person) -> dict:
    """What an erasing of this person means, for staff."""
    stays = [(STAYS[one.kind], one) for one in queries.list_stays(person, timezone.now())]
    return {"person": person, "stays": stays, "shared_now": queries.count_shared_now(person)}


@require_safe
def erasure(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One wish: whoever comes first makes sure, another agrees."""
    wish = _get(request, request_id)
    return _show(request, wish, IdentityForm(), DeclineForm())


def _show(request: HttpRequest, wish: ErasureRequest, identity: IdentityForm, refusal: DeclineForm) -> HttpResponse:
    me, is_open = request.actor.user_id, wish.status in queries.OPEN
    names = queries.names_of([wish.asked_by_id, wish.confirmed_by_id, wish.decided_by_id])
    context = {
        "wish": wish, "state": label("erasure", wish.status), "identity_form": identity, "decline_form": refusal,
        "may_confirm": wish.status == "asked", "is_open": is_open,
        "may_agree": wish.status == "waiting" and wish.confirmed_by_id != me,
        "asked_by": names.get(wish.asked_by_id, ""), "confirmed_by": names.get(wish.confirmed_by_id, ""),
        "decided_by": names.get(wish.decided_by_id, ""), "was_theirs": wish.asked_role == "participant",
    }  # fmt: skip
    if is_open:
        context |= _about(wish.person)
    return render(request, "retention/erasure.html", context)


def _get(request: HttpRequest, request_id: UUID) -> ErasureRequest:
    wish = queries.get_request(request.actor, request_id)
    if wish is None:
        raise Http404
    return wish


@require_POST
def erasure_agree(request: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Make sure as the first, or agree as the second: then it is erased at once."""
    return _agree(request, _get(request, request_id))


@reauthentication_required
def _agree(request: HttpRequest, wish: ErasureRequest) -> HttpResponseBase:
    if wish.status == "asked":
        form = IdentityForm(request.POST)
        if not form.is_valid():
            return _show(request, wish, form, DeclineForm())
        return _try(request, wish, lambda: actions.confirm(
            request=wish, identity=form.cleaned_data["words"], by=request.actor
        ), _("Written down. Now somebody else has to agree."))  # fmt: skip
    return _try(request, wish, lambda: actions.carry_out(request=wish, by=request.actor), _("The record is erased."))


@require_POST
def erasure_decline(request: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Not erased, and why."""
    wish, form = _get(request, request_id), DeclineForm(request.POST)
    if wish.status in queries.OPEN and not form.is_valid():
        return _show(request, wish, IdentityForm(), form)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    return _try(request, wish, lambda: actions.decline(request=wish, words=words, by=request.actor), _("You declined."))


@require_POST
def erasure_back(request: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """The person said that they changed their mind."""
    wish = _get(request, request_id)
    return _try(request, wish, lambda: actions.withdraw(request=wish, by=request.actor), _("Taken back."))


def _try(request: HttpRequest, wish: ErasureRequest, action, done: str) -> HttpResponse:
    try:
        action()
    except actions.RequestOver:
        messages.info(request, _("Nothing is waiting for an answer here any more."))
    except ErasureRefused as refused:
        messages.warning(request, WHY_NOT[refused.code])
    else:
        messages.success(request, done)
    return redirect("erasure", request_id=wish.pk)
