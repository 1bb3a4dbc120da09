"""Accessibility of the page as it stands, by axe-core (https://github.com/dequelabs/axe-core, MPL-2.0)."""

from functools import cache
from pathlib import Path

import axe_playwright_python

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(found => found.violations.map(
  one => `${one.id} (${one.help}): ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" ")}`))"""


@cache
def _source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def find_barriers(page) -> list[str]:
    """Each violated rule with the first elements that break it; empty when there is none."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    return page.evaluate(RUN, RULES)
