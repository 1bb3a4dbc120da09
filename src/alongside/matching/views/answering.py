"""The peer answers: who would like to meet me, yes or not now, and taking nobody new for a while."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.audit.actions import record_each
from alongside.matching import actions, queries, showing
from alongside.matching.forms import AwayForm, ButtonForm, PeerDeclineForm
from alongside.mentoring.actions import MentorshipNotStarted
from alongside.people.labels import label
from alongside.workforce.actions import set_available
from alongside.workforce.queries import get_own_profile


@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest) -> HttpResponse:
    """Everybody who hopes for my answer. POST: take nobody new (until a day), or take new people again."""
    profile = get_own_profile(request.actor)
    if profile is None:
        raise Http404
    if request.method == "POST":
        return _set_available(request, profile)
    asked = list(queries.list_asked_of(request.actor))
    record_each([offer.episode.person_id for offer in asked], act="offer.seen", by=request.actor,
                object_kind="offers", view=True)  # fmt: skip
    return render(request, "matching/offers.html", {
        "rows": [asked_row(offer) for offer in asked], "profile": profile, "away_form": AwayForm(auto_id="away_%s"),
    })  # fmt: skip


def asked_row(offer) -> dict:
    """What somebody shared with the peer they would like to meet. Nothing else of them is shown before a yes."""
    episode = offer.episode
    wishes = getattr(episode, "wishes", None)
    facts = []
    if wishes:
        facts = [
            (_("Would like help with"), showing.labels("need", wishes.needs)),
            (_("Path"), showing.labels("pathway", wishes.pathways)),
            (_("Languages"), showing.labels("language", wishes.languages)),
            (_("Ways to meet"), showing.labels("mode", wishes.modes)),
            (_("Times you both have"), showing.shared_times(offer.peer, wishes) if wishes.hours_known else ""),
            (_("Likes"), showing.labels("interest", wishes.interests)),
        ]
    return {
        "offer": offer, "answer_by": timezone.localdate(offer.answer_by),
        "name": episode.person.goes_by, "pronouns": episode.person.pronouns,
        "kind": label("kind", episode.kind), "facts": [(name, value) for name, value in facts if value],
    }  # fmt: skip


def _set_available(request: HttpRequest, profile) -> HttpResponse:
    what = request.POST.get("action")
    form = AwayForm(request.POST, auto_id="away_%s")
    if what not in ("away", "back") or not form.is_valid():
        messages.warning(request, _("Please choose a day, or leave it empty."))
    elif what == "away":
        set_available(peer=profile, available=False, by=request.actor, until=form.cleaned_data["until"])
        messages.success(request, _("Saved. Nobody new will be brought to you for now."))
    else:
        set_available(peer=profile, available=True, by=request.actor)
        messages.success(request, _("Saved. You take new people again."))
    return redirect("offers")


@require_http_methods(["GET", "HEAD"])
def offer_not_now(request: HttpRequest, offer_id) -> HttpResponse:
    """Asks, without pressing, why not now."""
    return _show_not_now(request, _load(request, offer_id), PeerDeclineForm())


@require_POST
def offer_answer(request: HttpRequest, offer_id) -> HttpResponse:
    """The peer's answer. POST `action`: accept, not_now."""
    offer = _load(request, offer_id)
    if request.POST.get("action") == "not_now":
        form = PeerDeclineForm(request.POST)
        if not form.is_valid():
            return _show_not_now(request, offer, form)
        return _do_decline(request, offer, form)
    if ButtonForm(request.POST).is_valid():
        return _do_accept(request, offer)
    return redirect("offers")


def _load(request: HttpRequest, offer_id):
    offer = queries.get_offer_asked_of(request.actor, offer_id)
    if offer is None:
        raise Http404
    return offer


def _show_not_now(request: HttpRequest, offer, form: PeerDeclineForm) -> HttpResponse:
    return render(
        request, "matching/offer_not_now.html", {"offer": offer, "form": form, "name": offer.episode.person.goes_by}
    )


def _do_accept(request: HttpRequest, offer) -> HttpResponse:
    name = {"name": offer.episode.person.goes_by}
    try:
        actions.accept(offer=offer, by=request.actor)
    except actions.OfferNotOpen:
        messages.warning(request, _("%(name)s is no longer waiting for your answer. Thank you for being there.") % name)
    except MentorshipNotStarted:
        messages.warning(request, _("This could not be arranged. Thank you for being ready."))
    else:
        messages.success(request, _("You said yes to %(name)s. They are on your list for today.") % name)
    return redirect("offers")


def _do_decline(request: HttpRequest, offer, form: PeerDeclineForm) -> HttpResponse:
    values = form.cleaned_data
    try:
        actions.peer_decline(
            offer=offer, by=request.actor, code=values["code"], words=values["words"],
            take_nobody_new=values["take_nobody_new"], unavailable_until=values["until"],
        )  # fmt: skip
    except actions.OfferNotOpen:
        messages.warning(request, _("That was already settled. Nothing was changed."))
    else:
        messages.success(request, _("Thank you for saying so. We will find somebody else for them."))
    return redirect("offers")
