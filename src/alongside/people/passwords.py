"""What a password must be: long and not easily guessed. Any characters, no forced change (F2).

At least 15 characters alone, 12 where a second factor stands beside it, at most 128. Refused are known and leaked
passwords (`known_passwords`, and the 20,000 of Django, with digits behind them), words of this house, the own user
name, and one short piece repeated.
"""

import re
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import known_passwords

ALONE, BESIDE_SECOND_FACTOR, LONGEST = 15, 12, 128
LOCAL_WORDS = ("alongside", "sidebyside", "ladoalado", "mentor", "password", "contrasena", "welcome", "bienvenido")
RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789")
NEXT_TO = frozenset(run[i : i + 2] for line in RUNS for run in (line, line[::-1]) for i in range(len(run) - 1))
LETTERS_LIKE = str.maketrans("013457@$!", "oleastasi")


def shortest_for(user) -> int:
    """The least number of characters for this account; without a saved account, as for a password alone."""
    from alongside.rules.access import needs_second_factor

    if user is None or user._state.adding:
        return ALONE
    roles = user.memberships.values_list("role", flat=True)
    return BESIDE_SECOND_FACTOR if needs_second_factor(set(roles)) else ALONE


def why_not(password: str, *, shortest: int, username: str = "") -> str | None:
    """The reason why this password is refused, as a sentence in the reader's language, or None when it is fine."""
    if len(password) < shortest:
        return _("Please use at least %(count)d characters. A few words in a row are easy to remember.") % {
            "count": shortest
        }
    if len(password) > LONGEST:
        return _("Please use at most %(count)d characters.") % {"count": LONGEST}
    if _is_guessable(password, username):
        return _("This password is easy to guess. Please choose other words.")
    return None


def _is_guessable(password: str, username: str) -> bool:
    plain = known_passwords.plain(password)
    bare = plain.rstrip("0123456789!.?")
    if known_passwords.is_known(plain) or known_passwords.is_known(bare) or plain in _common() or bare in _common():
        return True
    if re.fullmatch(r"(.{1,64}?)\1+.{0,4}", plain):
        return True
    own = (username.casefold(),) if len(username) > 3 else ()
    return any(len(set(_without(text, LOCAL_WORDS + own))) < 4 for text in (plain, plain.translate(LETTERS_LIKE)))


def _without(text: str, words: tuple[str, ...]) -> str:
    """The text without these words, and without characters that only follow the alphabet, the keyboard or counting."""
    for word in words:
        text = text.replace(word, "")
    return "".join(last for first, last in zip(" " + text, text, strict=False) if first + last not in NEXT_TO)


@cache
def _common() -> set[str]:
    return CommonPasswordValidator().passwords


class LongAndUncommon:
    """The rule above as a Django password validator (setting AUTH_PASSWORD_VALIDATORS)."""

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError with the reason unless the password is fine for this account."""
        reason = why_not(password, shortest=shortest_for(user), username=getattr(user, "username", "") or "")
        if reason:
            raise ValidationError(reason, code="password_refused")

    def get_help_text(self) -> str:
        """One sentence beside the field."""
        return _("At least %(count)d characters. A few words in a row are easy to remember.") % {"count": ALONE}
