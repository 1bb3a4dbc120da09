"""Links that may be seen: one's own, or those of people whose record one may open. Always part of the query (D2)."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.privacy.queries import list_participants_visible_to

from .models import PartnerLink, SignerLink

MOST = 50


def list_own(person_id: UUID) -> list[PartnerLink]:
    """The person's own, the latest first."""
    return list(_whole().filter(person_id=person_id).order_by("-made_at")[:MOST])


def get_own(person_id: UUID, link_id: UUID) -> PartnerLink | None:
    """One of the person's own, or None: the caller answers 404."""
    return PartnerLink.objects.filter(person_id=person_id, pk=link_id).first()


def list_of_consent(consent_id: UUID) -> list[PartnerLink]:
    """Those made under one consent that the reader may open (asked before), the latest first."""
    return list(_whole().filter(consent_id=consent_id).order_by("-made_at")[:MOST])


def list_visible_to(actor) -> list[PartnerLink]:
    """Those of people this actor may see, the latest first."""
    visible = list_participants_visible_to(actor)
    return list(_whole().filter(person__in=visible).order_by("-made_at")[:MOST])


def get_visible_to(actor, link_id: UUID) -> PartnerLink | None:
    """One of somebody whose record this actor may open now, or None."""
    return PartnerLink.objects.filter(pk=link_id, person__in=list_participants_visible_to(actor)).first()


def list_signers(consent_id: UUID) -> list[SignerLink]:
    """Pages by which others were asked to sign one permission that the reader may open (asked before)."""
    return list(SignerLink.objects.filter(consent_id=consent_id).defer("other_shown").order_by("-made_at")[:MOST])


def get_signer_visible_to(actor, link_id: UUID) -> SignerLink | None:
    """One of somebody whose record this actor may open now, or None."""
    return SignerLink.objects.filter(pk=link_id, person__in=list_participants_visible_to(actor)).first()


def get_own_signer(person_id: UUID, link_id: UUID) -> SignerLink | None:
    """One of the person's own, or None."""
    return SignerLink.objects.filter(person_id=person_id, pk=link_id).first()


def list_unread() -> QuerySet:
    """Disclosures behind a link that nobody has opened: `privacy` asks whom to tell that a consent ended."""
    return PartnerLink.objects.filter(first_opened_at=None).values("disclosure")


def _whole() -> QuerySet[PartnerLink]:
    links = PartnerLink.objects.defer("content").select_related("disclosure__consent", "person")
    return links.prefetch_related("said_later")
