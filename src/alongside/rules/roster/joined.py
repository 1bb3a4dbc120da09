"""Cells joined downwards: what stands in the uppermost holds for the rows below that have something of their own."""

from collections.abc import Sequence


class JoinedCells:
    """The joined cells that reach into the row that is being read, by their column."""

    def __init__(self) -> None:
        self._texts: dict[int, tuple[str, int]] = {}

    def open(self, column: int, text: str, until_row: int) -> None:
        """From here on `text` holds in this column, to `until_row` inclusive."""
        self._texts[column] = (text, until_row)

    def fill(self, number: int, cells: Sequence[str]) -> tuple[str, ...]:
        """The cells of a row with what reaches into it; a row with nothing of its own stays blank."""
        if not self._texts or not any(cells):
            return tuple(cells)
        filled = list(cells)
        for column, (text, until_row) in list(self._texts.items()):
            if number > until_row:
                del self._texts[column]
                continue
            filled.extend([""] * (column + 1 - len(filled)))
            filled[column] = filled[column] or text
        return tuple(filled)
