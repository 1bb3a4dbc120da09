"""Everybody who asked for a peer, as the rows of `rules.matching.fairness`: groups, wait, and fit of the match."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from alongside.mentoring.models import Mentorship
from alongside.people.models import Episode, Program
from alongside.rules.matching.values import Seeker

from .freeze import age_of
from .models import Proposal

if TYPE_CHECKING:
    from alongside.rules.matching.fairness import Row


def list_rows(program: Program, *, since: datetime | None, now: datetime) -> list[Row]:
    """One row for each episode that began to wait since then, in the current program. Two queries.

    Waited: days from the first waiting until the match, the end of the episode, or now. The fit is that of the proposal
    from which the first mentorship came; of a match made by hand it is not known. Who gave
    more than one race or ethnicity is in a group of its own, so that totals add up.
    """
    from alongside.rules.matching.fairness import Row, groups_of  # loads NumPy, which no start of a process needs

    zone = ZoneInfo(program.time_zone)

    def day(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    rows = []
    today = day(now)
    fits = _fits()
    asked = Episode.objects.filter(first_waiting_at__isnull=False, is_brief=False)
    if since:
        asked = asked.filter(first_waiting_at__gte=since)
    found = asked.values_list(
        "pk", "kind", "site_id", "first_waiting_at", "matched_at", "closed_at", "person__language",
        "person__birth_date", "wishes__languages", "wishes__gender", "wishes__age",
        "wishes__races",
    )  # fmt: skip
    for pk, kind, site, waiting, matched, closed, spoken, born, languages, gender, age, races in found:
        seeker = Seeker(
            id=str(pk), kind=kind, languages=tuple(languages or ()) or (spoken,), gender=gender or "",
            age=age if age is not None else age_of(born, today),
        )  # fmt: skip
        rows.append(
            Row(
                groups=groups_of(seeker, site=str(site or ""), race=race_of(races or ())),
                waited_days=max(0, (day(matched or closed or now) - day(waiting)).days),
                is_matched=matched is not None,
                milli=fits.get(pk) if matched else None,
            )
        )
    return rows


def race_of(races: Sequence[str]) -> str:
    """The group of whoever gave these: the one, `several`, or "" for who did not say."""
    said = [one for one in races if one != "not_said"]
    return said[0] if len(said) == 1 else "several" if said else ""


def _fits() -> dict:
    """Episode to the fit (thousandths of a point) of the proposal that became its first mentorship."""
    score = (
        Proposal.objects.filter(episode=OuterRef("episode"), peer=OuterRef("peer"), score__isnull=False)
        .order_by("-run__made_at")
        .values("score")[:1]
    )
    found = Mentorship.objects.order_by("-introduced_at").values_list("episode_id", Subquery(score))
    return {episode: round(points * 1000) for episode, points in found if points is not None}
