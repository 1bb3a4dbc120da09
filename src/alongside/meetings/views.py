"""The finder, one meeting, its calendar entry, the list as a file; for staff: feeds and the program's own meetings."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_permissions_policy.decorators import permissions_policy_override
from django_scopes import scope

from alongside.people.models import Program
from alongside.rules.access import may
from alongside.rules.meetings.export import write_entry
from alongside.rules.meetings.places import bare_key, rounded

from . import finding, queries, showing
from .calendar import build_calendar
from .changes import list_changes
from .forms import SearchForm
from .models import NamedPlace
from .rows import entry_of
from .twins import find_twins

IN_ADDRESS = ("when", "mode", "kind", "fellowship", "language", "types", "access")
"""What may stand in an address. A place never does: addresses are kept by browsers and written into logs (E3, G4)."""


MAY_ASK_WHERE = {**settings.PERMISSIONS_POLICY, "geolocation": ["self"]}
"""Of all pages this one alone may ask a browser where it is, and does so only when somebody presses for it."""


def _program(request: HttpRequest) -> Program:
    if request.program is None:
        raise Http404
    return request.program


@permissions_policy_override(MAY_ASK_WHERE)
@require_http_methods(["GET", "HEAD", "POST"])
def meetings(request: HttpRequest) -> HttpResponse:
    """The finder. A place is sent by POST only, used, and forgotten."""
    program, now = _program(request), timezone.now()
    form = SearchForm(request.POST if request.method == "POST" else _from_address(request))
    with scope(program=program):
        is_valid = form.is_valid()
        place, choices = _place_of(form, forget="forget" in request.POST) if is_valid else (Place(), [])
        context: dict = {"form": form, "choices": choices, "place": place.label, "sources": queries.list_sources()}
        # What goes back into the page is rounded, whatever was sent; and only while it is what was looked for.
        context["position"] = "{},{}".format(*place.near) if place.near and place.is_position else ""
        if not form.errors and not choices:
            pages = (_number(request.POST.get(name)) for name in ("page", "without"))
            context |= _found(form, place, program, pages, now)
        context["hidden"] = [
            (name, value)
            for name in form.fields
            if name not in ("near", "position")
            for value in form.data.getlist(name)
        ]
        return render(request, "meetings/meetings.html", context)


def _from_address(request: HttpRequest) -> QueryDict:
    found = QueryDict("when=today&miles=10", mutable=True)
    for name in IN_ADDRESS:
        if name in request.GET:
            found.setlist(name, request.GET.getlist(name))
    return found


def _number(told: str | None) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 4 else 1


@dataclass(frozen=True)
class Place:
    """Where to look: its point if it has one, its name, and the keys by which meetings without a point name it."""

    near: tuple[float, float] | None = None
    label: str = ""
    city_keys: tuple[str, ...] = ()
    postal_key: str = ""
    is_position: bool = False


def _place_of(form: SearchForm, *, forget: bool) -> tuple[Place, list[NamedPlace]]:
    """Where to look; or several places of one name, to choose from."""
    words, position = form.cleaned_data["near"].strip(), form.cleaned_data["position"]
    if not words:
        if forget or not position:
            return Place(), []
        return Place(near=rounded(*position), label=_("where you are"), is_position=True), []
    places = queries.list_places(words)
    if not places:
        form.add_error("near", _("We know no meetings by that name. Try a larger place nearby, or a ZIP code."))
        return Place(), []
    if len(places) > 1:
        return Place(), places
    (one,) = places
    near = None if one.latitude is None else (one.latitude, one.longitude)
    if one.is_postal:
        return Place(near, one.label, postal_key=one.key), []
    return Place(near, one.label, city_keys=tuple(dict.fromkeys((one.key, bare_key(one.label))))), []


def _found(form: SearchForm, place: Place, program: Program, pages: Iterable[int], now) -> dict:
    values = form.cleaned_data
    page, without = pages
    search = finding.Search(
        when=values["when"] or "today", near=place.near, miles=values["miles"], mode=values["mode"],
        city_keys=place.city_keys, postal_key=place.postal_key, fellowship=values["fellowship"], kind=values["kind"],
        types=(*values["types"], *values["access"]), language=values["language"],
    )  # fmt: skip
    found = finding.find(search, now, page=page)
    rows = showing.show_rows(found.found, program, now)
    untimed = finding.list_without_time(search, miles=found.miles, page=without) if page == 1 else None
    return {
        "rows": rows, "map": showing.show_map(rows, place.near), "near": place.near, "miles": found.miles,
        "looked_further": bool(place.near) and found.miles > search.miles, "page": page,
        "next_page": page + 1 if found.has_more and page < finding.FURTHEST_PAGE else None,
        "is_cut": found.has_more and page >= finding.FURTHEST_PAGE,
        "placeless": bool(place.near) and place.is_position and finding.has_placeless(),
        "untimed": _show_untimed(untimed, without, program, now) if untimed and untimed.total else None,
    }  # fmt: skip


def _show_untimed(untimed: finding.WithoutTime, page: int, program: Program, now) -> dict:
    """A page of those without a time: which, how many come after, and whether they can be reached at all."""
    page = min(page, finding.FURTHEST_PAGE)
    rest = untimed.total - (page - 1) * finding.PER_PAGE - len(untimed.meetings)
    return {
        "rows": [showing.show_meeting(row, program, now) for row in untimed.meetings],
        "total": untimed.total, "rest": rest, "is_open": page > 1,
        "next_page": page + 1 if rest > 0 and page < finding.FURTHEST_PAGE else None,
    }  # fmt: skip


@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """All that is known of one meeting."""
    program, now = _program(request), timezone.now()
    with scope(program=program):
        row = queries.get_shown(meeting_id)
        if row is None:
            return _gone(request, program, meeting_id, now)
        twins = find_twins([row]).get(row.pk, [])
        context = showing.show_meeting(row, program, now) | {
            "week": showing.show_week(row, program, now),
            "doubts": showing.speak_doubts(row),
            "changes": [
                showing.speak_change(one, row, program, now)
                for one in list_changes([row], program, now).get(row.pk, [])
            ],
            "others": showing.speak_others(twins, disagree=True),
            "also": showing.speak_others(twins, disagree=False),
            # Who is signed in as a participant may keep it; for everybody else the page is the same, byte for byte.
            "may_save": may("write_as_participant", request.actor.roles),
        }
        return render(request, "meetings/meeting.html", context)


def _gone(request: HttpRequest, program: Program, meeting_id: UUID, now: datetime) -> HttpResponse:
    """For whoever kept the address of a meeting: it is no longer listed. Nothing of when and where it was is said."""
    row = queries.get_gone(meeting_id)
    if row is None:
        raise Http404
    # Where its whole list is not shown, not even its name is.
    told = {"name": row.name, "since": showing.speak_date(row.gone_at, program, now)} if row.gone_at else {}
    return render(request, "meetings/gone.html", told, status=410)


@require_safe
def meeting_calendar(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A file for the reader's own calendar. `?name=1`: with name and place; else it says nothing of what it is."""
    program = _program(request)
    with scope(program=program):
        row = queries.get_shown(meeting_id)
        if row is None:
            if queries.get_gone(meeting_id) is None:
                raise Http404
            return redirect("meeting", meeting_id)  # which says what became of it
        try:
            now = timezone.now()
            changes = list_changes([row], program, now).get(row.pk, [])
            content = build_calendar(row, with_name=request.GET.get("name") == "1", now=now, changes=changes)
        except ValueError:
            raise Http404 from None
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="time.ics"'
    return response


@require_safe
def meetings_json(request: HttpRequest) -> HttpResponse:
    """All that is listed, as Meeting Guide JSON: what others gave us openly is given on."""
    program = _program(request)
    response = StreamingHttpResponse(_write_all(program), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="meetings.json"'
    return response


def _write_all(program: Program) -> Iterator[str]:
    with scope(program=program):
        yield "["
        for number, row in enumerate(queries.each_shown()):
            feed = row.feed
            told = write_entry(
                entry_of(row), form=row.form, key=row.pk.hex, zone=feed.time_zone,
                source={"name": feed.name, "url": feed.site}, fellowship=feed.fellowship, language=feed.language,
            )  # fmt: skip
            yield (",\n" if number else "\n") + json.dumps(told, ensure_ascii=False)
        yield "\n]\n"
