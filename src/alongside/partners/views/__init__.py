"""Pages: from outside, for staff, and the person's own."""

from .outside import page_ended, partner_answer, partner_later, partner_page
from .own import me_page_stop, me_pages
from .staff import partner_link_code, partner_link_new, partner_link_stop, partner_links

__all__ = [
    "me_page_stop",
    "me_pages",
    "page_ended",
    "partner_answer",
    "partner_later",
    "partner_link_code",
    "partner_link_new",
    "partner_link_stop",
    "partner_links",
    "partner_page",
]
