"""What may be read of a person's own pages. Whose record may be opened at all is asked of `privacy.queries`."""

from alongside.privacy.queries import list_beside

from .pages import (
    count_days,
    get_goal,
    get_milestone,
    get_saved_before,
    get_sheet,
    get_sheets,
    get_step,
    is_hidden,
    list_changes,
    list_chapters,
    list_goals,
    list_milestones,
    list_readable,
    walks_with,
)
from .reaching import get_on_call, is_on_duty

__all__ = [
    "count_days",
    "get_goal",
    "get_milestone",
    "get_on_call",
    "get_saved_before",
    "get_sheet",
    "get_sheets",
    "get_step",
    "is_hidden",
    "is_on_duty",
    "list_beside",
    "list_changes",
    "list_chapters",
    "list_goals",
    "list_milestones",
    "list_readable",
    "walks_with",
]
