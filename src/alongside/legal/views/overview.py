"""When the law asks: what to do at the door, and what waits for this reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.audit.actions import record
from alongside.privacy.provider_forms import SERVICES
from alongside.privacy.provider_queries import list_missing
from alongside.rules.access import may

from .. import queries
from ..showing import show_demand, show_incident, show_inspection, show_report
from ..wording import HOLD_WORDS


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """First what to do when somebody stands there, then everything that this reader may see."""
    actor, now, today = request.actor, timezone.now(), timezone.localdate()
    context: dict = {"may_incident": may("handle_incidents", actor.roles), "is_director": actor.has("director")}
    if may("release_records", actor.roles):
        context["releases"] = queries.list_releases_to_answer(actor, now)
    if actor.has("director"):
        services = dict(SERVICES)
        context["no_paper"] = [services[one] for one in list_missing()]
        context["demands"] = [show_demand(one) for one in queries.list_demands(actor)]
        context["closed_demands"] = [show_demand(one) for one in queries.list_demands(actor, closed=True)]
        context["inspections"] = [show_inspection(one) for one in queries.list_inspections()]
        holds = queries.list_open_holds(actor)
        context["holds"] = [{"one": one, "kind": HOLD_WORDS[one.kind]} for one in holds]
    if context["may_incident"]:
        shown = [show_incident(one, today) for one in queries.list_incidents(actor, closed=False)]
        context["incidents"] = sorted(shown, key=lambda one: one["clocks"][0]["due_on"] if one["clocks"] else today)
        context["closed_incidents"] = [show_incident(one, today) for one in queries.list_incidents(actor, closed=True)]
    if may("see_reports", actor.roles):
        context["reports"] = [show_report(one) for one in queries.list_reports(actor)]
    if actor.has("director") or context.get("reports"):
        record(act="demand.read", by=actor, view=True, object_kind="overview")
    return render(request, "legal/legal.html", context)
