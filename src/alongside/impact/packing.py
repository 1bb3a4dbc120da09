"""Figures as values that JSON keeps, and back."""

from dataclasses import asdict

from alongside.rules.measures import Figure

Packed = list[list[dict]]


def pack(measures: list[dict[str, Figure]]) -> Packed:
    """Each measure as its groups in order."""
    return [[{"group": name, **asdict(figure)} for name, figure in figures.items()] for figures in measures]


def unpack(packed: Packed) -> list[dict[str, Figure]]:
    """The same figures again."""
    return [
        {row["group"]: Figure(**{name: value for name, value in row.items() if name != "group"}) for row in rows}
        for rows in packed
    ]
