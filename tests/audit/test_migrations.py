import pytest
from django.db import connection, models
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from alongside.audit import triggers
from alongside.audit.acts import ACTS
from alongside.audit.triggers import insert_only
from alongside.audit.vendor_sql import VendorSQL


def _apply(operations, backwards=False):
    class Written(Migration):
        pass

    Written.operations = operations
    migration, state = Written("written", "audit"), ProjectState()
    with connection.schema_editor(atomic=False) as editor:
        (migration.unapply if backwards else migration.apply)(state, editor)
    return migration


def _has_table():
    return "audit_spare" in connection.introspection.table_names()


@pytest.mark.django_db(transaction=True)
def test_each_database_gets_its_own_statements_and_can_go_back():
    create, drop = ["CREATE TABLE audit_spare (id bigint)"], ["DROP TABLE audit_spare"]
    both = VendorSQL(sqlite=create, postgresql=create, reverse_sqlite=drop, reverse_postgresql=drop)
    _apply([both, insert_only("audit_spare")])
    assert _has_table() and triggers.missing(connection, ["audit_spare"]) == []
    _apply([both, insert_only("audit_spare")], backwards=True)
    assert not _has_table() and triggers.missing(connection, ["audit_spare"]) == ["audit_spare"]


@pytest.mark.django_db(transaction=True)
def test_without_reverse_statements_there_is_no_way_back():
    one_way = VendorSQL(sqlite=["SELECT 1"], postgresql=["SELECT 1"])
    assert not one_way.reversible and "database at hand" in one_way.describe()
    with pytest.raises(IrreversibleError):
        _apply([one_way], backwards=True)


def test_the_operation_can_be_written_into_a_migration():
    name, args, kwargs = insert_only("audit_spare").deconstruct()
    assert (name, args) == ("VendorSQL", ()) and set(kwargs) == {
        "sqlite", "postgresql", "reverse_sqlite", "reverse_postgresql",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("vendor", "refuses", "guards"),
    [
        ("sqlite", "RAISE(ABORT", ("BEFORE UPDATE ON", "BEFORE DELETE ON", "BEFORE INSERT ON")),
        ("postgresql", "refuse_change()", ("BEFORE UPDATE OR DELETE ON", "BEFORE TRUNCATE ON")),
    ],
)
def test_each_way_of_changing_a_row_has_its_guard_and_each_guard_its_way_back(vendor, refuses, guards):
    made, dropped = (do(vendor, "spare") for do in (triggers.create_statements, triggers.drop_statements))
    assert [(refuses in one, guard in one) for one, guard in zip(made, guards, strict=True)] == [(True, True)] * len(
        made
    )
    assert [one.split('"')[1] for one in made] == [one.split('"')[1] for one in dropped]
    assert all('"spare"' in one for one in made)


@pytest.mark.django_db
def test_after_all_migrations_the_log_is_protected():
    # On SQLite a later migration that alters these tables drops their triggers: this is where it shows.
    assert triggers.missing(connection) == []


def test_every_act_is_a_code_with_a_label():
    for code, label in ACTS.items():
        group, _, act = code.partition(".")
        assert group.isidentifier() and act.isidentifier() and len(code) <= 60
        assert label[0].isupper() and not label.endswith(".")


def test_the_log_has_no_foreign_keys_but_that_of_the_seal():
    from alongside.audit.models import Entry, Seal

    assert [f for f in Entry._meta.fields if isinstance(f, models.ForeignKey)] == []
    assert Seal._meta.get_field("entry").remote_field.on_delete is models.PROTECT
