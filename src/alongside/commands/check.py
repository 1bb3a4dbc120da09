"""Verify settings, database, keys, audit log, capacity and figures. Exit code 0: all is well; 1: something is not.

Run it after each deploy and every night. With --write-heads the ends of the audit chains are written to a file, to be
kept on another machine; with --heads a later run finds whether the log was cut off since.
"""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import SystemRandom
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django_scopes import scopes_disabled

from alongside.audit import heads_away, sealing, triggers
from alongside.audit.fields import CannotDecrypt
from alongside.audit.keys import KeyRingMissing, KeyRingUnusable, key_ring
from alongside.audit.reindexing import is_behind
from alongside.impact.checks import list_problems
from alongside.matching.models import Offer
from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship
from alongside.people.carriers import is_elsewhere
from alongside.people.models import Person, Program
from alongside.privacy.provider_queries import list_problems as agreements
from alongside.retention import ledger
from alongside.retention.models import Erasure
from alongside.workforce.models import PeerProfile

from .common import list_unapplied_migrations
from .failure import CommandFailed

ONLY_WITH_HTTPS = {f"security.W{number:03}" for number in (4, 8, 12, 16)}
NOT_OURS = {"security.W003", "security.W005", "security.W021"}
"""Subdomains and browser preload lists are for the operator's whole domain to decide, not for one program's server.
W003 looks for Django's CSRF check by name; ours is `web.csrf.OwnOrigin`, which is that check."""

SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
MAIL_TO_FILES = {"alongside.people.mail_files.EmailBackend", "django.core.mail.backends.filebased.EmailBackend"}
COUNTED_AGAIN = 200
"""Episodes, and days of contacts, of each program."""
POSTGRESQL = {"fsync": {"on"}, "full_page_writes": {"on"}, "synchronous_commit": {"on", "remote_apply"}}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--heads", type=Path, metavar="FILE", help="compare the audit chains with these earlier ends, also as they left"
    )
    parser.add_argument("--write-heads", type=Path, metavar="FILE", help="write the ends of the audit chains")
    parser.add_argument(
        "--quick", action="store_true", help="leave out the audit chains, which take longer as they grow"
    )


def run(options: Namespace) -> int:
    found = 0
    for name, check in CHECKS.items():
        if options.quick and check is check_audit:
            continue
        try:
            problems = check(options)
        except CommandFailed as failure:
            problems = [str(failure)]
        found += len(problems)
        print(f"{'FAIL' if problems else 'ok  '} {name}")
        for problem in problems:
            print(f"       {problem}")
        if problems and check is check_migrations:
            return 1  # the rest would only stumble over missing tables
    if options.write_heads and not found:
        sealing.write_heads(options.write_heads, timezone.now())
    return 1 if found else 0


def check_settings(options: Namespace) -> list[str]:
    """Django's checks for a deployment, ours among them. Without HTTPS only a demo is well."""
    ignored = NOT_OURS | (ONLY_WITH_HTTPS if settings.ALONGSIDE_DEMO else set())
    messages = checks.run_checks(include_deployment_checks=True)
    return [f"{m.id}: {m.msg}" for m in messages if m.level >= checks.WARNING and m.id not in ignored]


def check_mail(options: Namespace) -> list[str]:
    """Mail really leaves. Only a demo may write it to files."""
    if settings.ALONGSIDE_DEMO or settings.OUTBOX_EMAIL_BACKEND not in MAIL_TO_FILES:
        return []
    return ["mail goes to files and reaches nobody; set ALONGSIDE_EMAIL_BACKEND"]


def check_agreements(options: Namespace) -> list[str]:
    """Whoever carries mail and texts has a written agreement with each program, and it was looked at in time (C7)."""
    today = timezone.localdate()
    return [problem for program in Program.objects.order_by("created_at") for problem in agreements(program, today)]


def check_wires(options: Namespace) -> list[str]:
    """What goes to another machine is encrypted on the way, and that machine shows who it is (ASVS 12.3)."""
    problems = []
    by_smtp = settings.OUTBOX_EMAIL_BACKEND.endswith("smtp.EmailBackend")
    if by_smtp and is_elsewhere(settings.EMAIL_HOST) and not settings.EMAIL_USE_TLS:
        problems.append("mail leaves this machine unencrypted; set ALONGSIDE_EMAIL_TLS=1")
    database = settings.DATABASES["default"]
    if is_elsewhere(database.get("HOST", "")) and database.get("OPTIONS", {}).get("sslmode") != "verify-full":
        problems.append("the database is on another machine; add ?sslmode=verify-full to DATABASE_URL")
    redis = urlsplit(str(settings.CACHES["default"]["LOCATION"]))
    if redis.scheme == "redis" and is_elsewhere(redis.hostname or ""):
        problems.append("Redis is on another machine; use rediss:// in ALONGSIDE_REDIS_URL")
    return problems


def check_cache(options: Namespace) -> list[str]:
    """The store in which tries to sign in are counted answers (F5)."""
    try:
        cache.set("check", 1, 10)
        return [] if cache.get("check") == 1 else ["the cache forgets what it was just told"]
    except Exception as error:
        return [f"the cache does not answer ({type(error).__name__}); nobody can sign in"]


def check_migrations(options: Namespace) -> list[str]:
    """The database is reached and up to date."""
    return [f"not applied: {name}" for name in list_unapplied_migrations()]


def check_durability(options: Namespace) -> list[str]:
    """Acknowledged means durable (I2)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SQLITE}
            return [
                f"PRAGMA {name} is {found[name]}, not {want}" for name, want in SQLITE.items() if found[name] != want
            ]
        problems = []
        for name, wanted in POSTGRESQL.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            value = cursor.fetchone()[0]
            if value not in wanted:
                problems.append(f"{name} is {value}")
        return problems


def check_keys(options: Namespace) -> list[str]:
    """The key ring is there, closed to others, and reads what is stored."""
    try:
        key_ring()
        with scopes_disabled():
            for person in Person.objects.order_by("-created_at")[:20]:
                _ = person.legal_name, person.phone, person.email
        behind = is_behind()
    except (KeyRingMissing, KeyRingUnusable, CannotDecrypt) as error:
        return [str(error)]
    return ["indexes are of an earlier key: run alongside reencrypt"] if behind else []


def check_audit(options: Namespace) -> list[str]:
    """Nobody changed, removed or forged an entry, and the database still refuses to."""
    problems = [f"table {table} is not protected by its triggers" for table in triggers.missing(connection)]
    problems += heads_away.list_problems(timezone.now())
    try:
        earlier = sealing.read_heads(options.heads) if options.heads else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [*problems, f"{options.heads} cannot be read: {type(error).__name__}"]
    try:
        report = sealing.verify(heads=earlier)
    except KeyRingMissing as error:
        return [*problems, str(error)]
    problems += [f"{p.code}: program {p.program_id}, number {p.number}, entry {p.entry_id}" for p in report.problems]
    if report.unsealed_older_than_60s:
        problems.append(f"{report.unsealed_older_than_60s} entries wait too long to be sealed; is the worker running?")
    return problems


def check_capacity(options: Namespace) -> list[str]:
    """The places counted for each peer are those really taken: open mentorships and chosen offers."""
    with scopes_disabled():
        taken = Counter(Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).values_list("peer", flat=True))
        taken.update(Offer.objects.filter(status="chosen").values_list("peer", flat=True))
        return [
            f"peer {pk}: {counted} places counted, {taken[pk]} taken, capacity {capacity}"
            for pk, counted, capacity in PeerProfile.objects.values_list("pk", "places_taken", "capacity")
            if counted != taken[pk] or taken[pk] > capacity
        ]


def check_figures(options: Namespace) -> list[str]:
    """The sums of the impact page are what they sum up. Of rows, another part is counted again in each run."""
    return list_problems(Program.objects.order_by("created_at"), choose_some)


def check_ledger(options: Namespace) -> list[str]:
    """The ledger of erased records is whole, and whoever it names is erased here (I6)."""
    try:
        named = {line.person for line in ledger.read()}
    except (ledger.LedgerDamaged, KeyRingMissing) as error:
        return [str(error)]
    with scopes_disabled():
        erased = set(Erasure.objects.values_list("person", flat=True))
        there = set(Person.objects.filter(pk__in=named - erased).values_list("pk", flat=True))
    problems = [f"{len(erased - named)} erased records are not in {ledger.path()} yet"] if erased - named else []
    return problems + ([f"{len(there)} erased records are back: run alongside erase-again"] if there else [])


def choose_some(everything: Sequence) -> Sequence:
    """Some of them by chance, so that in time all have their turn."""
    return SystemRandom().sample(everything, min(len(everything), COUNTED_AGAIN))


CHECKS: dict[str, Callable[[Namespace], list[str]]] = {
    "settings": check_settings,
    "mail": check_mail,
    "wires": check_wires,
    "migrations": check_migrations,
    "agreements": check_agreements,
    "durability": check_durability,
    "cache": check_cache,
    "keys": check_keys,
    "audit log": check_audit,
    "capacity": check_capacity,
    "figures": check_figures,
    "erased records": check_ledger,
}
