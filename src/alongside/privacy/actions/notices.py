"""Telling people of their privacy: publish the notice (§2.22), put it before somebody, tell them the limits (J1)."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import Person, Program
from alongside.rules import limits, notice

from ..models import LimitsTold, Notice, NoticeOffer
from ..notice_queries import get_current, list_never_offered
from ..notice_words import first_facts, to_keep, write_all
from ..writing import get_posture


class NoticeNotPublished(Exception):
    """It would begin before it is published (§2.22(b)(1)(viii)), or names nobody to ask."""


class NotOffered(Exception):
    """On the screen a person says it themself; somebody else notes what is on paper."""


@transaction.atomic
def publish_notice(
    *, program: Program, contact: str, phone: str, email: str, effective_on: date, by, now: datetime | None = None
) -> Notice:
    """Write the notice as the law of the program wants it now, under the next number. Raises `NoticeNotPublished`.

    The same words from the same day are the same notice: pressed twice it is published once (I3).
    """
    program = Program.objects.select_for_update().get(pk=program.pk)
    now = now or timezone.now()
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    latest = Notice.objects.order_by("-number").first()
    facts = notice.Facts(program.name, contact.strip(), phone.strip(), email.strip(), effective_on,
                         latest.number + 1 if latest else 1)  # fmt: skip
    if effective_on < today or not facts.contact:
        raise NoticeNotPublished
    posture = get_posture()
    if latest and latest.effective_on == effective_on and _says_the_same(latest, facts, posture):
        return latest
    documents = write_all(facts, posture)
    made = Notice.objects.create(
        program=program, number=facts.number, text_version=notice.LATEST, contact=facts.contact,
        contact_phone=facts.phone, contact_email=facts.email, effective_on=effective_on,
        documents=to_keep(documents), digest=notice.digest(documents), published_on=today, published_at=now,
        published_by_id=by.user_id,
    )  # fmt: skip
    record(act="notice.published", by=by, object_kind="notice", object_id=made.pk)
    return made


def _says_the_same(latest: Notice, facts: notice.Facts, posture) -> bool:
    same = notice.Facts(facts.program, facts.contact, facts.phone, facts.email, facts.effective_on, latest.number)
    return notice.digest(write_all(same, posture)) == latest.digest


def make_first_notice(*, program: Program, now: datetime | None = None) -> Notice:
    """The notice in force; where none was published, the first one, by the house, so that nobody waits for it."""
    now = now or timezone.now()
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    if found := get_current(today):
        return found
    facts, house = first_facts(program, today), SystemActor(program_id=program.pk)
    return publish_notice(
        program=program, contact=facts.contact, phone=facts.phone, email=facts.email, effective_on=today, by=house,
        now=now,
    )  # fmt: skip


@transaction.atomic
def offer_notice(
    *, person: Person, outcome: str, language: str, by, how: str = "screen", why_not: str = "", why_words: str = "",
    on_day: date | None = None, now: datetime | None = None,
) -> NoticeOffer:  # fmt: skip
    """Write down that the notice in force was put before somebody, and whether they say that they have it.

    Never a condition for anything. Said twice it is written once; whoever has it has not declined it later.
    """
    if how == "screen" and by.person_id != person.pk:
        raise NotOffered
    locked = Person.objects.select_for_update(of=("self",)).select_related("program").get(pk=person.pk)
    now = now or timezone.now()
    shown = make_first_notice(program=locked.program, now=now)
    before = NoticeOffer.objects.filter(person=locked, notice=shown)
    found = before.filter(outcome="acknowledged").first() or before.filter(outcome=outcome).first()
    if found:
        return found
    offer = NoticeOffer.objects.create(
        program_id=locked.program_id, person=locked, notice=shown, outcome=outcome, how=how, language=language,
        why_not=why_not, why_words=why_words.strip(), offered_at=_on(on_day, locked.program, now),
        offered_by_id=by.user_id,
    )  # fmt: skip
    record(act="notice.offered", by=by, subject=locked.pk, object_kind="notice", object_id=shown.pk,
           reason=f"{outcome}.{how}")  # fmt: skip
    return offer


BEFORE_FIRST = ("has_it", "offered", "emergency", "missed")
"""What whoever meets somebody for the first time says of the notice (§2.22(c)(1)): they have it, signed; they did not
want to sign; it was an emergency, and it follows as soon as it can; it was not put before them.
"""


@transaction.atomic
def note_before_first(
    *, people: Collection[UUID], answer: str, by, on_day: date | None = None, now: datetime | None = None
) -> int:
    """Write down what the peer says of the notice at a first talk. How many it was offered to.

    Whoever was offered one before is left out. What was not offered is in the log, and stands in the list of those who
    wait: the talk itself took place, and is never kept out for it.
    """
    now, told = now or timezone.now(), 0
    if not people:
        return told
    for person in Person.objects.filter(pk__in=list_never_offered(people)).order_by("pk"):
        if answer in ("has_it", "offered"):
            outcome, why_not = ("acknowledged", "") if answer == "has_it" else ("not_signed", "did_not_want")
            language = "es" if person.language.startswith("es") else "en"
            offer_notice(person=person, outcome=outcome, language=language, by=by, how="paper", why_not=why_not,
                         on_day=on_day, now=now)  # fmt: skip
            told += 1
        else:
            act = "notice.later" if answer == "emergency" else "notice.missed"
            record(act=act, by=by, subject=person.pk, object_kind="notice", object_id=person.pk, now=now)
    return told


@transaction.atomic
def tell_limits(
    *, person: Person, language: str, by, how: str = "spoken", on_day: date | None = None, now: datetime | None = None
) -> LimitsTold:
    """Write down that somebody was told what stays here and what cannot (J1): the words in force, in this language.

    It may be told again whenever they ask; pressed twice on one day by one person it is written once.
    """
    locked = Person.objects.select_for_update(of=("self",)).select_related("program").get(pk=person.pk)
    now = now or timezone.now()
    told_at = _on(on_day, locked.program, now)
    zone = ZoneInfo(locked.program.time_zone)
    same = LimitsTold.objects.filter(person=locked, told_by_id=by.user_id, language=language, how=how,
                                     text_version=limits.LATEST).order_by("-told_at").first()  # fmt: skip
    if same and same.told_at.astimezone(zone).date() == told_at.astimezone(zone).date():
        return same
    told = LimitsTold.objects.create(
        program_id=locked.program_id, person=locked, text_version=limits.LATEST, language=language, how=how,
        told_at=told_at, told_by_id=by.user_id,
    )  # fmt: skip
    record(act="limits.told", by=by, subject=locked.pk, object_kind="limits", object_id=told.pk, reason=how)
    return told


def _on(day: date | None, program: Program, now: datetime) -> datetime:
    """Noon of an earlier day in the program's time zone, or now."""
    zone = ZoneInfo(program.time_zone)
    if day is None or day >= now.astimezone(zone).date():
        return now
    return datetime.combine(day, time(12), tzinfo=zone)
