"""Changing peer, resting and stopping, by the participant themself. Warm, without blame, and never with a gate."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.mentoring import actions, queries
from alongside.mentoring.change_forms import HISTORY, HistoryForm, MeetSomebodyElseForm, RestForm
from alongside.people.acting import as_participant
from alongside.rules.lifecycles import MoveNotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
def me_change(request: HttpRequest) -> HttpResponse:
    """One page with what can be changed now. `what` says which of its forms was sent."""
    me = as_participant(request.actor)
    episode = queries.get_own_episode(me)
    if episode is None:
        return redirect("me_home")
    walk, handover = queries.get_own_mentorship(me), queries.get_own_handover(me)
    what = request.POST.get("what", "")
    name = walk.peer.person.goes_by if walk else ""
    forms = {
        "other": MeetSomebodyElseForm(request.POST if what == "other" else None, name=name),
        "history": HistoryForm(
            request.POST if what == "history" else None,
            initial={
                "history": handover.history_choice,
                "since": handover.history_since,
                "three_way": handover.wants_three_way,
            }
            if handover
            else None,
        ),
        "rest": RestForm(request.POST if what == "rest" else None),
    }
    if request.method == "POST":
        done = _do(what, forms.get(what), me, episode, walk, handover)
        if done:
            messages.success(request, done)
            return redirect("me_home")
    context = {
        "episode": episode,
        "walk": walk,
        "handover": handover,
        "forms": forms,
        "form": forms.get(what),
        "what": what,
        "name": name,
        "can_change": bool(walk and not handover),
        "can_stay": _can_stay(handover, episode),
        "can_rest": _can_rest(episode, walk),
        "history_words": dict(HISTORY).get(handover.history_choice, "") if handover else "",
    }
    return render(request, "mentoring/me/change.html", context)


def _can_stay(handover, episode) -> bool:
    """Whether two who are changing may still stay together: before anybody else is being offered."""
    return bool(
        handover
        and handover.status in ("asked", "arranged")
        and handover.mentorship.status != "ended"
        and episode.status != "offered"
    )


def _can_rest(episode, walk) -> bool:
    return walk.status == "active" if walk else episode.status == "waiting"


def _do(what, form, me, episode, walk, handover) -> str:
    """Do what was asked; the sentence that says so, or nothing when the form needs another look."""
    if form is not None and not form.is_valid():
        return ""
    try:
        if what == "other" and walk:
            wishes = form.wishes()
            actions.ask_for_another_peer(
                mentorship=walk,
                by=me,
                reason_code=form.cleaned_data["reason"],
                reason_words=form.cleaned_data["words"],
                history_choice=wishes["choice"],
                history_since=wishes["since"],
                wants_three_way=wishes["wants_three_way"],
            )
            return _("We have your wish. Somebody will look for people who fit, and tell you.")
        if what == "history" and handover:
            actions.choose_history(handover=handover, by=me, **form.wishes())
            return _("Saved. It is as you chose.")
        if what == "stay" and _can_stay(handover, episode):
            actions.withdraw_handover(handover=handover, by=me)
            return _("Good. You stay together.")
        if what == "rest" and _can_rest(episode, walk):
            actions.rest(episode=episode, by=me, until=form.cleaned_data["until"])
            return _("Rest well. Nobody will press you, and you can come back any time.")
        if what == "stop" and episode.status != "closed":
            actions.stop_here(episode=episode, by=me)
            return _("It is done. The door stays open: you can come back whenever you like.")
    except (MoveNotAllowed, actions.NotNow):
        return _("Things have changed meanwhile, so nothing was done. Please look again.")
    raise Http404
