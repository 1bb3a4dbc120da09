"""Rosa's permission signed by whoever else may sign for her: each kind and each signer, in force and stopped.

`consent_states` and `consent_kinds` have those that she signs for herself, as an adult.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone
from tests.privacy.consents import drafted, look
from tests.promises.consent_kinds import EVERY, ITEMS_OF
from tests.promises.consent_states import (
    JUSTICE,
    RECIPIENT,
    SIGNED_BY,
    SOME,
    YOUNG,
    Standing,
    standing,
)
from tests.promises.story_itself import Story
from tests.story import day_there

from alongside.rules.consent import KINDS, Posture, items_for
from alongside.rules.consent.signing import (
    DIRECTOR,
    DIRECTOR_FOR,
    EMANCIPATED,
    GUARDIAN,
    MINOR_ALONE,
    MINOR_AND_PARENT,
    SURVIVOR,
)

LAWS = {MINOR_ALONE: Posture(minor_alone_from=12), EMANCIPATED: Posture(emancipated_alone=True)}
"""What the state has to say, so that this signer is the one."""

GROWN = date(1984, 5, 17)
"""As in the story: the words by which a birth date is known."""
YOUNG_ONES = (MINOR_ALONE, MINOR_AND_PARENT, EMANCIPATED)
NAMED_IN_THE_DRAFT = {
    DIRECTOR: {"signer": DIRECTOR, "purpose": "payment"},
    GUARDIAN: {"signer": GUARDIAN},
    SURVIVOR: {"signer": SURVIVOR},
    EMANCIPATED: {"signer": EMANCIPATED, "other_basis": "Order of May 3"},
}
UNDER_IT = {
    DIRECTOR: {"other_name": SIGNED_BY, "other_basis": "Asleep after surgery", "as_director": True, "how": "screen"},
    MINOR_ALONE: {"signed_name": "Rosalinda Cenzontle"},
    MINOR_AND_PARENT: {"signed_name": "Rosalinda Cenzontle", "other_name": SIGNED_BY},
    EMANCIPATED: {"signed_name": "Rosalinda Cenzontle"},
    GUARDIAN: {"other_name": SIGNED_BY, "other_basis": "Court order 12"},
    SURVIVOR: {"other_name": SIGNED_BY, "other_basis": "Letters of administration"},
}
"""The signatures of each. A director's is first: it is for the first kind alone."""


def items_of(kind: str, signer: str = "") -> tuple[str, ...]:
    """What one of this kind shares."""
    if signer == DIRECTOR:
        return items_for(*DIRECTOR_FOR)
    return JUSTICE["items"] if kind == "criminal_justice" else ITEMS_OF.get(kind, SOME)


def signed_by(story: Story, signer: str, kind: str, now: datetime | None = None):
    """One in force; on paper where somebody else signs. Everything of it is as it was in these days."""
    from alongside.people.actions import change_person
    from alongside.privacy.actions import set_law, sign_consent

    rosa, carmen = story.rosa, story.carmen
    if signer in LAWS:
        set_law(program=story.program, posture=LAWS[signer], note="Of the state", by=story.people["dolores"].actor)
    if signer in YOUNG_ONES:
        change_person(person=rosa.person, by=carmen.actor, birth_date=YOUNG)
        rosa.person.refresh_from_db()
    if signer == DIRECTOR:
        change_person(person=rosa.person, by=carmen.actor, birth_date=GROWN)
        rosa.person.refresh_from_db()
    more = {"purpose_words": JUSTICE["purpose_words"]} if kind == "criminal_justice" else {}
    if now and kind == "criminal_justice":
        more["held_until"] = now + timedelta(days=2)
    if signer == SURVIVOR:
        more["died_on"] = day_there() - timedelta(days=20)
    if signer == DIRECTOR:
        more["expires_at"] = timezone.now() + timedelta(days=10)
    draft = drafted(
        rosa.person, carmen.actor, kind, recipient=RECIPIENT, items=list(items_of(kind, signer)),
        **NAMED_IN_THE_DRAFT.get(signer, {}), **more,
    )  # fmt: skip
    consent = sign_consent(
        consent=draft, seen=look(draft).digest, now=now, **{"how": "paper", **UNDER_IT[signer]},
        by=story.people["dolores"].actor if signer == DIRECTOR else carmen.actor,
    )  # fmt: skip
    assert consent.signer == signer
    return consent


def begin(signer: str, kind: str, *, stopped: bool) -> Callable[[Story], Standing]:
    """It lets out what it covers; or it did, and whoever heard of the wish stopped it."""

    def in_force(story: Story) -> Standing:
        return standing(story, signed_by(story, signer, kind), items_of(kind, signer))

    def over(story: Story) -> Standing:
        from alongside.privacy.actions import stop_sharing

        then = timezone.now() - timedelta(days=4)
        consent = signed_by(story, signer, kind, now=then)
        left = standing(story, consent, now=then)
        stop_sharing(consent=consent, by=story.carmen.actor, how="spoken")
        return left

    return over if stopped else in_force


def list_by_others() -> list[tuple[str, str, bool]]:
    """(signer, kind, whether it was stopped): each once in force and once stopped; with `EVERY` all pairs."""
    signers, kinds = tuple(UNDER_IT), tuple(KINDS)
    turns = [(signers[turn % len(signers)], kind) for turn, kind in enumerate(kinds)]
    both = [(signer, kind) for signer in signers for kind in kinds if signer != DIRECTOR or kind == DIRECTOR_FOR[0]]
    return [(*one, stopped) for stopped in (False, True) for one in (both if EVERY else turns)]


BY_OTHERS = list_by_others()
STATES_OF_SIGNERS = {
    f"{signer} {kind} {'stopped' if stopped else 'in force'}": begin(signer, kind, stopped=stopped)
    for signer, kind, stopped in BY_OTHERS
}
