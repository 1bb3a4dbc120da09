"""The plot of docs/benchmarks.md: for each page three points on a logarithmic scale, in one panel for each database."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP, ROW, GAP = 880, 210, 24, 92, 26, 26
STYLE = """
    text { font: 14px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #2b2a33; }
    .ground { fill: #fbf8f3; }
    .head { font-weight: 600; }
    .small { font-size: 12px; fill: #55535f; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .grid { stroke: #d8d2c8; stroke-width: 1; }
    .way { stroke: #7a8f8a; stroke-width: 3; }
    .empty { fill: #fbf8f3; stroke: #55535f; stroke-width: 2; }
    .constants { fill: #6f6f9c; }
    .page { fill: #a4552a; }
    .goal { stroke: #1f5a52; stroke-width: 3; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0ece6; }
      .ground { fill: #1d1f22; }
      .small { fill: #c3beb6; }
      .grid { stroke: #3b3f44; }
      .way { stroke: #8fa6a0; }
      .empty { fill: #1d1f22; stroke: #c3beb6; }
      .constants { fill: #a9a9dc; }
      .page { fill: #e0a47f; }
      .goal { stroke: #8fd0c3; }
    }
"""


@dataclass(frozen=True)
class Row:
    """One page: p95 of the empty page, its constants page and itself, and its goal, in milliseconds."""

    title: str
    empty: float
    constants: float
    page: float
    goal: float


def draw(panels: Sequence[tuple[str, Sequence[Row]]], caption: str) -> str:
    """The whole SVG, with a title and a description in words; light and dark."""
    values = [value for _, rows in panels for row in rows for value in (row.empty, row.constants, row.page, row.goal)]
    scale = Scale(min(values, default=1.0), max(values, default=10.0))
    parts, y = [], TOP
    for name, rows in panels:
        parts += _panel(name, rows, scale, y)
        y += ROW * len(rows) + 34 + GAP
    words = "; ".join(
        f"{name}: " + ", ".join(f"{row.title} {row.page:.0f} (constants {row.constants:.0f}, empty {row.empty:.0f})"
                               for row in rows)
        for name, rows in panels
    )  # fmt: skip
    height = y + 4
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        '  <title id="t">How long pages take beside their floors</title>',
        f'  <desc id="d">{escape(f"{caption} The p95 of each page in milliseconds. {words}.")}</desc>',
        f"  <style>{STYLE}  </style>",
        f'  <rect class="ground" width="{WIDTH}" height="{height}" rx="8"/>',
        f'  <text class="head" x="24" y="32">{escape(caption)}</text>',
        *_legend(),
    ]
    return "\n".join([*head, *parts, "</svg>", ""])


class Scale:
    """Milliseconds to a place from left to right; each tick is a power of ten, its double or its fivefold."""

    def __init__(self, least: float, most: float):
        self.low, self.high = math.log10(least / 1.2), math.log10(most * 1.2)
        powers = range(math.floor(self.low), math.ceil(self.high) + 1)
        self.ticks = [
            each * 10.0**power for power in powers for each in (1, 2, 5)
            if self.low <= math.log10(each * 10.0**power) <= self.high
        ]  # fmt: skip

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _legend() -> list[str]:
    marks = (("empty", "empty page"), ("constants", "same page from constants"), ("page", "the page"))
    found, x = [], 30
    for kind, words in marks:
        found += [f'  <circle class="{kind}" cx="{x}" cy="58" r="6"/>', f'  <text x="{x + 14}" y="63">{words}</text>']
        x += 44 + 8 * len(words)
    found += [f'  <line class="goal" x1="{x}" y1="50" x2="{x}" y2="66"/>']
    return [*found, f'  <text x="{x + 12}" y="63">goal for the page: at the line or left of it</text>']


def _panel(name: str, rows: Sequence[Row], scale: Scale, top: int) -> list[str]:
    bottom = top + 12 + ROW * len(rows)
    found = [f'  <text class="head" x="24" y="{top + 6}">{escape(name)}</text>']
    for tick in scale.ticks:
        x = scale.at(tick)
        found += [
            f'  <line class="grid" x1="{x}" y1="{top + 12}" x2="{x}" y2="{bottom}"/>',
            f'  <text class="small middle" x="{x}" y="{bottom + 15}">{tick:g} ms</text>',
        ]
    for number, row in enumerate(rows):
        y, goal = top + 26 + ROW * number, scale.at(row.goal)
        first, latest = sorted((scale.at(row.empty), scale.at(row.page)))
        found += [
            f'  <text class="end" x="{LEFT - 12}" y="{y + 5}">{escape(row.title)}</text>',
            f'  <line class="way" x1="{first}" y1="{y}" x2="{latest}" y2="{y}"/>',
            f'  <line class="goal" x1="{goal}" y1="{y - 9}" x2="{goal}" y2="{y + 9}"/>',
            *(
                f'  <circle class="{kind}" cx="{scale.at(getattr(row, kind))}" cy="{y}" r="6"/>'
                for kind in ("empty", "constants", "page")
            ),
        ]
    return found
