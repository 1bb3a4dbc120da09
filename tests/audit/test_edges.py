"""Where what the log and its keys do ends: another ring, a search without words, a field that hides what it holds."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import FieldError
from tests.audit.test_queries import NOW

from alongside.audit.actions import record
from alongside.audit.keys import add_field_key, create_key_ring, key_ring
from alongside.audit.queries import list_named
from alongside.people.models import Person


@pytest.mark.django_db
def test_a_search_without_words_counts_and_says_none(lien, rosa):
    for hours, words in ((1, ""), (2, "A call")):
        record(act="record.searched", by=lien, subject=rosa, words=words, now=NOW + timedelta(hours=hours), view=True)
    assert [(row.act, row.count, row.words) for row in list_named(rosa).rows] == [("record.searched", 2, ("A call",))]


def test_a_new_key_in_another_ring_changes_nothing_of_ours(tmp_path, settings):
    other, ours = create_key_ring(tmp_path / "other.json"), key_ring().fields
    before = json.loads(other.read_text())["fields"]
    mine, settings.ALONGSIDE_KEY_FILE = settings.ALONGSIDE_KEY_FILE, other
    add_field_key()
    settings.ALONGSIDE_KEY_FILE = mine
    after = json.loads(other.read_text())["fields"]
    assert after[1:] == before and after[0] not in before
    assert key_ring().fields == ours


def test_what_is_encrypted_is_searched_in_no_way():
    for lookup in ("phone", "phone__contains", "phone__lower__startswith"):
        with pytest.raises(FieldError, match="encrypted"):
            Person._base_manager.filter(**{lookup: "1"})
    assert Person._base_manager.filter(phone__isnull=True).query
