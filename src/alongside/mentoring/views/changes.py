"""The staff side of change: a mentorship's rest, handover and end, and what the coordinator sees to."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.mentoring import actions, queries
from alongside.mentoring.change_forms import (
    HISTORY,
    PEER_REASONS,
    WISH_REASONS,
    BackupForm,
    EndForm,
    HandOverForm,
    HistoryForm,
    NextForm,
    RestForm,
)
from alongside.mentoring.models import Handover, Mentorship
from alongside.mentoring.showing import mentorship_facts
from alongside.people.acting import as_peer
from alongside.people.labels import label
from alongside.privacy.actions import note_opened
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.workforce.queries import list_peers

FORMS = {"rest": RestForm, "hand_over": HandOverForm, "end": EndForm, "backup": BackupForm}


@require_http_methods(["GET", "HEAD", "POST"])
def mentorship_change(request: HttpRequest, mentorship_id: UUID) -> HttpResponse:
    """Rest, go on, hand over or end; a coordinator also says who covers and what comes next."""
    actor = request.actor
    walk = queries.get_mentorship_to_change(actor, mentorship_id)
    if walk is None:
        raise Http404
    is_coordinator = actor.has("coordinator")
    if not is_coordinator:
        actor = as_peer(actor)
    what = request.POST.get("what", "")
    peers = [peer for peer in list_peers() if peer.pk != walk.peer_id] if is_coordinator else []
    extra = {"end": {"as_coordinator": is_coordinator}, "backup": {"peers": peers}}
    if not is_coordinator:
        extra.pop("backup")
    forms = {
        name: kind(request.POST if what == name else None, **extra.get(name, {}))
        for name, kind in FORMS.items()
        if name != "backup" or is_coordinator
    }
    if is_coordinator:
        forms["backup"].initial = {"backup": str(walk.backup_peer_id or "")}
    if request.method == "POST":
        form = forms.get(what)
        if what not in (*forms, "go_on"):
            raise Http404
        if form is None or form.is_valid():
            return _change(request, actor, walk, what, form)
    note_opened(participant_id=walk.participant_id, by=actor, page="mentorship")
    context = {
        "walk": walk,
        "forms": forms,
        "form": forms.get(what),
        "what": what,
        "facts": mentorship_facts(walk),
        "name": walk.participant.goes_by,
        "handover": walk.handovers.filter(status__in=["asked", "arranged", "met"]).first(),
        "is_coordinator": is_coordinator,
    }
    return render(request, "mentoring/mentorship_change.html", context)


def _change(request: HttpRequest, actor, walk: Mentorship, what: str, form) -> HttpResponse:
    try:
        words = _do(actor, walk, what, form.cleaned_data if form else {})
    except (MoveNotAllowed, actions.NotNow):
        messages.warning(request, _("Things have changed meanwhile, so nothing was done. Please look again."))
    except actions.BackupNotAvailable:
        messages.warning(request, _("This peer cannot cover for this person. Please choose another one."))
    else:
        messages.success(request, words)
        if what == "end":
            return redirect("handovers" if actor.has("coordinator") else "caseload")
    return redirect("mentorship_change", mentorship_id=walk.pk)


def _do(actor, walk: Mentorship, what: str, answers: dict) -> str:
    if what == "rest":
        actions.rest(episode=walk.episode, by=actor, until=answers["until"])
        return _("Noted. They rest; you are not reminded of them until then.")
    if what == "go_on":
        actions.go_on(episode=walk.episode, by=actor)
        return _("Noted. You go on together.")
    if what == "hand_over":
        actions.ask_for_another_peer(
            mentorship=walk, by=actor, reason_code=answers["reason"], reason_words=answers["words"]
        )
        return _("Noted. The coordinator arranges it with them. Until then you stay at their side.")
    if what == "backup":
        backup = next((peer for peer in list_peers() if str(peer.pk) == answers["backup"]), None)
        actions.set_backup_peer(mentorship=walk, backup_peer=backup, by=actor)
        return _("Saved.")
    # Who rests is not put among those who choose by their peer's leaving; the coordinator asks them first.
    looks_on = answers["reason"] == "peer_unavailable" and walk.episode.status != "paused"
    what_next = answers.get("what_next") or ("waiting" if looks_on else "")
    actions.part(
        mentorship=walk, reason=answers["reason"], what_next=what_next, words=answers.get("words", ""), by=actor
    )
    return _("Ended. What was built stays theirs.")


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """Changes of peer that wait for the coordinator, and people for whom nobody has decided what comes next."""
    ended = Mentorship.objects.filter(status="ended").select_related("peer__person").order_by("-ended_at")
    parted = [
        {"episode": episode, "walk": episode.ended_walks[0], "reason": _end_words(episode.ended_walks[0])}
        for episode in queries.list_parted()
        .exclude(person_id=request.actor.person_id)
        .prefetch_related(Prefetch("mentorships", queryset=ended, to_attr="ended_walks"))
    ]
    rows = [
        {"handover": one, "status": label("handover", one.status), "waits": _waits(one)}
        for one in queries.list_open_handovers().exclude(mentorship__participant_id=request.actor.person_id)
    ]
    return render(request, "mentoring/handovers.html", {"rows": rows, "parted": parted, "form": NextForm()})


def _end_words(walk: Mentorship):
    return label("end_reason", walk.end_reason)


def _waits(handover) -> str:
    """What the next step is, in words."""
    if handover.status == "asked":
        return _("Please arrange it with them.")
    if handover.next_mentorship_id is None:
        return _("They are back among those who choose.")
    return _("The next peer has started. They would like to meet all three.")


@require_POST
def after_parting(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The coordinator decides with the person: look for another peer, or close with the door open."""
    episode = queries.list_parted().exclude(person_id=request.actor.person_id).filter(pk=episode_id).first()
    form = NextForm(request.POST)
    if episode is None or not form.is_valid():
        raise Http404
    actions.decide_what_next(episode=episode, what_next=form.cleaned_data["what_next"], by=request.actor)
    messages.success(request, _("Noted."))
    return redirect("handovers")


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """One change of peer: arranged, its history choice recorded, met, finished or taken back."""
    found = (
        queries.list_open_handovers()
        .exclude(mentorship__participant_id=request.actor.person_id)
        .select_related("mentorship__episode", "mentorship__backup_peer__person")
        .filter(pk=handover_id)
        .first()
    )
    if found is None:
        # One of ours that somebody else has just finished; a foreign id stays a 404.
        if request.method == "POST" and Handover.objects.filter(pk=handover_id).exists():
            messages.warning(request, _("Things have changed meanwhile, so nothing was done. Please look again."))
            return redirect("handovers")
        raise Http404
    action = request.POST.get("action", "")
    form = HistoryForm(
        request.POST if action == "history" else None,
        for_somebody=True,
        initial={
            "history": found.history_choice,
            "since": found.history_since,
            "three_way": found.wants_three_way,
        },
    )
    if request.method == "POST" and (action != "history" or form.is_valid()):
        try:
            messages.success(request, _act(action, found, form, request.actor))
        except MoveNotAllowed:
            messages.warning(request, _("Things have changed meanwhile, so nothing was done. Please look again."))
        still_open = queries.list_open_handovers().filter(pk=found.pk).exists()
        return redirect("handover", handover_id=found.pk) if still_open else redirect("handovers")
    note_opened(participant_id=found.mentorship.participant_id, by=request.actor, page="handover")
    walk = found.mentorship
    context = {
        "handover": found,
        "walk": walk,
        "episode": walk.episode,
        "form": form,
        "facts": _facts(found),
        "together": walk.status != "ended",
        "can_stay": walk.status != "ended" and walk.episode.status != "offered" and not found.next_mentorship_id,
    }
    return render(request, "mentoring/handover.html", context)


def _act(action: str, found, form, by) -> str:
    if action in ("arrange", "arrange_end"):
        actions.arrange_handover(handover=found, by=by, end_now=action == "arrange_end")
        return _("Arranged. They are on the waiting list again.")
    if action == "history":
        actions.choose_history(handover=found, by=by, via=form.cleaned_data["via"], **form.wishes())
        return _("Their choice is recorded.")
    if action == "met" and found.next_mentorship_id:
        actions.finish_handover(handover=found, by=by, met=True)
        return _("Finished. All three met.")
    if action == "finish" and found.next_mentorship_id:
        actions.finish_handover(handover=found, by=by)
        return _("Finished.")
    if action == "stay":
        actions.withdraw_handover(handover=found, by=by)
        return _("Taken back. They stay together.")
    raise Http404


def _facts(found) -> list:
    reasons = dict(WISH_REASONS) | dict(PEER_REASONS)
    next_one = found.next_mentorship
    facts = [
        (_("Now"), label("handover", found.status)),
        (_("Peer now"), found.mentorship.peer.person.goes_by if found.mentorship.status != "ended" else ""),
        (_("Next peer"), next_one.peer.person.goes_by if next_one else ""),
        (_("Asked by"), label("role", found.asked_by_role)),
        (_("Why"), reasons.get(found.reason_code) or _("Not said")),
        (_("In their words"), found.reason_words),
        (_("The next peer may read"), dict(HISTORY).get(found.history_choice, _("Nothing chosen yet, so nothing"))),
        (_("From the day"), date_format(found.history_since, "DATE_FORMAT") if found.history_since else ""),
        (_("Meet all three"), {True: _("Yes, please"), False: _("No")}.get(found.wants_three_way, _("Not said"))),
    ]
    return [(name, str(words)) for name, words in facts if words]
