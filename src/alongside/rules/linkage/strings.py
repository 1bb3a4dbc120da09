"""How alike two short texts are: Jaro-Winkler, and whether one slip of a finger makes one of the other."""

LONGEST_START = 4
SHARE_OF_START = 0.1


def jaro_winkler(one: str, other: str) -> float:
    """0 (nothing in common) to 1 (the same), by Winkler (1990): Jaro's measure, raised for a common beginning.

    >>> round(jaro_winkler("martha", "marhta"), 3), round(jaro_winkler("dixon", "dicksonx"), 3)
    (0.961, 0.813)
    """
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    if other < one:  # where letters repeat, the order of the two could matter
        one, other = other, one
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    mine = []
    for place, letter in enumerate(one):
        for there in range(max(0, place - reach), min(len(other), place + reach + 1)):
            if not taken[there] and other[there] == letter:
                taken[there] = True
                mine.append(letter)
                break
    if not mine:
        return 0.0
    theirs = [letter for letter, is_taken in zip(other, taken, strict=True) if is_taken]
    common = len(mine)
    swapped = sum(a != b for a, b in zip(mine, theirs, strict=True)) // 2
    jaro = (common / len(one) + common / len(other) + (common - swapped) / common) / 3
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return jaro + min(start, LONGEST_START) * SHARE_OF_START * (1 - jaro)


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter changed, added, left out, or two neighbors in the other order, make one text of the other.

    >>> is_one_slip("5550142", "5551042"), is_one_slip("5550142", "5559942")
    (True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    rest, there = short[start:], long[start:]
    return rest[1:] == there[1:] or (rest[:2] == there[1::-1] and rest[2:] == there[2:])
