"""The few named events by which a lower floor causes something above. Handlers run at once, in the same transaction.

    subscribe("episode_closed", handler)      in `AppConfig.ready` of the package above
    emit("episode_closed", episode=…, …)      in the action; a handler that raises undoes the action

No Django signals: what may happen is this list, and who listens is found by searching for `subscribe(`.
"""

from collections.abc import Callable
from typing import Any

EVENTS: dict[str, str] = {
    "boundary_recorded": "Two people are to be kept apart from now on. `boundary`, `now`. Neither of them is told.",
    "kept_from_readers": "A record is kept from accounts from now on. `person`, `accounts`, `by`, `now`.",
    "call_wanted": "A participant asks in a check-in to be called. `person`, `by`, `now`.",
    "call_reached": "A caller talked with a participant. `person`, `at`, `by`.",
    "returned_to_use": "A return to use was told. `episode`, `on_day`, `by`, `now`.",
    "consent_ended": "A consent was taken back or is over. `consent`, `by`, `how` it ended, `now`.",
    "partner_answered": "A partner answered a page. `link`, `said` what, `reason` code, `on_day` or None, `now`.",
    "partner_page_over": "A partner's page ended by its day, or its mail never arrived. `link`, `by`, `now`.",
    "episode_closed": "An episode was closed. `episode`, `by` who closed it, `reason` code, `now`.",
    "mentorship_ended": "Two walk together no longer. `mentorship`, `by` who ended it, `now`.",
    "persons_to_merge": "Somebody would join two records. `joining`: `refuse(code)` when it cannot be; write nothing.",
    "persons_merged": "Two records become one. `joining`: change your own rows through it; others move by rule.",
    "persons_unmerged": "Two records that were joined are two again. `kept`, `back` who is there again, `by`, `now`.",
}
"""Every event: its name, and what its handlers are called with (all by keyword)."""

_handlers: dict[str, list[Callable[..., None]]] = {name: [] for name in EVENTS}


def subscribe(event: str, handler: Callable[..., None]) -> None:
    """Call `handler` whenever this happens; saying so twice is saying it once. An unknown event raises KeyError."""
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def emit(event: str, **facts: Any) -> None:
    """Tell everybody who subscribed, in the order in which they did."""
    for handler in _handlers[event]:
        handler(**facts)


def list_handlers(event: str) -> list[str]:
    """Who listens, as `module.function`; for the page of docs/reference that shows it."""
    return [f"{handler.__module__}.{handler.__qualname__}" for handler in _handlers[event]]
