"""Law enforcement asks to wait (45 CFR 164.412); a notice for all where no letter reaches (164.404(d)(2)(ii))."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.people.models import Program
from alongside.rules.breach import INFORMATION, POSTED_DAYS, delay_refused, delayed_until, is_toll_free, name_in
from alongside.rules.breach_letter import VERSION

from ..models import Incident, LawDelay, Posting
from ..queries import list_delays, list_names
from .incidents import IncidentRefused, lock_incident, log_incident


class NamesSomebody(IncidentRefused):
    """The words for all to see name somebody whom it is about. `name` is the first of them."""

    def __init__(self, name: str) -> None:
        super().__init__("names")
        self.name = name


@transaction.atomic
def note_delay(
    *, incident: Incident, kind: str, reason: str, official: str, asked_on: date, until: date, submit_key: UUID, by,
    now: datetime | None = None,
) -> LawDelay:  # fmt: skip
    """Until this day nobody is told, and a notice on the site is taken down. The clocks go on after it.

    By word of mouth it is 30 days at most; another row follows where the agency then writes.
    """
    now, locked = now or timezone.now(), lock_incident(incident)
    if not official.strip():
        raise IncidentRefused("no_words")
    if asked_on > today_of(locked, now) or asked_on < locked.discovered_on:
        raise IncidentRefused("order")
    if refused := delay_refused(kind, asked_on, until):
        raise IncidentRefused(refused)
    delay, is_new = LawDelay.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program_id": locked.program_id, "incident": locked, "kind": kind, "reason": reason,
            "official": official.strip(), "asked_on": asked_on, "days": (until - asked_on).days, "noted_at": now,
            "noted_by_id": by.user_id,
        },
    )  # fmt: skip
    if is_new:
        log_incident(locked, "incident.delayed", by, reason=kind)
        if delayed_until([delay.frozen()], today_of(locked, now)):
            for posting in Posting.objects.select_for_update(of=("self",)).filter(incident=locked, ended_at=None):
                _end(posting, official.strip(), by, now)
    return delay


@transaction.atomic
def post_notice(
    *, incident: Incident, place: str, toll_free: str, information: Collection[str],
    words: Mapping[str, Mapping[str, str]], submit_key: UUID, by, medium: str = "", posted_on: date | None = None,
    now: datetime | None = None,
) -> Posting:  # fmt: skip
    """A notice for all to see: on the site from now on for 90 days, or, written down, in the media since a day.

    Raises `IncidentRefused`: undecided, delayed, toll_free, no_words, order, twice; `NamesSomebody`.
    """
    now, locked = now or timezone.now(), lock_incident(incident)
    today = today_of(locked, now)
    if found := Posting.objects.filter(submit_key=submit_key).first():
        return found
    if locked.decision != "breach":
        raise IncidentRefused("undecided")
    if delayed_until([one.frozen() for one in list_delays(locked)], today):
        raise IncidentRefused("delayed")
    if not is_toll_free(toll_free):
        raise IncidentRefused("toll_free")
    on_site = place == "home_page"
    if not on_site and not medium.strip():
        raise IncidentRefused("no_words")
    if on_site and (not words or any(not text.strip() for parts in words.values() for text in parts.values())):
        raise IncidentRefused("no_words")
    began = today if on_site else posted_on or today
    if not locked.discovered_on <= began <= today:
        raise IncidentRefused("order")
    said = "\n".join(text for parts in words.values() for text in parts.values())
    if name := name_in(said, list_names(locked)):
        raise NamesSomebody(name)
    if Posting.objects.filter(incident=locked, ended_at=None).exists():
        raise IncidentRefused("twice")
    posting = Posting.objects.create(
        program_id=locked.program_id, incident=locked, place=place, medium=medium.strip(), toll_free=toll_free.strip(),
        information=[one for one in INFORMATION if one in information],
        words={language: dict(parts) for language, parts in words.items()}, text_version=VERSION, posted_on=began,
        days=POSTED_DAYS, posted_at=now, posted_by_id=by.user_id, submit_key=submit_key,
    )  # fmt: skip
    log_incident(locked, "incident.posted", by, reason=place)
    return posting


@transaction.atomic
def take_down(*, posting: Posting, words: str, by, now: datetime | None = None) -> Posting:
    """It says something wrong: from this moment on it does not stand there, and its duty is open again."""
    now, locked = now or timezone.now(), lock_incident(Incident(pk=posting.incident_id))
    row = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    if not words.strip():
        raise IncidentRefused("no_words")
    if row.ended_at or today_of(locked, now) > row.until:
        raise IncidentRefused("over")
    _end(row, words.strip(), by, now)
    return row


def _end(posting: Posting, words: str, by, now: datetime) -> None:
    posting.ended_at, posting.end_words = now, words
    posting.save(update_fields=["ended_at", "end_words"])
    log_incident(Incident(pk=posting.incident_id), "incident.posting_ended", by)


def today_of(incident: Incident, now: datetime) -> date:
    """Which day it is where the program is."""
    zone = Program.objects.values_list("time_zone", flat=True).get(pk=incident.program_id)
    return now.astimezone(ZoneInfo(zone)).date()
