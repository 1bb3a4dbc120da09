"""Writing to the audit log: the only place where entries are made."""

import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.utils import timezone

from . import canonical
from .acts import ACTS
from .bulk import insert_rows
from .fields import encrypt
from .keys import key_ring
from .models import Entry

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request being answered; set by middleware, copied into each entry."""

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\Z")


class EntryRefused(ValueError):
    """The entry would not be honest or not be safe: an unknown act, or a value that is no code."""


class NotInTransaction(RuntimeError):
    """A change and its entry must commit together (G1): call `record` inside the change's `transaction.atomic()`."""


def record(*, act: str, by, subject=None, view: bool = False, **details) -> Entry:
    """Writes one entry and returns it.

    `act` is a code of `acts.ACTS`. `by` is who acts: anything with `user_id`, `person_id`, `program_id` and `role`;
    None for the system. `subject` is the person whose record it is: their id, or an object whose `pk` it is. Further,
    all optional: `program_id` (default: that of `by`), `object_kind` and `object_id`, `fields` (names, never contents),
    `outcome` ("done" or "refused"), `reason` (a code), `words` (the reason in the actor's words: the one free text,
    kept encrypted), `now`.

    A change is recorded inside the transaction that makes it, else `NotInTransaction`. `view=True` is for reading:
    written at once, before the page is sent. A refused try may be recorded outside a transaction too, where it is not
    undone with it. Raises `EntryRefused`.
    """
    (entry,) = record_each([subject], act=act, by=by, view=view, **details)
    return entry


def record_each(subjects: Iterable, *, act: str, by, view: bool = False, **details) -> list[Entry]:
    """Writes one entry for each of `subjects` at once, as for a list that shows several records. See `record`."""
    if not (connection.in_atomic_block or view or details.get("outcome") == Entry.REFUSED):
        raise NotInTransaction(f"{act} was recorded outside the transaction of its change")
    entries = [_entry(act=act, by=by, subject=subject, **details) for subject in subjects]
    Entry.objects.bulk_create(entries, batch_size=500)
    for entry in entries:
        entry.reason_words = details.get("words", "")
    return entries


def record_all(entries: Iterable[Mapping]) -> int:
    """Writes many different entries in few statements; each is what `record` takes, by keyword. Returns how many.

    For changes only, so inside their transaction. Nothing is read back: use `record` where the entry is needed.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("entries were recorded outside the transaction of their changes")
    rows = [_entry(**{"subject": None, **entry}) for entry in entries]
    insert_rows(rows)
    return len(rows)


@lru_cache(maxsize=1000)
def _is_code(text: str) -> bool:
    """Whether it is a name in lower case, or nothing. There are few of them, and each is written very often."""
    return len(text) <= 60 and bool(not text or CODE.match(text))


def _entry(
    *, act, by, subject, program_id=None, object_kind="", object_id=None, fields=(), outcome=Entry.DONE, reason="",
    words="", now=None,
) -> Entry:  # fmt: skip
    names = list(fields)
    if act not in ACTS:
        raise EntryRefused(f"{act!r} is not in ACTS")
    if outcome not in (Entry.DONE, Entry.REFUSED):
        raise EntryRefused("the outcome is neither done nor refused")
    # The refused value is not quoted: it may be the content that must not be here.
    for what, code in [("a field", name) for name in names] + [("the reason", reason), ("the kind", object_kind)]:
        if not _is_code(code) or (what == "a field" and not code):
            raise EntryRefused(f"{act}: {what} is not a name in lower case; contents do not belong in the log")
    entry = Entry(
        program_id=program_id or getattr(by, "program_id", None),
        at=now or timezone.now(),
        actor_id=getattr(by, "user_id", None),
        actor_person_id=getattr(by, "person_id", None),
        role=getattr(by, "role", None) or ("system" if by is None else ""),
        act=act,
        subject_id=getattr(subject, "pk", subject),
        object_kind=object_kind,
        object_id=getattr(object_id, "pk", object_id),
        fields=names,
        outcome=outcome,
        reason=reason,
        reason_words=encrypt(words),
        request_id=request_id.get()[:64],
    )
    for name in ("program_id", "actor_id", "actor_person_id", "subject_id", "object_id"):
        value = getattr(entry, name)
        if value is not None and not isinstance(value, UUID):
            setattr(entry, name, UUID(str(value)))
    values = [getattr(entry, "reason_words" if name == "reason_token" else name) for name in canonical.COLUMNS]
    entry.mark = canonical.mark(key_ring().seal, canonical.entry_bytes(values))
    return entry
