"""Backup codes are shown once, and from then on only slow hashes of them are kept (ASVS 6.5.2).

allauth keeps a seed, encrypted, from which all codes can be made again. Here the seed is there from the moment codes
are made until their page opens, at most a day (`hash_waiting`, which also takes those of versions before). One salt
for the codes of a set, so that a code somebody types is hashed once and not ten times.

A version before this one reads such a set as one with no code left (`migrated_codes`), and offers to make new ones.
"""

import hmac
import time
from datetime import datetime, timedelta

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import check_password, get_hasher
from django.db import transaction

HIDDEN = "****"
SEEN_WITHIN = timedelta(days=1)


class OnceShown(RecoveryCodes):
    """The codes of one account."""

    def __init__(self, instance: Authenticator):
        super().__init__(instance)
        self._shown: list[str] | None = None

    @transaction.atomic
    def mark_as_viewed(self) -> None:
        """Hash the codes; only this object, made for one page, still knows them."""
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        if "hashes" in self.instance.data:
            return
        self._shown = super().get_unused_codes()
        self.instance.data = hashed(self._shown)
        self.instance.save(update_fields=["data"])

    def generate_codes(self) -> list[str]:
        """None, once they are hashed."""
        return [] if "hashes" in self.instance.data else super().generate_codes()

    def get_unused_codes(self) -> list[str]:
        """The codes on their one page; afterwards a sign for each that is left."""
        if self._shown is not None:
            return self._shown
        if "hashes" in self.instance.data:
            return [HIDDEN] * len(self.instance.data["hashes"])
        return super().get_unused_codes()

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Whether it is one that is left; then it is used."""
        if self.instance.pk is not None:
            self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        if "hashes" not in self.instance.data:
            return super().validate_code(code)
        found = _find(normalize_user_code(code), self.instance.data)
        if found is None:
            return False
        self.instance.data["hashes"].remove(found)
        self.instance.save(update_fields=["data"])
        return True


def hashed(codes: list[str]) -> dict:
    """What is kept of codes that were shown."""
    hasher = get_hasher()
    salt = hasher.salt()
    return {
        "salt": salt,
        "hashes": [hasher.encode(code, salt) for code in codes],
        "migrated_codes": [],
        "viewed_at": time.time(),
    }


def hash_waiting(now: datetime) -> int:
    """Hash the codes whose page nobody opened within a day, and those of versions before. Returns of how many."""
    made = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES, created_at__lt=now - SEEN_WITHIN)
    waiting = [one for one in made.filter(data__hashes__isnull=True)[:20] if "hashes" not in one.data]
    for one in waiting:
        OnceShown(one).mark_as_viewed()
    return len(waiting)


def install() -> None:
    """From now on allauth works with these."""
    wrap = Authenticator.wrap

    def wrap_once(self):
        return OnceShown(self) if self.type == Authenticator.Type.RECOVERY_CODES else wrap(self)

    if wrap.__name__ != wrap_once.__name__:
        Authenticator.wrap = wrap_once  # type: ignore[method-assign]


def _find(code: str, data: dict) -> str | None:
    """The kept hash of a code, or None. Nothing that is not as long as a code costs time: most are of a code app."""
    if len(code) != app_settings.RECOVERY_CODE_DIGITS or not data["hashes"]:
        return None
    typed = get_hasher().encode(code, data["salt"])
    for kept in data["hashes"]:
        if hmac.compare_digest(kept.encode(), typed.encode()):
            return kept
        if _how(kept) != _how(typed) and check_password(code, kept):  # hashed before costs were raised
            return kept
    return None


def _how(encoded: str) -> str:
    return encoded.rpartition("$")[0]
