"""Words for days and parts of days, English and Spanish, folded."""

from collections.abc import Mapping

_DAYS = (
    "monday mondays mon lunes lun",
    "tuesday tuesdays tue tues martes mar",
    "wednesday wednesdays wed weds miercoles mie mier",
    "thursday thursdays thu thur thurs jueves jue juev",
    "friday fridays fri viernes vie vier",
    "saturday saturdays sat sats sabado sabados sab",
    "sunday sundays sun domingo domingos dom",
)
DAYS: Mapping[str, int] = {word: day for day, names in enumerate(_DAYS) for word in names.split()}
"""Word -> day of the week, Monday 0."""

DAY_GROUPS: Mapping[str, tuple[int, ...]] = {
    "weekday": (0, 1, 2, 3, 4),
    "weekdays": (0, 1, 2, 3, 4),
    "weeknights": (0, 1, 2, 3, 4),
    "weeknight": (0, 1, 2, 3, 4),
    "entre semana": (0, 1, 2, 3, 4),
    "dias laborables": (0, 1, 2, 3, 4),
    "dias habiles": (0, 1, 2, 3, 4),
    "dias de semana": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "weekends": (5, 6),
    "fin de semana": (5, 6),
    "fines de semana": (5, 6),
    "every day": (0, 1, 2, 3, 4, 5, 6),
    "everyday": (0, 1, 2, 3, 4, 5, 6),
    "daily": (0, 1, 2, 3, 4, 5, 6),
    "any day": (0, 1, 2, 3, 4, 5, 6),
    "all week": (0, 1, 2, 3, 4, 5, 6),
    "7 days": (0, 1, 2, 3, 4, 5, 6),
    "diario": (0, 1, 2, 3, 4, 5, 6),
    "todos los dias": (0, 1, 2, 3, 4, 5, 6),
    "cualquier dia": (0, 1, 2, 3, 4, 5, 6),
    "toda la semana": (0, 1, 2, 3, 4, 5, 6),
}

PARTS: Mapping[str, tuple[str, ...]] = {
    "morning": ("morning",),
    "mornings": ("morning",),
    "am": ("morning",),
    "manana": ("morning",),
    "mananas": ("morning",),
    "afternoon": ("afternoon",),
    "afternoons": ("afternoon",),
    "pm": ("afternoon", "evening"),
    "tarde": ("afternoon",),
    "tardes": ("afternoon",),
    "evening": ("evening",),
    "evenings": ("evening",),
    "eve": ("evening",),
    "eves": ("evening",),
    "night": ("evening", "night"),
    "nights": ("evening", "night"),
    "weeknight": ("evening", "night"),
    "weeknights": ("evening", "night"),
    "noche": ("evening", "night"),
    "noches": ("evening", "night"),
    "all day": ("morning", "afternoon", "evening"),
    "todo el dia": ("morning", "afternoon", "evening"),
    "daytime": ("morning", "afternoon"),
    "days": ("morning", "afternoon"),
}
"""Word -> parts of the day of `rules.vocabulary.DAY_PARTS`. "Nights" is said of evenings too."""


def is_day_header(name: str) -> bool:
    """Whether a column is named by days and parts of days only, as in a weekly grid: "Monday", "Lun tarde"."""
    tokens = [token for token in name.split() if token not in ("por", "la", "las", "en", "el", "los")]
    return any(token in DAYS for token in tokens) and all(token in DAYS or token in PARTS for token in tokens)
