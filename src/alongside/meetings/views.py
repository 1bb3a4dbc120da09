"""The finder, one meeting, its calendar entry, the list as a file; for staff: feeds and the program's own meetings."""

import json
from collections.abc import Iterator
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
from alongside.rules.meetings.places import rounded

from . import finding, queries, showing
from .calendar import build_calendar
from .forms import SearchForm
from .models import NamedPlace
from .rows import entry_of

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
        near, label, choices = _place_of(form) if is_valid else (None, "", [])
        context: dict = {"form": form, "choices": choices, "place": label, "sources": queries.list_sources()}
        # What goes back into the page is rounded, whatever was sent.
        position = form.cleaned_data.get("position")
        context["position"] = "{},{}".format(*rounded(*position)) if position else ""
        if not form.errors and not choices:
            context |= _found(form, near, program, _number(request.POST.get("page")), now)
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


def _place_of(form: SearchForm) -> tuple[tuple[float, float] | None, str, list[NamedPlace]]:
    """Where to look: the point and its name; or several places of one name, to choose from."""
    words, position = form.cleaned_data["near"].strip(), form.cleaned_data["position"]
    if not words:
        return (rounded(*position), _("where you are"), []) if position else (None, "", [])
    places = queries.list_places(words)
    if not places:
        form.add_error("near", _("We know no meetings by that name. Try a larger place nearby, or a ZIP code."))
        return None, "", []
    if len(places) > 1:
        return None, "", places
    return (places[0].latitude, places[0].longitude), places[0].label, []


def _found(form: SearchForm, near: tuple[float, float] | None, program: Program, page: int, now) -> dict:
    values = form.cleaned_data
    search = finding.Search(
        when=values["when"] or "today", near=near, miles=values["miles"], mode=values["mode"],
        fellowship=values["fellowship"], kind=values["kind"], types=(*values["types"], *values["access"]),
        language=values["language"],
    )  # fmt: skip
    found = finding.find(search, now, page=page)
    rows = showing.show_rows(found.found, program, now)
    return {
        "rows": rows, "map": showing.show_map(rows, near), "near": near, "miles": found.miles,
        "looked_further": bool(near) and found.miles > search.miles, "page": page,
        "next_page": page + 1 if found.has_more and page < finding.FURTHEST_PAGE else None,
        "without_time": [] if page > 1 else [
            showing.show_meeting(row, program, now) for row in finding.list_without_time(search)
        ],
    }  # fmt: skip


@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """All that is known of one meeting."""
    program, now = _program(request), timezone.now()
    with scope(program=program):
        row = queries.get_shown(meeting_id)
        if row is None:
            return _gone(request, program, meeting_id, now)
        context = showing.show_meeting(row, program, now) | {
            "week": showing.show_week(row, program, now),
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
            return redirect("meeting", meeting_id)  # which says what became of it
        try:
            content = build_calendar(row, with_name=request.GET.get("name") == "1", now=timezone.now())
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
                source={"name": feed.name, "url": feed.site},
            )  # fmt: skip
            yield (",\n" if number else "\n") + json.dumps(told, ensure_ascii=False)
        yield "\n]\n"
