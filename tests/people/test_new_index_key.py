"""A new key for blind indexes: every index of the story, and what is made of them to find near duplicates (I7)."""

from datetime import date

import pytest

from alongside.audit import reindexing
from alongside.audit.keys import add_key, create_key_ring, newest_key_ring
from alongside.audit.models import IndexKey
from alongside.audit.reindexing import list_indexes, reindex
from alongside.people.actions import create_person
from alongside.people.match_keys import find_by_phone
from alongside.people.models import MatchKey, Person, ToCompare


@pytest.fixture(autouse=True)
def own_key_ring(settings, tmp_path):
    """Keys of this test alone: others find their people by those of the run."""
    settings.ALONGSIDE_KEY_FILE = tmp_path / "keyring.json"
    create_key_ring()


def crash(*_, **__):
    raise SystemExit


@pytest.fixture
def rosa(program, house):
    """Rosa, with all by which somebody is found."""
    return create_person(
        program=program, by=house, goes_by="Rosa", legal_name="Rosa Delgado", birth_date=date(1984, 5, 7),
        phone="+12135550142", email="rosa@example.org", external_id="R-1",
    )  # fmt: skip


def test_what_others_made_of_indexes_is_made_anew_also_after_a_crash(program, monkeypatch, rosa):
    phone = rosa.phone
    before = set(MatchKey.objects.values_list("digest", flat=True))
    ToCompare.objects.all().delete()
    add_key("blind")
    monkeypatch.setattr(reindexing, "AFTERWARDS", [crash])
    with pytest.raises(SystemExit):
        reindex()
    assert set(MatchKey.objects.values_list("digest", flat=True)) == before
    assert not IndexKey.objects.get().is_followed

    assert [one["person_id"] for one in find_by_phone(program, phone)] == [rosa.pk], "by the earlier key meanwhile"
    monkeypatch.undo()
    reindex()
    after = set(MatchKey.objects.values_list("digest", flat=True))
    assert len(after) == len(before) and after.isdisjoint(before)
    assert [one["person_id"] for one in find_by_phone(program, phone)] == [rosa.pk]


def test_every_index_of_every_model_is_of_the_new_key(rosa, dante, carmen):
    add_key("blind")
    reindex()
    looked = 0
    for field in list_indexes():
        for source, index in field.model._base_manager.values_list(field.of, field.name):
            assert index == field.made_by(newest_key_ring().blind, source), field
            looked += bool(index)
    assert looked >= 4 and Person in {field.model for field in list_indexes()}
