"""Puts the actor, their program and its scope on every request."""

from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django_scopes import scope

from alongside.audit.actions import request_id

from .actor import get_actor
from .kept_out import keeping_out
from .models import Program
from .sessions import SessionLimits

__all__ = ["ActorAndProgram", "SessionLimits"]


class ActorAndProgram:
    """Sets `request.actor` and `request.program`, and opens the program's scope for queries (D2).

    A visitor gets the public program whose page they came to, but no scope: public actions open it themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Every audit entry of this request carries the same id.
        request_id.set(uuid4().hex[:16])
        request.actor, request.program = get_actor(request.user, request.session.get("program_id"))
        if request.program is None:
            request.program = get_public_program(request.session.get("at"))
            return self.get_response(request)
        self._speak_their_language(request)
        in_their_zone = timezone.override(ZoneInfo(request.program.time_zone))
        with scope(program=request.program), keeping_out(request.actor.kept_out), in_their_zone:
            return self.get_response(request)

    @staticmethod
    def _speak_their_language(request) -> None:
        """An account's language follows it to a new phone; the switch on the page wins on this one."""
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.language != translation.get_language():
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()


def get_public_program(slug: str | None) -> Program | None:
    """The program whose public page is shown: the one asked for, or the first that takes asks."""
    programs = Program.objects.filter(is_public=True).order_by("created_at")
    return (slug and programs.filter(slug=slug).first()) or programs.first()
