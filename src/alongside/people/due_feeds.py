"""Reading lists of others whose time has come: one way for whatever they hold, so that no list holds up another."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.rules.feeds import wait_hours

logger = logging.getLogger("alongside.feeds")

AT_ONCE_SECONDS = 5.0
"""After so long no other list is begun: whoever waits beside it comes first, and we come again."""
AT_ONCE = 20

NOT_FETCHED = {
    "too_large": _("The list is larger than we read."),
    "not_https": _("The address does not begin with https."),
    "bad_address": _("This is not an address we may ask."),
    "private_address": _("The address leads into a private network. We never ask there."),
    "not_found_by_name": _("No such site was found."),
    "no_answer": _("The site did not answer."),
    "too_slow": _("The site was too slow."),
    "certificate": _("The site could not show that it is the one."),
    "too_many_redirects": _("The site sent us on and on."),
    "closed": _("The site asks for a password: the list is closed."),
    "not_there": _("There is nothing at this address."),
    "server_error": _("The site has trouble of its own."),
    "other_status": _("The site answered in a way we do not know."),
    "other_kind": _("A web page or another kind of file came, not a list."),
    "other_encoding": _("The answer was packed in a way we do not know."),
    "bomb": _("The answer unpacks to far more than it weighs. It was thrown away."),
    "cut_off": _("The answer broke off in the middle."),
    "reader_broke": _("We could not read it, and the fault is ours. Please tell whoever looks after this system."),
}
"""Why nothing was fetched (`fetching.REASONS`), and a fault of our own, in words for staff."""


def read_each(
    model: Any, read: Callable[..., Any], note_fault: Callable[..., Any], now: datetime, **narrower: object
) -> Counter:
    """Let `read(feed=, by=, now=)` read each of `model` whose `next_at` has come, a few at once, in its program.

    Whoever takes one moves its time first: another worker finds nothing due, and one that dies tries later. What was
    not read is asked again sooner. `note_fault(feed, "reader_broke", now)` writes down a fault of ours.
    """
    done: Counter[str] = Counter()
    with scopes_disabled():
        due = list(model.objects.filter(next_at__lte=now, **narrower).order_by("next_at")[:AT_ONCE])
    started = time.monotonic()
    for feed in due:
        if time.monotonic() - started > AT_ONCE_SECONDS:
            break
        program = Program.objects.get(pk=feed.program_id)
        with scope(program=program):
            taken = now + timedelta(hours=wait_hours(feed.every_hours, worked=False))
            if not model.objects.filter(pk=feed.pk, next_at=feed.next_at).update(next_at=taken):
                continue
            try:
                found = read(feed=feed, by=SystemActor(program_id=program.pk), now=now)
            except Exception as error:  # the fault is ours; the others are read all the same
                logger.error("a list of others broke its reader: %s", type(error).__name__)  # its text may quote it: G4
                found = note_fault(feed, "reader_broke", now)
            worked = not found.problem
            after = now + timedelta(hours=wait_hours(feed.every_hours, worked=worked)) if feed.every_hours else None
            # Only where nobody asked for it meanwhile.
            model.objects.filter(pk=feed.pk, next_at=taken).update(next_at=after)
            done["feeds read" if worked else "feeds not read"] += 1
    return done
