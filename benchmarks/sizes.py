"""How large a made population is. One shape, several sizes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How many people, peers and contacts; how many people each busy peer walks with (whose pages are measured)."""

    name: str
    participants: int
    peers: int
    contacts: int
    busy_peers: int
    people_each: int
    on_board: int
    """How many wait or choose now: at least a full page of the waiting list, where there are so many people."""
    entries: int
    """Entries of the log, made for the latest contacts and openings, so that its tables have their size too."""

    def share(self, part: float) -> "Size":
        """A smaller program beside the main one: the same shape, without busy peers."""

        def some(count: int, least: int) -> int:
            return max(least, int(count * part))

        return Size(
            f"{self.name}-second", some(self.participants, 12), some(self.peers, 6), some(self.contacts, 60), 0, 0,
            some(self.on_board, 3), some(self.entries, 10),
        )  # fmt: skip


SIZES = {
    size.name: size
    for size in (
        Size("tiny", 80, 16, 1_200, 1, 12, 12, 400),
        Size("small", 500, 50, 10_000, 3, 40, 64, 4_000),
        Size("town", 10_000, 1_000, 200_000, 16, 40, 120, 40_000),
        Size("half", 50_000, 5_000, 1_000_000, 32, 40, 320, 100_000),
        Size("county", 100_000, 10_000, 2_000_000, 32, 40, 640, 200_000),
    )
}
SECOND_PROGRAM = 0.01
"""The second program's share of the whole."""
GROWTH = ("small", "half")
"""The same pages where there are ten thousand contacts and where there are a million."""
