"""Secrets of second factors lie inside JSON of another package's table: with a new key they are encrypted again."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from alongside.audit.rotation import NotReencrypted, renew
from alongside.audit.tokens import NoKeyFits

SECRETS = "mfa.Authenticator.data"
"""What these tokens are bound to."""

NAMES = ("secret", "seed")
LISTS = ("migrated_codes",)


def renew_all() -> int:
    """Encrypt again what an older key encrypted; returns how many second factors. Safe to interrupt."""
    return sum(_renew(key) for key in Authenticator.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _renew(key: int) -> bool:
    """One of them, locked: a code that is used at this moment is not forgotten."""
    kept = Authenticator.objects.select_for_update().filter(pk=key).first()
    if kept is None:
        return False
    try:
        data = {name: _fresh(name, value) for name, value in kept.data.items()}
    except NoKeyFits:
        raise NotReencrypted(f"{SECRETS} of {key} fits none of our keys") from None
    if data == kept.data:
        return False
    kept.data = data
    kept.save(update_fields=["data"])
    return True


def _fresh(name: str, value):
    if name in NAMES:
        return renew(value, SECRETS) or value
    if name in LISTS:
        return [renew(one, SECRETS) or one for one in value]
    return value
