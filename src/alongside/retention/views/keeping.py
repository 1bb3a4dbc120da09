"""How long what is kept, what is due now, and the few papers under seal: for the director."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.legal.queries import held_people
from alongside.rules.retention import KINDS, SEALED, months_of, stays_until

from .. import actions, periods, queries
from ..due import count_due
from ..forms import PeriodForm, ReasonForm
from ..models import Erasure
from ..wording import HOW, KIND_WORDS, SEALED_WORDS, say_months


@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest) -> HttpResponse:
    """Each kind of record: how long, by which law, what is past its time. POST sets another period."""
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        periods.set_period(program=request.program, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved. What is past its time now goes by itself within the next hours."))
        return redirect("keeping")
    versions = periods.list_periods()
    set_here = {kind: one.months for kind, one in versions.items()}
    held = held_people(request.program)
    counts = count_due(timezone.now(), set_here, held)
    rows = [
        {
            "name": KIND_WORDS[code][0], "about": KIND_WORDS[code][1], "how": HOW[kind.how], "law": kind.law,
            "period": say_months(months_of(code, set_here)), "due": counts[code],
            "basis": versions[code].basis if code in versions else "",
            "least": say_months(kind.least) if kind.least else "",
        }
        for code, kind in KINDS.items()
    ]  # fmt: skip
    context = {
        "form": form, "rows": rows, "total": sum(counts.values()), "held": len(held),
        "sealed": list(queries.list_sealed_counts()),
    }  # fmt: skip
    return render(request, "retention/keeping.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: HttpRequest, erasure_id: UUID) -> HttpResponseBase:
    """Papers of one erased record: opened with a reason, and written to the log."""
    erasure = queries.get_erasure(erasure_id)
    if erasure is None:
        raise Http404
    form = ReasonForm()
    return _open(request, erasure) if request.method == "POST" else _show(request, erasure, form)


@reauthentication_required
def _open(request: HttpRequest, erasure: Erasure) -> HttpResponseBase:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, erasure, form)
    rows = actions.open_sealed(erasure=erasure, words=form.cleaned_data["words"], by=request.actor)
    set_here = periods.get_periods()
    papers = [
        {
            "what": SEALED_WORDS[one.kind], "since": one.since,
            "until": stays_until(one.since, months_of(SEALED[one.kind], set_here)),
            "facts": [(name, value) for name, value in one.content.items() if value not in (None, "", [])],
        }
        for one in rows
    ]  # fmt: skip
    return render(request, "retention/sealed.html", {"erasure": erasure, "papers": papers})


def _show(request: HttpRequest, erasure: Erasure, form: ReasonForm) -> HttpResponse:
    return render(request, "retention/sealed.html", {"erasure": erasure, "form": form})
