"""The other kinds of permission, in force and stopped: `consent_states` has the specific one and that of §2.35."""

import os
from collections.abc import Callable

from tests.promises.consent_states import Standing, ended, signed, standing
from tests.promises.story_itself import Story

EVERY = bool(os.environ.get("TEST_EVERY_KIND"))
"""Every page is tried with them, by every method; else those by which something leaves, and what is posted there."""

LEAVES_BY = frozenset({
    "sharing_give", "sharing_file", "sharing_spoken", "partner_link_new", "partner_page", "partner_answer",
})  # fmt: skip

ITEMS_OF = {
    "tpo": ("being_here", "reach", "times"),
    "intermediary": ("being_here", "walks_with"),
    "legal": ("being_here", "contacts"),
    "research": ("being_here", "birth_date", "wishes"),
}
"""What one of each shares."""


def in_force(kind: str) -> Callable[[Story], Standing]:
    """It lets out what it covers."""
    return lambda story: standing(story, signed(story, ITEMS_OF[kind], kind), ITEMS_OF[kind])


def stopped(kind: str) -> Callable[[Story], Standing]:
    """It was given out, and Rosa stopped it."""
    from alongside.privacy.actions import stop_sharing

    def begin(story: Story) -> Standing:
        return ended(
            story, lambda consent: stop_sharing(consent=consent, by=story.rosa.actor), kind=kind, items=ITEMS_OF[kind]
        )

    return begin


STATES_OF_KINDS = {
    f"{kind} {name}": state(kind) for kind in ITEMS_OF for name, state in (("in force", in_force), ("stopped", stopped))
}
