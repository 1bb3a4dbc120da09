"""What peers are said to do, in words."""

from django.utils.translation import gettext_lazy as _

SERVES = {
    "own_recovery": _("Someone in or seeking recovery"),
    "loved_one": _("Someone who loves a person in or seeking recovery"),
}
"""Kind of participant (`vocabulary.KINDS`) to whom that is, for a peer who walks with them."""
