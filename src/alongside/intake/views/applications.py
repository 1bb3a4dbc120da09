"""People who would like to be peers."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alongside.intake import actions, queries
from alongside.intake.models import Application
from alongside.intake.rosters.words import speak_value
from alongside.people.labels import label
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.web.forms import AlongsideForm
from alongside.workforce.words import SERVES

from .saving import say_settled

PER_PAGE = 50
GROUPS = {
    "languages": "language", "experiences": "experience", "pathways": "pathway", "modes": "mode",
}  # fmt: skip


class DecisionForm(AlongsideForm):
    """Words that go with a decision; they stay with the office."""

    words = forms.CharField(
        label=gettext_lazy("Notes about the decision"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """Those that wait for somebody, the longest waiting first; and those that are settled."""
    is_open = request.GET.get("show") != "settled"
    page = Paginator(queries.list_applications(open_ones=is_open), PER_PAGE).get_page(request.GET.get("page"))
    address = reverse("applications")
    tabs = [
        {"label": _("Open"), "url": address, "current": is_open, "count": None},
        {"label": _("Settled"), "url": f"{address}?show=settled", "current": not is_open, "count": None},
    ]
    rows = [
        {"one": one, "status": label("application", one.status),
         "languages": [label("language", code) for code in one.answers.get("languages", [])]}
        for one in page
    ]  # fmt: skip
    return render(request, "intake/applications.html", {"page": page, "rows": rows, "tabs": tabs, "is_open": is_open})


@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application: get to know each other, accept, or say no kindly."""
    found = Application.objects.select_related("program").filter(pk=application_id).first()
    if found is None:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, found, form.cleaned_data["words"])
        except MoveNotAllowed:
            say_settled(request)
            return redirect("application", found.pk)
    answers = found.answers
    facts = [
        (_("Phone"), found.phone),
        (_("E-mail"), found.email),
        (_("Wants to walk with"), ", ".join(str(SERVES[kind]) for kind in answers.get("serves", []))),
        (_("Languages"), _codes(answers, "languages")),
        (_("Lived experience"), _codes(answers, "experiences")),
        (_("Pathway"), _codes(answers, "pathways")),
        (_("How to meet"), _codes(answers, "modes")),
        (_("How many people"), str(answers.get("capacity", ""))),
        (_("When"), speak_value("availability", answers.get("hours", ""))),
    ]
    context = {
        "application": found, "facts": facts, "form": form, "story": answers.get("story", ""),
        "status": label("application", found.status), "is_open": found.status in queries.OPEN_APPLICATIONS,
    }  # fmt: skip
    return render(request, "intake/application.html", context)


def _codes(answers: dict, name: str) -> str:
    return ", ".join(str(label(GROUPS[name], code)) for code in answers.get(name, []))


def _decide(request: HttpRequest, found: Application, words: str) -> HttpResponse:
    action = request.POST.get("action")
    if action == "accept":
        peer = actions.accept_application(application=found, by=request.actor)
        messages.success(request, _("Welcome them: they are a peer now. The next step is their own account."))
        try:
            return redirect("peer_detail", peer.pk)
        except NoReverseMatch:
            return redirect("applications")
    if action in ("screening", "declined", "withdrawn"):
        actions.move_application(application=found, to=action, by=request.actor, words=words)
        messages.success(request, _("Saved."))
    return redirect("application", found.pk) if action == "screening" else redirect("applications")
