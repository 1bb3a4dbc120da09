"""Each path beside its access rule. `route` is the only way to add a page; a view without a rule is refused."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from alongside.rules import access

from .light import light

FOR_EVERYBODY = frozenset({
    "see_public", "ask_for_someone", "apply_as_peer", "find_meetings", "see_public_impact", "read_adopted_policies",
})  # fmt: skip
"""Acts of pages that visitors read: they are sent small (`light`)."""

ALLAUTH_ACTS = {
    # Pages of allauth that we mount, with the act each needs. Any other page of it stays closed.
    "account_login": "sign_in",
    "account_logout": "sign_in",
    "account_reauthenticate": "manage_own_account",
    "account_change_password": "manage_own_account",
    "account_set_password": "manage_own_account",
    "account_reset_password": "sign_in",
    "account_reset_password_done": "sign_in",
    "account_reset_password_from_key": "sign_in",
    "account_reset_password_from_key_done": "sign_in",
    "mfa_authenticate": "sign_in",
    "mfa_login_webauthn": "sign_in",
    "mfa_reauthenticate": "manage_own_account",
    "mfa_reauthenticate_webauthn": "manage_own_account",
    "mfa_index": "manage_own_account",
    "mfa_activate_totp": "manage_own_account",
    "mfa_deactivate_totp": "manage_own_account",
    "mfa_add_webauthn": "manage_own_account",
    "mfa_edit_webauthn": "manage_own_account",
    "mfa_remove_webauthn": "manage_own_account",
    "mfa_list_webauthn": "manage_own_account",
    "mfa_view_recovery_codes": "manage_own_account",
    "mfa_generate_recovery_codes": "manage_own_account",
}


def route(pattern: str, view: Callable[..., Any], *, name: str, act: str, is_signed: bool = False) -> URLPattern:
    """A URL pattern whose view carries the act that its caller must be allowed to do (`rules.access`).

    `is_signed`: a program without a browser calls it and proves itself by a signature, which the view checks.
    """
    if act not in access.ACTS:
        raise ValueError(f"{name}: no such act {act!r}")
    found = path(pattern, light(view) if act in FOR_EVERYBODY else view, name=name)
    found.callback.access_act = act  # type: ignore[attr-defined]
    if is_signed:
        found.callback.is_signed = True  # type: ignore[attr-defined]
    return found


def act_of(view: Callable[..., Any], url_name: str | None) -> str | None:
    """The act a view needs, or None when nobody said."""
    return getattr(view, "access_act", None) or ALLAUTH_ACTS.get(url_name or "")
