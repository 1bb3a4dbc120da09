"""May this leave? One function decides: who, what, what for, under which law and consents, at which moment (C1, C2).

It answers with a reason for the log. Whoever asked from outside gets one answer for every no: "no consent" and "no such
person" are told alike (A1). Every way out is a row of `WAYS`; `tests/promises/test_ways_out.py` finds one that is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from alongside.rules.access import may
from alongside.rules.consent.kinds import KINDS, items_for
from alongside.rules.consent.lasting import state_at
from alongside.rules.consent.signing import Posture
from alongside.rules.inspection import Agreed, may_look
from alongside.rules.legal_demand import Ordered, covered, why_not
from alongside.rules.mandated_report import KINDS as REPORTS
from alongside.rules.mandated_report import Kind as Report
from alongside.rules.mandated_report import is_within
from alongside.rules.restriction import Restricted, keeps_back

NEVER = datetime.max.replace(tzinfo=UTC)
"""The moment for ways that depend on none: no consent is live then."""

STATEMENTS = {"program": "long", "holder": "long", "neither": ""}
"""§2.32 holds for a Part 2 program and a lawful holder of its records; from others the statement would be untrue."""

NO = (
    "no_consent",
    "not_live",
    "other_recipient",
    "other_purpose",
    "nothing_covered",
    "restricted",
    "not_by_them",
    "no_words",
    "no_facts",
    "other_law",
    "not_ordered",
    "not_agreed",
)
"""Reasons for no; of the first six, the later is the nearer to a yes."""

GROUNDS: Mapping[str, str] = {
    "consent": "to somebody outside, because the person signed for it (§2.31, §2.33)",
    "emergency": "to medical staff in an emergency, when nobody could ask the person; written down at once (§2.51)",
    "fda": "to medical staff of the FDA who assert an error in a product, only to notify of it (§2.51(b))",
    "parent": "to whoever acts for a minor who asks for services, by the director's judgment of a threat (§2.14(c))",
    "court_order": "because a court authorized it and a mandate compels it, both on file (§2.61-2.67)",
    "mandated_report": "a report that the law demands, by a fixed list of fields (§2.12(c)(5), (6))",
    "inspection": "to whoever audits the program and promised in writing to keep to the limits of it (§2.53)",
    "within": "to people of the program who need it for their work, with a reason the person reads (§2.12(c)(3))",
    "own": "to the person themself, by their own secret (§2.23)",
    "signing": "to a parent or guardian who must sign, because the person signed that they are asked (§2.14, §2.15)",
    "told": "what its writer said to be heard, to whom they chose, until they take it back",
    "returned": "back to the one who brought it in, before anybody's record was made of it",
    "came_in": "a paper that others brought, as it came, to the director who has to answer it (§2.61)",
    "aggregate": "figures in which small cells are hidden (C8)",
    "neutral": "fixed words that tell nothing about anybody (E1)",
}
"""On which ground something leaves the system."""

TOLD_AT_ONCE = ("emergency", "fda", "parent")
"""Grounds for what is told first and then written down, with its facts (`rules.emergency`)."""


@dataclass(frozen=True)
class Way:
    """A way out: its ground, and the act (`rules.access`) that whoever opens it must be allowed to do."""

    ground: str
    act: str = ""


WAYS: Mapping[str, Way] = {
    "printed": Way("consent", "give_out"),
    "partner_link": Way("consent", "give_out"),
    "file_pdf": Way("consent", "give_out"),
    "file_csv": Way("consent", "give_out"),
    "file_json": Way("consent", "give_out"),
    "spoken": Way("consent", "give_out"),
    "emergency": Way("emergency", "tell_medical_staff"),
    "fda": Way("fda", "tell_fda"),
    "parent": Way("parent", "tell_parent"),
    "court_order": Way("court_order", "release_records"),
    "mandated_report": Way("mandated_report", "make_report"),
    "inspection": Way("inspection", "handle_inspections"),
    "file_of_people": Way("within", "export_people"),
    "calendar": Way("own"),
    "own_copy": Way("own"),
    "own_sheet": Way("own", "give_out"),
    "take_out": Way("own"),
    "take_out_given": Way("own", "give_out"),
    "choice_sheet": Way("own", "send_offers"),
    "signer_link": Way("signing"),
    "story_sound": Way("told"),
    "rows_back": Way("returned", "import_rosters"),
    "figures": Way("aggregate", "export_impact"),
    "notice": Way("neutral"),
    "scan": Way("came_in", "handle_demands"),
    "neutral_letter": Way("neutral", "receive_demand"),
    "incident_letter": Way("own", "handle_incidents"),
}
"""Every way out of the system there is. No row, no way: an unknown one raises KeyError."""


@dataclass(frozen=True)
class Asked:
    """What somebody wants to let out: by which way, in which roles, about whom, to whom, what, what for.

    Ids and names are compared as they are. `words` say why, where no consent does; in an
    emergency, its nature.
    """

    way: str
    roles: frozenset[str] = frozenset()
    person: str = ""
    recipient: str = ""
    purpose: str = ""
    items: tuple[str, ...] = ()
    words: str = ""
    recipient_class: str = ""
    """For somebody whom the consent does not name: which class of `rules.consent.RECIPIENT_CLASSES` they are of."""
    ordered: Ordered | None = None
    """What a court ordered, for the way that needs it."""
    report: Report | None = None
    """The list of fields that the program's state wants in a report; none: that of federal law."""
    agreed: Agreed | None = None
    """What whoever audits the program agreed to, and on which day of the program they look."""
    on: date | None = None


@dataclass(frozen=True)
class To:
    """Somebody whom a consent for all care reaches without naming them (§2.31(a)(4)(i)): who it is, and of which class
    of `rules.consent.RECIPIENT_CLASSES` they are."""

    name: str
    of: str


@dataclass(frozen=True)
class Given:
    """One consent, as far as the decision needs it."""

    key: str
    person: str
    kind: str
    status: str
    recipient: str
    purpose: str
    items: tuple[str, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """Whether it may leave and why, under which consent, and which items: others are left out without a trace.

    `reason` is a ground for a yes, one of `NO` for a no. `statement` of §2.32(a) goes with it: `long`, or none where
    the records are not under Part 2 or no consent was needed.
    """

    reason: str
    consent: str = ""
    items: tuple[str, ...] = ()
    statement: str = ""

    @property
    def may_leave(self) -> bool:
        """Whether something leaves."""
        return self.reason in GROUNDS


class MayNotLeave(Exception):
    """Nothing left. The reason is for the log: outside, every no reads alike."""

    def __init__(self, reason: str) -> None:
        super().__init__("may not leave")
        self.reason = reason


def decide(
    asked: Asked, consents: Sequence[Given], posture: Posture, now: datetime, restrictions: Sequence[Restricted] = ()
) -> Decision:
    """By a way that needs consent: the one that covers most of what is asked, else the nearest reason why none does.

    What the program agreed to keep back (§2.26, B7) leaves under no consent; in an emergency it may (§2.26(a)(3)).
    The posture loosens nothing: also a program outside of Part 2 shares by consent. It says which statement is true;
    and §2.14(c) is no ground where Part 2 does not hold: what a parent may be told there is for another law to say.
    """
    way = WAYS[asked.way]
    if way.act and not may(way.act, asked.roles):
        return Decision("not_by_them")
    if way.ground == "within" and not asked.words.strip():
        return Decision("no_words")
    if way.ground == "parent" and posture.part2 == "neither":
        return Decision("other_law")
    if way.ground in TOLD_AT_ONCE and not (asked.person and asked.recipient.strip() and asked.words.strip()):
        return Decision("no_facts")
    if way.ground == "court_order":
        return _by_order(asked, now)
    if way.ground == "mandated_report":
        return _by_report(asked)
    if way.ground == "inspection":
        return _by_agreement(asked)
    if way.ground != "consent":
        return Decision(way.ground)
    nearest, best = "no_consent", Decision("no_consent")
    for given in consents:
        if given.person != asked.person:
            continue
        decision = _under(given, asked, now, restrictions)
        if decision.may_leave and len(decision.items) > len(best.items):
            best = decision
        if not decision.may_leave and NO.index(decision.reason) > NO.index(nearest):
            nearest = decision.reason
    return replace(best, statement=STATEMENTS[posture.part2]) if best.may_leave else Decision(nearest)


def pass_out(way: str, *, roles: frozenset[str] = frozenset(), words: str = "") -> Decision:
    """The same for a way that needs no consent: raises `MayNotLeave` unless it may; one that needs consent raises."""
    decision = decide(Asked(way, roles, words=words), (), Posture(), NEVER)
    if not decision.may_leave:
        raise MayNotLeave(decision.reason)
    return decision


def _by_order(asked: Asked, now: datetime) -> Decision:
    """§2.61(b): no record without an order that authorizes and a mandate that compels."""
    ordered = asked.ordered
    if ordered is None or why_not(
        ordered, person=asked.person, recipient=asked.recipient, items=asked.items, now=now
    ):  # fmt: skip
        return Decision("not_ordered")
    return Decision("court_order", items=covered(ordered, asked.items))


def _by_report(asked: Asked) -> Decision:
    """J3: exactly the fields of its kind (`purpose`), and the needed ones among them."""
    kind = asked.report or REPORTS.get(asked.purpose)
    if kind is None or kind.code != asked.purpose or not is_within(kind):
        return Decision("no_facts")
    if not (asked.person and asked.recipient.strip()) or not set(kind.needed) <= set(asked.items):
        return Decision("no_facts")
    if not set(asked.items) <= set(kind.fields):
        return Decision("nothing_covered")
    return Decision("mandated_report", items=asked.items)


def _by_agreement(asked: Asked) -> Decision:
    """§2.53: only whoever promised in writing, only what was agreed to, and only while it goes on."""
    if asked.agreed is None or asked.on is None or not asked.person:
        return Decision("not_agreed")
    if not may_look(asked.agreed, recipient=asked.recipient, items=asked.items, on=asked.on):
        return Decision("not_agreed")
    return Decision("inspection", items=asked.items)


def _reaches(given: Given, asked: Asked) -> bool:
    """Somebody whom the consent names, or who is of a class that its kind reaches (§2.31(a)(4)(i)) and has a name."""
    if not asked.recipient_class:
        return given.recipient == asked.recipient
    return bool(asked.recipient.strip()) and asked.recipient_class in KINDS[given.kind].classes


def _under(given: Given, asked: Asked, now: datetime, restrictions: Sequence[Restricted]) -> Decision:
    if state_at(given.status, given.expires_at, now) != "active":
        return Decision("not_live")
    if not _reaches(given, asked):
        return Decision("other_recipient")
    if given.purpose != asked.purpose or asked.purpose not in KINDS[given.kind].purposes:
        return Decision("other_purpose")
    # Minimum necessary once more (C4): what the kind does not allow is out, whatever was written down.
    allowed = items_for(given.kind, given.purpose)
    items = tuple(item for item in asked.items if item in given.items and item in allowed)
    if not items:
        return Decision("nothing_covered")
    kept: set[str] = set()
    for one in restrictions:
        kept |= keeps_back(one, person=asked.person, recipient=asked.recipient, purpose=asked.purpose, kind=given.kind)
    left = tuple(item for item in items if item not in kept)
    return Decision("consent", given.key, left) if left else Decision("restricted")
