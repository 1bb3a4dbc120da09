"""Opening and closing the page of a group, and its quiet hours."""

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.community.models import Community
from alongside.groups.holding import lock_group
from alongside.groups.models import Group
from alongside.web.meanwhile import Seen, check_seen


class HasEnded(Exception):
    """The group has ended: nobody writes there any more."""


class NeedsReason(Exception):
    """The group is for participants and loved ones together: only a coordinator opens its page, and says why."""


def values_of(page: Community | None, group: Group) -> dict[str, Any]:
    """How the page of a group stands, by the names of its form."""
    if page is None:
        return {"is_open": False, "quiet_from": None, "quiet_until": None, "mixed_why": ""}
    is_open = page.is_open and page.opened_for == group.for_whom and group.status != "ended"
    return {
        "is_open": is_open, "quiet_from": page.quiet_from, "quiet_until": page.quiet_until, "mixed_why": page.mixed_why,
    }  # fmt: skip


@transaction.atomic
def set_page(
    *, group: Group, is_open: bool, by, quiet_from: time | None = None, quiet_until: time | None = None,
    mixed_why: str = "", seen: Seen | None = None, now: datetime | None = None,
) -> Community:  # fmt: skip
    """Open or close it, with its quiet hours. Closed, everything that was written stays.

    Raises `HasEnded`, `NeedsReason`, and `web.meanwhile.ChangedMeanwhile` where it would undo what somebody else set.
    """
    now, found = now or timezone.now(), lock_group(group.pk)
    page = Community.objects.select_for_update().filter(group=found).first()
    stands = values_of(page, found)
    values = {"is_open": is_open, "quiet_from": quiet_from, "quiet_until": quiet_until}
    says_why = by.has("coordinator") and found.for_whom == "everybody"
    check_seen(seen, now=stands, wanted=values | ({"mixed_why": mixed_why} if says_why else {}))
    page = page or Community(program_id=found.program_id, group=found, opened_for=found.for_whom)
    opens, mixed_why = is_open and not stands["is_open"], mixed_why.strip()
    if opens and found.status == "ended":
        raise HasEnded
    if (opens and found.for_whom == "everybody" and not says_why) or (is_open and says_why and not mixed_why):
        raise NeedsReason
    explains = is_open and says_why and page.mixed_why != mixed_why
    if explains or (opens and says_why):
        page.mixed_why, page.mixed_at = mixed_why, now
    if opens:
        page.opened_for = found.for_whom
    wanted = (is_open, quiet_from, quiet_until)
    if opens or explains or not page.changed_at or (page.is_open, page.quiet_from, page.quiet_until) != wanted:
        page.is_open, page.quiet_from, page.quiet_until = wanted
        page.changed_at = now
        page.save()
        record(act="page.set", by=by, object_kind="community", object_id=page.pk, reason="open" if is_open else "off")
    return page
