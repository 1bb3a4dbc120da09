"""Every state machine of the product as a table: state, the states it may move to, and who may move it.

Source: design, "Lives of things". `docs/reference/states.md` is generated from these tables and compared in the tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PARTICIPANT, PEER, STAFF, SYSTEM, PARTNER = "participant", "peer", "staff", "system", "partner"
VISITOR = "visitor"


@dataclass(frozen=True)
class Lifecycle:
    """One kind of thing: its first state and its allowed moves, each with the kinds of actor that may make it."""

    kind: str
    first: str
    moves: Mapping[tuple[str, str], frozenset[str]]

    @property
    def states(self) -> tuple[str, ...]:
        """All states, in the order in which the table names them."""
        seen = {self.first: None}
        for source, target in self.moves:
            seen[source] = seen[target] = None
        return tuple(seen)

    def may_move(self, source: str, target: str, *, by: str) -> bool:
        """Whether this kind of actor may make this move."""
        return by in self.moves.get((source, target), frozenset())

    def check_move(self, source: str, target: str, *, by: str) -> None:
        """Raise `MoveNotAllowed` unless the table holds this move for this kind of actor."""
        if not self.may_move(source, target, by=by):
            raise MoveNotAllowed(self.kind, source, target, by)

    def ends(self) -> frozenset[str]:
        """States that nothing leaves."""
        return frozenset(self.states) - {source for source, _ in self.moves}


class MoveNotAllowed(Exception):
    """The table of this kind of thing does not hold that move for that actor."""

    def __init__(self, kind: str, source: str, target: str, by: str) -> None:
        super().__init__(f"{kind} may not move from {source} to {target} by {by}")
        self.kind, self.source, self.target, self.by = kind, source, target, by


def _table(kind: str, first: str, rows: str) -> Lifecycle:
    """Read rows such as `waiting > offered, paused : staff system`."""
    moves: dict[tuple[str, str], frozenset[str]] = {}
    for row in filter(None, (line.strip() for line in rows.splitlines())):
        path, _, actors = row.partition(":")
        source, _, targets = path.partition(">")
        for target in targets.split(","):
            moves[source.strip(), target.strip()] = frozenset(actors.split())
    return Lifecycle(kind, first, moves)


EPISODE = _table(
    "episode",
    "inquiry",
    """
    inquiry > intake : staff system
    inquiry > closed : staff participant
    intake > waiting : staff system
    intake > active : staff system
    intake > closed : staff participant
    waiting > offered : staff system
    waiting > active : staff participant
    waiting > paused : staff participant
    waiting > closed : staff participant
    offered > waiting : staff system participant
    offered > matched : peer staff system
    offered > closed : staff participant
    matched > active : peer staff
    matched > waiting : staff system participant peer
    matched > closed : staff participant
    active > paused : staff participant peer
    active > waiting : staff system participant peer
    active > closed : staff participant
    paused > active : staff participant peer
    paused > waiting : staff participant
    paused > closed : staff participant
""",
)
"""`intake > active` is the brief path (phone check-ins only), which skips matching. `waiting > active` is a change of
peer taken back: the two stay together after all."""

ROUND = _table(
    "round",
    "open",
    """
    open > matched : peer staff system
    open > returned : staff system participant
""",
)
"""One round of up to three offers shown to a participant together."""

OFFER = _table(
    "offer",
    "drafted",
    """
    drafted > offered : staff
    drafted > withdrawn : staff system
    offered > chosen : participant staff system
    offered > declined : participant staff
    offered > lapsed : system
    offered > withdrawn : staff system
    chosen > accepted : peer staff
    chosen > peer_declined : peer staff
    chosen > lapsed : system
    chosen > withdrawn : staff system participant
""",
)
"""`chosen` holds one of the peer's places until the peer answers or the time-out ends it."""

MENTORSHIP = _table(
    "mentorship",
    "introduced",
    """
    introduced > active : peer staff
    introduced > ended : staff participant peer system
    active > paused : staff participant peer
    active > handing_over : staff participant peer
    active > ended : staff participant peer system
    paused > active : staff participant peer
    paused > handing_over : staff participant peer
    paused > ended : staff participant peer system
    handing_over > active : staff participant peer
    handing_over > ended : staff participant peer system
""",
)

CONTACT = _table(
    "contact",
    "draft",
    """
    planned > draft, cancelled, missed : peer staff
    draft > completed, attempted, missed, cancelled : peer staff
""",
)

APPOINTMENT = _table(
    "appointment",
    "planned",
    """
    planned > happened, missed : peer staff
    planned > cancelled : peer staff participant
""",
)

INQUIRY = _table(
    "inquiry",
    "new",
    """
    new > taken_up, set_aside : staff
    set_aside > taken_up : staff
""",
)

APPLICATION = _table(
    "application",
    "applied",
    """
    applied > screening : staff
    applied > declined, withdrawn : staff
    screening > accepted, declined, withdrawn : staff
""",
)

ROSTER = _table(
    "roster",
    "uploaded",
    """
    uploaded > planning, previewed, cancelled : staff system
    planning > uploaded, previewed, cancelled : staff system
    previewed > uploaded, planning, writing, confirmed, cancelled : staff system
    writing > planning, confirmed, undoing : staff system
    confirmed > undoing, undone : staff system
    undoing > undone, cancelled : staff system
""",
)

HANDOVER = _table(
    "handover",
    "asked",
    """
    asked > arranged : staff
    asked > withdrawn : participant staff system
    arranged > met : peer staff
    arranged > withdrawn : participant staff system
    arranged > finished : staff system
    met > finished : staff system
""",
)

EXPORT = _table(
    "export",
    "waiting",
    """
    waiting > ready : staff system
    waiting > declined, withdrawn : staff
    waiting > lapsed : system
    ready > waiting : staff
    ready > used, withdrawn : staff
    ready > lapsed : system
""",
)
"""A file for many people waits for a second person (D5); a small one is ready at once."""

CONSENT = _table(
    "consent",
    "draft",
    """
    draft > active : participant staff partner
    draft > withdrawn : participant peer staff
    active > revoked : participant peer staff
    active > expired : participant peer staff system
""",
)
"""Whoever hears that somebody wants to stop may stop it for them. Staff make a draft active only with a paper signed
by the person; `rules.consent` says what else must be there."""

PARTNER_LINK = _table(
    "partner_link",
    "waiting",
    """
    waiting > sent : system
    waiting > stopped : participant peer staff system
    waiting > lapsed : system
    sent > opened : partner
    sent > stopped : participant peer staff system
    sent > lapsed : system
    sent > locked : partner
    sent > failed : system
    opened > accepted : partner
    opened > declined : partner
    opened > stopped : participant peer staff system
    opened > lapsed : system
    opened > locked : partner
""",
)
"""A page for somebody outside, who opens and answers it with a link and a code; too many wrong codes lock it."""

SIGNER_LINK = _table(
    "signer_link",
    "open",
    """
    open > signed : partner
    open > declined : partner
    open > locked : partner
    open > stopped : participant peer staff system
    open > lapsed : system
""",
)
"""A page by which a parent or guardian signs a permission, or says no. Too many wrong codes lock it."""

ESCALATION = _table(
    "escalation",
    "open",
    """
    open > owned : staff
    owned > open : system
    owned > resolved : staff
    resolved > debriefed : staff
""",
)
"""A worry about somebody: a peer raises it and never decides about it. It has no other end than contact confirmed.

It is open again where its owner must not see the record any longer (B7): then the ladder looks for another."""

COMPLAINT = _table(
    "complaint",
    "received",
    """
    received > looked_into : staff
    looked_into > received : staff
    looked_into > answered : staff
""",
)
"""A complaint about privacy (§2.4). It goes back when its owner gives it on; an answer is the end."""

RESTRICTION = _table(
    "restriction",
    "asked",
    """
    asked > agreed, declined : staff
    asked > withdrawn : participant peer staff
    agreed > ended : participant peer staff
""",
)
"""What shall not go to somebody (§2.26). Only the person ends one: whoever hears them notes it for them."""

LIST_REQUEST = _table(
    "list_request",
    "asked",
    """
    asked > answered : staff peer
    asked > withdrawn : participant peer staff
""",
)
"""A request for the list of whom an intermediary passed records on to (§2.24). Late is no state: its clock says it."""

DEMAND = _table(
    "demand",
    "received",
    """
    received > answered, closed : staff
    answered > released, closed : staff
    released > closed : staff
""",
)
"""A demand for records by law. It is answered by the neutral letter; `released` only by a release under an order."""

RELEASE = _table(
    "release",
    "waiting",
    """
    waiting > ready : staff system
    waiting > declined, withdrawn : staff
    waiting > lapsed : system
    ready > released, withdrawn : staff
    ready > lapsed : system
""",
)
"""What a court ordered to be released: always two people, or one and a day of waiting that others are told of (D5)."""

INCIDENT = _table(
    "incident",
    "open",
    """
    open > assessed : staff
    assessed > open, closed : staff
""",
)
"""What may be a breach: presumed to be one until it was assessed, closed when all that the law wants was done."""

PHONE_SUPPORT = _table(
    "phone_support",
    "agreed",
    """
    agreed > paused : participant peer staff
    agreed > ended : participant peer staff system
    paused > agreed : participant peer staff system
    paused > ended : participant peer staff system
""",
)
"""Somebody agreed to be called. Whoever hears that they want to stop may stop it; no answer never ends it."""

ERASURE = _table(
    "erasure",
    "asked",
    """
    asked > waiting, declined : staff
    asked > withdrawn : participant staff
    waiting > done : staff system
    waiting > declined : staff
    waiting > withdrawn : participant staff
""",
)
"""The wish to have a record erased. Somebody of the program makes sure that it is theirs, a second one agrees (D5)."""

GROUP = _table(
    "group",
    "open",
    """
    open > resting : staff
    resting > open : staff
    open > ended : staff
    resting > ended : staff
""",
)
"""A group of the program. While it rests nobody meets and nobody joins, and everybody keeps their place."""

GROUP_PLACE = _table(
    "group_place",
    "waiting",
    """
    waiting > held : system
    waiting > left : participant peer staff system
    held > left : participant peer staff system
""",
)
"""A place in a group. Whoever asks waits, and the house gives what is free in the order of asking: nobody chooses."""

GROUP_SESSION = _table(
    "group_session",
    "planned",
    """
    planned > cancelled, held : peer staff
    cancelled > planned : peer staff
""",
)
"""One time a group meets. `held`: the sign-in sheet was handed in."""

ASK_ALONG = _table(
    "ask_along",
    "asked",
    """
    asked > yes, not_this_time : peer
    asked > taken_back : participant
    asked > lapsed, ended : system
    taken_back > asked : participant
""",
)
"""Somebody asks the peer who walks with them to come along to one date. It lapses when the date has come, and ends with
the mentorship. A no is the end: nobody is asked twice for the same day."""

STORY = _table(
    "story",
    "draft",
    """
    draft > in_review, withdrawn : participant peer
    in_review > draft : participant peer staff
    in_review > published : staff
    in_review > withdrawn : participant peer
    published > draft : staff
    published > withdrawn : participant peer
""",
)
"""Only its owner withdraws one, at once and whatever it is. Staff here is whoever may review; they give it back, also
one that stands on the site already, and never their own."""

COMMENT = _table(
    "comment",
    "waiting",
    """
    waiting > shown, refused : staff
    shown > refused : staff
""",
)
"""Words of a visitor beneath a page: nobody but the reader sees them before they are shown, and never refused ones."""

SITE_PAGE = _table(
    "site_page",
    "draft",
    """
    draft > published, removed : staff
    published > away : staff
    away > published, removed : staff
""",
)
"""A page of the public site that a program wrote; removed, it is erased with its earlier texts. Pages that come with
the product are published from the start, and stay."""

RESOURCE_LIST = _table(
    "resource_list",
    "previewed",
    """
    previewed > written : staff system
    previewed > left : staff system
""",
)
"""A list of resources on its way in: nothing is written before somebody says so; what nobody settles is left."""

RESOURCE_REPORT = _table(
    "resource_report",
    "open",
    """
    open > done, declined : staff
    declined > open, done : staff
""",
)
"""Somebody said that something about a resource is wrong: mended, or found right, which may be looked at again."""

REFERRAL = _table(
    "referral",
    "requested",
    """
    requested > accepted, declined : partner participant peer staff
    requested > in_progress, completed : partner participant peer staff
    requested > cancelled : participant peer staff system
    accepted > declined : partner participant peer staff
    accepted > in_progress, completed : partner participant peer staff
    accepted > cancelled : participant peer staff system
    in_progress > completed : partner participant peer staff
    in_progress > cancelled : participant peer staff system
""",
)
"""The way of somebody to a service or a partner. The partner speaks by a page; who hears of it by phone notes it."""

INCOMING = _table(
    "incoming",
    "received",
    """
    received > taken_up, set_aside : staff
    set_aside > taken_up : staff
""",
)
"""Somebody outside refers a person to the program. Taken up, it is an ask like any other."""

OCCASION = _table(
    "occasion",
    "draft",
    """
    draft > published : staff
    published > called_off : staff
""",
)
"""An event. What was called off stays so: those who would have come were told."""

OCCASION_PLACE = _table(
    "occasion_place",
    "waiting",
    """
    waiting > held : system
    waiting > left : participant peer staff visitor system
    held > left : participant peer staff visitor system
""",
)
"""Somebody comes to an event, or waits for a place there. Nobody chooses who is next."""

PAGE_POST = _table(
    "page_post",
    "shown",
    """
    shown > hidden : peer staff
    shown > erased : participant peer staff system
    hidden > shown : peer staff
    hidden > erased : participant peer staff system
""",
)
"""What somebody wrote on the page of a group. Taken back, in either state, the row goes at once."""

ALL = (EPISODE, ROUND, OFFER, MENTORSHIP, CONTACT, APPOINTMENT, INQUIRY, APPLICATION, ROSTER, HANDOVER, EXPORT,
       CONSENT, ESCALATION, COMPLAINT, RESTRICTION, LIST_REQUEST, DEMAND, RELEASE, INCIDENT, PHONE_SUPPORT, ERASURE,
       PARTNER_LINK, SIGNER_LINK, GROUP, GROUP_PLACE, GROUP_SESSION, ASK_ALONG, STORY, COMMENT, SITE_PAGE,
       RESOURCE_LIST, RESOURCE_REPORT, REFERRAL, INCOMING, OCCASION, OCCASION_PLACE, PAGE_POST)  # fmt: skip
