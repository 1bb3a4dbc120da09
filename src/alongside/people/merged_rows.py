"""What this package refuses and does with its own rows when two records become one (handlers of the events)."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from .joining import Joining
from .models import Boundary, Episode, Invitation, MatchKey, Membership, Person, SafeContact, ToCompare, TwinPair
from .safe_contact import strictest

BEFORE_A_MATCH = ("inquiry", "intake", "waiting")
"""States of a stretch of support in the order in which they are reached."""


def is_peer(person: Person) -> bool:
    """Whether this person has a peer's profile: a floor above, reached by the name of the relation."""
    try:
        return person.peer_profile is not None
    except ObjectDoesNotExist:
        return False


def check(*, joining: Joining) -> None:
    """Handler of `persons_to_merge`."""
    kept, gone = joining.kept, joining.gone
    if kept.program_id != gone.program_id or joining.by.person_id in joining.both:
        joining.refuse("not_two")
    if len(find_open(joining)) == 2 and find_double(joining) is None:
        joining.refuse("both_open")
    if is_peer(kept) and is_peer(gone):
        joining.refuse("both_peers")
    if kept.supervisor_id == gone.pk or gone.supervisor_id == kept.pk:
        joining.refuse("one_supports_other")
    if kept.user_id and gone.user_id and has_staff_role(kept) and has_staff_role(gone):
        joining.refuse("two_staff_accounts")
    if Boundary.objects.filter(person__in=joining.both, other__in=joining.both).exists():
        joining.refuse("not_together")


def find_open(joining: Joining) -> list[Episode]:
    """The open stretches of support of the two, at most one of each."""
    return list(Episode.objects.filter(person__in=joining.both).exclude(status="closed").order_by("opened_at", "pk"))


def find_double(joining: Joining) -> Episode | None:
    """Where both are open, the one that nobody was matched in and that is less far; of two alike, the newer one.

    A list that names a person twice makes two who wait. Nothing has begun in the second, so nobody has to end it first.
    """
    both = find_open(joining)
    unmatched = [one for one in both if one.status in BEFORE_A_MATCH and not (one.matched_at or one.active_since)]
    if len(both) < 2 or not unmatched:
        return None
    return min(unmatched, key=lambda one: (BEFORE_A_MATCH.index(one.status), -both.index(one)))


def has_staff_role(person: Person) -> bool:
    """Whether the account of this person does more than a participant's."""
    return Membership.objects.filter(user_id=person.user_id).exclude(role="participant").exists()


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`: the stricter rule of contact, all boundaries, pairs, links and keys."""
    _close_double(joining)
    _join_safe_contact(joining)
    _join_boundaries(joining)
    _join_pairs(joining)
    for link in Invitation.objects.filter(person=joining.gone, used_at=None, revoked_at=None):
        joining.change(link, revoked_at=joining.now)
    MatchKey.objects.filter(person=joining.gone).delete()
    ToCompare.objects.filter(person=joining.gone).delete()


def _close_double(joining: Joining) -> None:
    """One wait instead of two: it began with the first of them, and figures count it once."""
    double = find_double(joining)
    if double is None:
        return
    (stays,) = (one for one in find_open(joining) if one.pk != double.pk)
    if stays.status == "waiting" and double.first_waiting_at:
        began = {
            name: min(moment, getattr(double, name) or moment)
            for name in ("waiting_since", "first_waiting_at")
            if (moment := getattr(stays, name))
        }
        joining.change(stays, **began)
    joining.change(
        double, status="closed", closed_at=joining.now, close_reason="duplicate", waiting_since=None,
        first_waiting_at=None,
    )  # fmt: skip


def _join_safe_contact(joining: Joining) -> None:
    mine, theirs = (SafeContact.objects.filter(person=one).first() for one in (joining.kept, joining.gone))
    if theirs is None:
        return
    if mine is None:
        joining.change(theirs, person_id=joining.kept.pk)
        return
    new = {name: value for name, value in strictest(mine, theirs).items() if getattr(mine, name) != value}
    if new:
        joining.change(mine, **new)
    joining.delete(theirs)


def list_boundaries_of(*ids) -> set:
    """Ids of everybody with whom one of these is never paired."""
    rows = Boundary.objects.filter(Q(person__in=ids) | Q(other__in=ids)).values_list("person_id", "other_id")
    return {one for pair in rows for one in pair} - set(ids)


def _join_boundaries(joining: Joining) -> None:
    held = list_boundaries_of(joining.kept.pk)
    for row in Boundary.objects.filter(Q(person=joining.gone) | Q(other=joining.gone)):
        third = row.other_id if row.person_id == joining.gone.pk else row.person_id
        if third in held:
            joining.delete(row)
        else:
            first, second = sorted((joining.kept.pk, third))
            joining.change(row, person_id=first, other_id=second)


def _join_pairs(joining: Joining) -> None:
    """That somebody is another person stays true; what was still open is compared anew."""
    pairs = {_third(pair, joining.kept.pk): pair for pair in _pairs_of(joining.kept)}
    for pair in _pairs_of(joining.gone):
        third = _third(pair, joining.gone.pk)
        other = pairs.get(third)
        if pair.decision != "different" or third == joining.kept.pk:
            joining.delete(pair)
        elif other is None:
            first, second = sorted((joining.kept.pk, third))
            joining.change(pair, first_id=first, second_id=second)
        else:
            joining.delete(pair)
            if other.decision != "different":
                joining.change(other, decision="different", decided_at=pair.decided_at)


def _pairs_of(person: Person) -> list[TwinPair]:
    return list(TwinPair.objects.filter(Q(first=person) | Q(second=person)).order_by("pk"))


def _third(pair: TwinPair, person_id):
    return pair.second_id if pair.first_id == person_id else pair.first_id
