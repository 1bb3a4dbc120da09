"""What becomes of places in groups and of who came, when two records become one."""

from alongside.people.joining import MOVE, OWN, Joining
from alongside.people.turns import stands_before

from .models import OPEN_PLACES, Came, GroupPlace, Leader

RULES = {
    "groups.Leader.person": OWN,
    "groups.GroupPlace.person": OWN,
    "groups.GroupPlace.added_by": MOVE,
    "groups.Came.person": OWN,
}


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`: who leads a group is no one person with who has a place; nor are two who came."""
    both = joining.both
    led = Leader.objects.filter(person__in=both).values("group")
    if GroupPlace.objects.filter(group__in=led, person__in=both, status__in=OPEN_PLACES).exists():
        joining.refuse("one_supports_other")
    with_kept = Came.objects.filter(person=joining.kept).values("session")
    if Came.objects.filter(person=joining.gone, session__in=with_kept).exists():
        joining.refuse("in_one_note")  # A sheet says that the two were there together.


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: one place in each group, the better one or the earlier turn; the sheets of both."""
    kept = {one.group_id: one for one in GroupPlace.objects.filter(person=joining.kept, status__in=OPEN_PLACES)}
    for place in GroupPlace.objects.filter(person=joining.gone).order_by("asked_at"):
        other = kept.get(place.group_id) if place.status in OPEN_PLACES else None
        if other and stands_before(place, other):
            joining.delete(other)
        elif other:
            joining.delete(place)
            continue
        joining.change(place, person_id=joining.kept.pk)
    for came in Came.objects.filter(person=joining.gone):
        joining.change(came, person_id=joining.kept.pk)
    groups = set(Leader.objects.filter(person=joining.kept).values_list("group_id", flat=True))
    for leader in Leader.objects.filter(person=joining.gone):
        if leader.group_id in groups:
            joining.delete(leader)
        else:
            joining.change(leader, person_id=joining.kept.pk)
