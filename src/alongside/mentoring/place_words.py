"""A place of the directory in a message: its name, its number and the page about it, for the peer to send or change."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from alongside.resources.models import Resource
from alongside.resources.queries import get_shown


def place_in(request: HttpRequest) -> Resource | None:
    """The place that the address names, if there is one that everybody may see."""
    try:
        return get_shown(UUID(request.GET.get("place", "")))
    except ValueError:
        return None


def as_message(request: HttpRequest) -> dict[str, str]:
    """What the box of a thread begins with; nothing where no place was chosen. Without words, so in any language."""
    found = place_in(request)
    if found is None:
        return {}
    page = request.build_absolute_uri(reverse("place", args=[found.pk]))
    return {"body": "\n".join(filter(None, (found.name, found.first_number, page)))}
