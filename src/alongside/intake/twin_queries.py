"""Pairs of records that may be of one person, as far as this actor may open the records of both."""

from datetime import datetime

from django.db.models import Q, QuerySet

from alongside.people.models import Episode, Merge, Person, TwinPair
from alongside.privacy.queries import list_participants_visible_to

SHOWN = ("id", "bits", "verdict", "reasons", "decision", "first__goes_by", "second__goes_by")


def list_pairs_visible_to(actor, decision: str | None = None) -> QuerySet[TwinPair]:
    """Pairs of two people whom this actor may see, the likeliest first; never one of which the actor is part.

    A coordinator: all. A director: those of whom they have given a reason to open each record (D3).
    """
    pairs = TwinPair.objects.filter(program_id=actor.program_id)
    if decision is not None:
        pairs = pairs.filter(decision=decision)
    pairs = pairs.exclude(Q(first=actor.person_id) | Q(second=actor.person_id))
    if not actor.has("coordinator"):
        seen = _list_seen_by_reason(actor)
        pairs = pairs.filter(first__in=seen, second__in=seen)
    return pairs.select_related("first", "second").order_by("-bits", "pk")


def _list_seen_by_reason(actor) -> QuerySet[Person]:
    participants = Episode.objects.values("person")
    visible = Q(pk__in=list_participants_visible_to(actor).values("pk")) | ~Q(pk__in=participants)
    return Person.objects.filter(visible)


def get_pair(actor, pair_id) -> TwinPair | None:
    """One pair with all that is compared, or None: the caller answers 404 either way."""
    related = ("first__safe_contact", "first__user", "second__safe_contact", "second__user", "program",
               "first__supervisor", "second__supervisor")  # fmt: skip
    return list_pairs_visible_to(actor).filter(pk=pair_id).select_related(*related).first()


def list_merges_visible_to(actor, now: datetime) -> QuerySet[Merge]:
    """What was joined and can still be taken apart, the latest first."""
    merges = Merge.objects.filter(program_id=actor.program_id, undone_at=None, undo_until__gte=now)
    merges = merges.exclude(kept=actor.person_id)
    if not actor.has("coordinator"):
        merges = merges.filter(kept__in=_list_seen_by_reason(actor))
    return merges.defer("journal").select_related("kept").order_by("-merged_at", "pk")


def list_episodes(*people: Person) -> dict:
    """Person's id to their episodes, the latest first."""
    found: dict = {person.pk: [] for person in people}
    for episode in Episode.objects.filter(person__in=people).order_by("-opened_at"):
        found[episode.person_id].append(episode)
    return found
