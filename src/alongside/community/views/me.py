"""A person's own pages: the page of a group they hold a place in, and everything they wrote."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.community import actions, queries, showing
from alongside.groups.showing import in_language
from alongside.people.acting import as_participant

from . import boards
from .boards import Door

WRITTEN_AT_ONCE = 50


def _door(request: HttpRequest, group_id: UUID) -> Door:
    """Who has no place and who asks for a group that never was get the same answer."""
    found = queries.get_page_of(request.actor.person_id, group_id)
    if found is None:
        raise Http404
    return Door(request, found, as_participant(request.actor), "me_page")


@require_safe
def me_page(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """What the people of a group wrote."""
    return boards.show(_door(request, group_id))


me_page_name, me_page_write, me_page_answer = boards.make_views(_door, "web/page_me.html")


@require_http_methods(["GET", "HEAD", "POST"])
def me_page_flag(request: HttpRequest, group_id: UUID, post_id: UUID) -> HttpResponse:
    """Ask for a look."""
    door = _door(request, group_id)
    return boards.flag(door, door.get_post(post_id))


@require_safe
def me_written(request: HttpRequest) -> HttpResponse:
    """Everything somebody wrote, also where they have no place any more: they can take it back."""
    me = request.actor.person_id
    part = Paginator(queries.list_written(me), WRITTEN_AT_ONCE).get_page(request.GET.get("page", 1))
    rows = [
        showing.show_post(one, person_id=me) | {"group_name": in_language(one.community.group, "name")} for one in part
    ]
    return render(request, "community/written.html", {"rows": rows, "part": part})


@require_POST
def me_written_back(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Take one's own words back, at once and wholly. `to`: a group whose page one came from. Twice is once."""
    found = queries.list_written(request.actor.person_id).filter(pk=post_id).first()
    if found is None:
        raise Http404
    actions.take_back(post=found, by=as_participant(request.actor))
    messages.success(request, _("It is gone."))
    if request.POST.get("to") and queries.get_page_of(request.actor.person_id, found.community.group_id):
        return redirect("me_page", group_id=found.community.group_id)
    return redirect("me_written")
