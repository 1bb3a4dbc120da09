"""What is written down with every consent and read again in ten years: its codes, its words, and the digest of both."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.rules.consent.test_terms import say_day, whole

from alongside.rules.consent import RECIPIENT_CLASSES, Posture, digest, write
from alongside.rules.consent.document import Block
from alongside.rules.consent.signing import AGE_KNOWN, PART2

SHOWN = (Block("person", "2.31(a)(1)", "Who", "Rosa Cenzontle"), Block("ends", "2.31(a)(7)", "Hasta", "El día 5, ¿sí?"))


def test_the_codes_that_rows_hold_stay():
    assert RECIPIENT_CLASSES == ("provider", "plan", "payer", "helper")
    assert AGE_KNOWN == ("birth_date", "said", "not_known")
    assert PART2 == ("program", "holder", "neither")


def test_a_digest_of_today_fits_what_was_shown_in_any_later_year():
    """Computed beside it, over {"document": [[code, text]], "preview": …} with sorted names, in UTF-8 as it is."""
    assert digest(SHOWN, [{"item": "being_here", "a": 1}]) == (
        "9078cc1a19adde30fc5131e88e6691b527b571c3949043d1c0a48165c033d744"
    )


def said(terms) -> dict[str, str]:
    """The paragraphs of a consent, by code."""
    return {block.code: block.text for block in write(terms, Posture(), language="en", say_day=say_day)}


def test_its_last_moment_is_on_the_day_that_is_named():
    """Midnight after the last day belongs to it, by the smallest step that a clock knows."""
    asked = []

    def note(moment: datetime) -> str:
        asked.append(moment)
        return "a day"

    write(whole(expires_at=datetime(2027, 3, 2, tzinfo=UTC)), Posture(), language="en", say_day=note)
    assert datetime(2027, 3, 1, 23, 59, 59, 999999, tzinfo=UTC) in asked


def test_items_stand_apart_and_a_day_that_nobody_said_is_left_out():
    assert "; " in said(whole(items=("being_here", "reach")))["items"]
    held = write(replace(whole("criminal_justice"), held_until=None), Posture(), language="en", say_day=say_day)
    (text,) = [block.text for block in held if block.code == "right_to_revoke_held"]
    assert text == said(whole("criminal_justice"))["right_to_revoke_held"].replace("2026-12-29", "")
