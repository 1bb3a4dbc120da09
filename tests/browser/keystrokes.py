"""How long somebody takes over a form, by the keystroke-level model of Card, Moran and Newell (1980), not by a clock.

A test drives a page through `Hands`, which does each thing in the browser and writes down what the hands did; `seconds`
adds it up. So the figure is the same on a slow machine, and grows when a form asks for more.

| operator | seconds | what |
|---|---|---|
| M | 1.35 | think what comes next: before each field and before each press (their rule 0, nothing taken off) |
| P | 1.10 | point at something; a thumb that swipes the page points too |
| K | 0.33 | one key or one tap: 36 words a minute on a phone (Palin and others 2019); they measured 0.28 at a desk |

H (from keys to mouse) is none on a phone. R (waiting for the server) is none: what it takes is measured elsewhere. The
model is of somebody who knows what they want to say and makes no mistake; `read_seconds` says what reading every word
of the form once adds for who has never seen it, at 238 words a minute (Brysbaert 2019).
"""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

THINK, POINT, KEY = 1.35, 1.10, 0.33
PLAIN = re.compile(r"[a-z0-9 áéíóúñü]")


@dataclass
class Hands:
    """Somebody at a phone. Everything they do is done in the page and counted."""

    page: Page
    done: list[str] = field(default_factory=list)

    def _reach(self, where: Locator) -> None:
        """Swipe until it is on the screen, then point at it and tap."""
        self.done.append("M")
        for _swipe in range(20):
            box = where.bounding_box()
            height = self.page.viewport_size["height"]
            if box and box["y"] >= 0 and box["y"] + min(box["height"], 48) <= height:
                break
            self.page.mouse.wheel(0, (height * 0.7) * (1 if box["y"] > 0 else -1))
            self.page.wait_for_timeout(60)
            self.done += ["P", "K"]
        else:
            raise AssertionError("it never came onto the screen")
        self.done += ["P", "K"]
        where.click()

    def types(self, where: Locator, words: str) -> None:
        """Key by key. What is neither a small letter nor a digit takes one key more."""
        self._reach(where)
        self.page.keyboard.type(words)
        self.done += ["K"] * sum(1 if PLAIN.match(one) else 2 for one in words)

    def taps(self, where: Locator) -> None:
        self._reach(where)

    @property
    def seconds(self) -> float:
        return sum({"M": THINK, "P": POINT, "K": KEY}[one] for one in self.done)

    def count(self, operator: str) -> int:
        return self.done.count(operator)


def read_seconds(where: Locator) -> float:
    """What reading every word there once takes."""
    return len(where.inner_text().split()) * 60 / 238
