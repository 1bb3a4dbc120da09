"""The names of the columns in which `alongside match` writes the proposals for two lists."""

from django.utils.translation import gettext_lazy as _

PROPOSAL_COLUMNS = (
    _("Participant"), _("Name"), _("Rank"), _("Proposed"), _("Peer"), _("Name of the peer"), _("Fit of 100"),
    _("In words"), _("For"), _("May be different"), _("The peer's limits in words"), _("Why nobody"),
)  # fmt: skip
YES = _("Yes")
