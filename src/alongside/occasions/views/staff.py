"""What staff do with events: write, show, change, call off, see which names come, say how many came."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.occasions import actions, queries, showing, wording
from alongside.occasions.forms import CountForm, OccasionForm, OffForm
from alongside.occasions.models import Occasion
from alongside.people.held_forms import take_held_form
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.occasions import OBSERVED_MONTHS, READY, next_month_of
from alongside.web.meanwhile import ChangedMeanwhile, look_again

from .listing import ON_PAGE

MANY = ("languages", "access")


def _get(occasion_id: UUID) -> Occasion:
    found = queries.get_arranged(occasion_id)
    if found is None:
        raise Http404
    return found


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """All events of the program, drafts too."""
    now = timezone.now()
    ahead, over = queries.list_arranged(request.program, now)
    page = Paginator(ahead, ON_PAGE).get_page(request.GET.get("page"))
    past = Paginator(over, ON_PAGE).get_page(request.GET.get("past"))
    context = {
        "ahead": [showing.show(one, request.program, now) for one in queries.with_words(page)],
        "over": [showing.show(one, request.program, now) | {"came": one.came, "said_yes": one.said_yes}
                 for one in queries.with_words(past)],
        "page": page, "past": past,
    }  # fmt: skip
    return render(request, "occasions/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """A new event. `?for=`: an observance whose words and days are ready."""
    code = request.GET.get("for", "")
    form = OccasionForm(
        request.POST or None, program=request.program, initial=_ready(request, code) | _held(request)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["submit_key"] or uuid4()
        made = actions.make_occasion(program=request.program, values=form.wanted, submit_key=key, by=request.actor)
        messages.success(request, _("It is written. Look at it once, then show it."))
        return redirect("event_one", occasion_id=made.pk)
    today = queries.today_in(request.program, timezone.now())
    ready = [
        {
            "code": one, "name": wording.READY[one], "is_chosen": one == code,
            "month": date_format(next_month_of(one, today)[0], "YEAR_MONTH_FORMAT") if one in OBSERVED_MONTHS else "",
        }
        for one in READY
    ]  # fmt: skip
    return render(request, "occasions/form.html", {"form": form, "ready": ready})


def _ready(request: HttpRequest, code: str) -> dict:
    """Words of an observance, and its first day that is still ahead."""
    if code not in wording.READY_WORDS:
        return {}
    found: dict = dict(wording.READY_WORDS[code]) | {"languages": ["en", "es"]}
    if code in OBSERVED_MONTHS:
        today = queries.today_in(request.program, timezone.now())
        found["on_day"] = max(next_month_of(code, today)[0], today)
    return found


def _held(request: HttpRequest) -> dict:
    held = take_held_form(request) if request.method == "GET" else None
    return held.dict() | {name: held.getlist(name) for name in MANY} if held else {}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_change(request: HttpRequest, occasion_id: UUID) -> HttpResponse:
    """Change what is written of it."""
    found = _get(occasion_id)
    if found.status == "called_off":
        return _cannot_change(request, found)

    def anew(**more) -> OccasionForm:
        return OccasionForm(program=request.program, occasion=found, stored=actions.values_of(found), **more)

    form = anew(data=request.POST or None, initial=_held(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_occasion(occasion=found, values=form.wanted, by=request.actor, seen=form.seen)
        except actions.TooSmall:
            form.add_error("capacity", _("More people have a place now. Nobody loses theirs."))
        except MoveNotAllowed:
            return _cannot_change(request, found)
        except ChangedMeanwhile as changed:
            found = _get(occasion_id)
            form = look_again(form, changed, anew)
        else:
            messages.success(request, _("Saved. Who comes is told if the time or the place is another one."))
            return redirect("event_one", occasion_id=found.pk)
    return render(request, "occasions/form.html", {"form": form, "occasion": found})


def _cannot_change(request: HttpRequest, found: Occasion) -> HttpResponse:
    messages.info(request, _("It is called off and stays as it was. Write a new event instead."))
    return redirect("event_one", occasion_id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_one(request: HttpRequest, occasion_id: UUID) -> HttpResponse:
    """One event with the names that come. POST `action`: show, off, count, or `out` with the id of a name."""
    now, found = timezone.now(), _get(occasion_id)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    off_form = OffForm(request.POST if action == "off" else None)
    count_form = CountForm(request.POST if action == "count" else None, initial={"came": found.came})
    if action and (answer := _act(request, action, found, off_form, count_form)):
        return answer
    held, waiting = queries.list_places(found)
    context = showing.show(found, request.program, now) | {
        "occasion": found, "held": held, "waiting": waiting, "off_form": off_form, "count_form": count_form,
        "link": found.link,
    }  # fmt: skip
    return render(request, "occasions/one.html", context)


def _act(request: HttpRequest, action: str, found: Occasion, off_form: OffForm, count_form: CountForm):
    """The way on after something was done; None where a form says why not."""
    here = redirect("event_one", occasion_id=found.pk)
    try:
        if action == "show":
            actions.publish(occasion=found, by=request.actor)
            messages.success(request, _("Those whom it is for see it now."))
        elif action == "off":
            if not off_form.is_valid():
                return None
            actions.call_off(occasion=found, reason=off_form.cleaned_data["why"], by=request.actor)
            messages.success(request, _("It is called off. Who comes is told that a time has changed."))
        elif action == "count":
            if not count_form.is_valid():
                return None
            actions.count_came(occasion=found, came=count_form.cleaned_data["came"], by=request.actor)
            messages.success(request, _("Saved. Thank you for hosting."))
        else:
            _take_off(request, found)
    except (MoveNotAllowed, actions.NotYet):
        messages.info(request, _("That has changed meanwhile. Here is how it stands now."))
    return here


def _take_off(request: HttpRequest, found: Occasion) -> None:
    held, waiting = queries.list_places(found)
    place = next((one for one in (*held, *waiting) if str(one.pk) == request.POST.get("out", "")), None)
    if place:
        actions.take_off(place=place, by=request.actor)
        messages.success(request, _("Saved."))


@require_safe
def plan_paper(request: HttpRequest, occasion_id: UUID) -> HttpResponse:
    """A blank sheet to print: a day, a time, empty lines, and nothing that says what it is for."""
    found = _get(occasion_id)
    lines = range(1, min((found.capacity or max(found.places_taken, 20)) + 5, 60) + 1)
    context = showing.show(found, request.program, timezone.now()) | {"occasion": found, "lines": lines}
    return render(request, "occasions/paper.html", context)
