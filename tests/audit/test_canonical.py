from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from alongside.audit import canonical
from alongside.audit.models import Entry

VALUES = [
    UUID(int=1), None, datetime(2026, 3, 8, 7, 0, tzinfo=UTC), UUID(int=2), UUID(int=3), "peer", "record.opened",
    UUID(int=4), "", None, ["name", "phone"], "done", "cover", "gAAAAA", "r-1",
]  # fmt: skip
BYTES = (
    b'[1,"00000000000000000000000000000001",null,"2026-03-08T07:00:00.000000+00:00",'
    b'"00000000000000000000000000000002","00000000000000000000000000000003","peer","record.opened",'
    b'"00000000000000000000000000000004","",null,["name","phone"],"done","cover","gAAAAA","r-1"]'
)


def test_canonical_bytes_never_change():
    # If this fails, every installed chain would look tampered with: add a version instead.
    assert canonical.entry_bytes(VALUES) == BYTES
    assert canonical.mark(b"k" * 32, BYTES) == "942359a4ef65be76ba1a0264dff88001a111bfb51babbc8d869d04ea2b3c4856"
    assert canonical.link(b"k" * 32, "", [UUID(int=9), 1], BYTES) == (
        "66540e2a99a3d67f41c96ade6f75f2eb0119dc39121053172fcf2d3343ba01a9"
    )


def test_the_same_moment_in_another_zone_is_the_same():
    there = [v.astimezone(timezone(timedelta(hours=-7))) if isinstance(v, datetime) else v for v in VALUES]
    assert canonical.entry_bytes(there) == BYTES


def test_a_value_of_a_strange_type_still_gives_bytes():
    assert b"b'" in canonical.entry_bytes([b"\xff"])


def test_there_is_a_column_for_each_value():
    assert len(VALUES) == len(canonical.COLUMNS)


def test_the_columns_of_an_entry_stand_in_the_order_in_which_they_are_sealed():
    names = [field.name for field in Entry._meta.concrete_fields]
    assert ["id", *canonical.COLUMNS, "mark"] == ["reason_token" if name == "reason_words" else name for name in names]


def test_entries_that_are_alike_have_the_bytes_that_each_alone_has():
    form = canonical.alike(VALUES)
    assert form(VALUES[0], VALUES[canonical.SUBJECT]) == BYTES
    other = [UUID(int=7), *VALUES[1 : canonical.SUBJECT], None, *VALUES[canonical.SUBJECT + 1 :]]
    assert form(UUID(int=7), None) == canonical.entry_bytes(other)
