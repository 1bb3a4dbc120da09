"""What may be done on the way from waiting to a peer. One function, one transaction, with its audit entry."""

from .answers import PEER_DECLINE_CODES, accept, peer_decline
from .choices import DECLINE_CODES, OfferNotOpen, change_mind, choose, decline, none_of_these, you_choose
from .daily import run_daily, run_if_due
from .lapsing import lapse_due, lapse_due_offers
from .replays import NothingKept, replay_run
from .rounds import NothingToOffer, PlacesPromised, Sent, send_all_offers, send_offers, take_back_round
from .runs import NotWaiting, PeerNotProposed, adjust_proposals, order_of, run_matching
from .steps import PlaceTaken, find_askable

__all__ = [
    "DECLINE_CODES",
    "PEER_DECLINE_CODES",
    "NotWaiting",
    "NothingKept",
    "NothingToOffer",
    "OfferNotOpen",
    "PeerNotProposed",
    "PlaceTaken",
    "PlacesPromised",
    "Sent",
    "accept",
    "adjust_proposals",
    "change_mind",
    "choose",
    "decline",
    "find_askable",
    "lapse_due",
    "lapse_due_offers",
    "none_of_these",
    "order_of",
    "peer_decline",
    "replay_run",
    "run_daily",
    "run_if_due",
    "run_matching",
    "send_all_offers",
    "send_offers",
    "take_back_round",
    "you_choose",
]
