"""What Rosa keeps for herself: a meeting of a list, a breakfast with her sister, and Dante asked along to both."""

from datetime import timedelta

from django.utils import timezone

from alongside.meetings.models import Meeting
from alongside.mentoring.models import Mentorship
from alongside.mentoring.queries import list_open_mentorships
from alongside.outings import actions, queries
from alongside.people.actor import Actor
from alongside.people.models import Person, User
from alongside.rules.meetings.times import day_of

from . import words
from .months import Months
from .staff import DOOR, actor_for


def go_out(months: Months) -> None:
    """One meeting changed its time since she kept it. She asked Dante to the breakfast, and he said yes; to the meeting
    she asks him now."""
    rosa, dante = (User.objects.get(username=f"{DOOR}{name}").persons.get(program=months.program)
                   for name in ("rosa", "dante"))  # fmt: skip
    by, today = actor_for(rosa, "participant"), timezone.localdate()
    walk = list_open_mentorships(actor_for(dante, "peer")).filter(participant=rosa).first()
    breakfast = actions.save_own(
        person=rosa, kind="other", name=words.BREAKFAST, place=words.KITCHEN,
        days=[day_of(today + timedelta(days=2)), day_of(today - timedelta(days=1))], starts=9 * 60, minutes=60,
        submit_key=months.uuid(), by=by,
    )  # fmt: skip
    for back in (1, 5, 8, 12):
        day = today - timedelta(days=back)
        if day_of(day) in breakfast.days:
            actions.say_how(saved=breakfast, on_day=day, how="went" if back != 8 else "not")
            actions.write_felt(saved=breakfast, on_day=day, words=words.FELT)
    if walk:
        ask = actions.ask_along(
            saved=breakfast, on_day=today + timedelta(days=2), mentorship=walk, words=words.ALONG, by=by
        )
        actions.come_along(ask=ask, answer=words.GLADLY, by=actor_for(dante, "peer"))
    _from_the_list(months, rosa, walk, by)


def _from_the_list(months: Months, rosa: Person, walk: Mentorship | None, by: Actor) -> None:
    weekly = Meeting.objects.select_related("feed").filter(gone_at__isnull=True, starts__gte=1020, is_in_person=True)
    meetings = [one for one in weekly.order_by("name", "pk")[:60] if 1 <= len(one.days) <= 3][:2]
    for number, meeting in enumerate(meetings):
        saved = actions.save_meeting(person=rosa, meeting=meeting, submit_key=months.uuid(), by=by)
        actions.plan_days(saved=saved, days=meeting.days, by=by)
        if number:
            # Since then its list has another hour: as if it had been kept before that.
            saved.starts, saved.ends = saved.starts - 30, saved.ends - 30
            saved.save(update_fields=["starts", "ends"])
            continue
        look = queries.get_saved(rosa.pk, saved.pk)
        ahead = [today for today in range(1, 8) if day_of(timezone.localdate() + timedelta(days=today)) in saved.days]
        if walk and look and ahead:
            actions.ask_along(
                saved=saved, on_day=timezone.localdate() + timedelta(days=ahead[0]), mentorship=walk,
                words=words.ALONG, by=by,
            )  # fmt: skip
