"""Devices from which an account has signed in before, and a neutral word when another one does (F4).

A device is known by a long random cookie. It holds nothing of anybody; beside the account stands only a keyed hash of
cookie and account, so that nobody who reads the database learns that two people share a device. Signing out keeps it.

On a shared phone no cookie is ever set: whoever uses that phone finds no trace of an account. Each sign-in there is
new again, for who has a device that is known, and is told like any other, but never more often than the limit.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from alongside.audit.actions import record

from .actor import get_actor
from .devices import name_device
from .models import KnownDevice, User
from .outbox import queue_account_notice

NOTICES_A_DAY = 3
"""Whoever has a password cannot fill somebody's mail with it; the page lists every new sign-in all the same."""

SHOWN_DAYS, SHOWN = 30, 20
LONGEST_TOKEN = 64


def note_sign_in(request: HttpRequest, user: User, *, remembers: bool, now: datetime) -> None:
    """Look whether this device is known to the account; tell the person when it is not and others are.

    `remembers`: the person said that it is their own phone, or works here. Otherwise nothing is left on the device.
    """
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")[:LONGEST_TOKEN]
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # of two sign-ins at once the second sees the first
        known = list_known(user, now)
        found = next((one for one in known if token and one.key_hash == hash_device(user, token)), None)
        if found is not None:
            found.latest_at = now
            found.save(update_fields=["latest_at"])
        elif remembers or known:
            token = token or secrets.token_urlsafe(24)
            _note_new(request, user, hash_device(user, token) if remembers else None, is_new=bool(known), now=now)
    if remembers:
        request.device_token = token


def _note_new(request: HttpRequest, user: User, key_hash: str | None, *, is_new: bool, now: datetime) -> None:
    tells = is_new and _count_told(user, now) < NOTICES_A_DAY
    KnownDevice.objects.update_or_create(
        key_hash=key_hash or secrets.token_hex(32),  # one that is not remembered: no cookie ever has this hash
        defaults={
            "user": user, "is_remembered": key_hash is not None,
            "device": name_device(request.headers.get("User-Agent", "")), "first_at": now, "latest_at": now,
            "new_at": now if is_new else None, "told_at": now if tells else None,
        },
    )  # fmt: skip
    if is_new:
        record(act="account.device_new", by=get_actor(user)[0], object_kind="account", object_id=user.pk)
    if tells:
        queue_account_notice(user, "new_sign_in", now)


def keep_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Leave the cookie on a device that may be remembered; called for every answer, does something after a sign-in."""
    if token := getattr(request, "device_token", ""):
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME, token, max_age=settings.KNOWN_DEVICE_DAYS * 86_400, path="/",
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip


def list_known(user: User, now: datetime) -> list[KnownDevice]:
    """Devices that are still remembered for this account."""
    since = now - timedelta(days=settings.KNOWN_DEVICE_DAYS)
    return list(KnownDevice.objects.filter(user=user, is_remembered=True, latest_at__gt=since).order_by("-latest_at"))


def list_for_page(user: User, now: datetime) -> tuple[int, list[KnownDevice]]:
    """How many devices are remembered, and new sign-ins of the last 30 days, the latest first. One query."""
    rows = list(KnownDevice.objects.filter(user=user).order_by("-latest_at")[:200])
    known_since, shown_since = now - timedelta(days=settings.KNOWN_DEVICE_DAYS), now - timedelta(days=SHOWN_DAYS)
    new = [row for row in rows if row.new_at and row.new_at > shown_since]
    known = sum(row.is_remembered and row.latest_at > known_since for row in rows)
    return known, sorted(new, key=lambda row: row.new_at, reverse=True)[:SHOWN]


@transaction.atomic
def forget_devices(user: User, by) -> None:
    """No device is known any more. What was new of late stays on the list: who took over an account cannot clean up."""
    rows = KnownDevice.objects.filter(user=user, is_remembered=True)
    rows.filter(new_at=None).delete()
    for row in rows:
        row.key_hash, row.is_remembered = secrets.token_hex(32), False
        row.save(update_fields=["key_hash", "is_remembered"])
    record(act="account.devices_forgotten", by=by, object_kind="account", object_id=user.pk)


def forget_old_devices(now: datetime) -> int:
    """Drop what is no longer remembered or shown. Returns how many."""
    old = KnownDevice.objects.filter(latest_at__lt=now - timedelta(days=settings.KNOWN_DEVICE_DAYS)).delete()[0]
    gone = KnownDevice.objects.filter(is_remembered=False, latest_at__lt=now - timedelta(days=SHOWN_DAYS)).delete()[0]
    return old + gone


def hash_device(user: User, token: str) -> str:
    """What is kept of a device: bound to the account and keyed, 64 hex digits."""
    return salted_hmac("alongside.people.known_devices", f"{user.pk}:{token}", algorithm="sha256").hexdigest()


def _count_told(user: User, now: datetime) -> int:
    return KnownDevice.objects.filter(user=user, told_at__gt=now - timedelta(days=1)).count()
