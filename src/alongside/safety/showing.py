"""Worries as pages show them: states, the history and the clocks in words."""

from datetime import datetime

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import label
from alongside.people.models import Person
from alongside.people.safe_contact import duty_number
from alongside.people.speaking import speak_hour
from alongside.rules.escalation import is_overdue
from alongside.rules.rota import find_gaps

from .models import Escalation, Happening, Turn
from .queries import stretch_of

WHATS = {
    "raised": _("Raised"), "told": _("The next on the list were told"), "taken": _("Taken"),
    "taken_over": _("Taken over, because it was overdue"), "handed": _("To be handed over"),
    "hand_taken": _("Handed over, and the other has it"), "hand_lapsed": _("Handing over was not answered in time"),
    "added": _("More words"), "overdue": _("Not resolved in time"), "resolved": _("Resolved, contact confirmed"),
    "debriefed": _("Debrief"),
}  # fmt: skip


def show_row(escalation: Escalation, now: datetime) -> dict:
    """One row of a list: the worry, its state in words, whether its clock has run out, and until when it runs."""
    by = escalation.acknowledge_by if escalation.status == "open" else escalation.resolve_by
    return {
        "worry": escalation,
        "state": label("escalation", escalation.status),
        "late": is_overdue(
            escalation.status, now, acknowledge_by=escalation.acknowledge_by, resolve_by=escalation.resolve_by
        ),
        "by": by if escalation.status in ("open", "owned") else None,
    }


def show_happenings(happenings: list[Happening], names: dict) -> list[dict]:
    """The history, latest first, as the time line takes it."""
    return [
        {
            "title": WHATS[one.what],
            "at": one.at,
            "text": one.words,
            "by": " → ".join(names[who] for who in (one.by_person, one.to_person) if who in names),
        }
        for one in reversed(happenings)
    ]


def list_days() -> list[tuple[int, str]]:
    """Days of the week for a form, Monday first."""
    return [(number, str(name).capitalize()) for number, name in WEEKDAYS.items()]


def show_turn(turn: Turn) -> dict:
    """A row of the rota in words."""
    whole = turn.from_hour == turn.until_hour
    return {
        "turn": turn,
        "day": str(WEEKDAYS[turn.weekday]).capitalize(),
        "from": speak_hour(turn.from_hour),
        "until": "" if whole else speak_hour(turn.until_hour),
    }


def show_gaps(turns: list[Turn]) -> list[str]:
    """Stretches of the week in which nobody is on duty, in words; none for an empty rota, which says so itself."""
    return [
        _("%(day)s %(from)s – %(to_day)s %(until)s")
        % {
            "day": str(WEEKDAYS[begin // 24]).capitalize(), "from": speak_hour(begin % 24),
            "to_day": str(WEEKDAYS[(begin + length) // 24 % 7]).capitalize(),
            "until": speak_hour((begin + length) % 24),
        }
        for begin, length in find_gaps(stretch_of(turn) for turn in turns)
        if turns
    ]  # fmt: skip


def list_without_address(turns: list[Turn]) -> list[str]:
    """Names of those on the rota whom no notice can reach, each once: no e-mail, and no text that they chose."""
    there = [one for turn in turns for one in (turn.person, turn.deputy) if one]
    return sorted({one.goes_by for one in there if not ((one.user and one.user.email) or _is_texted(one))})


def _is_texted(one: Person) -> bool:
    return bool(duty_number(one.safe_contact, one.phone))
