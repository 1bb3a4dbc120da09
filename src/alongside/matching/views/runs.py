"""Runs of matching: the list, one run explained, and solving it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.matching import actions, run_queries, run_words
from alongside.matching.forms import ButtonForm
from alongside.matching.keeping import KEPT_FOR
from alongside.rules.matching.kept import CannotRead

PER_PAGE = 30


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Runs over everybody who waited, the newest first."""
    page = Paginator(run_queries.list_runs(), PER_PAGE).get_page(request.GET.get("page"))
    names = run_queries.names_of_makers(page.object_list)
    return render(request, "matching/runs.html", {
        "page": page, "lines": [run_words.run_line(run, names) for run in page.object_list],
    })  # fmt: skip


@require_safe
def run_detail(request: HttpRequest, run_id) -> HttpResponse:
    """One run in plain words: who has a place, why the others have none, and that nobody could have served more."""
    run = _load(run_id)
    kept = run_queries.get_kept(run)
    context = {
        "run": run, "kept": kept, "by": run_words.made_by_words(run, run_queries.names_of_makers([run])),
        "kept_until": kept and run.made_at + KEPT_FOR[run.scope],
        "may_replay": kept is not None and request.actor.has("coordinator"),
    }  # fmt: skip
    if run_words.is_explained(run):
        wanted = run_queries.list_wanted(kept) if kept else []
        names = run_queries.names_of_peers(peer_id for peer_id, _named, _places in wanted)
        context["shown"] = run_words.explain(run, wanted, names)
    return render(request, "matching/run_detail.html", context)


@require_POST
def run_replay(request: HttpRequest, run_id) -> HttpResponse:
    """Solve it again from what was kept, and say whether the answer is the same."""
    run = _load(run_id)
    if ButtonForm(request.POST).is_valid():
        try:
            words, is_well = run_words.replay_words(actions.replay_run(run=run, by=request.actor))
        except actions.NothingKept:
            messages.warning(request, _("What this run was given is not kept any more, so it cannot be solved again."))
        except CannotRead:
            messages.warning(request, _("What this run was given cannot be read by the program as it is now."))
        else:
            (messages.success if is_well else messages.warning)(request, words)
    return redirect("run_detail", run_id)


def _load(run_id):
    run = run_queries.get_run(run_id)
    if run is None:
        raise Http404
    return run
