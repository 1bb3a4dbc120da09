"""The list of events by month and by whom they are for, as every page that lists them shows it."""

from collections.abc import Sequence
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest

from alongside.occasions import queries, showing, wording
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.people.models import Program
from alongside.rules.occasions import AUDIENCES, read_month

ON_PAGE = 30
"""Events at once: a month of a busy program. A year of them would weigh too much on an old phone."""


def list_by_month(
    request: HttpRequest, found: Sequence[Occasion], program: Program, now: datetime,
    places: dict | None = None,
) -> dict:  # fmt: skip
    """What the template `occasions/_list.html` needs. What was not to choose from in `found` is no choice.

    Month, whom it is for and the page come from the address.
    """
    months = sorted({(one.on_day.year, one.on_day.month) for one in found})
    audiences = [code for code in AUDIENCES if any(one.audience == code for one in found)]
    month = read_month(request.GET.get("month", ""))
    month = month if month in months else None
    audience = request.GET.get("for", "")
    audience = audience if audience in audiences else ""
    chosen = [
        one
        for one in found
        if (month is None or (one.on_day.year, one.on_day.month) == month) and audience in ("", one.audience)
    ]
    taken: dict[object, OccasionPlace] = places or {}
    page = Paginator(chosen, ON_PAGE).get_page(request.GET.get("page"))
    rows = [showing.show(one, program, now, taken.get(one.pk)) for one in queries.with_words(page)]
    return {
        "months": showing.by_month(rows, program),
        "month_choices": [(f"{y}-{m:02}", showing.spoken_month(y, m), (y, m) == month) for y, m in months],
        "audience_choices": [(code, wording.AUDIENCES[code], code == audience) for code in audiences],
        "page": page,
        "most": queries.MOST if len(found) >= queries.MOST else 0,
        "is_filtered": bool(month or audience),
    }
