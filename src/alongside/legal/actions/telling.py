"""Telling people of a breach: by letter, on their own page, face to face; who was told when and how."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.outbox import absolute, queue_notice
from alongside.rules.breach import delayed_until
from alongside.rules.breach_letter import VERSION

from ..models import Affected, Incident
from ..queries import list_delays
from .incidents import IncidentRefused
from .posting import today_of


@transaction.atomic
def tell_affected(
    *, incident: Incident, affected: Iterable[Affected], how: str, by, now: datetime | None = None
) -> int:
    """These people were told, and how; each can read the letter on their own page from now on. How many are new.

    With `own_page` a neutral notice is queued. Raises `IncidentRefused` before it was found to be a breach, without
    words for the letter, and while law enforcement asked to wait.
    """
    now = now or timezone.now()
    locked = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if locked.decision != "breach":
        raise IncidentRefused("undecided")
    if delayed_until([one.frozen() for one in list_delays(locked)], today_of(locked, now)):
        raise IncidentRefused("delayed")
    if not locked.letter or not locked.contact:
        raise IncidentRefused("no_words")
    ids = sorted(one.pk for one in affected)
    rows = Affected.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, incident=locked, told_at=None, struck_at=None
    )
    told = 0
    for row in rows.select_related("person__program").order_by("pk"):
        row.told_at, row.told_how, row.told_by_id, row.letter_version = now, how, by.user_id, VERSION
        row.save(update_fields=["told_at", "told_how", "told_by", "letter_version"])
        record(
            act="incident.person_told", by=by, subject=row.person_id, object_kind="incident", object_id=locked.pk,
            reason=how,
        )  # fmt: skip
        if how == "own_page":
            queue_notice(
                row.person, "something_new", link=absolute(reverse("me_letters")), once_key=f"affected:{row.pk}",
                now=now,
            )  # fmt: skip
        told += 1
    return told
