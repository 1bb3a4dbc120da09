"""A person's own page: letters from us about their information."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import queries
from ..showing import speak, write_letters


@require_safe
def me_letters(request: HttpRequest) -> HttpResponse:
    """What we had to tell me, the latest first."""
    rows = queries.list_letters(request.actor.person_id)
    letters = [{"row": row, "letter": write_letters(row, (speak(),))[0]} for row in rows]
    return render(request, "legal/me_letters.html", {"letters": letters})
