"""Accounts, the roles they hold in programs, and invitations. An account needs no real name."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from alongside.audit.fields import BlindIndexField, EncryptedTextField
from alongside.rules.vocabulary import ROLES

from .base import one_of


class UserManager(BaseUserManager):
    """Creates accounts; e-mail is optional and only ever stored encrypted, with an index for exact search."""

    def create_user(self, username: str, password: str | None = None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An account: a user name of the person's own choice, a password hash, and perhaps an encrypted e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    email = EncryptedTextField(blank=True, default="")
    email_index = BlindIndexField(kind="email", of="email", null=True, unique=True)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    own_phone = models.BooleanField(default=False, help_text="this is my own phone: stay signed in for 30 days")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="user_name_once_in_any_case")]

    def __str__(self) -> str:
        return str(self.id)


class Membership(models.Model):
    """A role that an account holds in a program."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", db_index=False)
    program = models.ForeignKey("people.Program", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "program", "role"], name="membership_once"),
            one_of("role", ROLES, name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.program_id}"


class Invitation(models.Model):
    """A single-use, expiring link with which a person makes their own account. Only a hash of the token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey("people.Program", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    roles = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class HeldForm(models.Model):
    """What somebody had typed when their session ended; given back after they sign in again, then erased (F3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=300)
    payload = EncryptedTextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="held_form_once")]

    def __str__(self) -> str:
        return str(self.id)


class SignIn(models.Model):
    """One device on which an account is signed in, for the list "Where I am signed in" (F4).

    Beside the session it keeps only a coarse name such as "Chrome, Android": no address, no full browser string.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=40, blank=True)
    own_phone = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    latest_at = models.DateTimeField()

    class Meta:
        ordering = ["-latest_at"]

    def __str__(self) -> str:
        return str(self.id)


class KnownDevice(models.Model):
    """A device from which an account has signed in, or a sign-in that was new (F4). Signing out does not remove it.

    `key_hash` is a keyed hash of the device's cookie and the account; one that is not remembered has a random one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    key_hash = models.CharField(max_length=64, unique=True)
    is_remembered = models.BooleanField()
    device = models.CharField(max_length=40, blank=True)
    first_at = models.DateTimeField()
    latest_at = models.DateTimeField()
    new_at = models.DateTimeField(null=True, help_text="when it was new to an account that knew others")
    told_at = models.DateTimeField(null=True, help_text="when a notice of it was queued")

    def __str__(self) -> str:
        return str(self.id)
