"""What if? The waiting list answered in other ways, or with one change. Looking changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.audit.actions import record_each
from alongside.council.queries import get_policy
from alongside.matching import compare_words, comparing, queries, run_queries
from alongside.matching.forms import WhatIfForm

MOST_NAMED = 40
"""So many people are named whose peer would be another; of the others the number is told."""


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """The ways side by side, and what one more place or other weights would do."""
    weights = get_policy("matching").values["weights"]
    form = WhatIfForm(request.GET or None, peers=queries.list_named_peers(), weights=weights)
    change = form.change() if form.is_bound and form.is_valid() else None
    context = {"form": form, "modes": compare_words.mode_words()}
    try:
        looked = comparing.look(now=timezone.now(), change=change)
    except comparing.TooLongToCompare:
        return render(request, "matching/what_if.html", context | {"too_long": True})
    figures = looked.comparison.figures
    context |= {
        "waiting": len(looked.frozen.seekers),
        "figures": compare_words.figures_table(figures),
        "groups": compare_words.group_tables(figures),
        "swaps": _named(request, looked, looked.comparison.differences("most_served", "stable")),
    }  # fmt: skip
    if looked.effect:
        context["effect"] = compare_words.effect_words(looked.effect)
        context["effect_names"] = _named(request, looked, looked.effect.differences)
    return render(request, "matching/what_if.html", context)


def _named(request: HttpRequest, looked, differences) -> dict:
    """Who would have another peer: the first of them by name, each noted as seen, and how many more."""
    episodes = looked.frozen.episodes
    seen = [one for one in differences if episodes[one.seeker_id].person_id != request.actor.person_id][:MOST_NAMED]
    people = {one.seeker_id: episodes[one.seeker_id].person.goes_by for one in seen}
    peers = run_queries.names_of_peers(
        peer_id for one in seen for peer_id in (one.first_peer_id, one.second_peer_id) if peer_id
    )
    record_each(
        [episodes[id_].person_id for id_ in people], act="record.listed", by=request.actor,
        object_kind="board", view=True,
    )  # fmt: skip
    return {"lines": compare_words.difference_lines(seen, people, peers), "more": len(differences) - len(seen)}
