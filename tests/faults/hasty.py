"""The application with one deliberate fault: it says "stopped" and writes it later. The kill test must find it."""

import threading
import time
from importlib import import_module

from django_scopes import scope

from alongside.wsgi import application

__all__ = ["application"]

LATER = 20
actions = import_module("alongside.privacy.actions")  # after the line that sets Django up
_stop = actions.stop_sharing


def stop_later(*, consent, **values):
    """The answer goes out first."""

    def write():
        time.sleep(LATER)
        with scope(program=consent.person.program):
            _stop(consent=consent, **values)

    threading.Thread(target=write, daemon=True).start()
    return consent


actions.stop_sharing = stop_later
