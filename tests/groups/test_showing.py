"""Groups in words."""

from datetime import time

import pytest
from django.utils import translation

from alongside.groups.models import Group
from alongside.groups.showing import spoken_series

from .conftest import TUESDAY


@pytest.mark.parametrize(
    ("language", "at", "words"),
    [("es", time(12), "Cada semana, el martes, mediodía"), ("es", time(13), "Cada semana, el martes, 1 p.m."),
     ("en", time(12), "Each week on Tuesday at noon")],
)  # fmt: skip
def test_the_time_is_said_as_people_say_it(language, at, words):
    with translation.override(language):
        assert spoken_series(Group(rhythm="weekly", starts_on=TUESDAY, at_time=at)) == words
