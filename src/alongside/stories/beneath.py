"""Words of visitors beneath a page, the same for a story and a page of the public site: one form, one set of limits.

A page shows `stories/_words.html` with what `show` returns, and gives a form that was sent to `take`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from alongside.people.form_limits import may_send

from . import wording
from .actions import NotSent, Said
from .forms import CommentForm
from .models import Comment

ON_PAGE = 15
"""Words of visitors beneath one page at once. Each may have a thousand letters: with twenty, the longest story would be
at the very edge of what a first visit may weigh."""

_NAMES: list[Callable[[Iterable[UUID]], Mapping[UUID, str]]] = []


def declare_names(list_names: Callable[[Iterable[UUID]], Mapping[UUID, str]]) -> None:
    """Say how the pages beneath which somebody wrote are called; by the package that owns them, in its `ready`."""
    _NAMES.append(list_names)


def name_pages(comments: Iterable[Comment]) -> None:
    """Put on each comment beneath a public page its `page_name`, for whoever reads it."""
    rows = list(comments)
    ids = {one.beneath for one in rows if one.beneath}
    names = {key: name for list_names in _NAMES if ids for key, name in list_names(ids).items()}
    for one in rows:
        one.page_name = names.get(one.beneath, "")


def show(request: HttpRequest, comments: QuerySet[Comment], *, action: str, form: CommentForm | None = None) -> dict:
    """What `stories/_words.html` needs, in pages (`?said=`). `action` is where the form is sent.

    Call it in the scope of the program.
    """
    page = Paginator(comments, ON_PAGE).get_page(request.GET.get("said"))
    page.object_list = list(page.object_list)
    return {
        "comments": page, "form": form or CommentForm(), "action": action, "thanks": "thanks" in request.GET,
        "template": "stories/_words.html",
    }  # fmt: skip


def take(request: HttpRequest, keep: Callable[[Said], Any]) -> tuple[CommentForm, int] | None:
    """Take what a visitor sent; None when it is with a reader, or seems so to a machine.

    Else the form with what to mend, and the status of the page. `keep` gives it to an action that may raise `NotSent`;
    404 where the page is no longer there.
    """
    form = CommentForm(request.POST)
    if not form.is_valid():
        return form, 200
    code = _receive(request, form, keep)
    if code in ("", "trap", "again"):
        return None
    if code == "gone":
        raise Http404
    form.add_error("words" if code in ("link", "alike", "repeats") else None, wording.NOT_SENT[code])
    if code == "old":
        form.open_again()
    return form, 429 if code in ("place", "many") else 200


def _receive(request: HttpRequest, form: CommentForm, keep: Callable[[Said], Any]) -> str:
    """Why it was not taken, "" when it was."""
    values = form.cleaned_data
    if not may_send(request, "comment"):
        return "place"
    try:
        keep(Said(values["alias"], values["words"], form.seconds, values["website"], values["submit_key"] or uuid4()))
    except NotSent as not_sent:
        return not_sent.code
    return ""
