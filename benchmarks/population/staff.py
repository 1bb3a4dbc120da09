"""Accounts of the made programs, and sessions for those whose pages are measured."""

from datetime import timedelta
from random import Random

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from alongside.people import second_factor
from alongside.people.models import Membership, User
from alongside.people.sessions import BEGAN, SEEN

from .bulk import Table, new_id
from .clock import Clock

NAMED = "made-"
"""How the user names of made accounts begin."""


class Accounts:
    """Writes accounts and their roles. Nobody can sign in to them: they have no password, only sessions made here."""

    def __init__(self, rng: Random, clock: Clock, program: str):
        self.rng, self.clock, self.program, self.count = rng, clock, program, 0
        self.user = Table(User, "id", "username", "password", "created_at")
        self.membership = Table(Membership, "id", "user", "program", "role", "created_at")

    def add(self, *roles: str) -> str:
        """An account with these roles; its id."""
        self.count += 1
        user, created = new_id(self.rng), self.clock.text(self.clock.now - 1440)
        self.user.add(user, f"{NAMED}{roles[0]}-{self.program[:6]}-{self.count:04}", f"!{user}", created)
        for role in roles:
            self.membership.add(new_id(self.rng), user, self.program, role, created)
        return user

    def flush(self) -> None:
        """Write them."""
        self.user.flush()
        self.membership.flush()


def sign_in(users: list[User]) -> list[str]:
    """A session for each account, past the second step, begun now; returns the keys, in order."""
    now, store, rows = timezone.now(), SessionStore(), []
    for user in users:
        marks: dict = {
            SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "alongside.people.accounts.Backend",
            HASH_SESSION_KEY: user.get_session_auth_hash(), BEGAN: now.timestamp(), SEEN: now.timestamp(),
        }  # fmt: skip
        second_factor.mark_passed(marks)
        rows.append(
            Session(
                session_key=store._get_new_session_key(),
                session_data=store.encode(marks),
                expire_date=now + timedelta(hours=12),
            )
        )
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]
