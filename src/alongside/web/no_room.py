"""The disk is full: nothing can be saved, everything that was saved is there, and no word is lost (I4).

Whatever cannot be saved ends here, also what a middleware could not. If somebody was sending a form, the
page holds what they wrote: to read and copy, and to send again with one press when there is room. The form's own key
(`submit_key`) travels along, so that pressing twice does it once. Passwords and codes are not put on a page.
"""

import errno
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.defaults import bad_request, server_error

RETRY_SECONDS = 120
SIGNS = ("database or disk is full", "disk i/o error")
"""How SQLite says it: at once, or when its log of changes could not be written."""

DISK_FULL = "53100"
"""How PostgreSQL says it."""

SECRET = ("password", "code", "csrfmiddlewaretoken")
LONGEST = 200_000


def is_no_room(error: BaseException | None) -> bool:
    """Whether an error says that there was no room on the disk."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if isinstance(error, OperationalError) and str(error).lower() in SIGNS:
            return True
        if getattr(error, "sqlstate", None) == DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def could_not(request: HttpRequest) -> HttpResponse:
    """The page of whatever broke (`handler500`)."""
    return _no_room(request) if is_no_room(sys.exc_info()[1]) else server_error(request)


def could_not_keep_session(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a bad request (`handler400`): a session that could not be saved comes as one."""
    return _no_room(request) if is_no_room(exception) else bad_request(request, exception)


def _no_room(request: HttpRequest) -> HttpResponse:
    written = _written(request)
    context = {"written": written, "words": [text for _name, text in written if len(text.split()) > 1]}
    if written:
        context |= {"token": get_token(request), "path": request.get_full_path()}
    response = render(None, "no_room.html", context, status=503)  # no context of the request: it may need the database
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _written(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, without secrets and files. Nothing where it is more than a page holds."""
    if request.method != "POST":
        return []
    found = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if not any(word in name.lower() for word in SECRET)
    ]
    return found if sum(len(text) for _name, text in found) <= LONGEST else []
