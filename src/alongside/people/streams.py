"""Answers made while they are sent: a stream begins when the scope and the language of the request are over."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import override
from django_scopes import scope

from .models import Program


def inside(program: Program, language: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, each made in the program's scope and time zone and in this language."""
    zone = ZoneInfo(program.time_zone)
    waiting = iter(pieces)
    while True:
        with scope(program=program), override(language), timezone.override(zone):
            piece = next(waiting, None)
        if piece is None:
            return
        yield piece
