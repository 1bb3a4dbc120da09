"""What may be wrong with a resource, as somebody who tried it says, and how many such words are kept waiting."""

KINDS = ("number", "closed", "moved", "hours", "turned", "other")
"""number: wrong telephone · closed for good · moved · other hours · turned away · something else."""

LONGEST = 500
MOST_OPEN = 10
"""Reports about one resource that wait at once: more tell nothing new, and a flood ends here."""


def may_take(*, waiting: int) -> bool:
    """Whether another report about the same resource is kept. Who sends it is thanked in any case."""
    return waiting < MOST_OPEN
