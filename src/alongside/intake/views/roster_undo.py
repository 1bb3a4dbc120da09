"""Taking a whole import back within a day."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.intake import actions, queries
from alongside.intake.actions.rosters import is_long, judge_undo, may_undo

from .rosters import get_roster

NAMED = 50
"""People who would stay that are named beforehand."""


@require_http_methods(["GET", "HEAD", "POST"])
def roster_undo(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """What would be taken back, and a button that does it."""
    roster = get_roster(roster_id)
    if not may_undo(roster, timezone.now()):
        messages.warning(request, _("This list can no longer be taken back as a whole."))
        return redirect("roster_preview", roster.pk)
    # Very many people at once: who somebody is, is asked again after five minutes (D5).
    return reauthentication_required(_ask_and_do)(request, roster)


def _ask_and_do(request: HttpRequest, roster) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.undo_roster(roster=roster, by=request.actor)
        except actions.TooLateToUndo:
            messages.warning(request, _("This list can no longer be taken back as a whole."))
        return redirect("roster_preview", roster.pk)
    context = {"roster": roster, "counts": roster.counts, "is_long": is_long(roster)}
    if not is_long(roster):
        verdict = judge_undo(roster)
        kept = sorted(verdict.kept)
        lines = queries.list_lines_numbered(roster, kept[:NAMED])
        context |= {
            "gone": len(verdict.gone), "back": len(verdict.back), "kept": len(kept),
            "names": [line.values["name"] for line in lines], "others": max(0, len(kept) - NAMED),
        }  # fmt: skip
    return render(request, "intake/roster_undo.html", context)
