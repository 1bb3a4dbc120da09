"""Inviting somebody, making an account from an invitation, roles, and disabling. Each with its audit entry."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.audit.fields import blind_index
from alongside.people import outbox, sessions
from alongside.people.actor import get_actor
from alongside.people.models import Invitation, Membership, Person, Program, User
from alongside.people.queries import STAFF_ACCOUNT_ROLES, hash_token
from alongside.rules.access import CONTENT_STAFF
from alongside.rules.vocabulary import ROLES
from alongside.web.meanwhile import Seen, check_seen

from .codes import end_paper_codes
from .persons import create_person

INVITATION_DAYS = 14


class InvitationNotUsable(Exception):
    """The link was used, taken back, is past its time or never existed: nobody learns which (A1)."""


class EmailInUse(Exception):
    """Another account signs in with this e-mail."""


class AccountNotDisabled(Exception):
    """Nobody disables their own account, or one that also serves another program. Carries a reason code."""


@transaction.atomic
def create_invitation(*, program: Program, roles: Collection[str], by, person: Person | None = None,
                      now: datetime | None = None) -> tuple[Invitation, str]:  # fmt: skip
    """A single-use link's invitation and its token. The token is returned once and never stored (E5).

    An earlier open invitation of the same person ends: there is one live link per person. A person who already has an
    account gets a link with which they choose a new password instead.
    """
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"not roles: {sorted(unknown)}")
    now = now or timezone.now()
    if person is not None:
        Invitation.objects.filter(person=person, used_at=None, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        program=program, person=person, roles=sorted(roles), token_hash=hash_token(token),
        created_by_id=by.user_id, expires_at=now + timedelta(days=INVITATION_DAYS),
    )  # fmt: skip
    record(act="account.invited", by=by, program_id=program.pk, subject=person, object_kind="invitation",
           object_id=invitation.pk)  # fmt: skip
    return invitation, token


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by, now: datetime | None = None) -> None:
    """Take a link back. Doing it twice changes nothing."""
    now = now or timezone.now()
    if Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None).update(revoked_at=now):
        record(act="account.invited", by=by, program_id=invitation.program_id, subject=invitation.person_id,
               object_kind="invitation", object_id=invitation.pk, reason="taken_back")  # fmt: skip


def _use(token: str, now: datetime) -> Invitation:
    """Mark the invitation used, or raise. Of two at the same moment one wins: the database counts, not we."""
    usable = Invitation.objects.filter(token_hash=hash_token(token), used_at=None, revoked_at=None, expires_at__gt=now)
    if not usable.update(used_at=now):
        raise InvitationNotUsable
    return Invitation.objects.select_related("program").get(token_hash=hash_token(token))


@transaction.atomic
def accept_invitation(
    *, token: str, wanted_name: str, password: str, language: str, now: datetime | None = None
) -> User:
    """Make the account of an invitation, link its person and give its roles.

    The user name is the wanted one with two or more digits, so that none is ever "taken": nobody learns by trying names
    who has an account (A1).
    `password` "": they sign in by codes. Raises `InvitationNotUsable`.
    """
    now = now or timezone.now()
    invitation = _use(token, now)
    with scope(program=invitation.program):
        user = _create_user(wanted_name, password, language)
        if invitation.person_id:
            changed = Person.objects.filter(pk=invitation.person_id, user=None).update(user=user)
            if not changed:
                raise InvitationNotUsable
    for role in invitation.roles:
        Membership.objects.create(user=user, program=invitation.program, role=role)
    by = get_actor(user)[0]
    _make_known(user, invitation.program, invitation.roles, goes_by=wanted_name.strip(), by=by)
    record(act="account.created", by=by, program_id=invitation.program_id, subject=invitation.person_id,
           object_kind="account", object_id=user.pk)  # fmt: skip
    for role in invitation.roles:
        record(
            act="role.given", by=by, subject=invitation.person_id, object_kind="account", object_id=user.pk, reason=role
        )
    return user


@transaction.atomic
def accept_new_password(*, token: str, password: str, now: datetime | None = None) -> User:
    """Set a new password with a link that was given by hand. Ends all sessions; the second step stays as it is (F4).

    Whoever gave the link could use it too: the account's own e-mail is told, as with any change of signing in.
    """
    now = now or timezone.now()
    invitation = _use(token, now)
    with scope(program=invitation.program):
        person = Person.objects.select_related("user").get(pk=invitation.person_id)
    if person.user is None or not person.user.is_active:
        raise InvitationNotUsable
    person.user.set_password(password)
    person.user.save(update_fields=["password"])
    sessions.end_sign_ins(person.user)
    end_paper_codes(user=person.user, by=get_actor(person.user)[0], person=person, now=now)
    outbox.queue_account_notice(person.user, "account_changed", now)
    record(act="account.password_changed", by=get_actor(person.user)[0], program_id=invitation.program_id,
           subject=person, object_kind="account", object_id=person.user.pk)  # fmt: skip
    return person.user


def _create_user(wanted_name: str, password: str, language: str) -> User:
    for digits in (2, 2, 2, 3, 3, 4, 6):
        name = f"{wanted_name.strip().lower()}-{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
        try:
            with transaction.atomic():
                return User.objects.create_user(name, password or None, language=language)
        except IntegrityError:
            continue
    raise InvitationNotUsable


@transaction.atomic
def set_own_email(*, user: User, email: str, by) -> None:
    """Set, after its owner confirmed it, or with "" remove the e-mail of an account. Raises `EmailInUse`.

    The earlier address is told, neutrally (F4). Only a confirmed address reaches this: who does not own an address
    never learns whether an account has it (A1).
    """
    index = blind_index(email, "email")
    if index and User.objects.filter(email_index=index).exclude(pk=user.pk).exists():
        raise EmailInUse
    old = user.email
    user.email = email.strip()
    user.save(update_fields=["email", "email_index"])
    if old != user.email:
        outbox.queue_address_changed(user, old)
    record(act="account.changed", by=by, object_kind="account", object_id=user.pk, fields=["email"])


@transaction.atomic
def set_language(*, user: User, language: str) -> None:
    """Remember the language an account reads in, for its next phone and for notices."""
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def set_roles(*, user: User, program: Program, roles: Collection[str], by, seen: Seen | None = None) -> None:
    """Give and end staff roles so that exactly these are held here; a participant's role is never touched (D3, D4).

    Raises `ChangedMeanwhile` when another administrator changed them since `seen`.
    """
    if unknown := set(roles) - set(STAFF_ACCOUNT_ROLES):
        raise ValueError(f"not roles of staff: {sorted(unknown)}")
    User.objects.select_for_update().get(pk=user.pk)
    held = set(Membership.objects.filter(user=user, program=program, role__in=STAFF_ACCOUNT_ROLES)
               .values_list("role", flat=True))  # fmt: skip
    check_seen(seen, now={"roles": held}, wanted={"roles": set(roles)})
    for role in sorted(set(roles) - held):
        Membership.objects.create(user=user, program=program, role=role)
        record(act="role.given", by=by, program_id=program.pk, object_kind="account", object_id=user.pk, reason=role)
    _make_known(user, program, roles, goes_by=user.username, by=by)
    for role in sorted(held - set(roles)):
        Membership.objects.filter(user=user, program=program, role=role).delete()
        record(act="role.ended", by=by, program_id=program.pk, object_kind="account", object_id=user.pk, reason=role)


def _make_known(user: User, program: Program, roles: Collection[str], *, goes_by: str, by) -> None:
    """Staff who may open records are persons too: participants read by name who may see theirs, and who did (G3)."""
    with scope(program=program):
        if CONTENT_STAFF & set(roles) and not Person.objects.filter(program=program, user=user).exists():
            person = create_person(program=program, by=by, goes_by=goes_by, language=user.language)
            Person.objects.filter(pk=person.pk).update(user=user)


@transaction.atomic
def disable_account(*, user: User, by) -> None:
    """Disable an account and end its sessions at once (D4). Raises `AccountNotDisabled`."""
    if user.pk == by.user_id:
        raise AccountNotDisabled("own_account")
    if user.memberships.exclude(program_id=by.program_id).exists():
        raise AccountNotDisabled("other_program")
    User.objects.filter(pk=user.pk).update(is_active=False)
    sessions.end_sign_ins(user)
    record(act="account.disabled", by=by, object_kind="account", object_id=user.pk)


@transaction.atomic
def enable_account(*, user: User, by) -> None:
    """Let a disabled account sign in again."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    record(act="account.enabled", by=by, object_kind="account", object_id=user.pk)
