"""Making a program, and the first administrator who can sign in to it. Both happen on the server's command line."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from alongside.audit.actions import record
from alongside.people.models import Membership, Organization, Program, User


class ProgramNotCreated(Exception):
    """Why there is no new program: `slug_taken`, `slug_unusable`, `time_zone_unknown`."""


class AccountNotCreated(Exception):
    """Why there is no new account: `username_taken`, or the sentences of the password rule."""


@transaction.atomic
def create_program(
    *, name: str, slug: str, organization_name: str, time_zone: str = "America/Los_Angeles", by=None, **values
) -> Program:
    """A program of this install's one organization, which is made with the first program. Raises `ProgramNotCreated`.

    Further values: `public_name` (neutral: shown in titles, mail and calendars), `country`, `phone`, `is_public`.
    """
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProgramNotCreated("time_zone_unknown") from error
    if Program.objects.filter(slug=slug).exists():
        raise ProgramNotCreated("slug_taken")
    organization = Organization.objects.first() or Organization.objects.create(name=organization_name)
    program = Program(organization=organization, name=name, slug=slug, time_zone=time_zone, **values)
    try:
        program.clean_fields(exclude={"crisis_lines"})  # an empty list is fine there
    except ValidationError as error:
        raise ProgramNotCreated(
            "slug_unusable" if "slug" in error.message_dict else "; ".join(error.messages)
        ) from error
    program.save(force_insert=True)
    record(act="program.created", by=by, program_id=program.pk, object_kind="program", object_id=program.pk)
    return program


@transaction.atomic
def create_administrator(*, username: str, password: str, program: Program, language: str = "en", by=None) -> User:
    """An account that administers a program and reads no participant's record (D3). Raises `AccountNotCreated`.

    The second factor is set up at the first sign-in (F1).
    """
    if User.objects.filter(username__iexact=username).exists():
        raise AccountNotCreated("username_taken")
    user = User(username=User.normalize_username(username), language=language)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountNotCreated(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(force_insert=True)
    Membership.objects.create(user=user, program=program, role="administrator")
    record(act="account.created", by=by, program_id=program.pk, object_kind="account", object_id=user.pk)
    record(
        act="role.given", by=by, program_id=program.pk, object_kind="account", object_id=user.pk, reason="administrator"
    )
    return user
