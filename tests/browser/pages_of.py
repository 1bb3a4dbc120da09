"""Which pages somebody can open, found in the router, with the story's objects in their paths."""

from django_scopes import scope

from alongside.rules import access
from tests.promises.every_url import Page, list_pages

ROLES = {
    "visitor": (), "rosa": ("participant",), "olu": ("participant",), "nia": ("participant",), "dante": ("peer",),
    "lien": ("supervisor",), "carmen": ("coordinator",), "dolores": ("director",), "cleo": ("council",),
    "ada": ("administrator",), "sol": ("support",),
}  # fmt: skip
"""Everybody whose pages are looked at. Three participants: one walks with a peer, one chooses, one waits."""

NO_PAGE = frozenset({"mfa_edit_webauthn", "mfa_remove_webauthn", "demo_door"})
"""Nobody in this story has a passkey, and the door is open in the demo only."""

ALIKE = frozenset({"see_public", "ask_for_someone", "apply_as_peer", "see_public_impact", "read_adopted_policies",
                   "accept_invitation", "sign_in", "manage_own_account", "see_design"})  # fmt: skip
"""Acts whose pages are the same for everybody who may: seen by the visitor, or by one of each frame."""
FRAMES = frozenset({"visitor", "rosa", "ada"})


def list_pages_of(house, who: str) -> list[tuple[Page, str]]:
    """(page, path) of what this person may try; what answers 404, 405 or a file is no page, as the visit finds out."""
    with scope(program=house.story.program):
        return [
            (page, page.path(house.story))
            for page in list_pages()
            if page.name not in NO_PAGE
            and page.act is not None
            and access.may(page.act, frozenset(ROLES[who]))
            and (page.act not in ALIKE or who in FRAMES)
        ]
