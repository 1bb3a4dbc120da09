"""Model fields whose column holds ciphertext, and keyed indexes to find an exact value again (I7).

    class Reach(models.Model):
        email = EncryptedTextField(blank=True)
        email_index = BlindIndexField(kind="email", of="email")

    Reach.objects.filter(email_index=blind_index("Rosa@Example.org", "email"))

A token is AES-256-GCM and bound to its column: moved into another one, it is refused. Whoever renames such a column
decrypts and encrypts it in the migration. Tokens of versions before (Fernet) are read, and renewed by `rotation`.

An encrypted column cannot be searched, compared or sorted by: any lookup but `isnull` raises. With
`save(update_fields=[...])` name the index beside its source; `QuerySet.update` and `bulk_update` refresh no index.
"""

import datetime
import hmac
import json
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models
from django.db.models.lookups import Exact, In

from . import tokens
from .keys import KeyRing, key_id, key_ring, newest_key_ring


class CannotDecrypt(Exception):
    """A stored value was encrypted with a key we do not have, or was changed. Says which field, never what is in it."""


class Token(str):
    """Ciphertext made by `encrypt`; an encrypted field stores it as it is."""

    __slots__ = ()


def encrypt(text: str, where: str) -> Token:
    """The text as a token under the newest field key, for the column `where`; an empty text stays empty."""
    return Token(tokens.seal(text, where, key_ring()) if text else "")


def decrypt(token: str, where: str) -> str:
    """The text of a token of the column `where`, which is named if `CannotDecrypt` must be raised."""
    if not token:
        return ""
    try:
        return tokens.unseal(token, where, key_ring())
    except tokens.NoKeyFits:
        pass  # a key that another process added less than a second ago?
    try:
        return tokens.unseal(token, where, newest_key_ring())
    except tokens.NoKeyFits:
        raise CannotDecrypt(f"{where} cannot be decrypted: wrong key, or changed in the database") from None


def place_of(field: models.Field) -> str:
    """The name of a column in messages and in what binds its tokens: people.Person.phone."""
    # A value in an expression has no column yet.
    return f"{field.model._meta.label}.{field.name}" if hasattr(field, "model") else ""


class EncryptedField(models.Field):
    """What the encrypted fields share: None stays null, "" stays "", all else is a token in a text column."""

    def to_text(self, value) -> str:
        """The value as the text to encrypt."""
        return str(value)

    def from_text(self, text: str):
        """The value back from its text."""
        return text

    @cached_property
    def where(self) -> str:
        """What its tokens are bound to."""
        return place_of(self)

    def get_internal_type(self):
        return "TextField"

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None or isinstance(value, Token):
            return value
        return encrypt(self.to_text(value), self.where)

    def from_db_value(self, value, expression, connection):
        if value is None or value == "":
            return value
        return self.from_text(decrypt(value, self.where))

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be searched by {lookup_name}: use a BlindIndexField")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is encrypted and cannot be searched by {lookup_name}: use a BlindIndexField")


class EncryptedTextField(EncryptedField, models.TextField):
    """Text of any length."""


class EncryptedDateField(EncryptedField, models.DateField):
    """A calendar date, such as a date of birth."""

    def to_text(self, value) -> str:
        return self.to_python(value).isoformat()

    def from_text(self, text: str) -> datetime.date:
        return datetime.date.fromisoformat(text)


class EncryptedJSONField(EncryptedField, models.JSONField):
    """Lists and dicts of what JSON can hold; UUIDs and times come back as text."""

    def to_text(self, value) -> str:
        return json.dumps(value, cls=self.encoder or DjangoJSONEncoder)

    def from_text(self, text: str):
        return json.loads(text, cls=self.decoder)


def sealed_fields(model: type[models.Model]) -> list[str]:
    """The names of a model's encrypted fields. A list that shows none of them defers them, and decrypts nothing."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]


class Index(str):
    """A blind index by the key in use. `every`: the same value by each key of the ring, for what may be older."""

    __slots__ = ("every",)
    every: tuple[str, ...]


def blind_index(value, kind: str) -> str:
    """64 hex digits by which an exact value is found without storing it; "" for an empty value.

    Keyed, so that nobody without the key ring can try out names or numbers; the same value gives other digits for
    another `kind`. What people write differently for the same thing is made equal first: case, width of characters and
    spaces for every kind; all but digits for "phone"; accents and punctuation for "name".

    It is an `Index`: while a new key takes over, a `BlindIndexField` is found by both of them. Whoever keeps one in
    another column looks for `every_index` of it.
    """
    made = tuple(index_by(key, value, kind) for key in key_ring().every_blind)
    if not made[0]:
        return ""
    index = Index(made[0])
    index.every = made
    return index


def index_by(key: bytes, value, kind: str) -> str:
    """A blind index by one key; "" for an empty value."""
    text = _normalized(value, kind)
    return hmac.digest(key, f"{kind}\0{text}".encode(), "sha256").hex() if text else ""


def every_index(*indexes: str) -> list[str]:
    """These indexes by each key of the ring."""
    return [one for index in indexes for one in (index.every if isinstance(index, Index) else (index,))]


class BlindIndexField(models.CharField):
    """The blind index of a sibling field `of`, kept up to date by `save`, `create` and `bulk_create`.

    With `null=True` an empty source gives null, so that `unique=True` holds among those who have a value.
    """

    def __init__(self, *args, kind: str, of: str, **kwargs):
        self.kind, self.of = kind, of
        super().__init__(*args, **{"max_length": 64, "db_index": True, "blank": True, "editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "kind": self.kind, "of": self.of}

    def pre_save(self, instance, add):
        index = self.made_by(key_in_use(key_ring(), instance._state.db or "default"), getattr(instance, self.of))
        setattr(instance, self.attname, index)
        return index

    def made_by(self, key: bytes, value) -> str | None:
        """What the column holds for a value of its source."""
        return index_by(key, value, self.kind) or (None if self.null else "")


@BlindIndexField.register_lookup
class ExactByAnyKey(Exact):
    """An index made now is found whichever key of the ring it was stored by."""

    def as_sql(self, compiler, connection):
        if isinstance(self.rhs, Index) and len(self.rhs.every) > 1:
            return compiler.compile(In(self.lhs, list(self.rhs.every)))
        return super().as_sql(compiler, connection)


@BlindIndexField.register_lookup
class InByAnyKey(In):
    """The same for several."""

    def get_prep_lookup(self):
        if isinstance(self.rhs, Iterable) and self.rhs_is_direct_value():
            self.rhs = every_index(*self.rhs)
        return super().get_prep_lookup()


def key_in_use(ring: KeyRing, using: str) -> bytes:
    """The key by which the database holds its indexes. While another one waits, the database itself says which.

    It takes over at one moment (`reindexing`): until this transaction ends, that moment waits.
    """
    if not ring.blind_next:
        return ring.blind
    hold_index_keys(using)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT key FROM audit_indexkey")
        found = cursor.fetchone()
    return ring.blind_next if found and found[0] == key_id(ring.blind_next) else ring.blind


INDEX_KEYS = 0x616C6F6E67_01
"""PostgreSQL's lock that says: indexes are being written by the key in use. SQLite has one writer at a time anyway."""


def hold_index_keys(using: str, *, alone: bool = False) -> None:
    """Until this transaction ends, no other key takes over; `alone`: wait for all who write, and let nobody begin."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            how = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
            cursor.execute(f"SELECT {how}(%s)", [INDEX_KEYS])


def _normalized(value, kind: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", str(value or "")).casefold().split())
    if kind == "phone":
        return "".join(letter for letter in text if letter.isdigit())
    if kind == "name":
        letters = (
            letter if letter.isalnum() else " "
            for letter in unicodedata.normalize("NFKD", text)
            if not unicodedata.combining(letter)
        )
        return " ".join("".join(letters).split())
    return text
