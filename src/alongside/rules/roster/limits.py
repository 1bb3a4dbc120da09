"""How large a roster may be before it is refused (privacy rule H1)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of one file; sizes in bytes. A workbook that unpacks to less than `small_bytes` may be packed tighter."""

    rows: int = 20_000
    columns: int = 200
    cell_characters: int = 10_000
    wire_bytes: int = 5_000_000
    unpacked_bytes: int = 50_000_000
    ratio: int = 100
    small_bytes: int = 1_000_000
    parts: int = 1_000
