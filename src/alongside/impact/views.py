"""The impact page, its download, and the figures anybody may see."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import record
from alongside.people.kept_out import list_kept_out
from alongside.people.models import Membership, Program
from alongside.rules.disclosure import pass_out
from alongside.rules.measures import Figure

from .actions import catch_up, hold_public_figures
from .counting import zone_of
from .export import to_csv
from .packing import unpack
from .queries import GROUPINGS, PERIODS, Ask, StillCounting, list_figures, since_of
from .recounting import recount
from .showing import draw
from .ways import first_contact

COUNTED_IN_A_REQUEST = 2_000
"""Public figures of a program with so many episodes are counted when first asked for; of a larger one by the worker."""


def _ask(request: HttpRequest) -> tuple[Ask, str, str]:
    """What the page asks for; anything unknown in the address means the default."""
    period, grouping = request.GET.get("period", "365"), request.GET.get("by", "all")
    period = period if period in PERIODS else "365"
    grouping = grouping if grouping in GROUPINGS else "all"
    programs: tuple[Program, ...] = (request.program,)
    if grouping == "program":
        directed = Membership.objects.filter(user_id=request.actor.user_id, role="director").select_related("program")
        programs = tuple(each.program for each in directed) or programs
    return Ask(programs, grouping, since_of(period, timezone.localdate())), period, grouping


def _list_figures(ask: Ask) -> list[dict[str, Figure]]:
    """All figures of the page and of its file."""
    # Sums are of everybody. From whom a record is kept, figures are counted from the rows they may see (B7).
    read = recount if list_kept_out() else list_figures
    return [*read(ask, timezone.localtime()), first_contact(ask)]


def impact(request: HttpRequest) -> HttpResponse:
    """Honest figures: each with its n, what is missing, and small cells hidden."""
    ask, period, grouping = _ask(request)
    is_all_counted = catch_up(ask.programs)
    try:
        charts = [draw(figures) for figures in _list_figures(ask)]
    except StillCounting:
        charts = []
    record(act="impact.viewed", by=request.actor, view=True, reason=f"by.{grouping}")
    periods = [("90", _("Latest 90 days")), ("365", _("Latest year")), ("all", _("Since the beginning"))]
    groupings = [("all", _("Everyone together")), ("site", _("By site")), ("kind", _("By whom it is for"))]
    if Membership.objects.filter(user_id=request.actor.user_id, role="director").count() > 1:
        groupings.append(("program", _("By program")))
    context = {
        "charts": charts,
        "is_all_counted": is_all_counted,
        "periods": [
            {"label": words, "url": f"?period={code}&by={grouping}", "current": code == period}
            for code, words in periods
        ],
        "groupings": [
            {"label": words, "url": f"?period={period}&by={code}", "current": code == grouping}
            for code, words in groupings
        ],
        "may_export": request.actor.has("director") and charts,
        "query": f"?period={period}&by={grouping}",
    }
    return render(request, "impact/impact.html", context)


def impact_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a file; hidden cells stay hidden. The file name says nothing."""
    ask, period, grouping = _ask(request)
    catch_up(ask.programs)
    try:
        measures = _list_figures(ask)
    except StillCounting:
        return redirect(f"{reverse('impact')}?period={period}&by={grouping}")
    pass_out("figures", roles=request.actor.roles)
    record(act="impact.exported", by=request.actor, view=True, reason=f"by.{grouping}")
    answer = HttpResponse(to_csv(measures), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="figures-{timezone.localdate().isoformat()}.csv"'
    return answer


def public_figures(request: HttpRequest) -> HttpResponse:
    """What anybody may know: the whole program until the current quarter began, small cells hidden."""
    if request.program is None:
        raise Http404
    held = hold_public_figures(request.program, timezone.now(), at_most=COUNTED_IN_A_REQUEST)
    charts = [draw(figures) for figures in unpack(held.figures)] if held else []
    until = held and held.until.astimezone(zone_of(request.program)).date()
    return render(request, "impact/public.html", {"charts": charts, "until": until})
