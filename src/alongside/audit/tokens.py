"""How one value is encrypted: AES-256-GCM, bound to the column it is for (I7, ASVS 11.3.2).

    a2.<id of the key><base64 of: salt 16, nonce 12, ciphertext and tag>

Each token has a key of its own, derived from the field key and its salt: so many random nonces never meet, however
long a key is in use. What binds it: the version and the column's name. Tokens of earlier versions are Fernet's
(AES-128-CBC with HMAC-SHA256), which know no column; they are read, and made no more.
"""

import base64
import binascii
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import KeyRing

VERSION = "a2."
KEY_ID, SALT, NONCE = 8, 16, 12


class NoKeyFits(Exception):
    """No key of the ring opens it: another ring's, changed, or of another column."""


def seal(text: str, where: str, ring: KeyRing) -> str:
    """The token of a text, under the newest key."""
    name, key = next(iter(ring.field_keys.items()))
    random = os.urandom(SALT + NONCE)
    sealed = _cipher(key, random).encrypt(random[SALT:], text.encode(), _bound(where))
    return VERSION + name + base64.urlsafe_b64encode(random + sealed).decode()


def unseal(token: str, where: str, ring: KeyRing) -> str:
    """The text of a token. Raises `NoKeyFits`."""
    if not token.startswith(VERSION):
        return _unseal_fernet(token, ring)
    start = len(VERSION)
    key = ring.field_keys.get(token[start : start + KEY_ID])
    try:
        content = base64.b64decode(token[start + KEY_ID :], altchars=b"-_", validate=True)
        if key is None or len(content) < SALT + NONCE:
            raise NoKeyFits
        nonce, sealed = content[SALT : SALT + NONCE], content[SALT + NONCE :]
        return _cipher(key, content).decrypt(nonce, sealed, _bound(where)).decode()
    except (InvalidTag, binascii.Error, ValueError):
        raise NoKeyFits from None


def is_newest(token: str, where: str, ring: KeyRing) -> bool:
    """Whether it is what `seal` would make today, and opens. One that names the newest key and does not is no one's."""
    name = next(iter(ring.field_keys))
    if not token.startswith(VERSION + name):
        return False
    unseal(token, where, ring)
    return True


def _cipher(key: bytes, random: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key, b"field token\0" + random[:SALT], "sha256"))


def _bound(where: str) -> bytes:
    return f"{VERSION}{where}".encode()


def _unseal_fernet(token: str, ring: KeyRing) -> str:
    for key in ring.fields:
        try:
            return Fernet(key).decrypt(token.encode()).decode()
        except (InvalidToken, ValueError):
            continue
    raise NoKeyFits
