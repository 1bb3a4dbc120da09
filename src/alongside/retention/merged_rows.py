"""What becomes of a wish to erase when two records become one: one wish for the joined record."""

from alongside.people.joining import OWN, Joining

from .models import ErasureRequest

RULES = {"retention.ErasureRequest.person": OWN}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`. Of two open wishes the one of the kept record goes on; none is lost."""
    open_ones = ErasureRequest.objects.filter(status__in=["asked", "waiting"])
    if open_ones.filter(person=joining.kept).exists():
        for row in open_ones.filter(person=joining.gone):
            joining.change(row, status="withdrawn")
    for row in ErasureRequest.objects.filter(person=joining.gone):
        joining.change(row, person_id=joining.kept.pk)
