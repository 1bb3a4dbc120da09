"""The peer's answer to "would you come along?"."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.outings import actions, queries, showing
from alongside.outings.forms import NoForm, YesForm
from alongside.outings.models import Ask
from alongside.people.acting import as_peer
from alongside.people.held_forms import held_values
from alongside.privacy.actions import note_opened
from alongside.rules.lifecycles import MoveNotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
def along(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """One ask: to what, when, in which words; yes, or not this time. POST `what`: yes, no."""
    me = as_peer(request.actor)
    ask = queries.get_ask_to(me, ask_id)
    if ask is None:
        raise Http404
    what = request.POST.get("what", "") if request.method == "POST" else ""
    yes = YesForm(request.POST if what == "yes" else None, initial=held_values(request))
    no = NoForm(request.POST if what == "no" else None, initial=held_values(request))
    if request.method == "POST" and (answer := _answer(request, me, what, ask, yes, no)):
        return answer
    note_opened(participant_id=ask.saved.person_id, by=request.actor, page="along")
    now = timezone.now()
    context = showing.show_look(queries.look_at(ask.saved), request.program, now) | {
        "ask": ask, "person": ask.mentorship.participant, "yes": yes, "no": no, "form": no if no.errors else yes,
        "is_open": ask.status == "asked" and ask.starts_at > now,
        "answered": showing.show_ask(ask, queries.get_appointment(ask)),
    }  # fmt: skip
    return render(request, "outings/along.html", context)


def _answer(request, me, what: str, ask: Ask, yes: YesForm, no: NoForm) -> HttpResponse | None:
    """The way on after an answer; None where a form says why not."""
    if what not in ("yes", "no"):
        raise Http404
    form = yes if what == "yes" else no
    if not form.is_valid():
        return None
    name = ask.mentorship.participant.goes_by
    try:
        if what == "yes":
            actions.come_along(ask=ask, answer=form.cleaned_data["answer"], by=me)
            messages.success(request, _("It is in both calendars. %(name)s is told.") % {"name": name})
        else:
            told = form.cleaned_data
            actions.not_this_time(ask=ask, reason=told["reason"], answer=told["no_words"], by=me)
            messages.success(request, _("%(name)s is told, kindly. Perhaps plan another time.") % {"name": name})
    except (MoveNotAllowed, actions.NotAskable):
        messages.warning(request, _("That is over already: it was taken back, answered, or its day came."))
    return redirect("today")
