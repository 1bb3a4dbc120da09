"""Who serves a program from outside, and under which written agreement (§2.11, §2.12(c)(4); 45 CFR 164.504(e); C7).

A qualified service organization says in writing that Part 2 binds it; a business associate that HIPAA does. Which of
them a program needs follows from its law.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.rules.consent.signing import Posture

SERVICES = ("host", "mail", "text", "backup", "other")
CARRIERS = ("mail", "text")
"""What the outbox sends through."""

ASKED_FOR = ("host", "backup")
"""Whoever has these is there in any case; a program that has them in its own hands says so (`own`)."""

AGREEMENTS: Mapping[str, str] = {
    "both": "2.11, 2.12(c)(4); 45 CFR 164.504(e)",
    "qsoa": "2.11, 2.12(c)(4)",
    "baa": "45 CFR 164.504(e)",
    "contract": "2.33(c)",
    "own": "2.12(c)(3)",
}
"""`own`: the program runs it itself, and nobody outside sees anything."""


@dataclass(frozen=True)
class Agreement:
    """One that is on file and has not ended."""

    service: str
    agreement: str
    review_on: date | None = None


def suits(agreement: str, posture: Posture) -> bool:
    """Whether this paper is enough under this law. A program that needs both papers needs both, or one that is both."""
    if agreement in ("own", "both"):
        return True
    if posture.part2 == "program":
        return agreement == "qsoa" and not posture.hipaa
    return agreement == "baa" if posture.hipaa else agreement in AGREEMENTS


def list_uncovered(in_use: Iterable[str], on_file: Iterable[Agreement], posture: Posture) -> tuple[str, ...]:
    """Services in use without a paper that suits, in the order of `SERVICES`. Two papers may suit together."""
    found, used = list(on_file), set(in_use)
    return tuple(
        service for service in SERVICES
        if service in used and not _is_covered([one.agreement for one in found if one.service == service], posture)
    )  # fmt: skip


def _is_covered(papers: list[str], posture: Posture) -> bool:
    return any(suits(one, posture) for one in papers) or {"qsoa", "baa"} <= set(papers)


def list_overdue(on_file: Iterable[Agreement], today: date) -> tuple[Agreement, ...]:
    """Those that somebody wanted to look at again by now."""
    return tuple(one for one in on_file if one.review_on is not None and one.review_on <= today)
