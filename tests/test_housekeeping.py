"""What has to end by itself ends, once, and nothing else does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.housekeeping import keep_house
from alongside.mentoring.actions import save_draft
from alongside.mentoring.models import Mentorship, NoteDraft
from alongside.people.row_counts import count_rows
from alongside.workforce.actions import set_available
from alongside.workforce.models import PeerProfile


def test_a_break_that_is_over_ends_and_one_that_is_not_stays(dante):
    now = timezone.now()
    set_available(peer=dante.profile, available=False, by=dante.actor, until=timezone.localdate(now))
    keep_house(now)
    assert PeerProfile.objects.get().status == "unavailable"
    keep_house(now + timedelta(days=2))
    assert PeerProfile.objects.get().status == "active"
    assert keep_house(now + timedelta(days=2)) == 0


def test_a_peer_away_without_a_day_stays_away(dante):
    set_available(peer=dante.profile, available=False, by=dante.actor)
    keep_house(timezone.now() + timedelta(days=400))
    assert PeerProfile.objects.get().status == "unavailable"


def test_drafts_are_kept_for_a_week(dante):
    now = timezone.now()
    save_draft(by=dante.actor, name="note-x", fields={"note": ["half"]}, now=now)
    keep_house(now + timedelta(days=6))
    assert NoteDraft.objects.count() == 1
    keep_house(now + timedelta(days=8))
    assert NoteDraft.objects.count() == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_the_database_knows_how_many_rows_an_index_finds(gather):
    gather(2)
    count_rows(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'mentorship_by_peer'")
        rows, of_a_peer, _of_a_state = map(int, cursor.fetchone()[0].split())
    assert rows == Mentorship.objects.count() == 4
    assert of_a_peer < rows
