"""A new key for blind indexes takes over, while people work and are found, and after a crash where it ended (I7).

Every promise about indexes (who is unique, what is kept back from whom) compares two of them in the database, so at no
moment may some be of one key and some of another. So first what each will be is written beside them, a part at a time
(`IndexToBe`); then one short transaction puts all of them in place and says so (`IndexKey`); then the key ring follows.
Meanwhile whoever looks for somebody looks by both keys, and whoever writes asks the database which one it holds
(`fields.key_in_use`). Whatever step a crash ends, the next run finds where things are by that row and goes on.

A restored backup may be of the time before: then the same brings its indexes to the key of today.
"""

import time
from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import OperationalError, connection, models, transaction

from .actions import record
from .fields import BlindIndexField, hold_index_keys, place_of
from .keys import KeyRing, as_list, changing, key_id, newest_key_ring
from .models import IndexKey, IndexToBe

BATCH = 500
TRIES = 240
LOCK_NOT_AVAILABLE = "55P03"
Progress = Callable[[int, int], None]

AFTERWARDS: list[Callable[[], int]] = []
"""Functions of floors above that make anew, a little at a time, what they made of indexes; each may be run again."""


def reindex(progress: Progress = lambda done, total: None) -> int:
    """Make every index anew where the database holds them by another key; returns how many. Safe to interrupt."""
    ring, made = newest_key_ring(), 0
    wanted = ring.blind_next or ring.blind
    if _held(ring) != key_id(wanted):
        _prepare(wanted, progress)
        made = _when_nobody_is_in_the_way(wanted)
    if ring.blind_next:
        with changing() as contents:
            if contents.get("blind_next"):  # or another run was quicker
                contents["blind"] = [contents.pop("blind_next"), *as_list(contents["blind"])]
    if IndexKey.objects.filter(is_followed=False).exists():
        for make in AFTERWARDS:
            make()
        IndexKey.objects.update(is_followed=True)
    return made


def is_behind() -> bool:
    """Whether this database holds its indexes by another key than the ring, as after an old backup came back."""
    ring = newest_key_ring()
    return not ring.blind_next and _held(ring) != key_id(ring.blind)


def list_indexes() -> Iterator[BlindIndexField]:
    """Every blind index of every model."""
    for model in apps.get_models():
        yield from (field for field in model._meta.local_concrete_fields if isinstance(field, BlindIndexField))


def _held(ring: KeyRing) -> str:
    return IndexKey.objects.values_list("key", flat=True).first() or key_id(ring.blinds[-1])


def _prepare(key: bytes, progress: Progress) -> None:
    """Write what each index will be, where it is not written yet."""
    fields = list(list_indexes())
    total, done = sum(_filled(field).count() for field in fields), 0
    for field in fields:
        for rows in _in_batches(field):
            place, known = place_of(field), {}
            by_row = {_stored(field, pk): (source, was) for pk, source, was in rows}
            for row, was, becomes in IndexToBe.objects.filter(place=place, row__in=by_row).values_list(
                "row", "was", "becomes"
            ):
                known[row] = was, becomes
            fresh = []
            for row, (source, was) in by_row.items():
                becomes = field.made_by(key, source) or ""
                if known.get(row) != (was, becomes):
                    fresh.append(IndexToBe(place=place, row=row, was=was, becomes=becomes))
            IndexToBe.objects.bulk_create(
                fresh, update_conflicts=True, unique_fields=["place", "row"], update_fields=["was", "becomes"]
            )
            done += len(rows)
            progress(min(done, total), total)


def _when_nobody_is_in_the_way(key: bytes, *, sleep=time.sleep) -> int:
    """The moment, tried again where others hold rows: it waits half a second at most, so that nobody waits for it, or
    is ended by the database because two wait for each other."""
    for _try in range(TRIES - 1):
        try:
            return _put_in_place(key)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            sleep(0.5)
    return _put_in_place(key)


@transaction.atomic
def _put_in_place(key: bytes) -> int:
    """All of them at once. Rows written since are few, and made here."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '500ms'")
    hold_index_keys("default", alone=True)
    made = 0
    for field in list_indexes():
        made += _exchange(field)
        for pk, source, was in list(_filled(field, without_prepared=True).values_list("pk", field.of, field.name)):
            becomes = field.made_by(key, source)
            made += field.model._base_manager.filter(pk=pk, **{field.name: was}).update(**{field.name: becomes})
    IndexToBe.objects.all().delete()
    IndexKey.objects.update_or_create(pk=1, defaults={"key": key_id(key), "is_followed": False})
    record(act="key.index_changed", by=None)
    return made


def _exchange(field: BlindIndexField) -> int:
    quote, meta = connection.ops.quote_name, field.model._meta
    table, column, pk = quote(meta.db_table), quote(field.column), quote(meta.pk.column)
    row = f"CAST(i.row AS {meta.pk.cast_db_type(connection)})" if connection.vendor == "postgresql" else "i.row"
    becomes = "NULLIF(i.becomes, '')" if field.null else "i.becomes"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = {becomes} FROM audit_indextobe i "  # noqa: S608 (names of ours)
            f"WHERE i.place = %s AND {table}.{pk} = {row} AND {table}.{column} = i.was",
            [place_of(field)],
        )
        return cursor.rowcount


def _filled(field: BlindIndexField, *, without_prepared: bool = False) -> models.QuerySet:
    """Rows whose index is there; `without_prepared`: and is not what was prepared for it."""
    rows = field.model._base_manager.exclude(**{field.name: ""}).exclude(**{f"{field.name}__isnull": True})
    if not without_prepared:
        return rows
    meta, quote = field.model._meta, connection.ops.quote_name
    pk = f"{quote(meta.db_table)}.{quote(meta.pk.column)}"
    row = f"CAST(i.row AS {meta.pk.cast_db_type(connection)})" if connection.vendor == "postgresql" else "i.row"
    there = (
        f"NOT EXISTS (SELECT 1 FROM audit_indextobe i WHERE i.place = %s AND {row} = {pk} "  # noqa: S608 (names of ours)
        f"AND i.becomes = {quote(meta.db_table)}.{quote(field.column)})"
    )
    return rows.extra(where=[there], params=[place_of(field)])  # noqa: S610 (the same)


def _in_batches(field: BlindIndexField) -> Iterator[list[tuple]]:
    """Id, source and index of all rows that have one, a part at a time in the order of ids."""
    rows, latest = _filled(field).order_by("pk"), None
    while True:
        after = rows if latest is None else rows.filter(pk__gt=latest)
        some = list(after.values_list("pk", field.of, field.name)[:BATCH])
        if not some:
            return
        yield some
        latest = some[-1][0]


def _stored(field: BlindIndexField, pk) -> str:
    """An id as the database keeps it, as text."""
    return str(field.model._meta.pk.get_db_prep_value(pk, connection))
