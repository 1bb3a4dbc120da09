"""The inbox of public asks."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.intake import actions, queries
from alongside.intake.models import Inquiry
from alongside.people.labels import label
from alongside.people.models import Person
from alongside.people.speaking import list_reach_facts
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.web.forms import AlongsideForm

from .saving import say_settled

PER_PAGE = 50
STATES = ("new", "taken_up", "set_aside")


class TakeUpForm(AlongsideForm):
    """Which person an ask is of: somebody known, or nobody yet."""

    who = forms.CharField(required=False)


@require_safe
def asks(request: HttpRequest) -> HttpResponse:
    """Who asked, the longest waiting first."""
    shown = request.GET.get("show") if request.GET.get("show") in STATES else "new"
    counts = queries.count_asks()
    page = Paginator(queries.list_asks(shown), PER_PAGE).get_page(request.GET.get("page"))
    address = reverse("asks")
    tabs = [
        {"label": label("inquiry", state), "url": f"{address}?show={state}", "current": state == shown,
         "count": counts.get(state, 0)}
        for state in STATES
    ]  # fmt: skip
    rows = [
        {"ask": ask, "needs": [label("need", need) for need in ask.answers.get("needs", [])],
         "language": label("language", ask.language), "is_loved_one": ask.kind == "loved_one"}
        for ask in page
    ]  # fmt: skip
    return render(request, "intake/asks.html", {"page": page, "rows": rows, "tabs": tabs, "shown": shown})


def _ask(ask_id: UUID) -> Inquiry:
    found = Inquiry.objects.select_related("program", "person").filter(pk=ask_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def ask_detail(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """One ask: take it up as somebody new or known, or set it aside."""
    ask = _ask(ask_id)
    maybe = queries.list_with_status(actions.list_who_it_may_be(ask))
    if request.method == "POST":
        return _act(request, ask, maybe)
    facts = [
        (_("For"), label("kind", ask.kind)),
        (_("What would help"), ", ".join(str(label("need", need)) for need in ask.answers.get("needs", []))),
        (_("In their own words"), ask.answers.get("own_words", "")),
        (_("Language"), label("language", ask.language)),
    ]
    reach = list_reach_facts(ask.safe_contact, phone=ask.phone, email=ask.email)
    if maybe:
        actions.note_searched(people=[person for person, _status in maybe], by=request.actor)
    return render(request, "intake/ask_detail.html", {"ask": ask, "facts": facts, "reach": reach, "maybe": maybe})


def _act(request: HttpRequest, ask: Inquiry, maybe: list[tuple[Person, str]]) -> HttpResponse:
    form = TakeUpForm(request.POST)
    if not form.is_valid():
        return redirect("ask_detail", ask.pk)
    if request.POST.get("action") == "set_aside":
        try:
            actions.set_aside(inquiry=ask, by=request.actor)
        except MoveNotAllowed:
            say_settled(request)
        else:
            messages.success(request, _("Set aside. You can still take it up later."))
        return redirect("asks")
    who = form.cleaned_data["who"]
    person = next((one for one, _status in maybe if str(one.pk) == who), None)
    if who and person is None:
        raise Http404
    episode = actions.take_up(inquiry=ask, person=person, by=request.actor)
    messages.success(request, _("Taken up. Please go on with the first talk."))
    return redirect("intake_edit", episode.pk)
