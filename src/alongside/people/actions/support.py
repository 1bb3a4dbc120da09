"""A director lets somebody outside help for a while, and ends it. Others are told each time."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people import outbox
from alongside.people.models import Program, SupportGrant, User
from alongside.people.queries import list_others_with
from alongside.people.support_queries import find_helper, state_of_grant
from alongside.rules.access import ACTS
from alongside.rules.support import LIVE, ends_at


class NobodyFits(Exception):
    """No account that may help has this address. Why, nobody learns (A1)."""


class HelpsAlready(Exception):
    """This account may help here until a moment already: a second grant would only hide when it ends."""


def give_support(
    *, email: str, minutes: int, words: str, submit_key: UUID, program: Program, by, now: datetime | None = None
) -> SupportGrant:
    """Let the account with exactly this e-mail see how the install is, from now for so many minutes.

    The same `submit_key` is the same grant. Raises `NobodyFits`, `HelpsAlready`, `rules.support.TimeNotOffered`.
    """
    now = now or timezone.now()
    if sent_before := SupportGrant.objects.filter(program=program, submit_key=submit_key).first():
        return sent_before
    account = find_helper(email, program)
    if account is None:
        record(act="support.given", by=by, program_id=program.pk, outcome="refused", reason="nobody_fits")
        raise NobodyFits
    try:
        return _give(account, minutes, words.strip(), submit_key, program, by, now)
    except IntegrityError as error:  # another director was quicker, or it has a role here since
        raise HelpsAlready from error


@transaction.atomic
def _give(account: User, minutes: int, words: str, submit_key: UUID, program: Program, by, now) -> SupportGrant:
    earlier = SupportGrant.objects.filter(program=program, account=account, ended_at=None)
    earlier.filter(until_at__lte=now).update(ended_at=F("until_at"))
    grant = SupportGrant.objects.create(
        program=program, account=account, words=words, given_by_id=by.user_id, from_at=now,
        until_at=ends_at(now, minutes), submit_key=submit_key,
    )  # fmt: skip
    record(act="support.given", by=by, program_id=program.pk, object_kind="support", object_id=grant.pk,
           reason=f"minutes_{minutes}", words=words)  # fmt: skip
    _tell(grant, "given", by, now)
    return grant


@transaction.atomic
def end_support(*, grant: SupportGrant, by, now: datetime | None = None) -> bool:
    """End it before its time: the very next request is refused. Whether it was open until now."""
    now = now or timezone.now()
    locked = SupportGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if state_of_grant(locked, now) != LIVE:
        return False
    locked.ended_at, locked.ended_by_id = now, by.user_id
    locked.save(update_fields=["ended_at", "ended_by"])
    record(act="support.ended", by=by, program_id=locked.program_id, object_kind="support", object_id=locked.pk)
    _tell(locked, "ended", by, now)
    return True


def _tell(grant: SupportGrant, what: str, by, now: datetime) -> None:
    """Neutral mail to everybody who may see that the door is open, and to whom it is opened for."""
    others = list_others_with(ACTS["see_support"], program_id=grant.program_id, but=by.user_id)
    page = outbox.absolute(reverse("support_one", args=[grant.pk]))
    told = {one.user_id: (one.user, page) for one in others}
    if grant.account is not None:
        told[grant.account.pk] = (grant.account, outbox.absolute(reverse("home")))
    for user, link in told.values():
        key = f"support:{grant.pk.hex}:{what}:{user.pk.hex[:12]}"
        outbox.queue_account_notice(
            user, "something_new", now, link=link, once_key=key, program_id=grant.program_id
        )  # fmt: skip
