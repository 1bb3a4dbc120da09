"""Checking user name or e-mail and password in the same time, whether the account exists or not (A1)."""

from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError

from alongside.people.models import User
from alongside.people.queries import find_account


class Backend:
    """Authenticates with user name or e-mail and password. Disabled and unknown accounts cost one hash too."""

    def authenticate(self, request, username: str | None = None, password: str | None = None, **ignored) -> User | None:
        """The account, or None for any wrong combination: callers cannot learn which part was wrong."""
        if username is None or password is None:
            return None
        user = find_account(username)
        if user is None or not user.has_usable_password():
            make_password(password)
            return None
        fits = check_password(password, user.password, setter=lambda raw: _rehash(user, raw))
        return user if fits and user.is_active else None

    def get_user(self, user_id) -> User | None:
        """The account of a session, or None once it is disabled: that ends its sessions on the next request (D4)."""
        try:
            return User.objects.filter(pk=UUID(str(user_id)), is_active=True).first()
        except (ValueError, ValidationError):
            return None


def _rehash(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
