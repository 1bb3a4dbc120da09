"""Encrypting what is stored again, with the newest field key, while everything keeps running (I7).

Older keys stay in the key ring: insert-only tables keep the ciphertext they were sealed with, and so do old backups.
"""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.functions import Cast

from . import tokens
from .fields import Token, place_of, sealed_fields
from .keys import key_ring
from .triggers import missing

BATCH = 200
"""Rows in one transaction: others wait for it at most a moment."""

OTHERS: list[Callable[[], int]] = []
"""Functions of floors above that do the same for tokens in columns of others, such as secrets of second factors."""


class NotReencrypted(Exception):
    """A stored value fits none of our keys. Says which column, never what is in it."""


def reencrypt(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Encrypt every value again that an older key encrypted; returns the number of changed rows.

    `progress(done, total)` counts rows looked at. Safe to interrupt and to run again. Raises `NotReencrypted`.
    """
    tables = list(list_encrypted())
    total = sum(model._base_manager.count() for model, _ in tables)
    done, changed = 0, sum(renew_others() for renew_others in OTHERS)
    for model, names in tables:
        for keys in _in_batches(model):
            changed += _rotate(model, names, keys)
            done += len(keys)
            progress(min(done, total), total)
    return changed


def list_encrypted() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Each model with the names of its encrypted fields, without those whose rows cannot be changed."""
    for model in apps.get_models():
        names = sealed_fields(model)
        if names and missing(connection, [model._meta.db_table]):
            yield model, names


def _in_batches(model: type[models.Model]) -> Iterator[list]:
    """All keys of a table in order, a batch at a time; rows that are added meanwhile use the newest key anyway."""
    rows = model._base_manager.order_by("pk")
    latest = None
    while True:
        after = rows if latest is None else rows.filter(pk__gt=latest)
        keys = list(after.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield keys
        latest = keys[-1]


@transaction.atomic
def _rotate(model: type[models.Model], names: list[str], keys: list) -> int:
    """Re-encrypt a batch, locked, so that a change made meanwhile is not overwritten."""
    changed = 0
    stored_as = {f"token_{name}": Cast(name, models.TextField()) for name in names}
    rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys).annotate(**stored_as)
    for key, *stored in rows.values_list("pk", *stored_as):
        fresh = {}
        for name, token in zip(names, stored, strict=True):
            try:
                if renewed := renew(token, place_of(model._meta.get_field(name))):
                    fresh[name] = Token(renewed)
            except tokens.NoKeyFits:
                raise NotReencrypted(f"{model._meta.label}.{name} of {key} fits none of our keys") from None
        if fresh:
            model._base_manager.filter(pk=key).update(**fresh)
            changed += 1
    return changed


def renew(token: str | None, where: str) -> str:
    """The token again under the newest key, or "" where it is that already. Raises `tokens.NoKeyFits`."""
    ring = key_ring()
    if not token or tokens.is_newest(token, where, ring):
        return ""
    return tokens.seal(tokens.unseal(token, where, ring), where, ring)
