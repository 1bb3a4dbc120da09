"""Places that help, for everybody: nobody is asked who they are, and nothing of a search is kept."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.people.form_limits import may_send
from alongside.people.models import Program
from alongside.resources import actions, queries, showing
from alongside.resources.asking import as_asked, seal, unseal
from alongside.resources.forms import ReportForm, SearchForm
from alongside.resources.models import Resource
from alongside.resources.wording import GROUPS, ICONS, NEEDS
from alongside.rules.access import may
from alongside.rules.resources.card import make_card
from alongside.rules.resources.hours import now as open_now

PER_PAGE = 20
KEEP = "keep_resources"


def program_of(request: HttpRequest) -> Program:
    """The program whose places are shown. An install without one has none."""
    if request.program is None:
        raise Http404
    return request.program


def _may_keep(request: HttpRequest) -> bool:
    return may(KEEP, request.actor.roles)


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """Search and list. What is asked comes in the body and goes on sealed (E3)."""
    program = program_of(request)
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            token = seal(form.cleaned_data)
            return redirect(reverse("places") + (f"?s={token}#found" if token else ""))
        return render(request, "resources/places.html", {"form": form, "page": None})
    values = unseal(request.GET.get("s", ""))
    asked = as_asked(values)
    at, zone = timezone.now(), ZoneInfo(program.time_zone)
    with scope(program=program):
        found = queries.search(asked)
        context = _page(request, found, at, zone, is_open=asked.is_open)
        context |= {
            "form": SearchForm(initial=values), "is_asked": not asked.is_everything, "needs": _needs(values),
            "narrowed": asked.is_narrow,
            "chosen": NEEDS.get(asked.need, ""), "may_keep": _may_keep(request),
        }  # fmt: skip
        return render(request, "resources/places.html", context)


def _page(request: HttpRequest, found, at: datetime, zone, *, is_open: bool) -> dict:
    """A page of rows. Only what is open takes hours to find, so those are asked for first, and nothing else of them."""
    if is_open:
        page = Paginator(queries.list_open(found, at, zone), PER_PAGE).get_page(request.GET.get("page"))
        order = {key: place for place, key in enumerate(page.object_list)}
        rows = sorted(
            Resource.objects.filter(pk__in=order).only(*queries.LISTED), key=lambda row: order[row.pk]
        ) if order else []  # fmt: skip
    else:
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    return {"page": page, "rows": [showing.row_of(row, at, zone) for row in rows], "count": page.paginator.count}


def _needs(values: dict[str, str]) -> list[dict]:
    """Each need as a link that keeps the place somebody named."""
    place = {"place": values["place"]} if values.get("place") else {}
    return [
        {"label": words, "icon": ICONS[code], "token": seal({"need": code, **place}),
         "is_chosen": values.get("need") == code}
        for code, words in NEEDS.items()
    ]  # fmt: skip


def get_place(resource_id: UUID) -> Resource:
    """One that is shown, or 404."""
    found = queries.get_shown(resource_id)
    if found is None:
        raise Http404
    return found


@require_safe
def place(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """One place with all that somebody needs to go there or call."""
    program = program_of(request)
    at, zone = timezone.now(), ZoneInfo(program.time_zone)
    with scope(program=program):
        resource = queries.get_shown(resource_id)
        if resource is None:
            twin = queries.get_shown_twin(resource_id)
            return redirect("place", twin.pk) if twin else _gone(request, resource_id)
        card = make_card(resource.record.document)
        today = at.astimezone(zone).date()
        context = {
            "resource": resource, "card": card, "now": showing.say_now(open_now(card.hours, at, zone), card.status),
            "week": showing.week_of(card.hours, today), "fresh": showing.say_fresh(resource, today),
            "needs": [NEEDS[code] for code in card.needs], "groups": [GROUPS[code] for code in card.groups],
            "languages": showing.spoken(card), "ages": showing.ages(card), "host": showing.host_of(card.url),
            "spaces": [showing.say_space(one) for one in card.spaces],
            "may_send": may("message_participant", request.actor.roles),
            "may_keep": _may_keep(request),
            "source": resource.feed.name if resource.feed else program.public_name,
            "also": queries.list_other_sources(resource),
        }  # fmt: skip
        return render(request, "resources/place.html", context)


def _gone(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """For whoever kept the address of a place that its list has no more: nothing of where it was and when is said."""
    resource = queries.get_any(resource_id, is_listed=False)
    if resource is None:
        raise Http404
    name = resource.name if resource.feed_id else ""  # what was set aside here may have been wrong from the start
    return render(request, "resources/gone.html", {"name": name}, status=410)


@require_http_methods(["GET", "HEAD", "POST"])
def place_report(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Say that something is wrong, without an account. Whoever fills in the trap is thanked, and nothing is kept."""
    program = program_of(request)
    with scope(program=program):
        resource = get_place(resource_id)
        form = ReportForm(request.POST if request.method == "POST" else None)
        status = 200
        if request.method == "POST" and form.is_valid():
            values = form.cleaned_data
            if values["website"]:
                return redirect("place_thanks", resource.pk)
            if may_send(request, "place"):
                actions.report(
                    resource=resource, kind=values["kind"], words=values["words"],
                    submit_key=values["submit_key"] or uuid4(),
                )  # fmt: skip
                return redirect("place_thanks", resource.pk)
            form.add_error(None, _("Many reports came from this place in the last hour. Please try again later."))
            status = 429
        return render(request, "resources/report.html", {"resource": resource, "form": form}, status=status)


@require_safe
def place_thanks(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Thanks; the same words whatever came of it."""
    with scope(program=program_of(request)):
        return render(request, "resources/thanks.html", {"resource": get_place(resource_id)})
