"""What may be read about help from outside: whom an address finds, the grants of a program, what each opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from alongside.audit.fields import blind_index
from alongside.audit.queries import list_of_object
from alongside.rules.support import Account, may_be_let_in, state_of

from .actor import live_support
from .models import Episode, Membership, Program, SupportGrant, User
from .second_factor import OPENING_TYPES

LATEST_ANSWER = timedelta(hours=1)
"""An entry is written when the page is made: what was asked for in the last moment is written a little later."""


@dataclass(frozen=True)
class Asked:
    """One request of somebody who helped: the name of the page, the method, and whether it was refused."""

    at: datetime
    page: str
    method: str
    is_refused: bool


def find_helper(email: str, program: Program) -> User | None:
    """The account with exactly this e-mail if it may help this program, else None, whatever the reason.

    As much is asked for an address that no account has (A1).
    """
    user = User.objects.filter(email_index=blind_index(email, "email") or None).first()
    user_id = user.pk if user else uuid4()
    with scopes_disabled():  # who is served in another program may not help here either
        was_served = Episode.objects.filter(person__user=user_id).exists()
    roles = list(Membership.objects.filter(user=user_id).values_list("program_id", "role"))
    has_second = Authenticator.objects.filter(user=user_id, type__in=OPENING_TYPES).exists()
    account = user and Account(
        is_active=user.is_active,
        has_second_factor=has_second,
        works_here=any(program_id == program.pk for program_id, _role in roles),
        was_served=was_served or any(role == "participant" for _program_id, role in roles),
    )
    return user if may_be_let_in(account) else None


def list_helping(now: datetime | None = None) -> set[UUID]:
    """The accounts that may help now, in any program."""
    with scopes_disabled():
        return set(live_support(now=now).values_list("account_id", flat=True))


def list_support() -> QuerySet[SupportGrant]:
    """Every grant of the current program, the latest first."""
    return SupportGrant.objects.select_related("account", "given_by", "ended_by").order_by("-from_at", "-pk")


def get_support(support_id: UUID) -> SupportGrant | None:
    """One grant of the current program."""
    return list_support().filter(pk=support_id).first()


def state_of_grant(grant: SupportGrant, now: datetime) -> str:
    """`live`, `ended` or `over`."""
    return state_of(grant.from_at, grant.until_at, grant.ended_at, now)


def list_asked(grant: SupportGrant) -> QuerySet:
    """The entries of all that was asked for by this grant, the latest first: a page of them is read at a time."""
    until = grant.until_at + LATEST_ANSWER
    return list_of_object("support.asked", grant.pk, program_id=grant.program_id, since=grant.from_at, until=until)


def show_asked(entry) -> Asked:
    """One of them as the page shows it."""
    return Asked(entry.at, entry.object_kind, entry.reason, entry.outcome == entry.REFUSED)
