"""What a person's own page and that of who looks after it have in common: reading, writing, a name, asking for a look.

Each view says by which door somebody came in (`Door`); who may come in was asked there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.community import actions, queries, showing
from alongside.community.forms import FlagForm, NameForm, WriteForm
from alongside.community.models import Community, PenName, Post
from alongside.groups.showing import in_language
from alongside.people.actor import Actor
from alongside.people.held_forms import held_values


@dataclass(frozen=True)
class Door:
    """The page, who reads it, the beginning of the names of its addresses ("me_page" or "page")."""

    request: HttpRequest
    page: Community
    by: Actor
    prefix: str

    @property
    def person_id(self) -> UUID | None:
        return self.by.person_id

    @property
    def looks_after(self) -> bool:
        return self.prefix == "page"

    def get_post(self, post_id: UUID) -> Post:
        """A post that this reader sees; else a page that does not exist."""
        found = queries.get_post(self.page, self.person_id, post_id, hidden_too=self.looks_after)
        if found is None:
            raise Http404
        return found

    def back(self) -> HttpResponse:
        return redirect(self.prefix, group_id=self.page.group_id)

    def to_name(self) -> HttpResponse:
        return redirect(f"{self.prefix}_name", group_id=self.page.group_id)

    def context(self, **more) -> dict:
        """What every template of a page needs."""
        now = timezone.now()
        return {
            "group": self.page.group, "group_name": in_language(self.page.group, "name"), "page": self.page,
            "frame": "web/page_app.html" if self.looks_after else "web/page_me.html", "looks_after": self.looks_after,
            "quiet_until": queries.quiet_until(self.page, self.request.program, now), "prefix": self.prefix,
        } | more  # fmt: skip


def show(door: Door, **more) -> HttpResponse:
    """The page, newest first. Nothing that was read is noted anywhere."""
    now, me = timezone.now(), door.person_id
    part, threads = queries.list_threads(
        door.page, me, number=door.request.GET.get("page", 1), hidden_too=door.looks_after
    )
    name = queries.get_name(door.page, me)
    posts = [post for one in threads for post in (one.post, *one.answers)]
    rows = showing.show_threads(threads, person_id=me, flagged=queries.list_flagged_by(name, posts))
    is_paused = bool(name and showing.is_paused(name.paused_until, now))
    may_answer = name is not None and not is_paused
    context = door.context(rows=rows, part=part, name=name, is_paused=is_paused, may_answer=may_answer, **more)
    return render(door.request, "community/page.html", context)


def choose_name(door: Door) -> HttpResponse:
    """The name somebody writes under. One is made up for them."""
    request, name = door.request, queries.get_name(door.page, door.person_id)
    if not queries.is_inside(door.page, door.person_id):
        raise Http404  # a coordinator looks after the page and does not write on it
    stored = {"name": name.name, "wants_news": name.wants_news} if name else {
        "name": queries.suggest_name(door.page)
    }  # fmt: skip
    form = NameForm(request.POST or None, initial=stored | held_values(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.choose_name(community=door.page, name=values["name"], wants_news=values["wants_news"], by=door.by)
        except actions.NameTaken:
            free = queries.suggest_name(door.page)
            form.add_error("name", _("Somebody here has this name. “%(name)s” is free.") % {"name": free})
        except actions.TellsWho:
            form.add_error("name", _("This name can tell who you are. Please choose one that is not yours."))
        except actions.NotInside:
            raise Http404 from None
        else:
            messages.success(request, _("Saved."))
            return door.back() if name else redirect(f"{door.prefix}_write", group_id=door.page.group_id)
    return render(request, "community/name.html", door.context(form=form, name=name))


def answer(door: Door, post_id: UUID) -> HttpResponse:
    """Answer a post. One that went while somebody wrote takes nobody's words with it: they stay in the box."""
    request = door.request
    found = queries.get_post(door.page, door.person_id, post_id, hidden_too=door.looks_after)
    if found is None and not request.POST.get("words", "").strip():
        raise Http404
    return write(door, found, is_gone=found is None)


def write(door: Door, answers_to: Post | None = None, *, is_gone: bool = False) -> HttpResponse:
    """Write, or answer a post. `is_gone`: what was to be answered; the words may become a post of their own."""
    request, name = door.request, queries.get_name(door.page, door.person_id)
    if name is None:
        return door.to_name()
    form = WriteForm(request.POST or None, initial=held_values(request))
    if is_gone:
        form.add_error(None, _("What you wanted to answer is not here any more. You can put your words on the page."))
    elif request.method == "POST" and form.is_valid() and _send(door, name, form, answers_to):
        messages.success(request, _("It is there. You can take it back at any time."))
        return door.back()
    shown = showing.show_post(answers_to, person_id=door.person_id) if answers_to else None
    return render(request, "community/write.html", door.context(form=form, name=name, answered=shown, is_gone=is_gone))


def _send(door: Door, name: PenName, form: WriteForm, answers_to: Post | None) -> bool:
    """Whether it is there; else the form says why not, and keeps the words."""
    try:
        actions.write(
            community=door.page, name=name, words=form.cleaned_data["words"], answers_to=answers_to, by=door.by,
            submit_key=form.cleaned_data["submit_key"] or uuid4(),
        )  # fmt: skip
    except actions.IsPaused:
        form.add_error(None, _("Your writing here is paused. You can read, and keep your words until then."))
    except actions.TooMany:
        form.add_error(None, _("That was a lot in one hour. Please wait a little, and send it then."))
    except actions.NotInside:
        form.add_error(None, _("This page takes no words from you any more. Yours are still in this box: copy them."))
    else:
        return True
    return False


def flag(door: Door, post: Post) -> HttpResponse:
    """Ask those who look after the page to look at a post."""
    request, name = door.request, queries.get_name(door.page, door.person_id)
    if name is None:
        return door.to_name()
    before = queries.get_flag(name, post)
    form = FlagForm(request.POST or None, initial=held_values(request), only_worried=before is not None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.flag(post=post, name=name, reason=form.cleaned_data["reason"], by=door.by)
        except actions.TooMany:
            form.add_error(None, _("That was a lot in one hour. Please wait a little, and send it then."))
        except actions.NotInside:
            raise Http404 from None
        else:
            messages.success(request, _("Thank you. Those who look after the page are told, and not by whom."))
            return door.back()
    shown = showing.show_post(post, person_id=door.person_id)
    return render(request, "community/flag.html", door.context(form=form, flagged=shown, before=before))


def _give_back(request: HttpRequest, group_id: UUID, frame: str) -> HttpResponse:
    """Their own words and nothing of the page, for who wrote there before and lost the way in while they typed.

    For all others it is a page that does not exist.
    """
    words = request.POST.get("words", "").strip()
    if not words or not queries.has_written_under(request.actor.person_id, group_id):
        raise Http404
    form = WriteForm(request.POST)
    form.add_error(None, _("This page takes no words from you any more. Yours are still in this box: copy them."))
    return render(request, "community/kept.html", {"form": form, "frame": frame})


def make_views(
    get_door: Callable[[HttpRequest, UUID], Door], frame: str
) -> tuple[Callable, Callable, Callable]:  # fmt: skip
    """The views that both doors have: (choose a name, write, answer)."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def name_here(request: HttpRequest, group_id: UUID) -> HttpResponse:
        return choose_name(get_door(request, group_id))

    @require_http_methods(["GET", "HEAD", "POST"])
    def write_here(request: HttpRequest, group_id: UUID) -> HttpResponse:
        try:
            return write(get_door(request, group_id))
        except Http404:
            return _give_back(request, group_id, frame)

    @require_http_methods(["GET", "HEAD", "POST"])
    def answer_here(request: HttpRequest, group_id: UUID, post_id: UUID) -> HttpResponse:
        try:
            return answer(get_door(request, group_id), post_id)
        except Http404:
            return _give_back(request, group_id, frame)

    return name_here, write_here, answer_here
