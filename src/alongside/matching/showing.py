"""What the pages show, ready to print: values of the database turned into words. No queries here."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.timesince import timesince

from alongside.intake.models import Wishes
from alongside.people.labels import label, spoken
from alongside.people.models import Episode
from alongside.rules.availability import parts_from_hours, to_bits, to_hex
from alongside.rules.vocabulary import DAYS
from alongside.web.spoken import gettext as _
from alongside.web.spoken import kept
from alongside.web.templatetags.ui import when
from alongside.workforce.models import PeerProfile

from .models import Offer, Proposal, Round
from .reasons import (
    DECLINE_LABELS,
    ON_PAPER,
    PEER_DECLINE_LABELS,
    RETURN_SENTENCES,
    THEY,
    VIA_LABELS,
    YOU,
    fit_words,
    speak_against,
    speak_for,
    speak_nobody_stored,
    speak_stored,
    wish_words,
)


@dataclass(frozen=True)
class PeerCard:
    """A peer as the person who chooses sees them: what the peer chose to share, and why we thought of them."""

    offer: Offer
    name: str
    pronouns: str
    story: str
    good: list[str]
    against: list[str]
    facts: list[tuple[str, str]]
    can_be_asked: bool
    has_story: bool = False
    """A story of theirs stands beside their offers (`stories`)."""


@dataclass(frozen=True)
class ProposalLine:
    """A proposal as the coordinator sees it."""

    peer: PeerProfile
    rank: int
    fit: str
    score: int | None
    good: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class BoardRow:
    """One person of the waiting list."""

    episode: Episode
    name: str
    days: int
    urgency: str
    wants: list[str]
    proposals: list[ProposalLine]
    nobody: list[tuple[str, str]]
    state: str
    tone: str
    round: Round | None = None
    not_best_first: bool = False
    """The first proposal is the best for the whole list, not the closest fit for this person."""
    history: list[str] = field(default_factory=list)


def peer_card(offer: Offer, wishes: Wishes | None, *, can_be_asked: bool, has_story: bool = False) -> PeerCard:
    """The card of one offer, in the reader's language."""
    peer = offer.peer
    return PeerCard(
        offer=offer,
        name=peer.person.goes_by,
        pronouns=peer.person.pronouns,
        story=peer.story,
        good=speak_for(offer.reasons, YOU),
        against=speak_against(offer.reasons, YOU),
        facts=peer_facts(peer, wishes),
        can_be_asked=can_be_asked,
        has_story=has_story,
    )


def peer_facts(peer: PeerProfile, wishes: Wishes | None) -> list[tuple[str, str]]:
    """Languages, ways of meeting, and the times that both have (or the peer's, where the person's are not known)."""
    facts = [
        (_("Languages"), labels("language", peer.languages)),
        (_("Ways to meet"), labels("mode", peer.modes)),
    ]
    times = shared_times(peer, wishes)
    if times:
        facts.append((_("Times you both have") if wishes and wishes.hours_known else _("Times"), times))
    return [(name, value) for name, value in facts if value]


def shared_times(peer: PeerProfile, wishes: Wishes | None) -> str:
    """Parts of the week in which both have time, in words; empty where it is not known."""
    if not peer.hours_known:
        return ""
    bits = to_bits(peer.hours)
    if wishes and wishes.hours_known:
        bits &= to_bits(wishes.hours)
    return spoken_times(bits)


def spoken_times(bits: int) -> str:
    """Hours of a week in words: whole parts by name, and other hours by the clock on their day."""
    parts = parts_from_hours(to_hex(bits))
    if parts:
        return labels("part", parts)
    days = [day for index, day in enumerate(DAYS) if bits >> (index * 24) & ((1 << 24) - 1)]
    return labels("day", days)


def labels(group: str, codes) -> str:
    """Names of codes, with commas."""
    return _labels(group, tuple(codes)) if codes else ""


@kept
def _labels(group: str, codes: tuple[str, ...]) -> str:
    return ", ".join(spoken(group, code) for code in codes)


# --- the board -------------------------------------------------------------------------------------------------------
def urgency_words(urgency: int) -> str:
    """How urgent, in a word; empty for the usual."""
    return {0: "", 1: _("Soon"), 2: _("As soon as can be")}[urgency]


def board_row(episode: Episode, now: datetime) -> BoardRow:
    """A row of the board from an episode as `queries.Board` or `queries.get_on_board` gives it."""
    open_round = next((one for one in episode.all_rounds if one.status == "open"), None)
    proposals = [proposal_line(one) for one in episode.to_propose if one.rank]
    scores = [line.score or 0 for line in proposals]
    state, tone = state_words(episode, open_round, now)
    return BoardRow(
        episode=episode,
        name=episode.person.goes_by,
        days=max(0, (now - episode.waiting_since).days) if episode.waiting_since else 0,
        urgency=urgency_words(episode.urgency),
        wants=wants(episode),
        proposals=proposals,
        nobody=[words for one in episode.to_propose if not one.rank for words in speak_nobody_stored(one.reasons)],
        state=state,
        tone=tone,
        round=open_round,
        not_best_first=bool(scores) and scores[0] < max(scores),
    )


def wants(episode: Episode) -> list[str]:
    """What somebody asks for, in short: help, path, languages, and what has to be."""
    wishes = getattr(episode, "wishes", None)
    if wishes is None:
        return [spoken("language", episode.person.language)]
    musts = ", ".join(wish_words(f"{one.feature}:{one.value}") for one in episode.musts)
    said = [
        spoken("kind", "loved_one") if episode.kind == "loved_one" else "",
        labels("need", wishes.needs[:3]),
        labels("pathway", wishes.pathways),
        labels("language", wishes.languages),
        _("Has to be: %(wishes)s") % {"wishes": musts} if musts else "",
    ]
    return [words for words in said if words]


def proposal_line(proposal: Proposal) -> ProposalLine:
    """A proposal in the coordinator's words."""
    score = None if proposal.score is None else round(proposal.score)
    good, against = speak_stored(proposal.reasons, THEY)
    return ProposalLine(proposal.peer, proposal.rank, fit_words(score), score, good, against)


def state_words(episode: Episode, open_round: Round | None, now: datetime) -> tuple[str, str]:
    """How far it is, in one sentence, and the tone of the row."""
    if open_round:
        return round_words(open_round, now), ""
    if any(proposal.rank for proposal in episode.to_propose):
        return came_back_words(episode) or _("Proposed, not sent yet."), ""
    if episode.to_propose:
        return _("Nobody fits yet."), "sand"
    return came_back_words(episode) or _("Nothing proposed yet."), ""


def came_back_words(episode: Episode) -> str:
    """Why the latest round of this wait came back; empty when there was none."""
    latest = episode.all_rounds[0] if episode.all_rounds else None
    if (
        latest is None
        or latest.status != "returned"
        or (episode.waiting_since and latest.sent_at < episode.waiting_since)
    ):
        return ""
    return str(RETURN_SENTENCES.get(latest.return_reason, ""))


def round_words(round_: Round, now: datetime) -> str:
    """What an open round waits for."""
    chosen = next((offer for offer in round_.in_order if offer.status == "chosen"), None)
    if chosen is None:
        return _("Offers sent %(ago)s ago; time to choose until %(until)s.") % {
            "ago": _ago(round_.sent_at, now), "until": _until(round_.choose_by, now),
        }  # fmt: skip
    words = {
        "peer": chosen.peer.person.goes_by, "ago": _ago(chosen.chosen_at, now),
        "until": _until(chosen.answer_by, now),
        "via": str(VIA_LABELS.get(chosen.recorded_via, "")).lower(),
    }  # fmt: skip
    if round_.you_choose:
        return _("“You choose”: %(peer)s was asked %(ago)s ago and has until %(until)s to answer.") % words
    if words["via"]:
        return _("Chose %(peer)s %(ago)s ago (%(via)s), waiting for the answer until %(until)s.") % words
    return _("Chose %(peer)s %(ago)s ago, waiting for the answer until %(until)s.") % words


def _until(moment: datetime, now: datetime) -> str:
    return when(timezone.localdate(moment), timezone.localdate(now))


def _ago(moment: datetime, now: datetime) -> str:
    """How long ago, in its largest unit, a minute at least."""
    past = max(now - moment, timedelta(minutes=1))
    if past < SHORTEST_MONTH:
        return _minutes_ago(past // timedelta(minutes=1))
    return timesince(now - past, now, depth=1)


@kept
def _minutes_ago(minutes: int) -> str:
    return timesince(EVER - timedelta(minutes=minutes), EVER, depth=1)


SHORTEST_MONTH = timedelta(days=28)
"""Below it, how long ago does not depend on the day of the year."""
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def round_history(episode: Episode) -> list[dict]:
    """What happened to the offers of this wait, latest first, for the coordinator's timeline."""
    events = []
    for round_ in episode.all_rounds:
        for offer in round_.in_order:
            if offer.ended_at is None or offer.status == "withdrawn":
                continue
            why = DECLINE_LABELS.get(offer.decline_code) or PEER_DECLINE_LABELS.get(offer.decline_code) or ""
            words = offer.decline_words
            events.append({
                "title": f"{offer.peer.person.goes_by}: {label('offer', offer.status)}", "at": offer.ended_at,
                "text": "\n".join(filter(None, [str(why), words])),
            })  # fmt: skip
        if round_.ended_at and round_.return_reason in RETURN_SENTENCES:
            events.append({"title": str(RETURN_SENTENCES[round_.return_reason]), "at": round_.ended_at, "text": ""})
    return sorted(events, key=lambda event: event["at"], reverse=True)


# --- on paper --------------------------------------------------------------------------------------------------------
def paper_reasons(offer: Offer) -> tuple[list[str], list[str]]:
    """For and against, without anything that tells why somebody is here."""
    kept = [reason for reason in offer.reasons if reason["code"] in ON_PAPER]
    return speak_for(kept, YOU), speak_against(kept, YOU)
