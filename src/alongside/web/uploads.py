"""Files that people send."""

from django.conf import settings
from django.http import HttpRequest


def was_dropped(request: HttpRequest) -> bool:
    """Whether a file came that is too large even to be looked at; it must not be called missing."""
    return not request.FILES and int(request.headers.get("Content-Length") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
