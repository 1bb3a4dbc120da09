"""Keeps the sums true: folds what was marked into them, in small transactions, so that nobody waits long for it.

A batch locks the program's `Standing`, so two workers never count at once; it takes the marks it read away in the same
transaction in which it changes the sums, so nothing is lost or counted twice when it is killed in the middle. To count
the same thing again changes nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from time import monotonic
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max, Min
from django_scopes import scope

from alongside.calls.models import Call
from alongside.mentoring.models import Contact, Mentorship
from alongside.people.models import Episode, Program

from .counting import by_id, count_days, count_episodes, list_days, list_days_of_calls, zone_of
from .models import ContactTally, Counted, EpisodeTally, Mark, PublicFigures, Standing
from .packing import pack
from .queries import Ask, quarter_start
from .recounting import recount

READ_AT_ONCE = 2_000
"""Marks read for one batch; many of them may name the same episode or day."""
EPISODES_AT_ONCE, DAYS_AT_ONCE = 300, 31
MOVED_AT_ONCE = 200
"""When so many episodes change their site at once, counting everything anew is less work than each of their days."""
BATCHES_OF_A_READER = 3
SECONDS_OF_THE_WORKER = 2.0
MARK_EPISODES = """
    INSERT INTO impact_mark (program_id, episode) SELECT program_id, id FROM people_episode WHERE program_id = %s
"""


def catch_up(programs: Iterable[Program]) -> bool:
    """Fold what changed latest, as much as a reader may wait for; answers whether all is counted now."""
    left = [program for program in programs if not _fold_some(program, BATCHES_OF_A_READER)]
    return not left


def renew_figures(now: datetime) -> int:
    """Tick: fold what is marked in every program; returns how many batches. What takes longer goes on at the next."""
    done, until = 0, monotonic() + SECONDS_OF_THE_WORKER
    for program in Program.objects.order_by("created_at"):
        while fold(program) and monotonic() < until:
            done += 1
    return done


def count_all(programs: Iterable[Program]) -> None:
    """Fold everything that is marked, however long it takes: after loading, and on the command line."""
    for program in programs:
        while fold(program):
            pass


def hold_public_figures(program: Program, now: datetime, *, at_most: int | None = None) -> PublicFigures | None:
    """What anybody may see in this quarter, counted from the rows once and then held; answers with what is held.

    With more episodes than `at_most` nothing is counted, and the answer is what was held latest, or nothing.
    """
    until = quarter_start(now, zone_of(program))
    with scope(program=program):
        held = PublicFigures.objects.order_by("-until").first()
        if (held and held.until == until) or (at_most is not None and Episode.objects.count() > at_most):
            return held
        figures = pack(recount(Ask((program,), until=until), until))
        with transaction.atomic():
            held, _ = PublicFigures.objects.get_or_create(program=program, until=until, defaults={"figures": figures})
            PublicFigures.objects.filter(until__lt=until).delete()
        return held


def is_held(program: Program, now: datetime) -> bool:
    """Whether what anybody may see in this quarter was counted. The program is in scope."""
    return PublicFigures.objects.filter(until=quarter_start(now, zone_of(program))).exists()


def hold_quarter(now: datetime) -> None:
    """Tick: once in a quarter, count what anybody may see of each program."""
    for program in Program.objects.order_by("created_at"):
        hold_public_figures(program, now)


def rebuild(program: Program) -> None:
    """Forget all sums of this program and count its rows anew; needed only where somebody doubts them."""
    with scope(program=program), transaction.atomic():
        _begin_anew(program, _lock(program))
    count_all([program])


def _fold_some(program: Program, batches: int) -> bool:
    with scope(program=program):
        if not Mark.objects.exists():
            return True
        for _ in range(batches):
            fold(program)
            if not Mark.objects.exists():
                return True
    return False


def fold(program: Program) -> bool:
    """Count one batch of what is marked; answers whether there was any. Safe beside others who do the same."""
    with scope(program=program), transaction.atomic():
        standing = _lock(program)
        marks = list(Mark.objects.order_by("pk")[:READ_AT_ONCE])
        if not marks:
            return False
        if any(mark.is_everything for mark in marks):
            _begin_anew(program, standing)
            return True
        taken = _take(program, marks)
        moved = count_episodes(program, taken.episodes)
        if len(moved) > MOVED_AT_ONCE:
            _begin_anew(program, standing)
            return True
        taken.days |= list_days(program, mentorship__episode__in=moved) | list_days_of_calls(program, moved)
        taken.days |= list_days(program, mentorship__in=taken.moved_mentorships)
        count_days(program, taken.days)
        Mark.objects.filter(pk__in=taken.marks).delete()
        _step(standing, is_renewing=standing.is_renewing and Mark.objects.exists())
        return True


def _lock(program: Program) -> Standing:
    Standing.objects.get_or_create(program=program)
    return Standing.objects.select_for_update().get()


def _step(standing: Standing, *, is_renewing: bool) -> None:
    Standing.objects.filter(pk=standing.pk).update(version=F("version") + 1, is_renewing=is_renewing)


def _begin_anew(program: Program, standing: Standing) -> None:
    """Empty the sums and mark every episode and every day; whoever folds next begins to count."""
    for model in (EpisodeTally, ContactTally, Counted, Mark):
        model.objects.all().delete()
    with connection.cursor() as cursor:
        key = Program._meta.pk.get_db_prep_value(program.pk, connection)
        cursor.execute(MARK_EPISODES, [key])
    contacts = Contact.objects.filter(program=program).aggregate(first=Min("happened_at"), latest=Max("happened_at"))
    calls = Call.objects.filter(program=program).aggregate(first=Min("called_at"), latest=Max("called_at"))
    ends = [moment for found in (contacts, calls) for moment in found.values() if moment]
    if ends:
        zone = zone_of(program)
        first, latest = (moment.astimezone(zone).date() for moment in (min(ends), max(ends)))
        noons = (
            datetime.combine(first + timedelta(days=number), time(12), tzinfo=zone)
            for number in range((latest - first).days + 1)
        )
        Mark.objects.bulk_create([Mark(program=program, happened_at=noon) for noon in noons], batch_size=1000)
    _step(standing, is_renewing=Mark.objects.exists())


class _Taken:
    """The first marks that name no more than a batch may hold."""

    def __init__(self) -> None:
        self.marks: list[int] = []
        self.episodes: set[UUID] = set()
        self.mentorships: set[UUID] = set()
        self.moved_mentorships: set[UUID] = set()
        self.days: set[date] = set()


def _take(program: Program, marks: list[Mark]) -> _Taken:
    taken, zone = _Taken(), zone_of(program)
    for mark in marks:
        if len(taken.episodes) + len(taken.mentorships) >= EPISODES_AT_ONCE or len(taken.days) >= DAYS_AT_ONCE:
            break
        taken.marks.append(mark.pk)
        if mark.episode:
            taken.episodes.add(mark.episode)
        if mark.mentorship:
            (taken.mentorships if mark.happened_at else taken.moved_mentorships).add(mark.mentorship)
        if mark.happened_at:
            taken.days.add(mark.happened_at.astimezone(zone).date())
    with by_id():
        known = Mentorship.objects.filter(pk__in=taken.mentorships | taken.moved_mentorships)
        taken.episodes |= set(known.values_list("episode_id", flat=True))
    return taken
