"""Three people who wish for a call now and then, and who calls them: the queue of the demo."""

from datetime import timedelta

from django.utils import timezone

from alongside.calls import actions as calls
from alongside.calls.models import Caller
from alongside.intake.actions import finish_intake, start_intake
from alongside.people.actor import Actor
from alongside.returns.actions import tell_return
from alongside.workforce.models import PeerProfile

from . import words
from .months import Months
from .staff import actor_for

ANY_TIME = "f" * 42
"""So that calls are due whenever somebody looks at the demo."""


def call_people(months: Months, carmen: Actor, lien: Actor, dante: PeerProfile) -> None:
    """Dante and another peer are trained to call. Today three calls wait, each for another reason."""
    other = PeerProfile.objects.exclude(pk=dante.pk).filter(status="active").order_by("person__goes_by_search").first()
    marks = [_mark(peer, lien) for peer in (dante, other)]
    gus = _agree(months, carmen, "Gus", "en", weeks=5)
    for days, outcome in ((35, "well"), (28, "well"), (21, "no_answer"), (19, "well"), (12, "more"), (8, "well")):
        _call(months, marks[1], gus, outcome, days)
    paz = _agree(months, carmen, "Paz", "es", weeks=2)
    for days, outcome in ((14, "well"), (6, "message_left")):
        _call(months, marks[1], paz, outcome, days)
    nell = _agree(months, carmen, "Nell", "en", weeks=9)
    _call(months, marks[1], nell, "well", 3)
    now = timezone.now() - timedelta(hours=2)
    tell_return(
        person=nell.person, on_day=months.today - timedelta(days=1), words=words.NELL_TOLD, submit_key=months.uuid(),
        by=actor_for(nell.person, "participant"), now=now,
    )  # fmt: skip


def _mark(peer: PeerProfile, lien: Actor) -> Caller:
    trained_on = timezone.localdate() - timedelta(days=80)
    return calls.mark_caller(person=peer.person, languages=["en", "es"], trained_on=trained_on, by=lien)


def _agree(months: Months, carmen: Actor, name: str, language: str, *, weeks: int):
    """Somebody on the brief path: calls only."""
    since = timezone.now() - timedelta(weeks=weeks, hours=1)
    episode = start_intake(
        program=months.program, by=carmen, is_brief=True, now=since,
        person_values={"goes_by": name, "language": language, "phone": "+12135550142"},
        safe_contact={"may_voicemail": language == "es", "from_hour": 0, "until_hour": 24},
    )  # fmt: skip
    finish_intake(episode=episode, by=carmen, now=since)
    return calls.agree(
        person=episode.person, hours=ANY_TIME, time_zone=months.program.time_zone, language=language, how="spoken",
        by=carmen, now=since,
    )  # fmt: skip


def _call(months: Months, mark: Caller, agreement, outcome: str, days_ago: int) -> None:
    """A call of that day, brought nearer where the rhythm would have had it a little later."""
    at, by = timezone.now() - timedelta(days=days_ago), actor_for(mark.person, "peer")
    calls.call_soon(agreement=agreement, why="weekly", by=by, now=at)
    try:
        calls.take_call(agreement_id=agreement.pk, caller=mark, by=by, now=at)
    except calls.NotFree:
        return  # a day off
    note = words.CALLED if outcome == "well" else ""
    calls.record_call(
        agreement_id=agreement.pk, outcome=outcome, note=note, submit_key=months.uuid(), by=by, now=at
    )  # fmt: skip
