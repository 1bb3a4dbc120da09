"""Turns grants and log entries into sentences a participant understands."""

from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.audit.queries import Named, Opened
from alongside.people.labels import label
from alongside.people.models import Person
from alongside.web.templatetags.ui import when

from .models import Grant

SAVED = "record.exported"
"""The act of a file with somebody's record in it."""


def explain(grant: Grant) -> str:
    """Why this reader may open the record, in words to the person it is about."""
    if grant.kind == "mentorship":
        return _("Walks with you.")
    if grant.kind == "cover":
        return _("Covers now, because the person who walks with you is away.")
    if grant.kind == "history" and grant.notes_since:
        day = date_format(grant.notes_since, "DATE_FORMAT")
        return _("May read earlier notes from %(day)s on, because you chose so.") % {"day": day}
    if grant.kind == "history":
        return _("May read all earlier notes, because you chose so.")
    return _("Wrote down a reason and until %(time)s may open your record.") % {"time": when(grant.ends_at)}


def list_readers(grants: list[Grant], staff: list[Person]) -> list[dict]:
    """Everybody who may open the record now: [{name, why, words, stop}], the nearest first."""
    order = {"mentorship": 0, "cover": 1, "history": 2, "reason": 3}
    rows = [
        {
            "name": grant.reader.goes_by,
            "why": explain(grant),
            "words": grant.reason_words or "",
            "stop": grant.pk if grant.kind == "history" else None,
        }
        for grant in sorted(grants, key=lambda grant: order[grant.kind])
    ]
    supported: dict[Person, list[str]] = {}
    for grant in grants:
        if grant.kind in ("mentorship", "cover") and grant.reader.supervisor:
            supported.setdefault(grant.reader.supervisor, []).append(grant.reader.goes_by)
    for supervisor, names in supported.items():
        why = _("Supports %(names)s in this work, and may open your record for that.") % {"names": ", ".join(names)}
        rows.append({"name": supervisor.goes_by, "why": why})
    rows += [
        {"name": person.goes_by, "why": _("Coordinates: plans who walks with whom, and may open your record for that.")}
        for person in staff
    ]
    return rows


def list_openings(rows: list[Opened], names: dict) -> list[dict]:
    """Who opened the record, newest first; the same person on the same day for the same reason is one line."""

    def same(opened: Opened):
        saved = opened.act == SAVED
        return (
            timezone.localdate(opened.at),
            opened.actor_person_id,
            opened.actor_id,
            opened.role,
            saved,
            opened.words,
        )

    found = []
    for _key, group in groupby(rows, key=same):
        several = list(group)
        first = several[0]
        person = names.get(first.actor_person_id)
        found.append(
            {
                "name": person.goes_by if person else "",
                "role": label("role", first.role),
                "at": first.at,
                "count": len(several),
                "words": first.words,
                "saved": first.act == SAVED,
            }
        )
    return found


def list_namings(rows: list[Named], names: dict) -> list[dict]:
    """Who saw the name in a list or search, newest first: [{name, role, day, what, count, words}]."""
    # A search is for anybody whose name begins alike: it never says that this person was the one looked for (D7).
    what = {"record.searched": _("Saw your name in a search."), "record.listed": _("Saw you on a list.")}
    return [
        {
            "name": names[row.actor_person_id].goes_by if row.actor_person_id in names else "",
            "role": label("role", row.role),
            "day": row.day,
            "what": what[row.act],
            "count": row.count,
            "words": row.words,
        }
        for row in rows
    ]
