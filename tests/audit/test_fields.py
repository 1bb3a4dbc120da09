"""Encrypted columns on a table made for this test alone."""

import datetime
import hmac
from uuid import UUID

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Value
from django.test.utils import isolate_apps

from alongside.audit.fields import (
    BlindIndexField,
    CannotDecrypt,
    EncryptedDateField,
    EncryptedJSONField,
    EncryptedTextField,
    blind_index,
    decrypt,
    encrypt,
)
from alongside.audit.keys import add_field_key, create_key_ring, key_ring

pytestmark = pytest.mark.django_db


@pytest.fixture
def Reach():
    with isolate_apps("alongside.audit"):

        class Reach(models.Model):
            email = EncryptedTextField(blank=True, default="")
            note = EncryptedTextField(null=True)
            born_on = EncryptedDateField(null=True)
            rules = EncryptedJSONField(null=True)
            email_index = BlindIndexField(kind="email", of="email", null=True, unique=True)
            note_index = BlindIndexField(kind="name", of="note")

            class Meta:
                app_label = "audit"

            def __str__(self):
                return "reach"

        with connection.schema_editor(atomic=False) if connection.vendor == "postgresql" else _editor() as editor:
            editor.create_model(Reach)
        yield Reach


class _editor:
    """SQLite's editor refuses to work in a transaction with foreign keys checked; this table has none."""

    def __enter__(self):
        self.editor = connection.SchemaEditorClass(connection, atomic=False)
        self.editor.deferred_sql = []
        return self.editor

    def __exit__(self, *_):
        for statement in self.editor.deferred_sql:
            self.editor.execute(statement)


FULL = {
    "email": "Rosa@Example.org",
    "note": "ñandú ❤",
    "born_on": datetime.date(1990, 2, 28),
    "rules": {"voicemail": False, "hours": [9, 17]},
}


def _raw(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM audit_reach ORDER BY id")  # noqa: S608 (our own names)
        return [row[0] for row in cursor.fetchall()]


def test_the_table_holds_ciphertext_and_the_model_plain_values(Reach):
    Reach.objects.create(**FULL)
    found = Reach.objects.get()
    assert {name: getattr(found, name) for name in FULL} == FULL
    for column in FULL:
        (stored,) = _raw(column)
        assert stored.startswith("a2.")
        assert not any(word in stored for word in ("Rosa", "1990", "voicemail", "and"))


def test_the_same_text_is_never_stored_twice_alike(Reach):
    Reach.objects.create(note="same")
    Reach.objects.create(note="same")
    assert len(set(_raw("note"))) == 2


def test_nothing_stays_nothing(Reach):
    Reach.objects.create(email="", note=None)
    found = Reach.objects.get()
    assert (found.email, found.note, found.born_on, found.rules) == ("", None, None, None)
    assert (_raw("email"), _raw("note")) == ([""], [None])
    assert encrypt("", "x") == decrypt("", "x") == ""
    assert Reach.objects.filter(note__isnull=True).count() == 1


def test_dates_may_come_as_text(Reach):
    Reach.objects.create(born_on="1990-02-28")
    assert Reach.objects.get().born_on == datetime.date(1990, 2, 28)


def test_values_written_by_update_and_in_bulk_are_encrypted_too(Reach):
    Reach.objects.bulk_create([Reach(note="one"), Reach(note="two")])
    rows = list(Reach.objects.order_by("id"))
    for row in rows:
        row.note += "!"
    Reach.objects.bulk_update(rows, ["note"])
    Reach.objects.update(email="r@example.org", rules={"a": UUID(int=1)})
    assert [row.note for row in Reach.objects.order_by("id")] == ["one!", "two!"]
    assert Reach.objects.first().rules == {"a": str(UUID(int=1))}
    assert all(stored.startswith("a2.") for column in ("note", "email") for stored in _raw(column))
    Reach.objects.update(note=F("email"))
    with pytest.raises(CannotDecrypt, match=r"audit\.Reach\.note"):  # a token opens in its own column only
        Reach.objects.first()


def test_values_come_back_plain_from_every_kind_of_query(Reach):
    Reach.objects.create(**FULL)
    assert Reach.objects.values_list("note", flat=True).get() == FULL["note"]
    assert Reach.objects.values("born_on").get() == {"born_on": FULL["born_on"]}
    assert Reach.objects.annotate(copy=F("rules")).get().copy == FULL["rules"]
    assert Reach.objects.annotate(new=Value("x", output_field=EncryptedTextField())).count() == 1


@pytest.mark.parametrize("lookup", ["note", "note__contains", "note__in", "born_on__year", "rules__voicemail"])
def test_searching_an_encrypted_column_is_refused(Reach, lookup):
    with pytest.raises(FieldError, match="is encrypted and cannot be searched"):
        list(Reach.objects.filter(**{lookup: "x"}))


def test_old_values_stay_readable_after_a_rotation(Reach):
    Reach.objects.create(note="before")
    add_field_key()
    Reach.objects.create(note="after")
    assert [row.note for row in Reach.objects.order_by("id")] == ["before", "after"]
    assert blind_index("x", "name") == blind_index("x", "name")


def test_a_wrong_key_or_a_changed_bit_names_the_field_and_nothing_else(Reach, settings, tmp_path):
    Reach.objects.create(note="secret")
    (stored,) = _raw("note")
    changed = stored[:30] + ("A" if stored[30] != "A" else "B") + stored[31:]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_reach SET note = %s", [changed])
    with pytest.raises(CannotDecrypt, match=r"audit.Reach.note cannot be decrypted") as refusal:
        Reach.objects.get()
    assert changed not in str(refusal.value)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_reach SET note = %s", [stored])
    settings.ALONGSIDE_KEY_FILE = create_key_ring(tmp_path / "other.json")
    with pytest.raises(CannotDecrypt):
        Reach.objects.get()


def test_an_exact_value_is_found_by_its_index(Reach):
    reach = Reach.objects.create(email="Rosa@Example.org")
    assert Reach.objects.get(email_index=blind_index(" rosa@example.ORG", "email")) == reach
    reach.email = "new@example.org"
    reach.save()
    assert not Reach.objects.filter(email_index=blind_index("rosa@example.org", "email")).exists()


def test_an_index_is_unique_among_those_who_have_a_value(Reach):
    Reach.objects.create()
    Reach.objects.create()
    assert (_raw("email_index"), _raw("note_index")) == ([None, None], ["", ""])
    Reach.objects.create(email="rosa@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reach.objects.create(email="ROSA@example.org")


@pytest.mark.parametrize(
    ("kind", "alike", "different"),
    [
        ("email", ["Rosa@Example.org", " rosa@example.org ", "ＲＯＳＡ@example.org"], "rose@example.org"),
        ("phone", ["+1 (505) 555-0101", "15055550101", "1.505.555.0101"], "15055550102"),
        ("name", ["José  O'Neill-Peña", "jose o neill pena", "JOSÉ O’NEILL PEÑA"], "Josef O'Neill"),
        ("date", [datetime.date(1990, 2, 28), "1990-02-28"], "1990-02-27"),
    ],
)
def test_what_is_written_differently_for_the_same_thing_has_one_index(kind, alike, different):
    indexes = {blind_index(value, kind) for value in alike}
    assert len(indexes) == 1 and len(indexes.pop()) == 64
    assert blind_index(different, kind) != blind_index(alike[0], kind)
    assert blind_index(alike[0], kind) != blind_index(alike[0], "other")


def test_an_index_is_what_the_databases_hold_already():
    """If this changed, nobody who is known would be found any more."""
    kept = hmac.digest(key_ring().blind, b"name\0maria jose o brien", "sha256").hex()
    assert blind_index("  María-José O’Brien ", "name") == kept


def test_an_empty_value_has_no_index():
    assert blind_index(None, "name") == blind_index("  ", "email") == blind_index("ext.", "phone") == ""


def test_an_index_cannot_be_made_without_the_key(settings, tmp_path):
    before = blind_index("rosa", "name")
    settings.ALONGSIDE_KEY_FILE = create_key_ring(tmp_path / "other.json")
    assert blind_index("rosa", "name") != before


def test_the_fields_can_be_written_into_migrations(Reach):
    for field in Reach._meta.get_fields():
        written, _ = MigrationWriter.serialize(field)
        assert "kind='email'" in written or field.name != "email_index"
        _, path, args, kwargs = field.deconstruct()
        assert type(field)(*args, **kwargs).deconstruct()[1:] == (path, args, kwargs)


def test_forms_ask_for_the_plain_value(Reach):
    assert Reach._meta.get_field("born_on").formfield().clean("1990-02-28") == FULL["born_on"]
    assert Reach._meta.get_field("rules").formfield().clean('{"a": 1}') == {"a": 1}
