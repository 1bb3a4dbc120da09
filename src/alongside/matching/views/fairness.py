"""Is everybody served alike? Figures by group with small cells hidden, alerts, and the places that are missing."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.audit.actions import record
from alongside.matching import fairness_words, missing_places, run_queries
from alongside.matching.fairness_rows import list_rows
from alongside.matching.keeping import read_answer
from alongside.people.models import Site

PERIODS = {"365": timedelta(days=365), "all": None}


@require_safe
def fairness(request: HttpRequest) -> HttpResponse:
    """By group: share matched, days waited, fit, each with its range; who waits notably longer; what to recruit."""
    if request.program is None:
        raise Http404
    from alongside.rules.matching.fairness import find_alerts, list_standings  # loads NumPy

    period = request.GET.get("period", "365")
    span = PERIODS.get(period, PERIODS["365"])
    now = timezone.now()
    rows = list_rows(request.program, since=now - span if span else None, now=now)
    sites = {str(pk): name for pk, name in Site.objects.values_list("pk", "name")}
    tables = fairness_words.group_tables(list_standings(rows), sites)
    record(act="impact.viewed", by=request.actor, view=True, reason="by.fairness")
    context = {
        "tables": tables,
        "alerts": [fairness_words.alert_words(alert, sites) for alert in find_alerts(rows)],
        "periods": [
            {"label": words, "url": f"?period={code}", "current": PERIODS[code] == span}
            for code, words in (("365", _("Latest year")), ("all", _("Since the beginning")))
        ],
        "sees_board": request.actor.has("coordinator", "supervisor", "director"),
    }  # fmt: skip
    if context["sees_board"]:
        context |= _missing(sites)
    return render(request, "matching/fairness.html", context)


def _missing(sites: dict[str, str]) -> dict:
    """The places that are missing, from the newest run: small groups, for those only who see the waiting list."""
    run = run_queries.get_latest_run()
    kept = run_queries.get_kept(run) if run else None
    shortages = missing_places.read(read_answer(kept)) if kept else None
    return {
        "run": run,
        "missing": None if shortages is None else fairness_words.missing_lines(shortages, sites),
    }
