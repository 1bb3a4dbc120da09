"""The person's own: every page that was given out about them, whether it was opened, and what was answered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import actions, queries
from ..wording import whole_row


@require_safe
def me_pages(request: HttpRequest) -> HttpResponse:
    """Pages about me that others may open, or could."""
    rows = [whole_row(link) for link in queries.list_own(request.actor.person_id)]
    return render(request, "partners/me_pages.html", {"rows": rows})


@require_POST
def me_page_stop(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Close one page at once; the permission itself stays until it is stopped."""
    link = queries.get_own(request.actor.person_id, link_id)
    if link is None:
        raise Http404
    actions.stop_link(link=link, by=request.actor)
    messages.success(request, _("Closed. Nobody can open it any more."))
    return redirect("me_pages")
