"""For staff: sources of meetings with what was read of them, and the meetings of the program's own."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.held_forms import held_values
from alongside.rules.meetings.times import DAY

from . import actions, queries, wording
from .forms import AgainForm, FeedForm, OwnForm
from .models import FILE, OWN, URL, Feed, Meeting


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """All sources, how they are, and the program's own meetings."""
    rows = [
        {"feed": feed, "fellowship": wording.speak_fellowship(feed.fellowship), "read": feed.counts.get("read", 0),
         "problem": wording.speak_problem(feed)}
        for feed in queries.list_feeds() if feed.way != OWN
    ]  # fmt: skip
    own = [{"row": row, "days": wording.day_names(row.days)} for row in queries.list_own()[:100]]
    return render(request, "meetings/feeds.html", {"rows": rows, "own": own})


@require_http_methods(["GET", "HEAD", "POST"])
def feed_new(request: HttpRequest) -> HttpResponse:
    """A source more: by its address, read within a minute or two; or as a file, read at once."""
    form = FeedForm(
        request.POST or None, request.FILES or None,
        initial={"time_zone": request.program.time_zone, "every_hours": 24, "language": "en"} | held_values(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        way = FILE if values["file"] else URL
        feed = actions.add_feed(
            program=request.program, way=way, url=values["url"], submit_key=values["submit_key"] or uuid4(),
            every_hours=0 if way == FILE else values["every_hours"], by=request.actor,
            **{name: values[name] for name in ("name", "site", "fellowship", "time_zone", "language")},
        )  # fmt: skip
        if way == FILE:
            actions.take_in(feed=feed, content=values["file"].read(), by=request.actor, meanings=form.meanings)
        else:
            messages.success(request, _("Saved. It will be read within a minute or two."))
        return redirect("source", feed.pk)
    return render(request, "meetings/feed_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """What was read of one source, and why some was not.

    POST `action`: save, again (the address), lose (the same, and most may be gone), on, off, file.
    """
    found = _feed(feed_id)
    pressed = request.POST.get("action", "")
    stored = {name: getattr(found, name) for name in
              ("name", "site", "fellowship", "time_zone", "every_hours", "language", "first_day")}  # fmt: skip
    form = FeedForm(request.POST if pressed == "save" else None, is_new=False, initial=stored | held_values(request))
    again = AgainForm(request.POST if pressed == "file" else None, request.FILES if pressed == "file" else None)
    if pressed == "save" and form.is_valid():
        actions.change_feed(feed=found, values={name: form.cleaned_data[name] for name in stored}, by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("source", feed_id)
    if pressed in ("on", "off"):
        actions.change_feed(feed=found, values={"is_on": pressed == "on"}, by=request.actor)
        return redirect("source", feed_id)
    if pressed in ("again", "lose") and found.way == URL:
        actions.ask_again(feed=found, may_lose=pressed == "lose", by=request.actor)
        messages.success(request, _("It will be read within a minute or two."))
        return redirect("source", feed_id)
    if pressed == "file" and found.way == FILE and again.is_valid():
        values = again.cleaned_data
        actions.take_in(feed=found, content=values["file"].read(), may_lose=values["may_lose"], by=request.actor,
                        meanings=again.meanings)  # fmt: skip
        return redirect("source", feed_id)
    return render(request, "meetings/feed.html", _shown(found) | _odd(request, found) | {"form": form, "again": again})


def _odd(request: HttpRequest, found: Feed) -> dict:
    """The meetings of which something is noted: `?flag=`, `?page=`."""
    flag, told = request.GET.get("flag", ""), request.GET.get("page", "")
    if flag not in wording.FLAGS:
        return {}
    page = int(told) if told.isascii() and told.isdigit() and 0 < len(told) < 5 and int(told) else 1
    rows, total = queries.list_flagged(found, flag, page)
    return {"odd": {
        "flag": flag, "words": wording.FLAGS[flag], "rows": rows, "total": total,
        "next_page": page + 1 if total > page * queries.FLAGGED_PER_PAGE else None,
    }}  # fmt: skip


def _feed(feed_id: UUID) -> Feed:
    found = queries.get_feed(feed_id)
    if found is None or found.way == OWN:
        raise Http404
    return found


def _shown(found: Feed) -> dict:
    told = found.counts
    counts = [
        (_("In the list"), told.get("read", 0)), (_("New"), told.get("added", 0)),
        (_("Changed"), told.get("changed", 0)), (_("As before"), told.get("unchanged", 0)),
        (_("Listed again"), told.get("back", 0)), (_("No longer listed"), told.get("gone", 0)),
        (_("Refused"), told.get("refused", 0)),
    ]  # fmt: skip
    return {
        "feed": found, "fellowship": wording.speak_fellowship(found.fellowship),
        "counts": counts if found.good_at else [],
        "shown": queries.count_shown(found), "problem": wording.speak_problem(found),
        "named": told.get(actions.NAMED, "") if found.problem else "",
        "flags": [(flag, wording.FLAGS.get(flag, flag), number) for flag, number in told.get("flags", {}).items()],
        "by_number": found.first_day or told.get("days_from_one") or found.problem == "day_zero",
        "own_codes": told.get("own_codes", []), "days_from_one": told.get("days_from_one", False),
        "refusals": [(row, name or key, wording.REFUSALS.get(reason, reason))
                     for row, key, name, reason in found.refusals],
        "gone": queries.list_gone(found),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def own_new(request: HttpRequest) -> HttpResponse:
    """A meeting of the program's own."""
    return _own(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def own_edit(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Other words or times for it. POST `action`: off, when it is no longer held."""
    row = queries.get_own(meeting_id)
    if row is None:
        raise Http404
    if request.POST.get("action") == "off":
        actions.take_off(meeting=row, by=request.actor)
        messages.success(request, _("Taken off the list."))
        return redirect("sources")
    return _own(request, row)


def _own(request: HttpRequest, row: Meeting | None) -> HttpResponse:
    initial = _told(row) if row else {"language": "EN"}
    form = OwnForm(request.POST or None, initial=initial | held_values(request))
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.write_own(
                program=request.program, told=form.told, meeting=row,
                submit_key=form.cleaned_data["submit_key"], by=request.actor, now=timezone.now(),
            )  # fmt: skip
        except ValueError:
            form.add_error("online_url", _("This link or number cannot be used. Please check it."))
        else:
            messages.success(request, _("Saved. Everybody can find it now."))
            return redirect("meeting", saved.pk)
    return render(request, "meetings/own.html", {"form": form, "row": row})


def _told(row: Meeting) -> dict:
    def clock(minutes: int | None) -> str:
        return "" if minutes is None else f"{minutes % DAY // 60:02}:{minutes % 60:02}"

    languages = set(row.types) & {"EN", "S"}
    return {
        "name": row.name, "days": [str(day) for day in row.days], "starts": clock(row.starts), "ends": clock(row.ends),
        "place": row.place, "address": row.raw.get("address", ""), "city": row.city, "state": row.state,
        "postal_code": row.postal_code, "latitude": row.latitude, "longitude": row.longitude,
        "online_url": row.online_url, "online_phone": row.online_phone,
        "types": [code for code in row.types if code not in ("EN", "S")],
        "language": "both" if len(languages) == 2 else next(iter(languages), "EN"), "notes": row.notes,
    }  # fmt: skip
