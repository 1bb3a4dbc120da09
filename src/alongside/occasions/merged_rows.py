"""What becomes of places at events when two records become one: one place at each, the better or the earlier one."""

from alongside.people.joining import OWN, Joining
from alongside.people.turns import stands_before

from .models import OPEN_PLACES, OccasionPlace

RULES = {"occasions.OccasionPlace.person": OWN}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`."""
    places = OccasionPlace.objects.filter(status__in=OPEN_PLACES)
    kept = {one.occasion_id: one for one in places.filter(person=joining.kept)}
    for place in OccasionPlace.objects.filter(person=joining.gone).order_by("asked_at"):
        other = kept.get(place.occasion_id) if place.status in OPEN_PLACES else None
        if other and stands_before(place, other):
            joining.delete(other)
        elif other:
            joining.delete(place)
            continue
        joining.change(place, person_id=joining.kept.pk)
