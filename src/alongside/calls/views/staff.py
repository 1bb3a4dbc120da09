"""For those who stand beside somebody and those who answer for calls: agreements by word, the list, trained callers."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.calls import actions, queries, wording
from alongside.calls.forms import CallerForm, SpokenForm
from alongside.calls.models import Caller
from alongside.calls.showing import show_agreement, show_calls
from alongside.calls.views.me import form_values
from alongside.people.labels import label
from alongside.people.models import Person
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_own_reason, get_participant_visible_to, list_beside
from alongside.workforce.queries import get_peer_supervised_by, list_peers_supervised_by

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def calls_of(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Somebody's agreement and calls. Whoever stands beside them, or a coordinator, writes down what they said."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    person = Person.objects.select_related("program", "safe_contact").get(pk=person.pk)
    beside = request.actor.has("peer") and request.actor.person_id in {one.pk for one in list_beside(person.pk)}
    may_write = beside or request.actor.has("coordinator")
    if request.method == "POST" and not may_write:
        raise Http404
    agreement = queries.get_agreement(person.pk)
    form = SpokenForm(None, **form_values(person, agreement))
    if request.method == "POST":
        answer = _write(request, person, agreement)
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    reason = get_own_reason(request.actor.person_id, person.pk) if request.actor.has("director") else None
    note_opened(participant_id=person.pk, by=request.actor, page="calls", words=reason.reason_words if reason else "")
    context = {
        "person": person,
        "agreement": agreement,
        "shown": show_agreement(agreement) if agreement else None,
        "form": form,
        "may_write": may_write,
        "is_served": queries.get_open_episode(person.pk) is not None,
        "calls": show_calls(queries.list_calls(person.pk), person.program.time_zone),
    }
    return render(request, "calls/of.html", context)


def _write(request: HttpRequest, person: Person, agreement) -> HttpResponse | SpokenForm:
    """A form to show again, or the way back."""
    action = request.POST.get("action", "")
    if action in ("stop", "go_on") and agreement:
        if action == "stop":
            actions.end(agreement=agreement, by=request.actor)
            messages.success(request, _("Stopped. Nobody calls them any more."))
        else:
            actions.go_on(agreement=agreement, by=request.actor)
            messages.success(request, _("Saved. Calls go on."))
        return redirect("calls_of", person_id=person.pk)
    form = SpokenForm(request.POST, **form_values(person, agreement))
    if not form.is_valid():
        return form
    try:
        actions.agree(person=person, how="spoken", by=request.actor, **form.values)
    except actions.NotServed:
        form.add_error(None, _("They are not being supported here right now, so nobody calls them."))
        return form
    messages.success(request, _("Saved. They can change it or stop it at any time."))
    return redirect("calls_of", person_id=person.pk)


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Everybody who agreed to be called, those first who need a hand."""
    now = timezone.now()
    page = Paginator(queries.list_agreements(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "one": one,
            "state": label("phone_support", one.status),
            "is_late": bool(one.due_at and (now - one.due_at).days >= 1),
            "is_wrong": one.pause_reason == "wrong_number",
            "has_no_hour": one.status == "agreed" and one.due_at is None,
            "next_at": wording.local(one.due_at, request.program.time_zone),
            "why": wording.WHYS[one.why],
        }
        for one in page
    ]
    return render(request, "calls/list.html", {"page": page, "rows": rows})


@require_safe
def callers(request: HttpRequest) -> HttpResponse:
    """The peers one answers for, and who of them is trained to call."""
    page = Paginator(list_peers_supervised_by(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    marks = queries.callers_by_person([peer.pk for peer in page])
    rows = [{"peer": peer, "mark": marks.get(peer.pk), "languages": _spoken(marks.get(peer.pk))} for peer in page]
    return render(request, "calls/callers.html", {"page": page, "rows": rows})


def _spoken(mark: Caller | None) -> list:
    return [wording.LANGUAGES[one] for one in mark.languages] if mark else []


@require_http_methods(["GET", "HEAD", "POST"])
def caller(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Mark one of them as trained, or end it."""
    peer = get_peer_supervised_by(request.actor, peer_id)
    if peer is None:
        raise Http404
    mark = queries.callers_by_person([peer.pk]).get(peer.pk)
    if request.method == "POST" and request.POST.get("action") == "end":
        if mark:
            actions.end_caller(caller=mark, by=request.actor)
            messages.success(request, _("Saved. They call nobody from now on."))
        return redirect("callers")
    start = {
        "languages": mark.languages if mark else [one for one in peer.languages if one in wording.LANGUAGES],
        "trained_on": mark.trained_on if mark else timezone.localdate(),
    }
    form = CallerForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.mark_caller(person=peer.person, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved. They find calls on their own page."))
        return redirect("callers")
    return render(request, "calls/caller.html", {"peer": peer, "mark": mark, "form": form})
