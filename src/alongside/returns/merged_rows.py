"""What becomes of what was told when two records become one."""

from alongside.people.joining import FOLLOWS, MOVE

RULES = {
    "returns.Telling.person": MOVE,
    "returns.Telling.episode": FOLLOWS,
    "returns.Telling.told_by": MOVE,
}
