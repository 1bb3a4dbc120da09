"""A legal hold: somebody's record is kept whole while a court, an investigation or a complaint may need it.

A hold says only "erase nothing". It opens no record, tells nobody, and lets nothing out.
"""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "demand": "a subpoena, warrant, order or request names the person (§2.61-2.67)",
    "litigation": "a lawsuit is under way or is to be expected",
    "investigation": "an authority, or the program itself, looks into something",
    "complaint": "a complaint of the person, or about how they were treated",
    "incident": "a breach, or what may be one (45 CFR 164.400-414)",
    "other": "as counsel advised; the words say what",
}
"""Why a record is held."""
