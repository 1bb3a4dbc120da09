"""One day of something saved: whether the person went, how it felt (theirs alone), and asking the peer along."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.mentoring.queries import get_own_mentorship
from alongside.outings import actions, queries, showing
from alongside.outings.forms import AskForm, FeltForm
from alongside.outings.queries import Look
from alongside.people.acting import as_participant
from alongside.people.held_forms import held_values
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.meetings.times import day_of
from alongside.rules.outings import HOWS, LATEST, may_ask
from alongside.rules.rhythm import Time, time_of

from .me import get_look
from .week import which_week

BACK = timedelta(days=400)


def _get(request: HttpRequest, saved_id: UUID, told: str) -> tuple[Look, date]:
    """One of the person's own things, on one of its days, or one of which they said something; else no such page."""
    look = get_look(request, saved_id)
    try:
        on_day = date.fromisoformat(told)
    except ValueError as error:
        raise Http404 from error
    today = _today(request)
    is_its = day_of(on_day) in {*look.best["days"], *look.copy["days"], *look.saved.plan}
    if is_its and today - BACK <= on_day <= today + LATEST:
        return look, on_day
    if queries.get_how(look.saved, on_day) or queries.get_felt(look.saved, on_day):
        return look, on_day
    raise Http404


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(ZoneInfo(request.program.time_zone)).date()


@require_http_methods(["GET", "HEAD", "POST"])
def me_saved_day(request: HttpRequest, saved_id: UUID, day: str) -> HttpResponse:
    """POST `what`: felt or ask (with their forms), take_back."""
    look, on_day = _get(request, saved_id, day)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    kept = queries.get_felt(look.saved, on_day)
    stored = {"felt": kept.words if kept else ""} | held_values(request)
    felt = FeltForm(request.POST if what == "felt" else None, initial=stored)
    ask = AskForm(request.POST if what == "ask" else None, initial=held_values(request))
    if request.method == "POST" and (answer := _act(request, what, look, on_day, felt, ask)):
        return answer
    return _show(request, look, on_day, felt, ask)


def _show(request: HttpRequest, look: Look, on_day: date, felt: FeltForm, ask: AskForm) -> HttpResponse:
    now, zone = timezone.now(), ZoneInfo(request.program.time_zone)
    time = time_of(look.thing(), on_day, zone)
    walk = get_own_mentorship(as_participant(request.actor))
    asks = queries.list_asks(look.saved, on_day)
    context = showing.show_look(look, request.program, now) | {
        "felt": felt, "form": ask if ask.errors else felt, "ask_form": ask, "on_day": on_day.isoformat(),
        "time": showing.speak_time(time or Time(look.saved.pk, on_day, None, None)), "is_its_day": time is not None,
        "hows": showing.show_hows(queries.get_how(look.saved, on_day)) if on_day <= _today(request) else [],
        "asks": [showing.show_ask(one, queries.get_appointment(one)) for one in asks], "walk": walk,
        "may_ask": bool(walk and time and may_ask(time.begins, now) and not look.saved.put_away_at)
        and not any(one.mentorship_id == walk.pk and one.status != "taken_back" for one in asks),
    }  # fmt: skip
    if request.method == "GET":
        actions.mark_read(asks, now)
    return render(request, "outings/day.html", context)


def _act(request, what: str, look: Look, on_day: date, felt: FeltForm, ask: AskForm) -> HttpResponse | None:
    """The way on after something was done; None where a form says why not."""
    here = redirect("me_saved_day", saved_id=look.saved.pk, day=on_day.isoformat())
    if what == "felt":
        if not felt.is_valid():
            return None
        actions.write_felt(saved=look.saved, on_day=on_day, words=felt.cleaned_data["felt"])
        messages.success(request, _("Kept, for you alone."))
        return here
    if what == "ask":
        return _ask(request, look, on_day, ask, here)
    if what == "take_back":
        for one in queries.list_asks(look.saved, on_day):
            if one.status == "asked":
                _take_back(request, one)
        return here
    raise Http404


def _ask(request, look: Look, on_day: date, ask: AskForm, here: HttpResponse) -> HttpResponse | None:
    walk = get_own_mentorship(as_participant(request.actor))
    if walk is None:
        messages.info(request, _("Nobody walks with you at the moment, so there is nobody to ask."))
        return here
    if not ask.is_valid():
        return None
    try:
        actions.ask_along(
            saved=look.saved, on_day=on_day, mentorship=walk, words=ask.cleaned_data["words"],
            by=as_participant(request.actor),
        )  # fmt: skip
    except actions.AlreadyAsked:
        messages.info(request, _("You asked for this day already. Ask for another day, or write a message."))
    except actions.NotAskable:
        messages.info(request, _("For this day nobody can be asked any more. Choose another day."))
    else:
        messages.success(request, _("Asked. %(name)s sees it on their list.") % {"name": walk.peer.person.goes_by})
    return here


def _take_back(request, one) -> None:
    try:
        actions.take_back(ask=one, by=as_participant(request.actor))
        messages.success(request, _("Taken back."))
    except MoveNotAllowed:
        messages.info(request, _("It was answered just now."))


@require_POST
def me_saved_how(request: HttpRequest, saved_id: UUID, day: str) -> HttpResponse:
    """One press: went, did not go, something else; pressed again it is taken back."""
    look, on_day = _get(request, saved_id, day)
    how = request.POST.get("how", "")
    if how not in ("", *HOWS) or on_day > _today(request):
        raise Http404
    actions.say_how(saved=look.saved, on_day=on_day, how=how)
    messages.success(request, _("Noted. It counts for nothing and against nobody."))
    if "week" in request.POST:
        return redirect(f"{reverse('me_week')}?week={which_week(request.POST['week'])}")
    return redirect("me_saved_day", saved_id=saved_id, day=on_day.isoformat())
