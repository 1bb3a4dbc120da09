"""What may be done about people, episodes and accounts. One function, one transaction, with its audit entry."""

from .accounts import (
    AccountNotDisabled,
    EmailInUse,
    InvitationNotUsable,
    accept_invitation,
    accept_new_password,
    create_invitation,
    disable_account,
    enable_account,
    revoke_invitation,
    set_language,
    set_own_email,
    set_roles,
)
from .codes import NoCodes, ask_for_code, end_paper_codes, make_paper_codes, use_mailed_code, use_paper_code
from .episodes import EpisodeAlreadyOpen, move_episode, note_return_to_use, open_episode
from .merging import MergeRefused, UndoRefused, decide_pair, merge_persons, undo_merge
from .persons import change_person, create_person, record_boundary, set_safe_contact
from .support import HelpsAlready, NobodyFits, end_support, give_support
from .text_wishes import start_texts, stop_texts

__all__ = [
    "AccountNotDisabled",
    "EmailInUse",
    "EpisodeAlreadyOpen",
    "HelpsAlready",
    "InvitationNotUsable",
    "MergeRefused",
    "NoCodes",
    "NobodyFits",
    "UndoRefused",
    "accept_invitation",
    "accept_new_password",
    "ask_for_code",
    "change_person",
    "create_invitation",
    "create_person",
    "decide_pair",
    "disable_account",
    "enable_account",
    "end_paper_codes",
    "end_support",
    "give_support",
    "make_paper_codes",
    "merge_persons",
    "move_episode",
    "note_return_to_use",
    "open_episode",
    "record_boundary",
    "revoke_invitation",
    "set_language",
    "set_own_email",
    "set_roles",
    "set_safe_contact",
    "start_texts",
    "stop_texts",
    "undo_merge",
    "use_mailed_code",
    "use_paper_code",
]
