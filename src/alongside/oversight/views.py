"""The weekly list: something to talk about, never a verdict."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from alongside.audit.queries import read_words
from alongside.rules.unusual_access import CODES

from . import actions, queries

WHY = {
    "with_reason": _("Opened with a reason"),
    "no_tie": _("Not theirs, and nothing was done for the person around that time"),
    "late": _("At hours at which this account hardly ever works"),
    "many": _("Far more people in one hour than usual"),
    "refused": _("Tries to open what was not theirs"),
    "ask": _("Worth a question"),
}


@require_safe
def unusual(request: HttpRequest) -> HttpResponse:
    """One week's list. That somebody looked at it is written down first."""
    weeks = queries.list_weeks()
    week = queries.get_week(weeks, request.GET.get("week", ""))
    rows = []
    if week:
        actions.note_viewed(week_id=week.pk, by=request.actor)
        found = queries.list_rows(week, request.actor)
        readers, people = queries.name_readers(found), queries.name_people(found, request.actor)
        words = read_words([row.first_key for row in found if "with_reason" in row.codes])
        rows = [
            {
                "reader": readers.get(row.reader, ""),
                "person": people.get(row.person, ""),
                "person_id": row.person if row.person in people else None,
                "is_one": row.person is not None,
                "why": [WHY[code] for code in CODES if code in row.codes],
                "words": words.get(row.first_key, ""),
                "first_at": row.first_at,
                "times": _times(row),
            }
            for row in found
        ]
    return render(request, "oversight/unusual.html", {"weeks": weeks, "week": week, "rows": rows})


def _times(row) -> str:
    if "many" in row.codes:
        return ngettext("%(count)d person", "%(count)d people", row.times) % {"count": row.times}
    return ngettext("%(count)d time", "%(count)d times", row.times) % {"count": row.times}
