"""How large a roster may be before it is refused (privacy rule H1; decision 0015 says why these)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of one file; sizes in bytes. A workbook that unpacks to less than `small_bytes` may be packed tighter."""

    rows: int = 120_000
    columns: int = 200
    cell_characters: int = 10_000
    line_characters: int = 1_000_000
    characters: int = 100_000_000
    wire_bytes: int = 25_000_000
    unpacked_bytes: int = 250_000_000
    shared_bytes: int = 64_000_000
    ratio: int = 100
    small_bytes: int = 1_000_000
    parts: int = 1_000
    sheets: int = 50
    depth: int = 64
