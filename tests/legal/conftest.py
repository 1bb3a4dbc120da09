"""A subpoena comes about Rosa. Dolores directs, Carmen is the second, Lien supports Dante."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from alongside.legal import actions
from alongside.rules.legal_demand import QUESTIONS

NOW = timezone.now().replace(microsecond=0)
COURT = {"court": "Superior Court of the county", "number": "C-17", "issued_on": date(2026, 3, 1), "kept_where": "Safe"}
RECIPIENT = "Deputy District Attorney Ruiz"


@pytest.fixture
def demanded(program, rosa, dolores):
    """`demanded()`: what came, not answered yet."""

    def come(**values):
        return actions.receive_demand(
            program=program, by=values.pop("by", dolores.actor), submit_key=values.pop("submit_key", uuid4()), now=NOW,
            **{"kind": "subpoena", "sender": "Office of the District Attorney", "received_at": NOW - timedelta(hours=1),
               "asks": "All records", "names": "Rosa C."} | values,
        )  # fmt: skip

    return come


@pytest.fixture
def named(demanded, rosa, dolores):
    """Answered by the letter, and about Rosa."""

    def come(**values):
        demand = actions.hand_letter(demand=demanded(**values), by=dolores.actor, now=NOW)
        return actions.name_person(demand=demand, person=rosa.person, words="Her name and birth date", by=dolores.actor,
                                   now=NOW)  # fmt: skip

    return come


@pytest.fixture
def ordered(dolores):
    """`ordered(demand)`: an order with a yes to every question; more by keyword."""

    def file(demand, **values):
        purpose = values.get("purpose", "noncriminal")
        return actions.file_order(
            demand=demand, by=dolores.actor, now=NOW,
            **COURT | {"purpose": purpose, "recipient": RECIPIENT, "items": ["being_here", "contacts"],
                       "answers": dict.fromkeys(QUESTIONS[purpose], True)} | values,
        )  # fmt: skip

    return file


@pytest.fixture
def compelled(dolores):
    """`compelled(demand)`: a subpoena on file."""

    def file(demand, **values):
        return actions.file_mandate(demand=demand, by=dolores.actor, now=NOW, **COURT | {"kind": "subpoena"} | values)

    return file


@pytest.fixture
def asked(named, ordered, compelled, dolores, carmen):
    """A release that Dolores asked for and Carmen may answer."""

    def ask(**values):
        demand = named()
        return actions.ask_release(
            demand=demand, order=ordered(demand, **values), mandate=compelled(demand), items=["being_here", "contacts"],
            by=dolores.actor, now=NOW,
        )  # fmt: skip

    return ask
