"""A peer's own page, and the peers as staff see them."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.held_forms import take_held_form
from alongside.people.labels import label
from alongside.people.models import Program
from alongside.web.meanwhile import ChangedMeanwhile, look_again

from . import actions, queries
from .forms import AwayForm, ProfileForm, SupportForm
from .models import PeerProfile
from .words import SERVES

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def peer_profile(request: HttpRequest) -> HttpResponse:
    """What I share and offer; and taking nobody new for a while."""
    peer = queries.get_own_profile(request.actor)
    if peer is None:
        raise Http404
    if request.POST.get("action") in ("away", "back"):
        return _away(request, peer, "peer_profile")
    form = _profile_form(request, peer)
    if request.method == "POST":
        form = _save(request, peer, form)
        if form is None:
            return redirect("peer_profile")
    return render(request, "workforce/profile.html", {"peer": peer, "form": form, "away_form": AwayForm()})


@require_safe
def peers(request: HttpRequest) -> HttpResponse:
    """The peers one answers for, with how many people each walks with."""
    page = Paginator(queries.list_peers_supervised_by(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"peer": peer, "languages": [label("language", code) for code in peer.languages],
         "is_full": peer.places_taken >= peer.capacity, "is_away": peer.status == "unavailable"}
        for peer in page
    ]  # fmt: skip
    return render(request, "workforce/peers.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def peer_detail(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """One peer. A coordinator changes what they offer and who supports them; a supervisor and a director read."""
    peer = queries.get_peer_supervised_by(request.actor, peer_id)
    if peer is None:
        raise Http404
    may_change = request.actor.has("coordinator")
    if request.method == "POST" and not may_change:
        raise Http404
    if request.POST.get("action") in ("away", "back"):
        return _away(request, peer, "peer_detail", peer.pk)
    is_support = request.POST.get("action") == "support"
    support_form = _support_form(request if is_support else None, peer, request.program) if may_change else None
    form = (ProfileForm(peer=peer) if is_support else _profile_form(request, peer)) if may_change else None
    if is_support:
        support_form = _support(request, peer, support_form)
    elif request.method == "POST":
        form = _save(request, peer, form)
    if request.method == "POST" and None in (form, support_form):
        return redirect("peer_detail", peer.pk)
    context = {
        "peer": peer, "form": form, "away_form": AwayForm(), "facts": _facts(peer), "may_change": may_change,
        "support_form": support_form,
    }  # fmt: skip
    return render(request, "workforce/peer_detail.html", context)


def _profile_form(request: HttpRequest, peer: PeerProfile) -> ProfileForm:
    if request.method == "POST":
        return ProfileForm(request.POST, peer=peer)
    held = take_held_form(request)
    many = {"seen", "capacity", "story", "story_language", "gender", "zip", "max_miles", "limits_words"}
    typed = {name: held.get(name) if name in many else held.getlist(name) for name in held} if held else {}
    return ProfileForm(peer=peer, initial=typed)


def _save(request: HttpRequest, peer: PeerProfile, form: ProfileForm) -> ProfileForm | None:
    """None when it is saved; otherwise the form to show again."""
    if not form.is_valid():
        return form
    try:
        actions.change_peer(peer=peer, by=request.actor, seen=form.seen, **form.values)
    except actions.CapacityBelowLoad as full:
        form.add_error("capacity", _too_few(full.taken))
        return form
    except ChangedMeanwhile as changed:
        peer.refresh_from_db()
        return look_again(form, changed, partial(ProfileForm, peer=peer))
    messages.success(request, _("Saved."))
    return None


def _too_few(taken: int) -> str:
    return ngettext(
        "%(taken)d person walks with this peer now, so it cannot be fewer. To take nobody new, use “Take a break from "
        "new people”; nobody is sent away.",
        "%(taken)d people walk with this peer now, so it cannot be fewer. To take nobody new, use “Take a break from "
        "new people”; nobody is sent away.",
        taken,
    ) % {"taken": taken}


def _away(request: HttpRequest, peer: PeerProfile, *back) -> HttpResponse:
    form = AwayForm(request.POST)
    if form.is_valid():
        is_back = request.POST["action"] == "back"
        actions.set_available(peer=peer, available=is_back, by=request.actor, until=form.cleaned_data["until"])
        messages.success(request, _("Welcome back.") if is_back else _("Nobody new is proposed for now."))
    else:
        messages.error(request, _("Please choose a day, or leave it empty."))
    return redirect(*back)


def _support_form(request: HttpRequest | None, peer: PeerProfile, program: Program) -> SupportForm:
    return SupportForm(request.POST if request else None, peer=peer, supervisors=queries.list_supervisors(program))


def _support(request: HttpRequest, peer: PeerProfile, form: SupportForm) -> SupportForm | None:
    """None when it is settled; the form to show again when somebody else was first."""
    if not form.is_valid():
        messages.error(request, _("Please choose from the lists."))
        return None
    try:
        actions.place_peer(peer=peer, by=request.actor, seen=form.seen, **form.cleaned_data)
    except ChangedMeanwhile as changed:
        fresh = queries.list_peers_supervised_by(request.actor).get(pk=peer.pk)
        anew = partial(SupportForm, peer=fresh, supervisors=queries.list_supervisors(request.program))
        return look_again(form, changed, anew)
    messages.success(request, _("Saved."))
    return None


def _facts(peer: PeerProfile) -> list[tuple]:
    return [
        (_("Languages"), _names("language", peer.languages)),
        (_("Walks with"), ", ".join(str(SERVES[kind]) for kind in peer.serves)),
        (_("Lived experience"), _names("experience", peer.experiences)),
        (_("Pathway"), _names("pathway", peer.pathways)),
        (_("How to meet"), _names("mode", peer.modes)),
        (_("Supervisor"), peer.person.supervisor.goes_by if peer.person.supervisor else ""),
        (_("Site"), peer.site.name if peer.site else ""),
    ]


def _names(group: str, codes: list[str]) -> str:
    return ", ".join(str(label(group, code)) for code in codes)
