"""What is in a person's copy: one section for each thing they know from their own pages, in their language.

Not in it: what others were promised silence about (boundaries, what peers write for themselves, worries), and what only
staff writes for staff. `lines` says so for each model.
"""

from . import around, by_themselves, own_pages, privacy, sharing, together, wishes
from .shape import COLUMNS, Column, Section

SECTIONS: tuple[Section, ...] = (
    *wishes.SECTIONS, *together.SECTIONS, *own_pages.SECTIONS, *by_themselves.SECTIONS,
    *sharing.SECTIONS, *privacy.SECTIONS, *around.SECTIONS,
)  # fmt: skip

__all__ = ["COLUMNS", "SECTIONS", "Column", "Section"]
