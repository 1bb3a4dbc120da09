"""For who looks after the page of a group: opening it, what waits for a look, and what to do about one post."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.community import actions, queries, showing
from alongside.community.forms import HideForm, PageForm, PauseForm, WhoForm
from alongside.community.models import Community, Post
from alongside.groups.models import Group
from alongside.groups.queries import is_leader
from alongside.groups.showing import in_language
from alongside.people.acting import as_peer
from alongside.people.held_forms import held_values
from alongside.web.meanwhile import ChangedMeanwhile, look_again

from . import boards
from .boards import Door


def _group(request: HttpRequest, group_id: UUID) -> Group:
    found = queries.get_group_looked_after(request.actor, group_id)
    if found is None:
        raise Http404
    return found


def _door(request: HttpRequest, group_id: UUID) -> Door:
    group = _group(request, group_id)
    page = queries.list_open().filter(group=group).first()
    if page is None:
        raise Http404
    page.group = group
    return Door(request, page, as_peer(request.actor) if is_leader(request.actor, group) else request.actor, "page")


@require_safe
def page(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """What waits for a look stands first. Closed, it leads to where it is opened."""
    group = _group(request, group_id)
    if not queries.has_page(group):
        return redirect("page_set", group_id=group.pk)
    door = _door(request, group_id)
    actions.note_looked(door.page, by=door.by)
    waiting = list(queries.list_flagged(door.page, door.person_id)[:50])
    flags = queries.count_flags(waiting)
    flagged = [
        showing.show_post(one, person_id=door.person_id) | {"flags": showing.show_flags(flags.get(one.pk, ()))}
        for one in waiting
    ]
    return boards.show(door, flagged=flagged, may_write=queries.is_inside(door.page, door.person_id))


@require_http_methods(["GET", "HEAD", "POST"])
def page_set(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Open or close it; its quiet hours."""
    group = _group(request, group_id)
    may_mix = request.actor.has("coordinator")

    def anew(**more) -> PageForm:
        stored = actions.values_of(Community.objects.filter(group=group).first(), group)
        return PageForm(group=group, may_mix=may_mix, stored=stored, **more)

    form = anew(data=request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.set_page(
                group=group, is_open=values["is_open"], quiet_from=values["quiet_from"], by=request.actor,
                quiet_until=values["quiet_until"], mixed_why=values.get("mixed_why", ""), seen=form.seen,
            )  # fmt: skip
        except actions.HasEnded:
            form.add_error("is_open", _("This group has ended. Its page stays closed."))
        except actions.NeedsReason:
            if may_mix:
                form.add_error("mixed_why", _("Please say why. Without a reason they stay apart."))
            else:
                form.add_error("is_open", _("This group is for both together. A coordinator opens its page."))
        except ChangedMeanwhile as changed:
            form = look_again(form, changed, anew)
        else:
            messages.success(request, _("Saved."))
            return redirect("page" if values["is_open"] else "group", group_id=group.pk)
    context = {"form": form, "group": group, "group_name": in_language(group, "name")}
    return render(request, "community/set.html", context)


page_name, page_write, page_answer = boards.make_views(_door, "web/page_app.html")


@require_POST
def page_back(request: HttpRequest, group_id: UUID, post_id: UUID) -> HttpResponse:
    """Who leads the group takes their own words back."""
    door = _door(request, group_id)
    if not actions.take_back(post=door.get_post(post_id), by=door.by):
        raise Http404
    messages.success(request, _("It is gone."))
    return door.back()


@require_http_methods(["GET", "HEAD", "POST"])
def page_post(request: HttpRequest, group_id: UUID, post_id: UUID) -> HttpResponse:
    """One post. POST `what`: keep, hide, show, pause, who, worry."""
    door = _door(request, group_id)
    post = door.get_post(post_id)
    if post.name.person_id == door.person_id:
        raise Http404  # nobody looks at their own words: somebody else does
    what = request.POST.get("what", "") if request.method == "POST" else ""
    data = request.POST
    forms = {
        "hide": HideForm(data if what == "hide" else None, auto_id="hide_%s", initial=held_values(request)),
        "pause": PauseForm(data if what == "pause" else None, auto_id="pause_%s", initial={"days": 1}),
        "who": WhoForm(data if what == "who" else None, auto_id="who_%s"),
    }
    person = None
    if what in forms and forms[what].is_valid():
        values = forms[what].cleaned_data
        if what == "who":
            person = actions.ask_who(post=post, reason=values["why"], by=door.by)
        elif what == "hide":
            actions.hide(post=post, reason=values["reason"], words=values["words"], by=door.by)
        else:
            actions.pause(name=post.name, days=values["days"], by=door.by)
        if person is None:
            messages.success(request, _("Saved."))
            return redirect("page_post", group_id=group_id, post_id=post_id)
    elif what and what not in forms:
        return _press(door, post, what)
    now = timezone.now()
    context = door.context(
        row=showing.show_post(post, person_id=door.person_id), forms=forms, person=person,
        flags=showing.show_flags(queries.count_flags([post]).get(post.pk, ())),
        is_paused=showing.is_paused(post.name.paused_until, now),
    )  # fmt: skip
    return render(request, "community/post.html", context)


def _press(door: Door, post: Post, what: str) -> HttpResponse:
    """What is done by one press."""
    if what == "worry":
        actions.raise_worry(post=post, by=door.by)
        messages.success(door.request, _("Told. Whoever is on duty knows who wrote it, and has the words."))
    elif what == "keep":
        actions.keep(post=post, by=door.by)
        messages.success(door.request, _("It stays. Thank you for looking."))
    elif what == "show":
        actions.show_again(post=post, by=door.by)
        messages.success(door.request, _("Everybody can read it again."))
    else:
        raise Http404
    return door.back()
