"""Which of a few calm states a participant's first page is in."""

from alongside.mentoring.models import Handover, Mentorship
from alongside.people.models import Episode

STATES = ("nothing", "asked", "waiting", "offered", "walking", "changing", "resting", "parted", "brief", "closed")
"""Each has a template `mentoring/me/_<state>.html`."""


def get_state(episode: Episode | None, walk: Mentorship | None, handover: Handover | None) -> str:
    """One of `STATES`, from what is open now."""
    if episode is None:
        return "nothing"
    if episode.status == "closed":
        return "closed"
    if episode.status == "paused":
        return "resting"
    if walk and (walk.status == "handing_over" or (handover and handover.mentorship_id == walk.pk)):
        return "changing"
    if walk:
        return "walking"
    if episode.status in ("inquiry", "intake"):
        return "asked"
    if episode.status in ("waiting", "offered"):
        return episode.status
    return "brief" if episode.is_brief else "parted"
