"""Reads a QR code back from the picture that a page shows, as a camera would: what it holds, without any server.

Reads sharp pictures only and mends nothing. The tables of the standard (ISO/IEC 18004) are those of the library.
"""

import base64
import re

from qrcode import base, util

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LEVELS = {1: base.constants.ERROR_CORRECT_L, 0: base.constants.ERROR_CORRECT_M, 3: 3, 2: 2}
BORDER = 4


def read(address: str) -> str:
    """The text of a `data:image/svg+xml` address."""
    svg = base64.b64decode(address.partition(",")[2]).decode()
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1]) - 2 * BORDER
    return read_modules({(int(y) - BORDER, int(x) - BORDER) for x, y in re.findall(r"M(\d+),(\d+)H", svg)}, size)


def read_modules(dark: set[tuple[int, int]], size: int) -> str:
    """The text of a code of `size` modules in each direction, of which these (row, column) are dark."""
    version = (size - 17) // 4
    level, mask = _format(dark)
    stream = _unlaced(_codewords(dark, size, version, mask), base.rs_blocks(version, level))
    return _segments("".join(f"{word:08b}" for word in stream), version).decode()


def _format(dark) -> tuple[int, int]:
    """Error correction level and mask, from the fifteen bits beside the upper left corner."""
    places = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    bits = int("".join(str(int(place in dark)) for place in places), 2) ^ 0b101010000010010
    return LEVELS[bits >> 13], bits >> 10 & 7


def _is_pattern(row: int, column: int, size: int, version: int) -> bool:
    """Whether a module belongs to the drawing of the code instead of its data."""
    ends = size - 8
    if (row < 9 and column < 9) or (row < 9 and column >= ends) or (row >= ends and column < 9):
        return True
    if row == 6 or column == 6:
        return True
    if version >= 7 and ((row < 6 and column >= size - 11) or (column < 6 and row >= size - 11)):
        return True
    around = util.pattern_position(version)
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return any(abs(row - y) <= 2 and abs(column - x) <= 2 for y in around for x in around if (y, x) not in corners)


def _codewords(dark, size: int, version: int, mask: int) -> list[int]:
    """Bytes in the order in which they stand in the picture: two columns at a time, up and down."""
    masked, bits, upward = util.mask_func(mask), [], True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for row in range(size - 1, -1, -1) if upward else range(size):
            for column in (right, right - 1):
                if not _is_pattern(row, column, size, version):
                    bits.append(((row, column) in dark) != bool(masked(row, column)))
        upward = not upward
    return [sum(bit << 7 - n for n, bit in enumerate(bits[i : i + 8])) for i in range(0, len(bits) - 7, 8)]


def _unlaced(words: list[int], blocks) -> list[int]:
    """The data without error correction, block after block."""
    found: list[list[int]] = [[] for _ in blocks]
    rest = iter(words)
    for number in range(max(block.data_count for block in blocks)):
        for block, into in zip(blocks, found, strict=True):
            if number < block.data_count:
                into.append(next(rest))
    return [word for block in found for word in block]


def _segments(bits: str, version: int) -> bytes:
    """Each segment says how it is written and how long it is; a segment of zeros ends it."""
    at, text = 0, b""
    group = 0 if version < 10 else 1 if version < 27 else 2

    def take(count: int) -> int:
        nonlocal at
        at += count
        return int(bits[at - count : at] or "0", 2)

    while len(bits) - at >= 4 and (mode := take(4)):
        count = take({1: (10, 12, 14), 2: (9, 11, 13), 4: (8, 16, 16)}[mode][group])
        if mode == 4:
            text += bytes(take(8) for _ in range(count))
        elif mode == 2:
            for left in range(count, 0, -2):
                pair = take(11) if left > 1 else take(6)
                text += (
                    ALPHANUMERIC[pair // 45] + ALPHANUMERIC[pair % 45] if left > 1 else ALPHANUMERIC[pair]
                ).encode()
        else:
            for left in range(count, 0, -3):
                text += f"{take({1: 4, 2: 7}.get(left, 10)):0{min(left, 3)}d}".encode()
    return text
