"""One run in the words of a coordinator: counts that were stored with it, turned into sentences. No queries here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.rules.matching.kept import CHANGED, DIFFERS, SAME, Replay

from .models import Run

WHY = {
    "no_place_left": gettext_lazy("Somebody fits, but every such place is proposed to somebody else"),
    "not_available": gettext_lazy("Peers are not available for them now"),
    "kind_not_served": gettext_lazy("Peers do not give the kind of support they ask for"),
    "no_shared_language": gettext_lazy("Peers do not speak their language"),
    "must_not_met": gettext_lazy("Peers do not have what has to be, or did not say"),
    "too_few_hours": gettext_lazy("Peers are not free at the same times"),
    "no_shared_mode": gettext_lazy("Peers meet in other ways (in person, by phone, video or text)"),
    "too_far": gettext_lazy("Peers are too far away to meet in person"),
    "no_peers": gettext_lazy("There are no peers in the program yet"),
}
"""Why somebody has no place: each person counts once, by what binds most."""

HELPS = {
    "no_place_left": gettext_lazy("One more place with a peer who fits"),
    "not_available": gettext_lazy("A peer who fits becomes available"),
    "kind_not_served": gettext_lazy("A peer who fits also gives this kind of support"),
    "no_shared_language": gettext_lazy("A peer who speaks their language"),
    "must_not_met": gettext_lazy("A peer who has what has to be, or it becomes a wish"),
    "too_few_hours": gettext_lazy("One more time in the week that both have"),
    "no_shared_mode": gettext_lazy("One more way to meet, such as by phone"),
    "too_far": gettext_lazy("Another way to meet than in person, or a peer nearer by"),
}
"""What would have to change, where this alone stands between somebody and a peer."""


@dataclass(frozen=True)
class RunLine:
    """One run of the list."""

    run: Run
    title: str
    reason: str


@dataclass(frozen=True)
class RunPage:
    """A run, explained. `tiles`: (value, label, note). `why`, `helps`: (words, people). `wanted`: sentences."""

    tiles: list[tuple[int, str, str]]
    proof: str
    is_proven: bool
    steps: list[str]
    why: list[tuple[str, int]]
    helps: list[tuple[str, int]]
    kept_back: str
    wanted: list[str]
    loads: list[tuple[str, str]]


def made_by_words(run: Run, names: Mapping) -> str:
    """Who ran it."""
    if run.made_by_id is None:
        return _("by itself, once a day") if run.due_on else _("the house, from the command line")
    return names.get(run.made_by_id) or _("Somebody whose account is gone")


def is_explained(run: Run) -> bool:
    """Whether the run has the counts of this page: not one by hand, nor one of before they were stored."""
    return "why" in run.stats


def served_words(stats: Mapping[str, Any]) -> str:
    """How many of those who waited have a place."""
    total = stats["seekers"]
    if not total:
        return _("Nobody waited.")
    return ngettext(
        "%(found)d of %(total)d person has a place with a peer who fits.",
        "%(found)d of %(total)d people have a place with a peer who fits.",
        total,
    ) % {"found": stats["assigned"], "total": total}


def run_line(run: Run, names: Mapping) -> RunLine:
    """A line of the list of runs."""
    words = served_words(run.stats) if "seekers" in run.stats else _("Its figures were not kept.")
    return RunLine(run, words, made_by_words(run, names))


def explain(run: Run, wanted: list[tuple[str, int, int]], names: Mapping[str, str]) -> RunPage:
    """The page of a run that `is_explained`."""
    stats = run.stats
    without = stats["seekers"] - stats["assigned"]
    helps = dict(stats["alone"])
    if "no_place_left" in stats["why"]:
        helps["no_place_left"] = stats["why"]["no_place_left"]
    return RunPage(
        tiles=[
            (stats["seekers"], _("waited"), ""),
            (stats["places"], _("free places"), _peers_words(stats["peers"])),
            (stats["assigned"], _("have a place with a peer who fits"), ""),
            (without, _("have none"), _also_proposed(stats)),
        ],
        proof=_proof(stats, without),
        is_proven=stats["served_most"] and stats["served_by_priority"],
        steps=_steps(run.policy.values),
        why=[(str(WHY[code]), people) for code, people in stats["why"].items()],
        helps=[(str(HELPS[code]), people) for code, people in _most_first(helps) if code in HELPS],
        kept_back=_kept_back(stats.get("kept_back", 0)),
        wanted=[_wanted(names[id_], named, places) for id_, named, places in wanted if id_ in names],
        loads=[
            (_("Before this run"), _load(stats["loads"][0])),
            (_("With what is proposed"), _load(stats["loads"][1])),
        ],
    )


def replay_words(found: Replay) -> tuple[str, bool]:
    """What a replay says, and whether all is well."""
    if found.code == SAME:
        return _("Solved again from what was kept: the answer is the same for everybody."), True
    if found.code == DIFFERS:
        people = len(found.people)
        words = ngettext(
            "Solved again: %(people)d person would get another answer from the program as it is now. "
            "What was proposed then stays as it was.",
            "Solved again: %(people)d people would get another answer from the program as it is now. "
            "What was proposed then stays as it was.",
            people,
        )
        return words % {"people": people}, False
    assert found.code == CHANGED  # noqa: S101 — the three codes of a replay
    return _("What was kept is not what the run noted, so it was not solved. Please tell your administrator."), False


def _peers_words(peers: int) -> str:
    return ngettext("of %(peers)d peer", "of %(peers)d peers", peers) % {"peers": peers}


def _also_proposed(stats: Mapping[str, Any]) -> str:
    more = stats["proposed"] - stats["assigned"]
    if not more:
        return ""
    words = ngettext(
        "For %(more)d of them somebody is proposed whose places others need more.",
        "For %(more)d of them peers are proposed whose places others need more.",
        more,
    )
    return words % {"more": more}


def _proof(stats: Mapping[str, Any], without: int) -> str:
    if not (stats["served_most"] and stats["served_by_priority"]):
        return _("A check found that more people, or people who wait longer, could have a place. This should never be. "
                 "Please tell your administrator.")  # fmt: skip
    if not stats["seekers"]:
        return _("Nobody waited.")
    if not without:
        return _("Everybody who waited has a place. More is not possible.")
    people, peers, places = stats["competing"]
    if not people:
        return _("No. Nobody who has a free place fits the others as things are now.")
    words = ngettext(
        "No. %(people)d people could only go to peers whose places are all proposed (peers: %(peers)d, places: "
        "%(places)d). However one chooses, %(left)d of them stays without.",
        "No. %(people)d people could only go to peers whose places are all proposed (peers: %(peers)d, places: "
        "%(places)d). However one chooses, %(left)d of them stay without.",
        people - places,
    )
    return words % {"people": people, "left": people - places, "peers": peers, "places": places}


def _steps(policy: Mapping[str, Any]) -> list[str]:
    days = policy.get("urgency_days", 30)
    return [
        _("What has to be is never broken: what somebody says has to be, a shared language, times and a way to meet, "
          "free places, and who must not meet."),
        ngettext(
            "As many people as possible have a place. Where not all can, whoever is urgent or waits longer comes "
            "first; one step of urgency counts like %(days)d day of waiting.",
            "As many people as possible have a place. Where not all can, whoever is urgent or waits longer comes "
            "first; one step of urgency counts like %(days)d days of waiting.",
            days,
        ) % {"days": days},
        _("Of all ways to do that, the one that fits best over the whole list."),
        _("Of those, the one in which peers carry most evenly."),
    ]  # fmt: skip


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _wanted(name: str, named: int, places: int) -> str:
    words = ngettext(
        "%(name)s: proposed to %(named)d person, free places: %(places)d.",
        "%(name)s: proposed to %(named)d people, free places: %(places)d.",
        named,
    )
    return words % {"name": name, "named": named, "places": places}


def _kept_back(people: int) -> str:
    if not people:
        return ""
    words = ngettext(
        "%(people)d person who could have a place waits for a better one, which is likely and near by the policy in "
        "force. You can propose for them at any time.",
        "%(people)d people who could have a place wait for a better one, which is likely and near by the policy in "
        "force. You can propose for them at any time.",
        people,
    )
    return words % {"people": people}


def _load(shares: list[float]) -> str:
    least, mean, most = (round(100 * share) for share in shares)
    words = {"least": least, "mean": mean, "most": most}
    return _("The least busy peer is %(least)d %% full, the busiest %(most)d %%; on average %(mean)d %%.") % words
