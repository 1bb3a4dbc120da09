"""What waits for whoever works here: packages say what can wait, and first pages show how much."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.urls import reverse

from alongside.rules.access import may


@dataclass(frozen=True)
class Waiting:
    """One kind of thing. `act`: who may look after it; `rows(actor)`: what waits for them; `words(n)`: it said."""

    code: str
    act: str
    url: str
    rows: Callable[[Any], QuerySet]
    words: Callable[[int], str]


_kinds: dict[str, Waiting] = {}


def declare_waiting(*kinds: Waiting) -> None:
    """Say in `AppConfig.ready` what can wait in this package; saying so twice is saying it once."""
    _kinds.update({kind.code: kind for kind in kinds})


def list_waiting(actor) -> list[dict[str, Any]]:
    """What waits for this actor: [{code, url, words, n}], the kinds in the order of their names. One query counts
    all of them; what a kind has to know for its rows, such as whom the actor may see, may be asked before."""
    mine = [kind for _code, kind in sorted(_kinds.items()) if may(kind.act, actor.roles)]
    counts = [_count(kind, actor) for kind in mine]
    if not counts:
        return []
    found = {row["code"]: row["n"] for row in counts[0].union(*counts[1:], all=True)}
    return [{"code": kind.code, "url": reverse(kind.url), "words": kind.words(n), "n": n}
            for kind in mine if (n := found.get(kind.code, 0))]  # fmt: skip


def _count(kind: Waiting, actor) -> QuerySet:
    rows = kind.rows(actor).select_related(None).order_by()
    return rows.values(code=Value(kind.code, CharField())).annotate(n=Count("pk")).values("code", "n")
