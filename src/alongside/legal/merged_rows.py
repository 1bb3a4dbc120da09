"""What becomes of legal matters when two records become one."""

from alongside.people.joining import MOVE

RULES = {
    # Whoever is held stays held: the joined record is kept whole.
    "legal.LegalHold.person": MOVE,
}
