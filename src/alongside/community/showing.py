"""Pages of groups as pages show them: names and words, never a person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.rules.lifecycles import PAGE_POST

from . import wording
from .models import Post
from .queries import Thread


def show_post(post: Post, *, person_id: UUID | None, flagged: Iterable[UUID] = ()) -> dict[str, Any]:
    """One post for this reader: whether it is theirs, whether they asked for a look, why it is hidden."""
    return {
        "post": post, "name": post.name.name, "is_own": post.name.person_id == person_id,
        "is_flagged": post.pk in set(flagged), "is_hidden": post.status != PAGE_POST.first,
        "hidden_why": wording.HIDE_REASONS.get(post.hidden_why, ""),
        "is_loose": post.is_answer and post.answers_to_id is None,
    }  # fmt: skip


def show_threads(threads: Iterable[Thread], *, person_id: UUID | None, flagged: Iterable[UUID]) -> list[dict]:
    """Posts with the answers beneath them."""
    asked = set(flagged)
    return [
        show_post(one.post, person_id=person_id, flagged=asked)
        | {"answers": [show_post(answer, person_id=person_id, flagged=asked) for answer in one.answers]}
        for one in threads
    ]


def show_flags(found: Iterable[tuple[str, int]]) -> list[dict]:
    """For each reason how many asked."""
    return [{"reason": wording.FLAG_REASONS[reason], "n": n, "is_worry": reason == "worried"} for reason, n in found]


def is_paused(until: datetime | None, now: datetime) -> bool:
    """Whether writing is paused now."""
    return until is not None and until > now
