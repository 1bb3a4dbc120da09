"""How we work: the policies in force and their history, in plain words, for everybody."""

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_scopes import scope

from . import queries
from .wording import KIND_INTROS, KIND_TITLES, describe, list_changes


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """The policies in force, each line with why it is there, and every earlier version with what it changed."""
    if request.program is None:
        raise Http404
    with scope(program=request.program):  # a visitor has a program, but no scope of their own
        kinds = [
            {
                "code": policy.kind,
                "title": KIND_TITLES[policy.kind],
                "intro": KIND_INTROS[policy.kind],
                "policy": policy,
                "lines": describe(policy.kind, policy.values),
                "history": _history(queries.list_versions(policy.kind)),
            }
            for policy in queries.list_policies_in_force()
        ]
        return render(request, "council/policies.html", {"kinds": kinds})


def _history(versions) -> list[dict]:
    """Newest first, each with what it changed against the one before."""
    return [
        {"version": newer.version, "at": newer.adopted_at, "note": newer.note,
         "changes": list_changes(newer.kind, newer.values, older.values if older else None)}
        for newer, older in pairwise([*versions, None])
    ]  # fmt: skip
