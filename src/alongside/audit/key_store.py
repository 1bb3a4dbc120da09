"""Where the key ring lies: a file that its owner alone reads, or a vault that two commands reach (I7, ASVS 13.3.1).

With `ALONGSIDE_KEY_COMMAND` the ring is what that command prints (`systemd-creds cat …`, `vault kv get …`, `sops -d …`)
and is never on the disk. `ALONGSIDE_KEY_STORE_COMMAND` gets a changed ring on its standard input; without it the ring
is changed in the vault by hand. Commands run without a shell, and what they print is in no message: it may be the ring.
"""

import fcntl
import json
import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SECONDS = 20
"""How long a vault may take."""


class KeyRingMissing(RuntimeError):
    """There is no key ring. Nothing is read or written until there is one: `create_key_ring` makes a first one."""


class KeyRingUnusable(RuntimeError):
    """There is something, but others may read it, it is not a key ring, or it cannot be reached or changed."""


@dataclass(frozen=True)
class FileStore:
    """One JSON file."""

    path: Path
    fresh_for: float = 1.0
    """Seconds for which a ring is used without asking whether it has changed."""

    @property
    def lock(self) -> Path:
        """What two who change it take in turn."""
        return self.path.with_name(f"{self.path.name}.lock")

    def stamp(self) -> object:
        """Differs when the ring may have changed. Raises `KeyRingMissing` or `KeyRingUnusable`."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            raise KeyRingMissing(
                f"There is no key ring at {self.path}. Restore it from its safe copy, or create one."
            ) from None
        if status.st_mode & 0o077:
            raise KeyRingUnusable(f"The key ring at {self.path} is open to other users: chmod 600 it.")
        return status.st_ino, status.st_mtime_ns, status.st_size

    def read(self) -> str:
        """The ring as text."""
        self.stamp()
        return self.path.read_text()

    def write(self, text: str) -> None:
        """All or nothing: a crash leaves the old file or the new one, never half of one."""
        handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        try:
            with os.fdopen(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self.path)
        except BaseException:
            os.unlink(temporary)
            raise
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def __str__(self) -> str:
        return f"The file at {self.path}"


@dataclass(frozen=True)
class CommandStore:
    """What one command prints; another one keeps what is changed."""

    command: str
    store: str
    home: Path
    fresh_for: float = 60.0
    """A vault is not asked each second."""

    @property
    def lock(self) -> Path:
        """On this machine: two machines do not change keys at once."""
        return self.home / ".keyring.lock"

    def stamp(self) -> object:
        """A vault tells nothing of itself: what it holds is read and compared."""
        return None

    def read(self) -> str:
        """The ring as text."""
        return _run("ALONGSIDE_KEY_COMMAND", self.command)

    def write(self, text: str) -> None:
        """Hands a changed ring to the vault, and reads it back: a ring that was not kept is a ring that is lost."""
        if not self.store:
            raise KeyRingUnusable(
                "The key ring comes from a command, and none keeps a changed one: set ALONGSIDE_KEY_STORE_COMMAND."
            )
        _run("ALONGSIDE_KEY_STORE_COMMAND", self.store, text)
        if json.loads(self.read()) != json.loads(text):
            raise KeyRingUnusable("The vault does not give back the key ring that was handed to it.")

    def __str__(self) -> str:
        return "What ALONGSIDE_KEY_COMMAND prints"


Store = FileStore | CommandStore


def configured() -> Store:
    """The place that the settings name."""
    if command := settings.ALONGSIDE_KEY_COMMAND:
        return CommandStore(command, settings.ALONGSIDE_KEY_STORE_COMMAND, Path(settings.ALONGSIDE_HOME))
    return FileStore(Path(settings.ALONGSIDE_KEY_FILE))


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Nobody else on this machine changes the ring meanwhile."""
    store.lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(store.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _run(setting: str, command: str, given: str | None = None) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (a command of the operator's, from the settings)
            shlex.split(command), input=given, capture_output=True, text=True, timeout=SECONDS, check=False,
            stdin=subprocess.DEVNULL if given is None else None,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise KeyRingUnusable(f"The command of {setting} could not be run: {type(error).__name__}.") from None
    if done.returncode:
        raise KeyRingUnusable(f"The command of {setting} ended with exit code {done.returncode}.")
    return done.stdout
