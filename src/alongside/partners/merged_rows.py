"""What becomes of pages for partners when two records become one: they follow their consent."""

from alongside.people.joining import MOVE

RULES = {"partners.PartnerLink.person": MOVE, "partners.SignerLink.person": MOVE}
