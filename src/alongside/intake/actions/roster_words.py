"""Saying what words of a list mean in our terms, for this list and for the next ones."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.intake.models import Roster
from alongside.intake.rosters import own_words
from alongside.intake.rosters.plan import columns_of
from alongside.rules.roster.own_words import TERM_FIELDS

from .rosters import map_roster


class WordRefused(ValueError):
    """A word was given a meaning that its field does not have, or does not stand in this list."""


@transaction.atomic
def decide_words(
    *, roster: Roster, decided: Mapping[tuple[str, str], str], by, now: datetime | None = None
) -> Roster:  # fmt: skip
    """Remember what words mean and see anew what each row would do. Raises `WordRefused`.

    `decided`: (field, folded words) to a code of `TERM_FIELDS`, or "" for the notes.
    """
    now = now or timezone.now()
    counted = {(about, words) for about, words, *_rest in roster.words.get("words", [])}
    for (about, words), code in decided.items():
        if (about, words) not in counted or (code and code not in TERM_FIELDS[about]):
            raise WordRefused(about)
    own_words.save_words(roster, decided, now)
    # Codes of fields only: a word of a list may be anything.
    record(
        act="roster.words_decided", by=by, program_id=roster.program_id, object_kind="roster", object_id=roster.pk,
        fields=sorted({about for about, _words in decided}),
    )  # fmt: skip
    return map_roster(roster=roster, mapping=columns_of(roster), options=roster.options, by=by, now=now)
