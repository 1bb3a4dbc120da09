"""One order of locks for all that happens in a mentorship, the same as for offers: the episode first, then the rest."""

from collections.abc import Collection
from uuid import UUID

from alongside.people.models import Episode


def lock_episodes(ids: Collection[UUID]) -> None:
    """Wait for whoever else moves these episodes, their mentorships or handovers; held until the transaction ends.

    An action that locked a mentorship or a peer before its episode would meet another one coming from the episode, and
    PostgreSQL would end one of them. Rows that an insert refers to count as locked too, so lock before inserting.
    """
    list(Episode.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
