"""An encrypted file that is written and read as a stream, and refused if a single bit of it differs (I5).

Layout: magic, 32-byte salt, 8-byte fingerprint of the key, then frames of a 4-byte length and AES-256-GCM ciphertext.
The first frame is a small JSON header, the others are chunks of the content; the last one says that it is the last.
Each file has a key of its own, derived from the salt, so the frame's index can serve as its nonce. Index and last-flag
are authenticated with the frame: leaving out, moving or cutting off frames is found.
"""

import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"ALONGSIDE BACKUP 1\n"
SALT, FINGERPRINT, LENGTH, TAG = 32, 8, 4, 16
CHUNK = 1 << 20
CHANGED = "The file was changed or cut off; nothing of it is used."


class FileRefused(Exception):
    """The file is not ours, was cut off or was changed; nothing of it may be used."""


class WrongKey(FileRefused):
    """The file was encrypted under another key."""


def write_sealed(target: Path, key: bytes, header: dict, content: BinaryIO) -> None:
    """Encrypts `content` into `target`, which its owner alone can read. All or nothing; memory stays small."""
    temporary = Path(f"{target}.part")
    salt = secrets.token_bytes(SALT)
    cipher = _Frames(key, salt)
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(MAGIC + salt + _fingerprint(key))
            file.write(cipher.seal(json.dumps(header).encode(), last=False))
            chunk = content.read(CHUNK)
            while following := content.read(CHUNK):
                file.write(cipher.seal(chunk, last=False))
                chunk = following
            file.write(cipher.seal(chunk, last=True))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def read_sealed(path: Path, keys: Iterable[bytes]) -> tuple[dict, Iterator[bytes]]:
    """The header and the chunks of content of a sealed file, by that of the keys which it names.

    Raises `WrongKey`, or `FileRefused` as soon as a frame does not fit: use nothing of the content before the last
    chunk was read.
    """
    frames = _read_frames(path, {_fingerprint(key): key for key in keys})
    return json.loads(next(frames)), frames


class _Frames:
    """Seals and opens the frames of one file in order."""

    def __init__(self, key: bytes, salt: bytes):
        self.aead = AESGCM(hmac.digest(key, b"backup file\0" + salt, "sha256"))
        self.index = 0

    def seal(self, plain: bytes, *, last: bool) -> bytes:
        self.index += 1
        sealed = self.aead.encrypt(self.index.to_bytes(12, "big"), plain, self._place(last))
        return len(sealed).to_bytes(LENGTH, "big") + sealed

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        self.index += 1
        try:
            return self.aead.decrypt(self.index.to_bytes(12, "big"), sealed, self._place(last))
        except InvalidTag:
            raise FileRefused(CHANGED) from None

    def _place(self, last: bool) -> bytes:
        return MAGIC + self.index.to_bytes(8, "big") + bytes([last])


def _read_frames(path: Path, keys: Mapping[bytes, bytes]) -> Iterator[bytes]:
    with Path(path).open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise FileRefused("This is not a backup made by Alongside.")
        salt, fingerprint = file.read(SALT), file.read(FINGERPRINT)
        if fingerprint not in keys:
            raise WrongKey("The backup was made with another key ring, or its beginning was changed.")
        cipher = _Frames(keys[fingerprint], salt)
        length = file.read(LENGTH)
        if not length:
            raise FileRefused(CHANGED)
        while length:
            size = int.from_bytes(length, "big")
            if size > CHUNK + TAG:
                raise FileRefused(CHANGED)
            sealed = file.read(size)
            if len(sealed) != size:
                raise FileRefused(CHANGED)
            length = file.read(LENGTH)
            yield cipher.open(sealed, last=not length)


def _fingerprint(key: bytes) -> bytes:
    return hmac.digest(key, b"fingerprint", "sha256")[:FINGERPRINT]
