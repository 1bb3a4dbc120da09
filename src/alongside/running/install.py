"""How this install is set and whether it works, for administrators, directors and whoever helps from outside.

It says nothing of anybody, and no secret: of those, only whether they are set. `alongside check` looks closer; this is
what can be asked in the time of a page.
"""

import os
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.audit.backup import list_made
from alongside.audit.keys import KeyRingMissing, KeyRingUnusable, key_ring

SHOWN = (
    "ALONGSIDE_URL", "ALONGSIDE_HOSTS", "ALONGSIDE_HTTPS", "ALONGSIDE_BEHIND_PROXY", "ALONGSIDE_DEMO",
    "ALONGSIDE_LOG_LEVEL", "ALONGSIDE_DB_CONN_MAX_AGE", "ALONGSIDE_DB_POOL", "ALONGSIDE_EMAIL_BACKEND",
    "ALONGSIDE_EMAIL_HOST", "ALONGSIDE_EMAIL_PORT", "ALONGSIDE_EMAIL_TLS", "ALONGSIDE_EMAIL_FROM",
    "ALONGSIDE_HOLD_WITHOUT_AGREEMENT", "ALONGSIDE_TEXT_BACKEND", "ALONGSIDE_TEXT_FORM", "ALONGSIDE_BACKUP_DAYS",
    "ALONGSIDE_PARTNER_LINK_DAYS", "ALONGSIDE_PARTNER_CODE_HOURS", "ALONGSIDE_REFERRAL_ANSWER_DAYS",
    "ALONGSIDE_REFERRAL_FOLLOW_UP_DAYS", "ALONGSIDE_QUICK_EXIT_URL",
)  # fmt: skip
"""Settings whose value is shown: nothing with which something could be opened."""

ONLY_WHETHER = (
    "DATABASE_URL", "ALONGSIDE_HOME", "ALONGSIDE_KEY_FILE", "ALONGSIDE_LEDGER_FILE", "ALONGSIDE_BACKUP_FOLDER",
    "ALONGSIDE_REDIS_URL", "ALONGSIDE_EMAIL_USER", "ALONGSIDE_EMAIL_PASSWORD", "ALONGSIDE_TEXT_URL",
    "ALONGSIDE_TEXT_AUTHORIZATION", "ALONGSIDE_TEXT_BODY", "ALONGSIDE_TEXT_MAIL", "ALONGSIDE_TEXT_SECRET",
    "ALONGSIDE_TEXT_FIELDS", "ALONGSIDE_HELP_NUMBERS", "ALONGSIDE_HEADS_TO", "ALONGSIDE_KEY_COMMAND",
    "ALONGSIDE_KEY_STORE_COMMAND", "ALONGSIDE_ADVISORIES",
)  # fmt: skip
"""Settings that hold a password, an address with one, or a place on the machine: only whether they are set."""


@dataclass(frozen=True)
class Told:
    """One setting: its name, whether the operator set it, and its value where that may be shown."""

    name: str
    is_set: bool
    value: str


@dataclass(frozen=True)
class Versions:
    """What runs here."""

    python: str
    django: str
    database: str


@dataclass(frozen=True)
class State:
    """Whether it works. `not_applied`: migrations that the database lacks. `latest_backup`: None where none is seen."""

    not_applied: tuple[str, ...]
    has_keys: bool
    cache_answers: bool
    mail_leaves: bool
    watches_backups: bool
    latest_backup: datetime | None


def list_settings() -> list[Told]:
    """All settings an operator may set, by name."""
    told = [Told(name, name in os.environ, os.environ.get(name, "")) for name in SHOWN]
    told += [Told(name, name in os.environ, "") for name in ONLY_WHETHER]
    return sorted(told, key=lambda one: one.name)


def list_versions() -> Versions:
    """Of the language, the framework and the database."""
    number = connection.pg_version if connection.vendor == "postgresql" else _sqlite_version()
    name = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    return Versions(platform.python_version(), django.get_version(), f"{name} {number}")


def _sqlite_version() -> str:
    return ".".join(map(str, connection.Database.sqlite_version_info))


def look() -> State:
    """How it is now."""
    folder = settings.ALONGSIDE_BACKUP_FOLDER
    return State(
        not_applied=tuple(list_not_applied()),
        has_keys=_has_keys(),
        cache_answers=_cache_answers(),
        mail_leaves=not settings.OUTBOX_EMAIL_BACKEND.endswith(("mail_files.EmailBackend", "filebased.EmailBackend")),
        watches_backups=bool(folder),
        latest_backup=_latest_backup(folder),
    )


def list_not_applied() -> list[str]:
    """Names of the migrations that this database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _has_keys() -> bool:
    try:
        key_ring()
    except (KeyRingMissing, KeyRingUnusable):
        return False
    return True


def _cache_answers() -> bool:
    """Reads only: a page that is looked at writes nothing."""
    try:
        cache.get("check")
    except Exception:  # whatever the store throws, it does not answer
        return False
    return True


def _latest_backup(folder: Path | None) -> datetime | None:
    try:
        return max(list_made(folder).values(), default=None) if folder else None
    except (OSError, KeyRingMissing, KeyRingUnusable):  # no such folder, or nothing can be read
        return None
