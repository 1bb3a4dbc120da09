"""Rosa's permission in every state it can be in, reached by the product's own actions, and what it lets out then.

Each state names what URLs name meanwhile (the permission, a page for a partner with its token and code) and which items
may leave by which way. A state that is not live lets nothing out: `lets_out` is empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.formats import date_format
from tests.privacy.consents import drafted, look
from tests.promises.story_itself import Story
from tests.story import day_there

from alongside.rules import disclosure

WAYS = tuple(name for name, way in disclosure.WAYS.items() if way.ground == "consent")
SOME = ("being_here", "reach", "times")
OTHERS = ("birth_date", "walks_with", "contacts", "wishes", "notes")
"""Together all items: what one permission lets out, the other keeps in."""

RECIPIENT = "crimson canary of the recipient"
ADDRESS = "canary.partner@example.org"
YOUNG = date(day_there().year - 16, 5, 17)
"""When Rosa was born, in those states in which she is a minor."""
SIGNED_BY = "lavender canary of who signed for her"
"""The name of a parent, a guardian or an executor."""
QUIET_DAY = 5
"""So many days ago they talked and nothing was written down: it stands in `contacts` and in no other item."""


@dataclass(frozen=True)
class Standing:
    """How things stand: ids by kwarg of a URL, the code of the page, and {way: items} of what may leave. Without items
    the gate may say yes, and nothing is shown."""

    ids: Mapping[str, Any]
    code: str = "12345678"
    lets_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def say(day: date) -> str:
    """A day as a recipient reads it."""
    return date_format(day, "DATE_FORMAT")


def canaries_of_items() -> dict[str, tuple[str, ...]]:
    """{item: what stands on a page exactly when this item of Rosa's does}. A new item needs its own here."""
    today = day_there()
    return {
        "being_here": (say(today - timedelta(days=6)),),
        "reach": ("555-0142", "quetzal.rosa@example.org"),
        "birth_date": ("May 17, 1984",),
        "walks_with": ("Dante",),
        "contacts": (say(today - timedelta(days=QUIET_DAY)),),
        "times": (say(day_there() + timedelta(days=3)),),
        "wishes": ("indigo canary of the wish",),
        "notes": (
            "violet canary of the note",
            "apricot canary of her own line",
            "green canary of the answer",
            "azure canary of the group",
        ),
    }


def words_of_items() -> dict[str, tuple[str, ...]]:
    """The same, with what stands there where she is a minor."""
    words = canaries_of_items()
    return words | {"birth_date": (*words["birth_date"], say(YOUNG))}


def talk_on_a_quiet_day(story: Story) -> None:
    """A contact without a word about it."""
    from alongside.mentoring.actions import Note, record_contact

    at = timezone.now() - timedelta(days=QUIET_DAY)
    note = Note(submit_key=uuid4(), happened_at=at, mode="phone", reached=True, minutes=5)
    record_contact(mentorships=[story.mentorship], note=note, by=story.dante.actor)


# --- what a state is made of ------------------------------------------------------------------------------------------
def draft(story: Story, kind: str = "specific", **values):
    """One that nobody signed."""
    return drafted(story.rosa.person, story.rosa.actor, kind, recipient=RECIPIENT, **values)


def sign(story: Story, consent, now: datetime | None = None):
    """Rosa signs it."""
    from alongside.privacy.actions import sign_consent

    return sign_consent(
        consent=consent, seen=look(consent).digest, signed_name="Rosalinda Cenzontle", by=story.rosa.actor, now=now
    )


def signed(story: Story, items: tuple[str, ...] = SOME, kind: str = "specific", now: datetime | None = None, **values):
    """One in force."""
    return sign(story, draft(story, kind, items=list(items), **values), now)


def unknown() -> Standing:
    """Ids and a token of nothing."""
    return Standing({"consent_id": uuid4(), "link_id": uuid4(), "token": "x" * 32})


def standing(story: Story, consent, lets_out: tuple[str, ...] = (), now: datetime | None = None) -> Standing:
    """A permission in force whose page was given out; one mail more waits (`waiting_mail`)."""
    from alongside.partners.actions import make_link, send_due

    sent: list[str] = []
    by = story.carmen.actor
    link, code = make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=by, now=now)
    send_due(now, deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
    make_link(consent=consent, address=ADDRESS, submit_key=uuid4(), by=by, now=now)
    ids = {"consent_id": consent.pk, "link_id": link.pk, "token": sent[-1]}
    return Standing(ids, code, dict.fromkeys(WAYS, lets_out) if lets_out else {})


def ended(story: Story, end: Callable, now: datetime | None = None, **values) -> Standing:
    """One that was in force, was given out, and ended as `end(consent)` says."""
    consent = signed(story, now=now, **values)
    left = standing(story, consent, now=now)
    end(consent)
    return left


# --- the states -------------------------------------------------------------------------------------------------------
def none(story: Story) -> Standing:
    return unknown()


def only_draft(story: Story) -> Standing:
    return Standing(unknown().ids | {"consent_id": draft(story, items=list(SOME)).pk})


def withdrawn(story: Story) -> Standing:
    from alongside.privacy.actions import withdraw_draft

    consent = withdraw_draft(consent=draft(story, items=list(SOME)), by=story.rosa.actor)
    return Standing(unknown().ids | {"consent_id": consent.pk})


def active(story: Story) -> Standing:
    return standing(story, signed(story), SOME)


def active_for_others(story: Story) -> Standing:
    return standing(story, signed(story, OTHERS), OTHERS)


def revoked(story: Story) -> Standing:
    from alongside.privacy.actions import stop_sharing

    return ended(story, lambda consent: stop_sharing(consent=consent, by=story.rosa.actor))


def past_its_day(story: Story) -> Standing:
    """Over by the clock; no job has looked yet."""
    then = timezone.now() - timedelta(days=4)
    return ended(story, lambda consent: None, now=then, expires_at=then + timedelta(days=3))


def expired(story: Story) -> Standing:
    from alongside.privacy.actions import expire_due

    then = timezone.now() - timedelta(days=4)
    return ended(story, lambda consent: expire_due(timezone.now()), now=then, expires_at=then + timedelta(days=3))


def over_by_event(story: Story) -> Standing:
    from alongside.privacy.actions import end_by_event

    return ended(
        story, lambda consent: end_by_event(consent=consent, by=story.carmen.actor), expires_at=None,
        expires_event="end_of_treatment",
    )  # fmt: skip


def restrict(story: Story, items: tuple[str, ...]) -> None:
    """The program agrees to keep these back from everybody (§2.26)."""
    from alongside.privacy.actions import ask_restriction, decide_restriction

    asked = ask_restriction(
        person=story.rosa.person, items=items, toward="anyone", submit_key=uuid4(), by=story.rosa.actor
    )
    decide_restriction(restriction=asked, agree=True, words="Yes.", by=story.carmen.actor)


def restricted(story: Story) -> Standing:
    """In force, and everything in it is kept back."""
    return ended(story, lambda consent: restrict(story, SOME))


def restricted_in_part(story: Story) -> Standing:
    """One item is kept back since the page was made: that page shows nothing, and what leaves anew is without it."""
    left = ended(story, lambda consent: restrict(story, ("reach",)))
    return Standing(left.ids, left.code, dict.fromkeys(WAYS, ("being_here", "times")) | {"partner_link": ()})


JUSTICE = {"kind": "criminal_justice", "items": ("being_here", "times"), "purpose_words": "Probation of May"}


def held(story: Story) -> Standing:
    """For probation, and not yet to be taken back: Rosa tries, and it stays in force, as she was told."""
    from alongside.privacy.actions import CannotStopYet, stop_sharing

    consent = signed(story, **JUSTICE)
    left = standing(story, consent, JUSTICE["items"])
    try:
        stop_sharing(consent=consent, by=story.rosa.actor)
    except CannotStopYet:
        return left
    raise AssertionError("it was told to be held")


def held_draft(story: Story) -> Standing:
    consent = draft(story, JUSTICE["kind"], items=list(JUSTICE["items"]))
    return Standing(unknown().ids | {"consent_id": consent.pk})


def held_no_longer(story: Story) -> Standing:
    """The stated day has come and Rosa took it back."""
    from alongside.privacy.actions import stop_sharing

    then = timezone.now() - timedelta(days=4)
    held_until = then + timedelta(days=2)
    return ended(
        story, lambda consent: stop_sharing(consent=consent, by=story.rosa.actor), now=then, held_until=held_until,
        **JUSTICE,
    )  # fmt: skip


STATES = {
    one.__name__: one
    for one in (
        none, only_draft, withdrawn, active, active_for_others, revoked, past_its_day, expired, over_by_event,
        restricted, restricted_in_part, held_draft, held, held_no_longer,
    )
}  # fmt: skip
"""By name, the first one is that there is nothing at all."""
