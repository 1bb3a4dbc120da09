"""Opening and closing the page of a group, and its quiet hours."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.community.models import Community
from alongside.groups.holding import lock_group
from alongside.groups.models import Group


class NeedsReason(Exception):
    """The group is for participants and loved ones together: only a coordinator opens its page, and says why."""


@transaction.atomic
def set_page(
    *, group: Group, is_open: bool, by, quiet_from: time | None = None, quiet_until: time | None = None,
    mixed_why: str = "", now: datetime | None = None,
) -> Community:  # fmt: skip
    """Open or close it, with its quiet hours. Closed, everything that was written stays. Raises `NeedsReason`."""
    now, found = now or timezone.now(), lock_group(group.pk)
    page = Community.objects.select_for_update().filter(group=found).first()
    page = page or Community(program_id=found.program_id, group=found, opened_for=found.for_whom)
    opens = is_open and not (page.is_open and page.opened_for == found.for_whom)
    if opens and found.for_whom == "everybody":
        if not by.has("coordinator") or not mixed_why.strip():
            raise NeedsReason
        page.mixed_why, page.mixed_at = mixed_why.strip(), now
    if opens:
        page.opened_for = found.for_whom
    wanted = (is_open, quiet_from, quiet_until)
    if opens or page.changed_at is None or (page.is_open, page.quiet_from, page.quiet_until) != wanted:
        page.is_open, page.quiet_from, page.quiet_until = wanted
        page.changed_at = now
        page.save()
        record(act="page.set", by=by, object_kind="community", object_id=page.pk, reason="open" if is_open else "off")
    return page
