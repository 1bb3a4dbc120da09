"""The plot of docs/matching-year.md: a panel for each setting, a row for each way of matching, four figures across."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from benchmarks.plot import STYLE

from .figures import Spread

WIDTH, LEFT, GAP, ROW = 1000, 190, 26, 24
COLUMNS = (
    ("wait", "median days waited"), ("gave_up", "gave up, of 100"), ("fit", "mean fit"), ("changes", "changes, of 100"),
)  # fmt: skip
COLORS = {"at_once": "empty", "weekly": "constants", "rolling": "page"}

Panel = Mapping[tuple[str, str], Mapping[str, Spread]]


def draw(panels: Sequence[tuple[str, Panel]], names: Mapping[str, str], caption: str) -> str:
    """The whole SVG: a dot is the mean over seeds, a line reaches from the least to the most."""
    scales = {
        code: _Scale([one for _, panel in panels for found in panel.values() for one in [found[code]]], number)
        for number, (code, _) in enumerate(COLUMNS)
    }
    parts, y = [], 92
    for title, panel in panels:
        parts += _panel(title, panel, names, scales, y)
        y += ROW * len(panel) + 74
    words = "; ".join(
        f"{title}, {names[mode]}, {names[timing]}: "
        + ", ".join(f"{label} {found[code].mean:.1f}" for code, label in COLUMNS)
        for title, panel in panels
        for (mode, timing), found in panel.items()
    )
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" aria-labelledby="t d">',
        '  <title id="t">A simulated year of matching, in each mode and at each timing</title>',
        f'  <desc id="d">{escape(f"{caption} {words}.")}</desc>',
        f"  <style>{STYLE}  </style>",
        f'  <rect class="ground" width="{WIDTH}" height="{y}" rx="8"/>',
        f'  <text class="head" x="24" y="32">{escape(caption)}</text>',
        *_legend(names),
        *parts,
        "</svg>",
        "",
    ])  # fmt: skip


class _Scale:
    """Values of one column to places from left to right, beginning at a round number."""

    def __init__(self, spreads: Sequence[Spread], number: int):
        low, high = min(one.least for one in spreads), max(one.most for one in spreads)
        self.step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if (high - low) / step <= 5)
        self.low = self.step * (low // self.step)
        self.high = self.step * -(-high // self.step)
        width = (WIDTH - LEFT - 24 - GAP * (len(COLUMNS) - 1)) / len(COLUMNS)
        self.left, self.width = LEFT + number * (width + GAP), width
        self.ticks = [self.low + k * self.step for k in range(round((self.high - self.low) / self.step) + 1)]

    def at(self, value: float) -> float:
        return round(self.left + 8 + (self.width - 16) * (value - self.low) / (self.high - self.low), 1)


def _legend(names: Mapping[str, str]) -> list[str]:
    found, x = [], 30
    for timing, kind in COLORS.items():
        found += [
            f'  <circle class="{kind}" cx="{x}" cy="58" r="6"/>',
            f'  <text x="{x + 14}" y="63">{escape(names[timing])}</text>',
        ]
        x += 44 + 8 * len(names[timing])
    return [*found, f'  <text class="small" x="{x}" y="63">dot: mean over seeds; line: least to most</text>']


def _panel(title: str, panel: Panel, names: Mapping[str, str], scales: Mapping[str, _Scale], top: int) -> list[str]:
    bottom = top + 20 + ROW * len(panel)
    found = [f'  <text class="head" x="24" y="{top + 4}">{escape(title)}</text>']
    for code, label in COLUMNS:
        scale = scales[code]
        found.append(f'  <text class="small" x="{scale.left + 8:.1f}" y="{top + 4}">{escape(label)}</text>')
        for tick in scale.ticks:
            x = scale.at(tick)
            found += [
                f'  <line class="grid" x1="{x}" y1="{top + 12}" x2="{x}" y2="{bottom}"/>',
                f'  <text class="small middle" x="{x}" y="{bottom + 15}">{tick:g}</text>',
            ]
    for number, ((mode, timing), figures) in enumerate(panel.items()):
        y = top + 28 + ROW * number
        if number % len(COLORS) == 0:
            found.append(f'  <text class="end" x="{LEFT - 8}" y="{y + ROW + 5}">{escape(names[mode])}</text>')
        for code, _ in COLUMNS:
            scale, one = scales[code], figures[code]
            found += [
                f'  <line class="way" x1="{scale.at(one.least)}" y1="{y}" x2="{scale.at(one.most)}" y2="{y}"/>',
                f'  <circle class="{COLORS[timing]}" cx="{scale.at(one.mean)}" cy="{y}" r="6"/>',
            ]
    return found
