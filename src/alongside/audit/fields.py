"""Model fields whose column holds ciphertext, and keyed indexes to find an exact value again (I7).

    class Reach(models.Model):
        email = EncryptedTextField(blank=True)
        email_index = BlindIndexField(kind="email", of="email")

    Reach.objects.filter(email_index=blind_index("Rosa@Example.org", "email"))

An encrypted column cannot be searched, compared or sorted by: any lookup but `isnull` raises. With
`save(update_fields=[...])` name the index beside its source; `QuerySet.update` and `bulk_update` refresh no index.
"""

import datetime
import hmac
import json
import unicodedata

from cryptography.fernet import InvalidToken
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .keys import key_ring, newest_key_ring


class CannotDecrypt(Exception):
    """A stored value was encrypted with a key we do not have, or was changed. Says which field, never what is in it."""


class Token(str):
    """Ciphertext made by `encrypt`; an encrypted field stores it as it is."""

    __slots__ = ()


def encrypt(text: str) -> Token:
    """The text as a Fernet token under the newest field key; an empty text stays empty."""
    return Token(key_ring().cipher.encrypt(text.encode()).decode() if text else "")


def decrypt(token: str, where: str) -> str:
    """The text of a Fernet token. `where` names the field if `CannotDecrypt` must be raised."""
    if not token:
        return ""
    sealed = token.encode()
    try:
        return key_ring().cipher.decrypt(sealed).decode()
    except InvalidToken:
        pass  # a key that another process added less than a second ago?
    try:
        return newest_key_ring().cipher.decrypt(sealed).decode()
    except InvalidToken:
        raise CannotDecrypt(f"{where} cannot be decrypted: wrong key, or changed in the database") from None


class EncryptedField(models.Field):
    """What the encrypted fields share: None stays null, "" stays "", all else is a token in a text column."""

    def to_text(self, value) -> str:
        """The value as the text to encrypt."""
        return str(value)

    def from_text(self, text: str):
        """The value back from its text."""
        return text

    def get_internal_type(self):
        return "TextField"

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None or isinstance(value, Token):
            return value
        return encrypt(self.to_text(value))

    def from_db_value(self, value, expression, connection):
        if value is None or value == "":
            return value
        return self.from_text(decrypt(value, f"{self.model._meta.label}.{self.name}"))

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


def blind_index(value, kind: str) -> str:
    """64 hex digits by which an exact value is found without storing it; "" for an empty value.

    Keyed, so that nobody without the key ring can try out names or numbers; the same value gives other digits for
    another `kind`. What people write differently for the same thing is made equal first: case, width of characters and
    spaces for every kind; all but digits for "phone"; accents and punctuation for "name".
    """
    text = _normalized(value, kind)
    return hmac.digest(key_ring().blind, f"{kind}\0{text}".encode(), "sha256").hex() if text else ""


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
        index = blind_index(getattr(instance, self.of), self.kind) or (None if self.null else "")
        setattr(instance, self.attname, index)
        return index


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
