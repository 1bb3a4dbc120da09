"""The waiting list, and one person on it: who is proposed and why, adjusting, sending, recording a choice."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.audit.actions import record, record_each
from alongside.matching import actions, queries, showing
from alongside.matching.forms import BoardFilterForm, ButtonForm, OrderForm, RecordAnswerForm, RecordChoiceForm
from alongside.matching.reasons import THEY, fit_words, speak_against, speak_for
from alongside.mentoring.actions import MentorshipNotStarted
from alongside.people.models import Episode
from alongside.people.names import fold
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_participant_visible_to
from alongside.rules.disclosure import pass_out
from alongside.rules.matching import ListTooLarge
from alongside.web.meanwhile import ChangedMeanwhile, look_again
from alongside.web.spoken import one_language

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """Who waits: days, wishes in short, who is proposed and why, and how far the offers are.

    A name is looked for by POST: that somebody waits here must stand in no address and no history (E3).
    """
    asked = request.POST if request.method == "POST" else request.GET
    form = BoardFilterForm(asked)
    form.is_valid()
    shown = dict(_shown())
    show = form.cleaned_data.get("show") if form.cleaned_data.get("show") in shown else "all"
    name = form.cleaned_data.get("name", "") if request.method == "POST" else ""
    counts = queries.count_waiting(request.actor)
    everybody = queries.Board(request.actor, show, fold(name), many=sum(counts.values()) if show == "all" else None)
    page = Paginator(everybody, PER_PAGE).get_page(asked.get("page"))
    record_each(
        [episode.person_id for episode in page], act="record.listed", by=request.actor,
        object_kind="board", view=True,
    )  # fmt: skip
    now = timezone.now()
    with one_language():
        rows = [showing.board_row(episode, now) for episode in page.object_list]
    return render(request, "matching/board.html", {
        "rows": rows, "page": page, "show": show, "name": name, "shown": shown, "counts": counts,
        "total": sum(counts.values()), "may_act": request.actor.has("coordinator"),
        "ready": sum(1 for row in rows if row.proposals and row.round is None),
    })  # fmt: skip


def _shown() -> list[tuple[str, str]]:
    return [
        ("all", _("All")), ("new", _("Nothing proposed")), ("ready", _("Ready to send")), ("nobody", _("Nobody fits")),
        ("sent", _("Choosing")), ("asked", _("Peer asked")), ("back", _("Came back")),
    ]  # fmt: skip


@require_POST
def board_run(request: HttpRequest) -> HttpResponse:
    """Propose peers for everybody who waits."""
    if _sent_only_the_button(request):
        try:
            run = actions.run_matching(program=request.program, by=request.actor)
        except ListTooLarge:
            messages.error(request, _("This list is too long for one run. Please run matching person by person."))
        else:
            total, found = run.stats["seekers"], run.stats["assigned"]
            messages.success(
                request,
                ngettext(
                    "Done: %(found)d of %(total)d person has a place with a peer who fits.",
                    "Done: %(found)d of %(total)d people have a place with a peer who fits.",
                    total,
                )
                % {"found": found, "total": total},
            )
    return redirect("board")


@require_POST
def board_send(request: HttpRequest) -> HttpResponse:
    """Send offers to everybody for whom somebody is proposed."""
    if _sent_only_the_button(request):
        sent = actions.send_all_offers(program=request.program, by=request.actor)
        messages.success(
            request,
            ngettext("Offers sent to %(count)d person.", "Offers sent to %(count)d people.", sent.rounds)
            % {"count": sent.rounds},
        )
        if sent.left:
            messages.warning(
                request,
                ngettext(
                    "%(count)d person could not be sent offers. Please propose again.",
                    "%(count)d people could not be sent offers. Please propose again.",
                    sent.left,
                )
                % {"count": sent.left},
            )
        if sent.in_turn:
            messages.info(
                request,
                ngettext(
                    "%(count)d person comes next: every place that fits is promised to somebody whose answer is "
                    "awaited.",
                    "%(count)d people come next: every place that fits is promised to somebody whose answer is "
                    "awaited.",
                    sent.in_turn,
                )
                % {"count": sent.in_turn},
            )
    return redirect("board")


# --- one person ------------------------------------------------------------------------------------------------------
@require_safe
def board_person(request: HttpRequest, episode_id) -> HttpResponse:
    """One person who waits: who is proposed, who else would fit, what binds, and what happened so far."""
    episode = _load(request, episode_id)
    if _needs_a_reason(request.actor, episode):
        return redirect("open_with_reason", person_id=episode.person_id)
    note_opened(participant_id=episode.person_id, by=request.actor, page="board")
    return _show(request, episode)


def _needs_a_reason(actor, episode: Episode) -> bool:
    """A director sees the list; what one person asks for is their record, and opens with recorded words (D3)."""
    if actor.has("coordinator", "supervisor"):
        return False
    return get_participant_visible_to(actor, episode.person_id) is None


def _show(request: HttpRequest, episode: Episode, **forms) -> HttpResponse:
    """The page of one person, with a form as it was sent where it could not be used."""
    now = timezone.now()
    row = showing.board_row(episode, now)
    may_act = request.actor.has("coordinator")
    context = {"row": row, "episode": episode, "person": episode.person, "may_act": may_act}
    if row.round:
        context |= _of_round(row.round, forms, may_act=may_act)
    elif episode.status == "waiting":
        more = queries.list_more_peers(episode, besides=[line.peer.pk for line in row.proposals], now=now)
        context["proposed_by"] = episode.to_propose[0].run if episode.to_propose else None
        context["more"] = [
            {
                "name": peer.person.goes_by, "fit": fit_words(one.fit.score), "score": round(one.fit.score),
                "good": speak_for(_stored(one), THEY), "against": speak_against(_stored(one), THEY),
            }
            for peer, one in more
        ]  # fmt: skip
        if may_act:
            context["order_form"] = forms.get("order_form") or _order_form(row)
    if may_act:
        context["history"] = showing.round_history(episode)
    return render(request, "matching/board_person.html", context)


def _of_round(round_, forms, *, may_act: bool) -> dict:
    chosen = next((offer for offer in round_.in_order if offer.status == "chosen"), None)
    lines = [
        {"offer": offer, "name": offer.peer.person.goes_by, "state": showing.label("offer", offer.status),
         "good": speak_for(offer.reasons, THEY), "against": speak_against(offer.reasons, THEY)}
        for offer in round_.in_order
    ]  # fmt: skip
    if not may_act:  # whoever reads along is shown no form that they may not send
        return {"lines": lines, "chosen": chosen}
    if chosen:
        return {"lines": lines, "chosen": chosen, "answer_form": forms.get("answer_form") or RecordAnswerForm()}
    still = [offer for offer in round_.in_order if offer.status == "offered"]
    return {"lines": lines, "choice_form": forms.get("choice_form") or RecordChoiceForm(offers=still)}


def _order_form(row, *, initial=None, data=None) -> OrderForm:
    stored = {f"place_{line.rank}": str(line.peer.pk) for line in row.proposals}
    form = OrderForm(data, peers=queries.list_named_peers(), initial=stored | (initial or {}))
    form.remember({"order": actions.order_of(line.peer.pk for line in row.proposals)}, of=row.episode.pk)
    return form


def _stored(candidate) -> list[dict]:
    return [{"code": one.code, "good": one.for_, "params": one.params} for one in candidate.reasons]


@require_POST
def board_person_run(request: HttpRequest, episode_id) -> HttpResponse:
    """Propose again for one person."""
    episode = _load(request, episode_id)
    if _sent_only_the_button(request):
        try:
            actions.run_matching(program=request.program, by=request.actor, episode=episode)
        except actions.NotWaiting:
            messages.warning(request, _not_waiting(episode))
        else:
            messages.success(request, _("Proposed again."))
    return redirect("board_person", episode_id)


@require_POST
def board_person_order(request: HttpRequest, episode_id) -> HttpResponse:
    """Change who is proposed, and in which order."""
    episode = _load(request, episode_id)
    form = _order_form(showing.board_row(episode, timezone.now()), data=request.POST)
    if not form.is_valid():
        return _show(request, episode, order_form=form)
    try:
        actions.adjust_proposals(episode=episode, peers=form.chosen(), by=request.actor, seen=form.seen)
    except ChangedMeanwhile as changed:
        episode = _load(request, episode_id)
        anew = partial(_order_form, showing.board_row(episode, timezone.now()))
        return _show(request, episode, order_form=look_again(form, changed, anew))
    except actions.PeerNotProposed as refused:
        messages.error(request, _not_available(refused, episode))
    except actions.NotWaiting:
        messages.warning(request, _not_waiting(episode))
    else:
        messages.success(request, _("Saved."))
    return redirect("board_person", episode_id)


@require_POST
def board_person_send(request: HttpRequest, episode_id) -> HttpResponse:
    """Send the proposals to this person."""
    episode = _load(request, episode_id)
    if _sent_only_the_button(request):
        try:
            actions.send_offers(episode=episode, by=request.actor, within_places=True)
        except actions.NothingToOffer:
            messages.warning(request, _("Nobody is proposed yet, so there is nothing to send."))
        except actions.PlacesPromised:
            words = _("Every free place of these peers is promised to somebody whose answer is awaited. Propose "
                      "somebody else, or wait for the answers.")  # fmt: skip
            messages.warning(request, words)
        except actions.PeerNotProposed as refused:
            messages.error(request, _not_available(refused, episode))
        except actions.NotWaiting:
            messages.warning(request, _not_waiting(episode))
        else:
            messages.success(request, _("Sent. %(name)s can choose now.") % {"name": episode.person.goes_by})
    return redirect("board_person", episode_id)


@require_POST
def board_person_take_back(request: HttpRequest, episode_id) -> HttpResponse:
    """Take the offers back, to propose others."""
    episode = _load(request, episode_id)
    round_ = _open_round(episode)
    if round_ and _sent_only_the_button(request):
        actions.take_back_round(round_=round_, by=request.actor)
        messages.success(request, _("The offers were taken back."))
    return redirect("board_person", episode_id)


@require_http_methods(["POST"])
def board_person_choice(request: HttpRequest, episode_id) -> HttpResponse:
    """Record what somebody decided by phone, on paper or in person."""
    episode = queries.get_on_board(request.actor, episode_id)
    round_ = _open_round(episode) if episode else None
    if episode is None or round_ is None:
        return _over(request, episode, episode_id)
    offers = [offer for offer in round_.in_order if offer.status == "offered"]
    form = RecordChoiceForm(request.POST, offers=offers)
    if not form.is_valid():
        return _show(request, episode, choice_form=form)
    decision, via = form.cleaned_data["decision"], form.cleaned_data["via"]
    try:
        if decision == "none":
            actions.none_of_these(round_=round_, by=request.actor, via=via)
        elif decision == "you_choose":
            actions.you_choose(round_=round_, by=request.actor, via=via)
        else:
            actions.choose(offer=form.offers[decision], by=request.actor, via=via)
    except actions.PlaceTaken:
        peer = form.offers[decision].peer.person.goes_by
        messages.warning(request, _("%(peer)s cannot be asked right now. The others are still there.") % {"peer": peer})
    except actions.OfferNotOpen:
        messages.warning(request, _("These offers have changed meanwhile. Nothing was recorded."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("board_person", episode_id)


@require_POST
def board_person_answer(request: HttpRequest, episode_id) -> HttpResponse:
    """Record a peer's answer or a change of mind that was told to the coordinator."""
    episode = queries.get_on_board(request.actor, episode_id)
    round_ = _open_round(episode) if episode else None
    chosen = next((offer for offer in round_.in_order if offer.status == "chosen"), None) if round_ else None
    if episode is None or chosen is None:
        return _over(request, episode, episode_id)
    form = RecordAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, episode, answer_form=form)
    decision, via = form.cleaned_data["decision"], form.cleaned_data["via"]
    try:
        if decision == "yes":
            actions.accept(offer=chosen, by=request.actor)
            messages.success(request, _("They are matched. The introduction comes next."))
            return redirect("board")
        if decision == "not_now":
            actions.peer_decline(offer=chosen, by=request.actor)
        else:
            actions.change_mind(offer=chosen, by=request.actor, via=via)
    except actions.OfferNotOpen:
        messages.warning(request, _("These offers have changed meanwhile. Nothing was recorded."))
    except MentorshipNotStarted:
        words = {"peer": chosen.peer.person.goes_by, "person": episode.person.goes_by}
        messages.error(request, _("%(peer)s is not available for %(person)s now.") % words)
    else:
        messages.success(request, _("Recorded."))
    return redirect("board_person", episode_id)


@require_safe
def board_person_sheet(request: HttpRequest, episode_id) -> HttpResponse:
    """A sheet of paper to choose on: names, times, languages; nothing that tells an outsider what it is about (E1)."""
    episode = _load(request, episode_id)
    round_ = _open_round(episode)
    if round_ is None:
        raise Http404
    pass_out("choice_sheet", roles=request.actor.roles)
    record(act="record.printed", by=request.actor, subject=episode.person_id, object_kind="choice_sheet",
           object_id=round_.pk, view=True)  # fmt: skip
    languages = {code for code, _name in settings.LANGUAGES}
    language = episode.person.language if episode.person.language in languages else "en"
    with translation.override(language):
        wishes = getattr(episode, "wishes", None)
        cards = []
        for offer in round_.in_order:
            if offer.status == "offered":
                good, against = showing.paper_reasons(offer)
                cards.append({
                    "name": offer.peer.person.goes_by, "facts": showing.peer_facts(offer.peer, wishes),
                    "good": good, "against": against,
                })  # fmt: skip
        return render(request, "matching/sheet.html", {
            "person": episode.person, "cards": cards, "round": round_,
            "back": reverse("board_person", args=[episode_id]),
        })  # fmt: skip


# --- shared ----------------------------------------------------------------------------------------------------------
def _load(request: HttpRequest, episode_id) -> Episode:
    episode = queries.get_on_board(request.actor, episode_id)
    if episode is None:
        raise Http404
    return episode


def _over(request: HttpRequest, episode: Episode | None, episode_id) -> HttpResponse:
    """Somebody else was first. Who was matched meanwhile has left the board: no reason to say "not found"."""
    if episode is None and not Episode.objects.filter(pk=episode_id).exists():
        raise Http404
    messages.warning(request, _("These offers have changed meanwhile. Nothing was recorded."))
    return redirect("board_person", episode_id) if episode else redirect("board")


def _open_round(episode: Episode):
    return next((one for one in episode.all_rounds if one.status == "open"), None)


def _sent_only_the_button(request: HttpRequest) -> bool:
    return ButtonForm(request.POST).is_valid()


def _not_available(refused: actions.PeerNotProposed, episode: Episode) -> str:
    words = {"peer": refused.peer.person.goes_by, "person": episode.person.goes_by}
    return _("%(peer)s is not available for %(person)s now.") % words


def _not_waiting(episode: Episode) -> str:
    return _("%(name)s is choosing already, so nothing was changed.") % {"name": episode.person.goes_by}
