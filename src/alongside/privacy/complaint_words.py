"""A complaint in words: its state to the person, and what the law lets them do besides (§2.4)."""

from django.utils.translation import gettext_lazy as _

from alongside.rules.notice import LATEST, VERSIONS

from .consent_words import speak
from .models import Complaint

STATE = {
    "received": _("We have it. Nobody has looked into it yet."),
    "looked_into": _("Somebody is looking into it."),
    "answered": _("Answered"),
}
RIGHTS = ("complain_hhs", "no_retaliation")
"""Statements of the notice that stand beside every complaint: one text, one place."""


def say_rights() -> list[dict]:
    """[{heading, text}] in the reader's language."""
    language, statements = speak(), VERSIONS[LATEST].STATEMENTS
    return [{"heading": statements[code].heading[language], "text": statements[code].text[language]} for code in RIGHTS]


def say_complaint(complaint: Complaint) -> dict:
    """One with its state in words: {one, state}."""
    return {"one": complaint, "state": STATE[complaint.status]}
