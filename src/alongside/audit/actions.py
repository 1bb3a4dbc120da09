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
from .fields import encrypt, place_of
from .ids import time_ordered_id
from .keys import key_ring
from .models import Entry

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request being answered; set by middleware, copied into each entry."""

DIFFER = ("key", "subject_id", "reason_words", "mark")
"""In what the entries of one list differ."""

REASON = place_of(Entry._meta.get_field("reason_words"))
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\Z")


class EntryRefused(ValueError):
    """The entry would not be honest or not be safe: an unknown act, or a value that is no code."""


class NotInTransaction(RuntimeError):
    """A change and its entry must commit together (G1): call `record` inside the change's `transaction.atomic()`."""


def record(*, act: str, by, subject=None, view: bool = False, **details) -> Entry:
    """Writes one entry and returns it; read back it is found by its `key`.

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
    entries = _entries(subjects, act=act, by=by, **details)
    insert_rows(entries, differ=DIFFER)
    for entry in entries:
        entry.reason_words = details.get("words", "")
    return entries


def record_all(entries: Iterable[Mapping]) -> int:
    """Writes many different entries in few statements; each is what `record` takes, by keyword. Returns how many.

    For changes only, so inside their transaction. Nothing is read back: use `record` where the entry is needed.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("entries were recorded outside the transaction of their changes")
    rows = [row for entry in entries for row in _entries([entry.get("subject")], **_besides_subject(entry))]
    insert_rows(rows)
    return len(rows)


@lru_cache(maxsize=1000)
def _is_code(text: str) -> bool:
    """Whether it is a name in lower case, or nothing. There are few of them, and each is written very often."""
    return len(text) <= 60 and bool(not text or CODE.match(text))


def _besides_subject(entry: Mapping) -> dict:
    return {name: value for name, value in entry.items() if name != "subject"}


def _entries(
    subjects: Iterable, *, act, by, program_id=None, object_kind="", object_id=None, fields=(), outcome=Entry.DONE,
    reason="", words="", now=None,
) -> list[Entry]:  # fmt: skip
    """One entry for each subject, not written yet. What they have in common is looked at once: lists are long."""
    names = list(fields)
    if act not in ACTS:
        raise EntryRefused(f"{act!r} is not in ACTS")
    if outcome not in (Entry.DONE, Entry.REFUSED):
        raise EntryRefused("the outcome is neither done nor refused")
    # The refused value is not quoted: it may be the content that must not be here.
    for what, code in [("a field", name) for name in names] + [("the reason", reason), ("the kind", object_kind)]:
        if not _is_code(code) or (what == "a field" and not code):
            raise EntryRefused(f"{act}: {what} is not a name in lower case; contents do not belong in the log")
    program = _uuid(program_id or getattr(by, "program_id", None))
    actor, person = _uuid(getattr(by, "user_id", None)), _uuid(getattr(by, "person_id", None))
    role = getattr(by, "role", None) or ("system" if by is None else "")
    object_id, moment, request = _uuid(object_id), now or timezone.now(), request_id.get()[:64]
    # In the order of the model's columns, which is that of `canonical.COLUMNS`: by name takes twice as long.
    before = (program, moment, actor, person, role, act)
    after = (object_kind, object_id, names, outcome, reason)
    form = canonical.alike((None, *before, None, *after, "", request))
    seal, entries = key_ring().seal, []
    for subject in subjects:
        key, about = time_ordered_id(), _uuid(subject)
        # Words are encrypted anew for each: who reads the table cannot tell that two are alike.
        token = encrypt(words, REASON)
        written = canonical.entry_bytes([key, *before, about, *after, token, request]) if token else form(key, about)
        entries.append(Entry(None, key, *before, about, *after, token, request, canonical.mark(seal, written)))
    return entries


def _uuid(thing) -> UUID | None:
    """An id, however it is given: the object that has it, text, or none."""
    value = getattr(thing, "pk", thing)
    return value if value is None or isinstance(value, UUID) else UUID(str(value))
