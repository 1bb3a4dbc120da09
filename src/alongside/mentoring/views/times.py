"""Times together, from both sides: planned, moved, called off, and how they went."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.mentoring import actions, queries
from alongside.mentoring.models import Appointment, CalendarFeed
from alongside.mentoring.time_forms import MoveTimeForm, TimeForm
from alongside.people.acting import as_participant, as_peer
from alongside.people.actor import Actor
from alongside.people.labels import label
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.wall_clock import ends_at, starts_at
from alongside.web.meanwhile import ChangedMeanwhile, look_again

SHOWN = 50


@dataclass(frozen=True)
class Side:
    """From which side of a mentorship a page is seen: the acting capacity, and the names of its pages."""

    acting: Callable[[Actor], Actor]
    is_peer: bool
    base: str
    list_url: str
    plan_url: str
    time_url: str


PEER = Side(as_peer, True, "web/page_app.html", "times", "time_new", "time")
ME = Side(as_participant, False, "web/page_me.html", "me_times", "me_time_new", "me_time")


@require_safe
def times(request: HttpRequest) -> HttpResponse:
    """The peer's times."""
    return _times(request, PEER)


@require_safe
def me_times(request: HttpRequest) -> HttpResponse:
    """The participant's times."""
    return _times(request, ME)


@require_http_methods(["GET", "HEAD", "POST"])
def time_new(request: HttpRequest) -> HttpResponse:
    """A peer plans a time with one of their people."""
    return _plan(request, PEER)


@require_http_methods(["GET", "HEAD", "POST"])
def me_time_new(request: HttpRequest) -> HttpResponse:
    """A participant plans a time."""
    return _plan(request, ME)


@require_http_methods(["GET", "HEAD", "POST"])
def time(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """A peer moves a time or calls it off."""
    return _change(request, PEER, appointment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def me_time(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """A participant moves a time or calls it off."""
    return _change(request, ME, appointment_id)


@require_POST
def time_went(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """The peer says whether a time happened; one that did leads to its note."""
    actor = as_peer(request.actor)
    appointment = _get(actor, PEER, appointment_id)
    to = request.POST.get("action")
    if to not in ("happened", "missed") or _start(appointment) > timezone.now():
        raise Http404
    try:
        actions.settle_appointment(appointment=appointment, to=to, by=actor)
    except MoveNotAllowed:
        messages.warning(request, _("That time was already settled. Nothing was changed."))
        return redirect("times")
    if to == "happened":
        note = reverse("contact_new", args=[appointment.mentorship.participant_id])
        return redirect(f"{note}?by={appointment.mode}")
    messages.success(request, _("Noted, without blame. Perhaps plan another time."))
    return redirect("times")


def _times(request: HttpRequest, side: Side) -> HttpResponse:
    actor, now = side.acting(request.actor), timezone.now()
    coming, asked = [], []
    for appointment in queries.list_times(actor, as_peer=side.is_peer).filter(status="planned"):
        row = _row(appointment, side)
        (asked if row["end"] <= now else coming).append(row)
    settled = queries.list_times(actor, as_peer=side.is_peer).exclude(status="planned")
    past = [_row(one, side) for one in settled.order_by("-on_day", "-at_time")[:10]]
    context = {
        "side": side,
        "coming": coming[:SHOWN],
        "more": max(len(coming) - SHOWN, 0),
        "asked": asked if side.is_peer else [],
        "past": past,
        "can_plan": _list_walks(actor, side),
        "plan_url": reverse(side.plan_url),
        "place_name": _place_name(request),
        "feed": CalendarFeed.objects.filter(person_id=actor.person_id).first(),
    }
    return render(request, "mentoring/times.html", context)


def _plan(request: HttpRequest, side: Side) -> HttpResponse:
    actor = side.acting(request.actor)
    walks = _list_walks(actor, side)
    if not walks:
        return redirect(side.list_url)
    form = TimeForm(
        request.POST or None,
        walks=walks if side.is_peer else (),
        zone=request.program.time_zone,
        initial={"who": request.GET.get("with", str(walks[0].pk) if len(walks) == 1 else "")},
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data.get("who", str(walks[0].pk))
        walk = next(one for one in walks if str(one.pk) == wanted)
        actions.plan_appointment(
            mentorship=walk,
            on_day=form.cleaned_data["on_day"],
            at_time=form.cleaned_data["at_time"],
            time_zone=request.program.time_zone,
            mode=form.cleaned_data["mode"],
            minutes=int(form.cleaned_data["minutes"]),
            place=form.cleaned_data["place"],
            submit_key=form.cleaned_data["submit_key"],
            by=actor,
        )
        messages.success(request, _("Planned. The other person is told that something is new, and no more."))
        return redirect(side.list_url)
    context = {
        "side": side,
        "form": form,
        "list_url": reverse(side.list_url),
        "with_name": "" if side.is_peer else walks[0].peer.person.goes_by,
        "place_name": _place_name(request),
    }
    return render(request, "mentoring/time_new.html", context)


def _change(request: HttpRequest, side: Side, appointment_id: UUID) -> HttpResponse:
    actor = side.acting(request.actor)
    appointment = _get(actor, side, appointment_id)
    if appointment.status != "planned":
        return redirect(side.list_url)
    form = _move_form(appointment, data=request.POST if request.POST.get("action") == "move" else None)
    if request.method == "POST":
        try:
            if request.POST.get("action") == "cancel":
                actions.settle_appointment(appointment=appointment, to="cancelled", by=actor)
                messages.success(request, _("Called off. The other person is told that something is new."))
                return redirect(side.list_url)
            if form.is_valid():
                actions.move_appointment(
                    appointment=appointment,
                    on_day=form.cleaned_data["on_day"],
                    at_time=form.cleaned_data["at_time"],
                    by=actor,
                    seen=form.seen,
                )
                messages.success(request, _("Moved. The other person is told that something is new."))
                return redirect(side.list_url)
        except MoveNotAllowed:
            messages.warning(request, _("That time was already settled. Nothing was changed."))
            return redirect(side.list_url)
        except ChangedMeanwhile as changed:
            appointment.refresh_from_db()
            form = look_again(form, changed, partial(_move_form, appointment))
    context = {
        "side": side,
        "form": form,
        "row": _row(appointment, side),
        "list_url": reverse(side.list_url),
        "place_name": _place_name(request),
    }
    return render(request, "mentoring/time.html", context)


def _move_form(appointment: Appointment, *, initial=None, data=None) -> MoveTimeForm:
    stored = {"on_day": appointment.on_day, "at_time": appointment.at_time}
    form = MoveTimeForm(data, zone=appointment.time_zone, initial=stored | (initial or {}))
    form.remember(stored, of=appointment.pk)
    return form


def _get(actor: Actor, side: Side, appointment_id: UUID) -> Appointment:
    found = queries.get_time(actor, appointment_id, as_peer=side.is_peer)
    if found is None:
        raise Http404
    return found


def _list_walks(actor: Actor, side: Side) -> list:
    """Mentorships in which the actor may plan a time now."""
    if side.is_peer:
        return list(queries.list_open_mentorships(actor).order_by("participant__goes_by_search"))
    walk = queries.get_own_mentorship(actor)
    return [walk] if walk else []


def _start(appointment: Appointment):
    return starts_at(appointment.on_day, appointment.at_time, ZoneInfo(appointment.time_zone))


def _row(appointment: Appointment, side: Side) -> dict:
    walk = appointment.mentorship
    return {
        "time": appointment,
        "start": _start(appointment),
        "end": ends_at(appointment.on_day, appointment.at_time, ZoneInfo(appointment.time_zone), appointment.minutes),
        "who": walk.participant.goes_by if side.is_peer else walk.peer.person.goes_by,
        "mode": label("contact_mode", appointment.mode),
        "status": label("appointment", appointment.status),
        "url": reverse(side.time_url, args=[appointment.pk]),
    }


def _place_name(request: HttpRequest) -> str:
    """The city by whose clock times are kept, from the zone's own name."""
    return request.program.time_zone.rpartition("/")[2].replace("_", " ")
