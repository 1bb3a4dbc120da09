"""Events for everybody: the list, one event, coming under any name without an account, entries for a calendar."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.occasions import actions, queries, showing, wording
from alongside.occasions.forms import MailForm, VisitorComesForm
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.people.actor import VISITOR
from alongside.people.form_limits import may_send
from alongside.people.models import Program
from alongside.people.outbox import absolute
from alongside.rules.access import may
from alongside.rules.disclosure import pass_out
from alongside.rules.visitors import judge_sending

from .listing import list_by_month


def _program(request: HttpRequest) -> Program:
    if request.program is None:
        raise Http404
    return request.program


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What is for everybody, by month. Whoever is signed in finds the rest on their own page."""
    program, now = _program(request), timezone.now()
    with scope(program=program):
        found = queries.list_ahead(request.actor, program, now, only_public=True)
        context = list_by_month(request, found, program, now)
        context["in_calendar"] = queries.IN_CALENDAR if len(found) > queries.IN_CALENDAR else 0
    context |= {"feed_url": absolute(reverse("events_calendar")), "has_own": may("go_to_events", request.actor.roles)}
    return render(request, "occasions/events.html", context)


def _get(request: HttpRequest, occasion_id: UUID) -> tuple[Program, Occasion]:
    """A public event. Call it in the scope of its program."""
    found = queries.get_public(occasion_id)
    if found is None:
        raise Http404
    return _program(request), found


@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, occasion_id: UUID) -> HttpResponse:
    """One event. POST: somebody comes under a name; their link is shown next, once."""
    status = 200
    with scope(program=_program(request)):
        program, found = _get(request, occasion_id)
        form = VisitorComesForm(request.POST or None, initial={"alias": showing.suggest_alias()})
        if request.method == "POST" and form.is_valid():
            code, answer = _come(request, found, form)
            if answer is not None:
                return answer
            if code in wording.NOT_OPEN:
                messages.info(request, wording.NOT_OPEN[code])
                return redirect("event", occasion_id=found.pk)
            form.add_error("alias" if code == "link" else None, wording.NOT_SENT[code])
            if code == "old":
                form.open_again()
            status = 429 if code == "place" else 200
        context = showing.show(found, program, timezone.now())
    context |= {"form": form, "has_own": may("go_to_events", request.actor.roles)}
    return render(request, "occasions/event.html", context, status=status)


def _come(request: HttpRequest, found: Occasion, form: VisitorComesForm) -> tuple[str, HttpResponse | None]:
    """(why not, the page to go to)."""
    values = form.cleaned_data
    code = judge_sending(values["alias"], seconds=form.seconds, trap=values["website"])
    if code == "trap":  # answered as if it had gone well
        return "", redirect("event", occasion_id=found.pk)
    if not code and not may_send(request, "event"):
        code = "place"
    if code:
        return code, None
    try:
        place, secret = actions.come_as_visitor(
            occasion=found, alias=values["alias"], submit_key=values["submit_key"] or uuid4()
        )
    except actions.NotOpen as not_open:
        return not_open.code, None
    if place.status != "left":  # an old form, sent once more, brings nobody back
        messages.success(request, _("Done. Keep the link of this page: it is shown only now."))
    return "", redirect("coming", secret=secret)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coming(request: HttpRequest, secret: str) -> HttpResponse:
    """A visitor's own place, for whoever has its link. POST: another name, they come no more (`action` leave), or one
    mail when a place is theirs (`action` mail)."""
    place = queries.get_place_of(secret)
    if place is None:
        raise Http404
    program, now = place.program, timezone.now()
    action = request.POST.get("action", "") if request.method == "POST" else ""
    form = VisitorComesForm((request.POST or None) if action != "mail" else None, initial={"alias": place.alias})
    mail_form = MailForm(request.POST if action == "mail" else None, initial={"to": (place.mail or {}).get("to", "")})
    with scope(program=program):
        if action == "leave":
            actions.leave(place=place, by=VISITOR)
            return redirect("coming", secret=secret)
        if action == "mail" and mail_form.is_valid():
            return _set_mail(request, place, mail_form.cleaned_data["to"], secret)
        if form.is_bound and form.is_valid():
            code = judge_sending(form.cleaned_data["alias"], seconds=form.seconds, trap=form.cleaned_data["website"])
            if code in ("", "trap"):
                if not code:
                    actions.change_place(place=place, alias=form.cleaned_data["alias"], by=VISITOR)
                    messages.success(request, _("Saved."))
                return redirect("coming", secret=secret)
            form.add_error("alias" if code == "link" else None, wording.NOT_SENT[code])
            if code == "old":
                form.open_again()
        context = showing.show(place.occasion, program, now, place)
        context["in_line"] = queries.in_line(place) if place.status == "waiting" else 0
        context["was_waiting"] = place.status == "held" and place.held_at > place.asked_at
    context |= {"form": form, "mail_form": mail_form, "link_url": absolute(reverse("coming", args=[secret]))}
    return render(request, "occasions/coming.html", context)


def _set_mail(request: HttpRequest, place: OccasionPlace, to: str, secret: str) -> HttpResponse:
    here = redirect("coming", secret=secret)
    if to and not may_send(request, "event_mail"):
        messages.info(request, wording.NOT_SENT["place"])
    elif not actions.set_mail(place=place, to=to, language=get_language() or "en", by=VISITOR):
        messages.info(request, wording.NOT_OPEN["not_theirs"])
    elif to:
        messages.success(request, _("Saved. We write once, when a place is yours."))
    else:
        messages.success(request, _("Saved. Your address is erased."))
    return here


# --- for calendars ------------------------------------------------------------------------------------------------
@require_safe
def events_calendar(request: HttpRequest) -> HttpResponse:
    """All public events that are ahead, to subscribe to. `?name=1`: with titles and places; else neutral."""
    program, now = _program(request), timezone.now()
    with scope(program=program):
        ahead = queries.list_ahead(VISITOR, program, now, only_public=True)
        found = queries.with_words(ahead[: queries.IN_CALENDAR])
        body = showing.calendar_of(found, program, is_named=_is_named(request), now=now)
    return answer_calendar(body, name="times.ics")


@require_safe
def event_time(request: HttpRequest, occasion_id: UUID) -> HttpResponse:
    """One public event for a calendar, by the same choice."""
    with scope(program=_program(request)):
        program, found = _get(request, occasion_id)
        body = showing.calendar_of([found], program, is_named=_is_named(request), now=timezone.now())
    return answer_calendar(body, name="time.ics")


def _is_named(request: HttpRequest) -> bool:
    return request.GET.get("name") == "1"


def answer_calendar(body: bytes, *, name: str) -> HttpResponse:
    """A file of times."""
    pass_out("calendar")
    return HttpResponse(
        body, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )  # fmt: skip
