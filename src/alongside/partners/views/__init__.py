"""Pages: from outside, for staff, and the person's own."""

from .outside import page_ended, partner_answer, partner_later, partner_page
from .own import me_page_stop, me_pages
from .signing import me_signer, me_signer_stop, signer_answer, signer_code, signer_links, signer_page, signer_stop
from .staff import partner_link_code, partner_link_new, partner_link_stop, partner_links

__all__ = [
    "me_page_stop",
    "me_pages",
    "me_signer",
    "me_signer_stop",
    "page_ended",
    "partner_answer",
    "partner_later",
    "partner_link_code",
    "partner_link_new",
    "partner_link_stop",
    "partner_links",
    "partner_page",
    "signer_answer",
    "signer_code",
    "signer_links",
    "signer_page",
    "signer_stop",
]
