"""The mode of notes in force (`rules.note_modes`), and since when it is."""

from uuid import UUID

from alongside.council.models import Policy
from alongside.council.queries import get_policy
from alongside.recovery.models import Goal
from alongside.recovery.queries import get_sheet, list_goals
from alongside.rules.note_modes import NotePolicy


def get_note_policy() -> Policy:
    """The version in force in the current program."""
    return get_policy("notes")


def get_note_mode() -> str:
    """Its mode."""
    return NotePolicy.from_values(get_note_policy().values).mode


def list_goals_for(person_id: UUID) -> list[Goal]:
    """Goals of a person's plan that are open, for the note in which one was worked on."""
    goals = list_goals(get_sheet(person_id, "plan", is_own=False))
    return [one for one in goals if one.done_at is None and one.set_aside_at is None]
