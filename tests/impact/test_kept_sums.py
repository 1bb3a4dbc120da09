"""Sums that were read are kept until something is folded in."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope
from tests.impact.walks import walk
from tests.story import make_persona, make_program

from alongside.impact import actions, queries
from alongside.impact.queries import Ask, list_figures
from alongside.workforce.actions import create_peer


@pytest.fixture
def program(transactional_db):
    program = make_program("Riverbend", "riverbend")
    with scope(program=program):
        yield program


@pytest.fixture
def dante(program):
    dante = make_persona(program, "dante", "peer")
    carmen = make_persona(program, "carmen", "coordinator")
    dante.profile = create_peer(person=dante.person, by=carmen.actor, capacity=60)
    return dante


@pytest.mark.parametrize("grouping", ["all", "kind", "site"])
def test_they_are_read_once_and_never_old(program, dante, grouping):
    ask, now = Ask((program,), grouping, since=date(2020, 1, 1)), timezone.now()

    def read() -> tuple[dict, int]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = list_figures(ask, now)
        return found, len(asked)

    for number in range(12):
        walk(program, dante, number, waited=2, reached=[3])
    actions.catch_up([program])
    first, many = read()
    again, few = read()
    assert again == first
    assert (few == 1) is (grouping in queries.KEPT_GROUPINGS) and many > 1
    for number in range(12, 20):
        walk(program, dante, number, waited=5, reached=[3, 40])
    actions.catch_up([program])
    assert read()[0] != first
    # The day is part of it: a month ago nobody could have been in touch for ninety days.
    assert list_figures(ask, now - timedelta(days=30)) != read()[0]


def test_what_may_be_undone_is_not_kept(program, dante):
    walk(program, dante, 1, waited=2, reached=[3])
    actions.catch_up([program])
    ask, now, kept = Ask((program,)), timezone.now(), len(queries._kept)
    with transaction.atomic():
        list_figures(ask, now)
    assert len(queries._kept) == kept
