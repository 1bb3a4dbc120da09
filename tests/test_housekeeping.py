"""What has to end by itself ends, once, and nothing else does."""

from datetime import timedelta

from django.utils import timezone

from alongside.housekeeping import keep_house
from alongside.mentoring.actions import save_draft
from alongside.mentoring.models import NoteDraft
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
