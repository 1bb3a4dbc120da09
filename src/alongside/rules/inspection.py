"""An audit or evaluation of the program by others (42 CFR 2.53): who may look at records, after which promises in
writing, and until when copies must be destroyed. In our own words, each with its section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

HOW = ("premises", "copied")
"""Looked at here, and nothing taken along (§2.53(a)) · copied, downloaded, taken along or sent (§2.53(b))."""

CAPACITIES: Mapping[str, Mapping[str, str]] = {
    "agency": {"premises": "2.53(a)(1)(i)", "copied": "2.53(b)(2)(i)"},
    "payer": {"premises": "2.53(a)(1)(ii)", "copied": "2.53(b)(2)(ii)"},
    "control": {"premises": "2.53(a)(1)(iii)", "copied": "2.53(b)(2)(iii)"},
    "qualified": {"premises": "2.53(a)(2)"},
    "medicare": {"premises": "2.53(e)", "copied": "2.53(e)"},
    "mandated": {"premises": "2.53(g)", "copied": "2.53(g)"},
}
"""For whom it is done, and under which paragraph in each way: an agency that pays for the program or may by law
regulate it · whoever else pays for it, insures its people or reviews for Medicare · whoever directs the program ·
somebody whom the program itself finds able, who takes nothing along · Medicare, Medicaid or CHIP · what a law demands.
"""

PROMISES: Mapping[str, str] = {
    "limits": "2.53(f)",
    "keep_and_destroy": "2.53(b)(1)(i)",
    "retain": "2.53(b)(1)(ii)",
}
"""What they promise in writing: to give it back to nobody but us, and to use it for nothing but the audit · to keep and
destroy it as our own rules for records want · to keep it as long as the law says."""

_OF: Mapping[str, tuple[str, ...]] = {"premises": ("limits",), "copied": tuple(PROMISES)}


@dataclass(frozen=True)
class Terms:
    """One audit as it was agreed to. `why_named`: why it cannot be done without names, where a statute demands it."""

    body: str = ""
    behalf: str = ""
    capacity: str = ""
    how: str = ""
    purpose: str = ""
    items: tuple[str, ...] = ()
    signed_by: str = ""
    agreed_on: date | None = None
    promises: tuple[str, ...] = ()
    destroy_by: date | None = None
    why_named: str = ""


@dataclass(frozen=True)
class Agreed:
    """The same as the gate reads it: who looks, at what, how, and whether it still goes on."""

    key: str
    body: str
    capacity: str
    how: str
    items: tuple[str, ...]
    promises: tuple[str, ...]
    agreed_on: date
    ended: bool = False


def promises_of(how: str) -> tuple[str, ...]:
    """What must be promised in writing before they look in this way. Raises KeyError for an unknown one."""
    return _OF[how]


def section_of(capacity: str, how: str) -> str:
    """The paragraph under which it is done; "" where it may not be done so."""
    return CAPACITIES.get(capacity, {}).get(how, "")


def list_wrong(terms: Terms, today: date, *, known: Sequence[str]) -> list[str]:
    """What is missing or cannot be, in the order of the form. `known`: the items of a record there are.

    >>> list_wrong(Terms(how="premises"), date(2026, 3, 1), known=())[:3]
    ['body', 'behalf', 'capacity']
    """
    there = {
        "body": terms.body.strip(),
        "behalf": terms.behalf.strip(),
        "capacity": section_of(terms.capacity, terms.how),
        "purpose": terms.purpose.strip(),
        "items": terms.items and set(terms.items) <= set(known),
        "why_named": terms.capacity != "mandated" or terms.why_named.strip(),
        "signed_by": terms.signed_by.strip(),
        "agreed_on": terms.agreed_on is not None and terms.agreed_on <= today,
        "promises": terms.how in HOW and set(terms.promises) >= set(promises_of(terms.how)),
        "destroy_by": _ends_well(terms, today),
    }
    return [name for name, is_there in there.items() if not is_there]


def _ends_well(terms: Terms, today: date) -> bool:
    """Copies have a day to come on which they are destroyed; what was not taken along has none."""
    if terms.how == "copied":
        return terms.destroy_by is not None and terms.destroy_by > today
    return terms.destroy_by is None


def may_look(agreed: Agreed, *, recipient: str, items: Sequence[str], on: date) -> bool:
    """Whether whoever agreed may look at these items of somebody on this day: nobody else, and nothing more."""
    return (
        not agreed.ended
        and agreed.agreed_on <= on
        and bool(section_of(agreed.capacity, agreed.how))
        and set(agreed.promises) >= set(promises_of(agreed.how))
        and recipient == agreed.body
        and bool(items)
        and set(items) <= set(agreed.items)
    )
