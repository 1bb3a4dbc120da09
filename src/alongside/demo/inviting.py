"""Events of the demo: a full game night, tea for loved ones, a breakfast, two observances, one called off, one over."""

from datetime import time, timedelta

from django.utils import timezone

from alongside.occasions import actions
from alongside.occasions.models import Occasion
from alongside.occasions.wording import READY_WORDS
from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.rules.occasions import next_month_of
from alongside.workforce.models import PeerProfile

from . import words
from .months import Months
from .staff import actor_for

COMMON = {
    "bring_en": "", "bring_es": "", "audience": "public", "languages": ["en", "es"],
    "access": ["step_free", "transit", "children"], "is_sober": True, "is_online": False, "link": "", "capacity": None,
}  # fmt: skip


def invite(months: Months, carmen: Actor, dante: PeerProfile, rosa: Person) -> None:
    """What the program plans, what was, and who comes under which name."""
    now, today = timezone.now(), timezone.localdate()
    games = _shown(months, carmen, READY_WORDS["sober_social"] | words.GAMES, days=10, hours=(18, 21), capacity=4)
    for hours_ago, alias in ((30, "Heron 12"), (26, "Gorrión 40"), (22, "Robin 77")):
        actions.come_as_visitor(
            occasion=games, alias=alias, submit_key=months.uuid(), now=now - timedelta(hours=hours_ago)
        )
    actions.come(
        occasion=games, by=actor_for(rosa, "participant"), alias="Lark 31", wants_reminder=True,
        submit_key=months.uuid(), now=now - timedelta(hours=20),
    )  # fmt: skip
    actions.come_as_visitor(occasion=games, alias="Owl 55", submit_key=months.uuid(), now=now - timedelta(hours=9))
    _shown(months, carmen, words.FAMILIES, days=17, hours=(17, 19), audience="loved_ones", capacity=12)
    breakfast = _shown(months, carmen, words.PEERS_BREAKFAST, days=24, hours=(8, 10), audience="peers")
    actions.come(
        occasion=breakfast, by=actor_for(dante.person, "peer"), alias="Pelican 20", wants_reminder=False,
        submit_key=months.uuid(),
    )  # fmt: skip
    for code in ("mentoring_month", "recovery_month"):
        ahead = (next_month_of(code, today)[0] - today).days + 8
        _shown(months, carmen, READY_WORDS[code] | words.HALL, days=max(ahead, 3), hours=(11, 14))
    picnic = _shown(months, carmen, words.PICNIC, days=5, hours=(12, 15))
    actions.call_off(occasion=picnic, reason=words.PICNIC_OFF, by=carmen)
    _draft(months, carmen, words.ONLINE, days=30, hours=(19, 20))
    over = _shown(months, carmen, words.PICNIC, days=-20, hours=(12, 15))
    actions.count_came(occasion=over, came=31, by=carmen)


def _draft(months: Months, carmen: Actor, said: dict, *, days: int, hours: tuple[int, int], **values) -> Occasion:
    day = timezone.localdate() + timedelta(days=days)
    begins, ends = (time(hour) for hour in hours)
    when = {"on_day": day, "until_day": day, "at_time": begins, "until_time": ends}
    return actions.make_occasion(
        program=months.program, values=COMMON | said | when | values, submit_key=months.uuid(), by=carmen,
        now=timezone.now() - timedelta(days=40),
    )  # fmt: skip


def _shown(months: Months, carmen: Actor, said: dict, **values) -> Occasion:
    made = _draft(months, carmen, said, **values)
    return actions.publish(occasion=made, by=carmen, now=timezone.now() - timedelta(days=39))
