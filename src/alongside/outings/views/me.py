"""What somebody saved: the list, one of it, something of one's own, and one press from the page of a meeting."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.meetings.queries import get_shown
from alongside.outings import actions, queries, showing, wording
from alongside.outings.forms import OwnForm, PlanForm
from alongside.outings.queries import Look
from alongside.people.acting import as_participant
from alongside.people.held_forms import held_values
from alongside.people.models import Person


def _me(request: HttpRequest) -> Person:
    return Person.objects.select_related("program").get(pk=request.actor.person_id)


def get_look(request: HttpRequest, saved_id: UUID) -> Look:
    """One of the person's own; a stranger's is a page that does not exist."""
    found = queries.get_saved(request.actor.person_id, saved_id)
    if found is None:
        raise Http404
    return found


@require_safe
def me_saved(request: HttpRequest) -> HttpResponse:
    """All that somebody saved, what changed about it, and what they put away."""
    now, me = timezone.now(), request.actor.person_id
    context = {
        "rows": [showing.show_look(one, request.program, now) for one in queries.list_saved(me)],
        "away": [showing.show_look(one, request.program, now) for one in queries.list_put_away(me)],
    }
    return render(request, "outings/saved.html", context)


@require_POST
def me_saved_keep(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One press on the page of a meeting."""
    meeting = get_shown(meeting_id)
    if meeting is None:
        raise Http404
    saved = actions.save_meeting(
        person=_me(request), meeting=meeting, submit_key=uuid4(), by=as_participant(request.actor)
    )
    messages.success(request, _("Kept. Say on which days you mean to go, if you like."))
    return redirect("me_saved_one", saved_id=saved.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def me_saved_new(request: HttpRequest) -> HttpResponse:
    """Something of one's own, in no list."""
    form = OwnForm(request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        saved = actions.save_own(
            person=_me(request), by=as_participant(request.actor),
            submit_key=form.cleaned_data["submit_key"] or uuid4(), **form.values,
        )  # fmt: skip
        messages.success(request, _("It is in your week."))
        return redirect("me_saved_one", saved_id=saved.pk)
    return render(request, "outings/own.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def me_saved_change(request: HttpRequest, saved_id: UUID) -> HttpResponse:
    """Other words or times for something of one's own."""
    look = get_look(request, saved_id)
    if look.saved.kind == "listed":
        raise Http404
    form = OwnForm(request.POST or None, initial=_stored(look) | held_values(request))
    if request.method == "POST" and form.is_valid():
        actions.change_own(saved=look.saved, by=as_participant(request.actor), **form.values)
        messages.success(request, _("Saved."))
        return redirect("me_saved_one", saved_id=saved_id)
    return render(request, "outings/own.html", {"form": form, "look": look})


def _stored(look: Look) -> dict:
    copy = look.copy
    at = None if copy["starts"] is None else f"{copy['starts'] // 60:02}:{copy['starts'] % 60:02}"
    return {
        "kind": look.saved.kind, "name": copy["name"], "place": copy.get("place", ""), "days": copy["days"],
        "at_time": at, "minutes": 60 if copy["starts"] is None else copy["ends"] - copy["starts"],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def me_saved_one(request: HttpRequest, saved_id: UUID) -> HttpResponse:
    """One thing saved. POST `what`: plan (with the form), take_over, away, again, erase."""
    now, look = timezone.now(), get_look(request, saved_id)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    form = PlanForm(request.POST if what == "plan" else None, days=look.best["days"], initial={"days": look.saved.plan})
    if request.method == "POST" and (answer := _act(request, what, look, form)):
        return answer
    said = [
        {"day": day, "how": wording.HOWS.get(how, ""), "on_day": day.isoformat()}
        for day, how in queries.list_marked_days(look.saved)
    ]
    context = showing.show_look(look, request.program, now) | {
        "form": form, "ahead": showing.show_next(look, request.program, now), "said": said,
        "has_days": bool(look.best["days"]),
    }  # fmt: skip
    return render(request, "outings/one.html", context)


def _act(request: HttpRequest, what: str, look: Look, form: PlanForm) -> HttpResponse | None:
    """The way on after something was done; None where the form says why not."""
    by, here = as_participant(request.actor), redirect("me_saved_one", saved_id=look.saved.pk)
    if what == "plan":
        if not form.is_valid():
            return None
        actions.plan_days(saved=look.saved, days=form.cleaned_data["days"], by=by)
        messages.success(request, _("Your week is as you said."))
        return redirect("me_week")
    if what == "take_over":
        actions.take_over(saved=look.saved, by=by)
        messages.success(request, _("Kept as its list says it now."))
        return here
    if what == "away":
        actions.put_away(saved=look.saved, by=by)
        messages.success(request, _("Put away. You find it under what you put away."))
        return redirect("me_saved")
    if what == "again":
        saved = actions.take_up_again(saved=look.saved, by=by)
        messages.success(request, _("It is back."))
        return redirect("me_saved_one", saved_id=saved.pk)
    if what == "erase":
        actions.erase_saved(saved=look.saved, by=by)
        messages.success(request, _("Erased, with all you wrote there."))
        return redirect("me_saved")
    raise Http404
