"""A kind limit on public forms: it slows a flood from one address and never stands before help (F5, E9)."""

import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)
PER_HOUR = 20
"""Forms per address and hour: a library or a shelter shares one address."""


def may_send(request: HttpRequest, form: str) -> bool:
    """Count one form from this address; False when there were too many. The address itself is not kept.

    A cache that fails lets people through: the way to ask stays open.
    """
    key = f"sent:{form}:{salted_hmac('alongside.intake.limits', _address(request)).hexdigest()}"
    try:
        cache.add(key, 0, timeout=3600)
        return cache.incr(key) <= PER_HOUR
    except Exception as error:
        log.warning("the limit of public forms could not be counted: %s", type(error).__name__)
        return True


def _address(request: HttpRequest) -> str:
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return request.META.get("REMOTE_ADDR", "")
