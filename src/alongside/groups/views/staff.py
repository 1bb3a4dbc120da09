"""What a coordinator does: a new group, changing it, a break or its end, who leads."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.groups import actions
from alongside.groups.forms import AddForm, GroupForm
from alongside.people.held_forms import held_values
from alongside.rules.lifecycles import GROUP, MoveNotAllowed
from alongside.web.meanwhile import ChangedMeanwhile, look_again
from alongside.workforce.models import PeerProfile

from .loading import get_group


@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """A new group; who leads it is said on its page."""
    form = GroupForm(request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["submit_key"] or uuid4()
        group = actions.open_group(program=request.program, values=form.wanted, submit_key=key, by=request.actor)
        messages.success(request, _("The group is there. Say who leads it."))
        return redirect("group", group_id=group.pk)
    return render(request, "groups/form.html", {"form": form, "group": None})


@require_http_methods(["GET", "HEAD", "POST"])
def group_change(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Change what is written of it."""
    group = get_group(request, group_id)

    def anew(**more) -> GroupForm:
        return GroupForm(group=group, stored=actions.values_of(group), **more)

    form = anew(data=request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group(group=group, values=form.wanted, by=request.actor, seen=form.seen)
        except actions.TooSmall:
            form.add_error("capacity", _("More people have a place now. Nobody loses theirs."))
        except ChangedMeanwhile as changed:
            group = get_group(request, group_id)
            form = look_again(form, changed, anew)
        else:
            messages.success(request, _("Saved."))
            return redirect("group", group_id=group.pk)
    return render(request, "groups/form.html", {"form": form, "group": group})


@require_POST
def group_state(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """A break, its end, or the end of the group. Pressed twice is once."""
    group, to = get_group(request, group_id), request.POST.get("to", "")
    if to in GROUP.states and to != group.status:
        try:
            actions.move_group(group=group, to=to, by=request.actor)
        except MoveNotAllowed:
            messages.info(request, _("That has changed meanwhile. Here is how it stands now."))
        else:
            messages.success(request, _("Saved."))
    return redirect("group", group_id=group.pk)


@require_POST
def group_leaders(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One more who leads (`who`), or one who does no more (`not`)."""
    group = get_group(request, group_id)
    leaders = {str(one.person_id): one.person_id for one in group.leaders.all()}
    if (gone := request.POST.get("not", "")) in leaders:
        actions.remove_leader(group=group, person_id=leaders[gone], by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("group", group_id=group.pk)
    peers = PeerProfile.objects.select_related("person")
    form = AddForm(request.POST, options=[(one.pk, one.person.goes_by) for one in peers])
    if form.is_valid():
        try:
            actions.add_leader(group=group, peer=peers.get(pk=form.cleaned_data["who"]), by=request.actor)
            messages.success(request, _("Saved."))
        except actions.NotTheirGroup:
            messages.error(request, _("This peer cannot lead this group. Please choose somebody else."))
    else:
        messages.error(request, _("Please choose a peer first."))
    return redirect("group", group_id=group.pk)
