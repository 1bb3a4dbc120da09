"""The person chooses: up to three peers as cards, one page for each, and how it goes on. Nothing is preselected."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.matching import actions, queries, showing
from alongside.matching.forms import ButtonForm, DeclineForm
from alongside.matching.models import Offer, Round
from alongside.people.models import Episode
from alongside.stories.models import Story
from alongside.stories.queries import list_with_offers
from alongside.stories.sending import send_sound
from alongside.stories.showing import show


@require_http_methods(["GET", "HEAD", "POST"])
def me_people(request: HttpRequest) -> HttpResponse:
    """Who could walk beside you, and how far it is. POST: "you choose for me" or "none of these"."""
    episode = queries.get_own_episode(request.actor)
    if episode is None:
        raise Http404
    round_ = queries.get_latest_round(episode)
    if request.method == "POST":
        return _decide(request, round_)
    return render(request, "matching/me_people.html", _context(episode, round_))


def _decide(request: HttpRequest, round_: Round | None) -> HttpResponse:
    what = request.POST.get("action")
    if round_ is None or not ButtonForm(request.POST).is_valid() or what not in ("you_choose", "none"):
        messages.warning(request, _over())
        return redirect("me_people")
    try:
        if what == "you_choose":
            asked = actions.you_choose(round_=round_, by=request.actor)
            if asked:
                messages.success(request, _("Thank you. We asked %(name)s.") % {"name": asked.peer.person.goes_by})
        else:
            actions.none_of_these(round_=round_, by=request.actor)
            messages.success(request, _("That is all right. We will look for other people for you."))
    except actions.OfferNotOpen:
        messages.warning(request, _over())
    return redirect("me_people")


def _context(episode: Episode, round_: Round | None) -> dict:
    wishes = getattr(episode, "wishes", None)
    context = {"episode": episode, "round": round_, "state": _state(episode, round_)}
    if round_ is None:
        return context
    chosen = next((offer for offer in round_.in_order if offer.status == "chosen"), None)
    askable = {offer.pk for offer in actions.find_askable(round_)}
    told = list_with_offers([offer.peer_id for offer in round_.in_order]) if askable else {}
    context["cards"] = [
        showing.peer_card(offer, wishes, can_be_asked=offer.pk in askable, has_story=offer.peer_id in told)
        for offer in round_.in_order
        if offer.status == "offered" and offer.pk in askable
    ]
    # Somebody who cannot be asked: their place is gone, or they could not say yes. It reads the same for all (D7).
    context["not_now"] = [
        offer.peer.person.goes_by
        for offer in round_.in_order
        if offer.status in ("peer_declined", "lapsed")
        or (offer.status == "withdrawn" and offer.decline_code == "")
        or (offer.status == "offered" and offer.pk not in askable)
    ]
    context["chosen"] = chosen
    context["choose_by"] = timezone.localdate(round_.choose_by)
    context["answer_by"] = timezone.localdate(chosen.answer_by) if chosen else None
    return context


def _state(episode: Episode, round_: Round | None) -> str:
    """Which of the page's faces to show: looking, choosing, asked, found, or rest."""
    if episode.status in ("matched", "active"):
        return "found"
    if episode.status == "offered" and round_ and round_.status == "open":
        return "asked" if any(offer.status == "chosen" for offer in round_.in_order) else "choosing"
    if episode.status in ("waiting", "offered"):
        return "again" if round_ and round_.status == "returned" else "looking"
    return "rest"


@require_http_methods(["GET", "HEAD", "POST"])
def me_person_offer(request: HttpRequest, offer_id) -> HttpResponse:
    """One peer, whole: choose, or not this one. POST `action`: choose, decline, change_mind."""
    offer = queries.get_own_offer(request.actor, offer_id)
    if offer is None:
        raise Http404
    if request.method != "POST":
        if offer.status != "offered" or offer.round.status != "open":
            return redirect("me_people")
        return _show(request, offer, DeclineForm())
    what = request.POST.get("action")
    if what == "decline":
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return _show(request, offer, form)
        return _do_decline(request, offer, form)
    if what in ("choose", "change_mind") and ButtonForm(request.POST).is_valid():
        return _do_choose(request, offer) if what == "choose" else _do_change_mind(request, offer)
    messages.warning(request, _over())
    return redirect("me_people")


def _show(request: HttpRequest, offer: Offer, form: DeclineForm) -> HttpResponse:
    episode = queries.get_own_episode(request.actor)
    askable = {one.pk for one in actions.find_askable(offer.round)}
    card = showing.peer_card(
        offer, getattr(episode, "wishes", None), can_be_asked=offer.pk in askable,
        has_story=bool(list_with_offers([offer.peer_id])),
    )  # fmt: skip
    return render(request, "matching/me_person.html", {"card": card, "form": form, "offer": offer})


def _do_choose(request: HttpRequest, offer: Offer) -> HttpResponse:
    name = {"name": offer.peer.person.goes_by}
    try:
        actions.choose(offer=offer, by=request.actor)
    except actions.PlaceTaken:
        messages.warning(
            request,
            _("%(name)s cannot be asked right now: places fill fast. It has nothing to do with you.") % name,
        )
    except actions.OfferNotOpen as refused:
        messages.warning(request, _over() if refused.code == "ended" else _("We are already asking somebody for you."))
    else:
        messages.success(request, _("Good choice. We asked %(name)s.") % name)
    return redirect("me_people")


def _do_decline(request: HttpRequest, offer: Offer, form: DeclineForm) -> HttpResponse:
    try:
        actions.decline(offer=offer, by=request.actor, code=form.cleaned_data["code"], words=form.cleaned_data["words"])
    except actions.OfferNotOpen:
        messages.warning(request, _over())
    else:
        messages.success(request, _("That is all right. Nobody is told why."))
    return redirect("me_people")


def _do_change_mind(request: HttpRequest, offer: Offer) -> HttpResponse:
    try:
        actions.change_mind(offer=offer, by=request.actor)
    except actions.OfferNotOpen:
        messages.warning(request, _over())
    else:
        messages.success(request, _("That is all right. You can choose again."))
    return redirect("me_people")


def _over() -> str:
    return _("Something changed meanwhile, so nothing was saved. Here is how it is now.")


@csp_update({"media-src": [SELF]})
@require_safe
def me_person_story(request: HttpRequest, offer_id) -> HttpResponse:
    """The story that a suggested peer lets stand beside their offers, as long as the person may choose them."""
    offer, story = _told(request, offer_id)
    return render(request, "matching/me_person_story.html", {
        "offer": offer, "story": show(story), "sound_url": reverse("me_person_sound", args=[offer.pk]),
    })  # fmt: skip


@require_safe
def me_person_sound(request: HttpRequest, offer_id) -> HttpResponse:
    """Its recording, by the same rule."""
    return send_sound(request, _told(request, offer_id)[1])


def _told(request: HttpRequest, offer_id) -> tuple[Offer, Story]:
    offer = queries.get_own_offer(request.actor, offer_id)
    if offer is None or offer.status not in ("offered", "chosen") or offer.round.status != "open":
        raise Http404
    story = list_with_offers([offer.peer_id]).get(offer.peer_id)
    if story is None:
        raise Http404
    return offer, story
