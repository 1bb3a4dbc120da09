"""How much waits for each job now, in the current program. Numbers only, and no more of them than a page may take.

What a job works with is asked for in its own words: where it looks closer than one query can, by a function beside it.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, F, Max, OuterRef, Q

from alongside.assessments.asking import list_to_look_at
from alongside.audit import heads_away
from alongside.audit.backup import expired, list_made
from alongside.audit.keys import KeyRingMissing, KeyRingUnusable
from alongside.audit.models import Entry, Seal
from alongside.calls.models import Agreement
from alongside.checkins.models import Rhythm
from alongside.community.models import Flag, PenName, Post
from alongside.community.queries import list_open
from alongside.council.queries import get_cadence_policy
from alongside.groups.models import Group, GroupPlace
from alongside.impact.actions import is_held
from alongside.impact.models import Mark
from alongside.intake.models import Roster
from alongside.legal.actions import looking
from alongside.legal.queries import held_people
from alongside.matching.actions import daily
from alongside.matching.models import Offer
from alongside.meetings.models import Feed as MeetingFeed
from alongside.meetings.models import Meeting
from alongside.mentoring.queries.team import list_unmade_calls
from alongside.occasions.actions import timed
from alongside.occasions.holding import hours_of
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.outings.actions.listing import list_over
from alongside.outings.actions.saving import is_to_tell, list_changed
from alongside.outings.models import Ask
from alongside.oversight.actions import find_due as find_week_due
from alongside.partners.models import MAIL_WAITS, LinkMail, PartnerLink
from alongside.people.models import Episode, OutgoingMessage, Program
from alongside.people.models.twins import ToCompare
from alongside.people.outbox import JUMP
from alongside.privacy.actions import passed_on, telling
from alongside.privacy.models import Consent
from alongside.referrals.actions.reminding import is_due
from alongside.referrals.models import Referral
from alongside.resources.models import Feed as PlaceFeed
from alongside.retention.due import count_all_due
from alongside.retention.ledger import LedgerDamaged
from alongside.retention.models import ErasureRequest
from alongside.retention.periods import get_periods
from alongside.retention.restoring import count_lacking
from alongside.rules.partner_links import OPEN
from alongside.safety.models import Escalation

from . import advisories, weaknesses

SEEN = 200
"""Rows that are looked at one by one; who keeps more of them reads that at least so many wait."""


def _day(program: Program, now: datetime):
    return now.astimezone(ZoneInfo(program.time_zone)).date()


def _messages(program: Program, now: datetime) -> int:
    return OutgoingMessage.objects.filter(program=program, status="queued", not_before__lte=now).count()


def _worries(program: Program, now: datetime) -> int:
    return Escalation.objects.filter(program=program, look_at__lte=now).count()


def _rests(program: Program, now: datetime) -> int:
    return Episode.objects.filter(program=program, status="paused", paused_until__lte=_day(program, now)).count()


def _marks(program: Program, now: datetime) -> int:
    return Mark.objects.filter(program=program).count()


def _consents(program: Program, now: datetime) -> int:
    return Consent.objects.filter(program=program, status="active", expires_at__lte=now).count()


def _rosters(program: Program, now: datetime) -> int:
    return Roster.objects.filter(program=program, status__in=("planning", "writing", "undoing")).count()


def _people(program: Program, now: datetime) -> int:
    return ToCompare.objects.filter(program=program).count()


def _reminders(program: Program, now: datetime) -> int:
    return Rhythm.objects.filter(program=program, next_ask_on__lte=_day(program, now)).count()


def _pauses(program: Program, now: datetime) -> int:
    return Agreement.objects.filter(program=program, status="paused", paused_until__lt=_day(program, now)).count()


def _calls(program: Program, now: datetime) -> int:
    limit = now - timedelta(hours=get_cadence_policy().call_wish_hours)
    return list_unmade_calls(limit).filter(program=program).count()


def _answers(program: Program, now: datetime) -> int:
    return Offer.objects.filter(program=program, status="chosen", answer_by__lte=now).count()


def _ways(program: Program, now: datetime) -> int:
    return Referral.objects.filter(is_due(_day(program, now)), program=program).count()


def _links(program: Program, now: datetime) -> int:
    return LinkMail.objects.filter(program=program, status__in=MAIL_WAITS, not_before__lte=now).count()


def _pages(program: Program, now: datetime) -> int:
    return PartnerLink.objects.filter(program=program, status__in=OPEN, expires_at__lte=now).count()


def _asks(program: Program, now: datetime) -> int:
    return Ask.objects.filter(program=program, status="asked", starts_at__lte=now).count()


def _erasures(program: Program, now: datetime) -> int:
    return ErasureRequest.objects.filter(program=program, status="waiting", opens_at__lte=now).count()


def _unsealed(program: Program, now: datetime) -> int:
    newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
    return Entry.objects.filter(program_id=program.pk, pk__gt=newest).count()


def _put_off(program: Program, now: datetime) -> int:
    return OutgoingMessage.objects.filter(program=program, status="queued", created_at__gt=now + JUMP).count()


def _questions(program: Program, now: datetime) -> int:
    return len(list_to_look_at(_day(program, now)))


def _run(program: Program, now: datetime) -> int:
    return daily.find_due(program, now)[1].count()


def _quarter(program: Program, now: datetime) -> int:
    return int(not is_held(program, now))


def _places(program: Program, now: datetime) -> int:
    return PlaceFeed.objects.filter(program=program, next_at__lte=now).count()


def _meetings(program: Program, now: datetime) -> int:
    return MeetingFeed.objects.filter(program=program, is_on=True, next_at__lte=now).count()


def _week(program: Program, now: datetime) -> int:
    return int(find_week_due(program, now) is not None)


def _free(rows, places, of: str) -> int:
    """How many who wait could have a place now. `rows`: what may have free places, `places`: turns and places."""
    waits = places.objects.filter(status="waiting", **{of: OuterRef("pk")})
    found = 0
    for row in rows.filter(Exists(waits))[:SEEN]:
        turns = places.objects.filter(status="waiting", **{of: row}).count()
        found += turns if row.capacity is None else min(turns, row.capacity - row.places_taken)
    return found


def _groups(program: Program, now: datetime) -> int:
    return _free(
        Group.objects.filter(program=program, status="open", places_taken__lt=F("capacity")), GroupPlace, "group"
    )


def _occasions(program: Program, now: datetime) -> int:
    remind = OccasionPlace.objects.filter(occasion__in=timed.list_tomorrow(program, now), **timed.TO_REMIND).count()
    has_room = Q(capacity=None) | Q(places_taken__lt=F("capacity"))
    coming = Occasion.objects.filter(has_room, program=program, status="published", until_day__gte=_day(program, now))
    over = [one.pk for one in coming.filter(until_day=_day(program, now)) if hours_of(one, program).ends_at <= now]
    return remind + _free(coming.exclude(pk__in=over), OccasionPlace, "occasion")


def _finder(program: Program, now: datetime) -> int:
    shown = Meeting.objects.filter(program=program, shows__isnull=False, gone_at__isnull=True)
    return len(list_over(list(shown.values_list("shows", flat=True)), now))


def _changes(program: Program, now: datetime) -> int:
    return sum(map(is_to_tell, list_changed().filter(program=program)[:SEEN]))


def _pages_of_groups(program: Program, now: datetime) -> int:
    """Words somebody asked to look at, and people who wish to hear of news that others wrote, once a day."""
    flags = Flag.objects.filter(program=program, post__community__in=list_open(), told_at=None, settled_at=None)
    new = Post.objects.filter(community=OuterRef("community"), status="shown", written_at__gt=OuterRef("news_until"))
    wish = PenName.objects.filter(program=program, community__in=list_open(), wants_news=True)
    return flags.count() + wish.filter(Exists(new.exclude(name=OuterRef("pk")))).values("person").distinct().count()


def _law(program: Program, now: datetime) -> int:
    return looking.count_due(program, now)


def _lists(program: Program, now: datetime) -> int:
    return passed_on.count_lists_due(program, now)


def _untold(program: Program, now: datetime) -> int:
    return telling.count_untold_due(now)


def _ledger(program: Program, now: datetime) -> int:
    with suppress(LedgerDamaged, OSError):  # the job fails of it, and that is shown
        return count_lacking(program)
    return 0


def _past(program: Program, now: datetime) -> int:
    return count_all_due(now, get_periods(), held_people(program))


def _backups(program: Program, now: datetime) -> int:
    folder = settings.ALONGSIDE_BACKUP_FOLDER
    with suppress(OSError, KeyRingMissing, KeyRingUnusable):
        return len(expired(list_made(folder), now, settings.ALONGSIDE_BACKUP_DAYS)) if folder else 0
    return 0


def _heads(program: Program, now: datetime) -> int:
    return int(heads_away.is_due(now))


def _weaknesses(program: Program, now: datetime) -> int:
    return int(advisories.is_due(now))


def _looks(program: Program, now: datetime) -> int:
    return weaknesses.count_to_remind(program, now)


WAITING: Mapping[str, Callable[[Program, datetime], int]] = {
    "alongside.people.outbox.send_due": _messages,
    "alongside.safety.actions.look_after_due": _worries,
    "alongside.matching.actions.lapse_due_offers": _answers,
    "alongside.mentoring.actions.tell_unmade_calls": _calls,
    "alongside.mentoring.actions.end_rests": _rests,
    "alongside.referrals.actions.remind_due": _ways,
    "alongside.partners.actions.send_due": _links,
    "alongside.partners.actions.lapse_due": _pages,
    "alongside.outings.actions.lapse_due": _asks,
    "alongside.retention.actions.requests.carry_out_waiting": _erasures,
    "alongside.audit.sealing.seal_pending": _unsealed,
    "alongside.impact.actions.renew_figures": _marks,
    "alongside.privacy.actions.expire_due": _consents,
    "alongside.intake.actions.roster_work.go_on": _rosters,
    "alongside.people.near_matches.compare_waiting": _people,
    "alongside.checkins.actions.remind_due": _reminders,
    "alongside.calls.actions.go_on_due": _pauses,
    "alongside.people.outbox.mend_after_jump": _put_off,
    "alongside.assessments.asking.remind_due": _questions,
    "alongside.matching.actions.run_daily": _run,
    "alongside.impact.actions.hold_quarter": _quarter,
    "alongside.meetings.actions.read_due": _meetings,
    "alongside.resources.actions.read_due": _places,
    "alongside.oversight.actions.make_due": _week,
    "alongside.groups.actions.fill_free_places": _groups,
    "alongside.occasions.actions.look_after_due": _occasions,
    "alongside.outings.actions.end_listings": _finder,
    "alongside.outings.actions.tell_changes": _changes,
    "alongside.community.actions.look_after_due": _pages_of_groups,
    "alongside.legal.actions.look_after_due": _law,
    "alongside.privacy.actions.remind_lists": _lists,
    "alongside.privacy.actions.remind_untold": _untold,
    "alongside.retention.restoring.keep_ledger": _ledger,
    "alongside.retention.actions.erase_due": _past,
    "alongside.housekeeping.expire_old_backups": _backups,
    "alongside.audit.heads_away.publish_due": _heads,
    "alongside.running.advisories.look_due": _weaknesses,
    "alongside.running.weaknesses.remind_due": _looks,
}
AT_ITS_HOUR = frozenset({"alongside.housekeeping.keep_house", "alongside.people.row_counts.count_rows"})
"""Here nothing waits for anybody: it is done once an hour, whatever there is."""
