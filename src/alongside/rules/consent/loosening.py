"""Whether another answer about the law lets more leave, or with less beside it, than the one that held before (D5)."""

from .signing import PART2, Posture

STRICTEST_FIRST = PART2
"""`program`, `holder`, `neither`: each asks for less than the one before."""


def loosens(before: Posture, after: Posture) -> bool:
    """Whether anything is asked for less: fewer who sign, an earlier age, or a statement that falls away.

    >>> loosens(Posture(), Posture(minor_alone_from=12)), loosens(Posture("neither"), Posture("program"))
    (True, False)
    """
    alone_before = before.minor_alone_from or before.majority_age
    alone_after = after.minor_alone_from or after.majority_age
    return (
        STRICTEST_FIRST.index(after.part2) > STRICTEST_FIRST.index(before.part2)
        or after.majority_age < before.majority_age
        or alone_after < alone_before
        or (before.fundraises and not after.fundraises)
        or (before.hipaa and not after.hipaa)
        or (after.emancipated_alone and not before.emancipated_alone)
    )
