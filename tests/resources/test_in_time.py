"""A list has its time and its size (H1): what takes longer is refused in words, and nothing of it is left."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.resources.test_importing import FOOD

from alongside.resources.actions import in_time, paging
from alongside.resources.models import ListFile, Resource
from alongside.rules.meetings import reading as meetings
from alongside.rules.resources import FileRefused, found, pages
from alongside.rules.roster.limits import Limits


def test_each_kind_of_file_has_the_limits_that_the_row_names():
    assert (found.MOST_BYTES, found.MOST_UNPACKED, found.MOST_RATIO, found.MOST_DEPTH) == (25 << 20, 50 << 20, 100, 64)
    assert (found.MOST_VALUES, pages.MOST_PAGES, paging.SECONDS) == (1_500_000, 1_000, 120)
    assert (in_time.ON_A_PAGE, in_time.BY_ITSELF) == (10, 120)
    assert meetings.MOST_BYTES == 50_000_000
    roster = Limits()
    assert (roster.wire_bytes, roster.unpacked_bytes, roster.ratio) == (25_000_000, 250_000_000, 100)
    assert roster.rows >= 100_000, "why a roster may weigh more"


def test_the_time_is_that_of_our_own_work(monkeypatch):
    now = [50.0]
    monkeypatch.setattr(in_time, "thread_time", lambda: now[0])
    tick = in_time.within(10)
    now[0] = 60.0
    tick()
    now[0] = 60.1
    with pytest.raises(FileRefused, match="too_slow"):
        tick()


@pytest.mark.django_db
def test_a_list_that_takes_too_long_is_refused_in_words_and_leaves_nothing(signed_in, program, carmen, monkeypatch):
    client, page = signed_in(carmen), reverse("list_new")
    monkeypatch.setattr("alongside.resources.actions.importing.ON_A_PAGE", -1)
    file = SimpleUploadedFile("list.json", json.dumps([FOOD]).encode(), content_type="application/json")
    form = {"feed": "2-1-1", "file": file}
    answer = client.post(page, form)
    assert answer.status_code == 200 and "takes too long" in answer.content.decode()
    assert not ListFile.objects.exists() and not Resource.objects.exists()
