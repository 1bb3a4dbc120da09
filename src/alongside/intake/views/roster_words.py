"""Words of a list that are none of our terms: what each means, asked once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.intake import actions
from alongside.intake.forms.roster_words import WordsForm
from alongside.intake.rosters.own_words import list_asked
from alongside.intake.rosters.words import FIELDS
from alongside.rules.lifecycles import MoveNotAllowed

from .rosters import get_roster
from .saving import say_settled


@require_http_methods(["GET", "HEAD", "POST"])
def roster_words(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Each word once, with how often it stands there; the default keeps it in the notes."""
    roster = get_roster(roster_id)
    asked = list_asked(roster)
    if roster.status != "previewed" or not asked:
        return redirect("roster_preview", roster.pk)
    form = WordsForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_words(roster=roster, decided=form.decided, by=request.actor)
        except MoveNotAllowed:
            say_settled(request)
        return redirect("roster_preview", roster.pk)
    words = [
        {
            "select": form[one.key], "written": one.word.written, "rows": one.word.rows,
            "about": FIELDS[one.word.field], "as_last_time": one.code is not None, "perhaps": bool(one.suggestions),
        }
        for one in asked
    ]  # fmt: skip
    # Those that nobody has decided about come first.
    words.sort(key=lambda one: one["as_last_time"])
    context = {"roster": roster, "form": form, "words": words, "others": roster.words.get("others", 0)}
    return render(request, "intake/roster_words.html", context)
