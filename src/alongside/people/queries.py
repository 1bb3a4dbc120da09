"""What may be read about accounts: by what was typed, by an invitation's token, and the staff of a program."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.audit.fields import blind_index

from .models import Episode, Invitation, Membership, Merge, User

STAFF_ACCOUNT_ROLES = ("coordinator", "supervisor", "director", "peer", "council", "administrator")
"""Roles an administrator gives and ends. Who is a participant is not theirs to know (D3)."""


def find_account(typed: str) -> User | None:
    """The account with this user name (in any case) or exactly this e-mail; both are always looked up (A1)."""
    typed = typed.strip()
    by_name = User.objects.filter(username__iexact=typed).first()
    by_email = User.objects.filter(email_index=blind_index(typed, "email") or None).first()
    return by_name or by_email


def hash_token(token: str) -> str:
    """What is stored of an invitation's token: 64 hex digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def get_usable_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation of this token if it is neither used, revoked nor past its time."""
    return (
        Invitation.objects.select_related("program")
        .filter(token_hash=hash_token(token), used_at=None, revoked_at=None, expires_at__gt=now)
        .first()
    )


def list_staff_accounts(program) -> QuerySet[User]:
    """Accounts with a staff or council role in this program, each with `staff_memberships`: only those roles."""
    roles = Membership.objects.filter(program=program, role__in=STAFF_ACCOUNT_ROLES).order_by("role")
    return (
        User.objects.filter(pk__in=roles.values("user"))
        .prefetch_related(Prefetch("memberships", queryset=roles, to_attr="staff_memberships"))
        .order_by("username")
    )


def list_open_invitations(program, now: datetime) -> QuerySet[Invitation]:
    """Invitations of staff that can still be used, the latest first."""
    found = Invitation.objects.filter(program=program, person=None, used_at=None, revoked_at=None, expires_at__gt=now)
    return found.order_by("-created_at")


def kinds_of(person_id: UUID) -> frozenset[str]:
    """For what reasons somebody is here now; empty when they are not served."""
    here = Episode.objects.filter(person_id=person_id).exclude(status="closed")
    return frozenset(here.values_list("kind", flat=True))


def list_log_spans(person_id: UUID) -> list[tuple[UUID, datetime | None, datetime | None]]:
    """Other ids under which the log speaks of this person, each from and until when (None: without end).

    Whoever was joined to them; and for somebody whose record was joined to another's by mistake, that one meanwhile.
    """
    spans: list[tuple[UUID, datetime | None, datetime | None]] = []
    for merge in Merge.objects.filter(Q(kept=person_id) | Q(gone=person_id)).defer("journal"):
        if merge.kept_id == person_id and merge.undone_at is None:
            spans.append((merge.gone, None, None))
        elif merge.gone == person_id and merge.undone_at:
            spans.append((merge.kept_then, merge.merged_at, merge.undone_at))
    return spans


def list_others_with(roles: Collection[str], *, program_id: UUID, but: UUID | None) -> QuerySet[Membership]:
    """Roles of other active accounts of a program: who may agree to what takes two people, or is told of it (D5)."""
    return (
        Membership.objects.filter(program_id=program_id, role__in=roles, user__is_active=True)
        .exclude(user_id=but)
        .select_related("user")
    )
