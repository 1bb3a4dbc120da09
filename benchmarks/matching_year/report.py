"""docs/matching-year.md: how the year was made, the figures of each way of matching, and differences with intervals."""

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.tables import table

from . import world as w
from .figures import MEASURES, difference, spread
from .plot import draw
from .simulation import AT_ONCE, MODES, ROLLING, STEP_DAYS, TIMINGS, WEEKLY

NAMES = {
    "most_served": "most served", "in_steps": "most served, in steps", "stable": "stable", "first_come": "first come",
    AT_ONCE: "a run each day", WEEKLY: "a run each week", ROLLING: "each day, by the policy",
    "ample": "ample places", "tight": "tight places", "short": "too few places",
}  # fmt: skip

Years = Mapping[str, Mapping[tuple[str, str], Sequence[dict[str, float]]]]
"""Setting to (mode, timing) to the figures of each seed."""


def write_report(years: Years, seeds: Sequence[int], folder: Path) -> Path:
    """Write the document and its plot; the path of the document."""
    panels = [
        (NAMES[setting], {way: {m.code: spread(found, m.code) for m in MEASURES} for way, found in ways.items()})
        for setting, ways in years.items()
    ]
    caption = f"A simulated year, {len(seeds)} seeds: each mode of matching at each timing."
    (folder / "matching-year.svg").write_text(draw(panels, NAMES, caption))
    file = folder / "matching-year.md"
    file.write_text("\n".join([*_head(seeds), *_findings(years), *_tables(years), *_how()]).rstrip() + "\n")
    return file


def _head(seeds: Sequence[int]) -> list[str]:
    listed = ", ".join(map(str, seeds))
    return [
        "# A simulated year of matching",
        "",
        *wrap("""Written by `python -m benchmarks.matching_year`; the same seeds give the same page. It compares ways
            of matching with each other in a made-up program. It does not forecast a real one: every rate below
            is an assumption."""),
        "",
        *wrap(f"""- **Modes**: *most served* (as many as possible by urgency and waiting, then the best fit, then even
            loads); *most served, in steps* (the same, but waiting counts in whole steps of {STEP_DAYS} days: not in
            the product, what a council could decide); *stable* (nobody could rather have each other); *first come*
            (who waits longest takes the best fit that has a place)."""),
        *wrap("""- **Timings**: a run each day; a run each week; each day by the rolling policy, which keeps a pair
            back where a better place is likely and near (`rules/matching/rolling.py` says how it weighs that,
            and after whom)."""),
        *wrap(f"""- **Seeds**: {listed}. In each seed every mode and timing meets the same people on the same days,
            with the same luck."""),
        "",
        "![Each way of matching in each setting: days waited, who gave up, fit, changes of peer.](matching-year.svg)",
        "",
    ]  # fmt: skip


def wrap(text: str) -> list[str]:
    """A paragraph in lines; an item of a list is indented below its mark."""
    words = " ".join(text.split())
    return textwrap.wrap(words, 120, subsequent_indent="  " * words.startswith("- "), break_on_hyphens=False)


def _findings(years: Years) -> list[str]:
    """What the figures say, in sentences made from them."""
    lines = [
        "## What differs, with 95 % intervals",
        "",
        "Paired by seed, in the mode *most served*, less a run each day:",
        "",
    ]
    rows = []
    for setting, ways in years.items():
        for timing in (WEEKLY, ROLLING):
            found = _differences(ways["most_served", timing], ways["most_served", AT_ONCE])
            rows.append((NAMES[setting], NAMES[timing], *found))
    lines += [*table(("places", "timing", *_titles()), rows), "Each day a run, less the mode *most served*:", ""]
    rows = []
    for setting, ways in years.items():
        for mode in MODES[1:]:
            rows.append((NAMES[setting], NAMES[mode], *_differences(ways[mode, AT_ONCE], ways["most_served", AT_ONCE])))
    return [*lines, *table(("places", "mode", *_titles()), rows), *_sure(years), *_why()]


def _sure(years: Years) -> list[str]:
    """In words: every difference whose interval leaves out zero."""
    lines = ["**Surely different from the mode *most served* with a run each day**, by these intervals:", ""]
    for setting, ways in years.items():
        base = ways["most_served", AT_ONCE]
        others = [("most_served", WEEKLY), ("most_served", ROLLING), *((mode, AT_ONCE) for mode in MODES[1:])]
        for mode, timing in others:
            found = [(m, *difference(ways[mode, timing], base, m.code)) for m in MEASURES]
            said = [f"{m.title} {mean:+.{m.decimals}f}" for m, mean, reach in found if abs(mean) > reach]
            name = NAMES[timing] if mode == "most_served" else NAMES[mode]
            lines += wrap(f"- {NAMES[setting]}, {name}: {'; '.join(said) or 'nothing'}.")
    return [*lines, ""]


def _why() -> list[str]:
    return [
        *wrap("""Why it comes out so, as its authors read these figures. The mode *most served* puts urgency and
            waiting before fit. With a run each day a place mostly comes up alone, and goes to whoever has waited
            longest among those who could have it, however well they fit; fit decides between places, hardly between
            people. A run each week finds several places at once, so fit has more to choose from, and everybody waits
            some days longer for it. The *stable* mode gives a place to whom it fits best: fits are better and most
            waits shorter, while the urgent, whom it does not know, and those whom no place fits best wait longer.
            Counting waiting in steps lies between: fit decides between people who have waited about as long. Keeping
            a pair back pays little, as the sources of the policy say it would: it helps where places are there to
            choose from, and nothing where they are not. No mode makes places: where they are too few, about as many
            people give up in each."""),
        "",
    ]  # fmt: skip


SHOWN = ("wait", "longest", "urgent_wait", "gave_up", "fit", "poor_fit", "changes", "gini")


def _titles() -> list[str]:
    return [m.title for m in MEASURES if m.code in SHOWN]


def _differences(one: Sequence[dict[str, float]], other: Sequence[dict[str, float]]) -> list[str]:
    found = []
    for m in MEASURES:
        if m.code in SHOWN:
            mean, reach = difference(one, other, m.code)
            found.append(f"{mean:+.{m.decimals}f} ± {reach:.{m.decimals}f}")
    return found


def _tables(years: Years) -> list[str]:
    lines: list[str] = []
    for setting, ways in years.items():
        rows = [
            (
                NAMES[mode],
                NAMES[timing],
                *(f"{spread(ways[mode, timing], m.code).mean:.{m.decimals}f}" for m in MEASURES),
            )
            for mode in MODES
            for timing in TIMINGS
        ]
        asked = next(one for one in w.SETTINGS if one.name == setting)
        lines += [
            f"## {NAMES[setting].capitalize()}", "",
            f"{asked.peers} peers of four to eight places, {asked.asks_per_day:g} new people a day; means over seeds.",
            "",
            *table(("mode", "timing", *(m.title for m in MEASURES)), rows),
        ]  # fmt: skip
    return lines


def _how() -> list[str]:
    yes, change = w.accept_chance, w.change_chance
    return [
        "## How the year is made",
        "",
        *wrap(f"""- The program fills up for {w.WARM_UP_DAYS} days; the {w.YEAR_DAYS} days after that are counted.
            Peers stay {w.PEER_STOPS_DAYS} days on average and are replaced after {w.REPLACED_AFTER_DAYS}; whom
            they walked with wait again, as people to be served soon. Each is on leave {w.LEAVES_PER_YEAR:g}
            times a year for {w.LEAVE_DAYS} days and takes nobody new then."""),
        *wrap(f"""- Whoever waits without an offer gives up after {w.PATIENCE_DAYS} days on average. An offer lapses
            in {w.LAPSES:.0%} of cases, after {w.LAPSE_DAYS} days; is accepted with a chance of
            {yes(50_000):.0%} at a fit of 50 and {yes(90_000):.0%} at 90; the peer then says no in
            {w.PEER_SAYS_NO:.0%}. It holds the place meanwhile, and the person has one offer at a time. A pair
            that failed is not proposed again in the same wait."""),
        *wrap(f"""- In the first two months {change(50_000):.0%} at a fit of 50 and {change(90_000):.0%} at 90 ask for
            another peer. Otherwise mentorships last 131 days on average (Ashford 2021), 47 in 100 under three
            months. {w.RETURNS:.0%} come back after one to four months and would gladly see the same peer."""),
        *wrap("""- Waiting is counted until the mentorship begins, the days of answering included. Medians are
            Kaplan-Meier, so that those who gave up or still wait count; where fewer than half are ever matched, the
            longest wait seen stands for the median. That better fits are accepted and kept more often is assumed:
            field evidence on what makes a pair last is thin."""),
        "",
    ]  # fmt: skip
