"""Days and lengths of time in words, in both languages."""

import datetime

import pytest
from django.utils import translation

from alongside.web import messages
from alongside.web.templatetags.ui import minutes, when

TODAY = datetime.date(2026, 11, 23)  # a Monday


@pytest.fixture(scope="module", autouse=True)
def compiled():
    messages.compile_all()


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        (0, "today", "hoy"),
        (1, "tomorrow", "mañana"),
        (-1, "yesterday", "ayer"),
        (3, "Thursday", "jueves"),
        (-3, "3 days ago", "hace 3 días"),
        (12, "December 5", "5 de diciembre"),
        (-400, "Oct. 19, 2025", "19 de octubre de 2025"),
    ],
)
def test_a_day_reads_as_people_say_it(days, english, spanish):
    day = TODAY + datetime.timedelta(days=days)
    assert when(day, TODAY) == english
    with translation.override("es"):
        assert when(day, TODAY) == spanish


def test_a_moment_also_says_its_time():
    moment = datetime.datetime(2026, 11, 23, 16, 0, tzinfo=datetime.UTC)
    assert when(moment, TODAY) == "today, 4 p.m."


@pytest.mark.parametrize(("length", "words"), [(45, "45 min"), (60, "1 h"), (75, "1 h 15 min"), (None, "")])
def test_lengths_of_time_are_short(length, words):
    assert minutes(length) == words
