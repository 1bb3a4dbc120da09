"""The person's copy of everything and their wish to have it erased; the copy for somebody without an account."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.acting import as_participant
from alongside.people.models import Person
from alongside.privacy.queries import get_participant_visible_to
from alongside.rules.disclosure import pass_out

from .. import actions, queries
from ..erasing import ErasureRefused
from ..forms import EraseForm, IdentityForm
from ..sections import SECTIONS
from ..takeout import file_name, stream
from ..wording import ALSO_STAYS, GOES, STAYS, WHY_NOT


def _me(request: HttpRequest) -> Person:
    return Person.objects.select_related("program").get(pk=as_participant(request.actor).person_id)


@require_safe
def me_copy(request: HttpRequest) -> HttpResponse:
    """What is in my copy, and how to get it; the way to having everything erased."""
    wish = queries.get_own_request(request.actor.person_id)
    context = {"sections": SECTIONS, "wish": wish, "is_open": bool(wish and wish.status in queries.OPEN)}
    return render(request, "retention/me_copy.html", context)


@require_safe
@reauthentication_required
def me_copy_file(request: HttpRequest) -> HttpResponseBase:
    """The copy itself. Who they are was asked again just now (D5)."""
    language = "es" if (get_language() or "").startswith("es") else "en"
    return _send(request, _me(request), language, "take_out")


def _send(request: HttpRequest, person: Person, language: str, way: str, identity: str = "") -> StreamingHttpResponse:
    """The file, made while it is sent. That it leaves is written down before its first byte."""
    pass_out(way, roles=request.actor.roles, words=identity)
    if way == "take_out":
        actions.note_taken(person=person, by=request.actor)
    else:
        actions.note_given(person=person, identity=identity, by=request.actor)
    answer = StreamingHttpResponse(stream(person, language, is_given=way != "take_out"), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(timezone.localdate())}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def me_erase(request: HttpRequest) -> HttpResponseBase:
    """What goes, what the law keeps and until when; then the wish."""
    return _ask_to_erase(request) if request.method == "POST" else _show_erase(request, EraseForm())


@reauthentication_required
def _ask_to_erase(request: HttpRequest) -> HttpResponseBase:
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _show_erase(request, form)
    try:
        actions.ask_to_erase(person=_me(request), by=as_participant(request.actor))
    except ErasureRefused as refused:
        messages.info(request, WHY_NOT[refused.code])
    else:
        messages.success(request, _("We have your wish. Two people here look at it; you can take it back until then."))
    return redirect("me_erase")


def _show_erase(request: HttpRequest, form: EraseForm) -> HttpResponse:
    person, now = _me(request), timezone.now()
    wish = queries.get_own_request(person.pk)
    context = {
        "form": form, "wish": wish, "is_open": bool(wish and wish.status in queries.OPEN), "goes": GOES,
        "stays": [(STAYS[one.kind], one) for one in queries.list_stays(person, now)], "also_stays": ALSO_STAYS,
    }  # fmt: skip
    return render(request, "retention/me_erase.html", context)


@require_POST
def me_erase_back(request: HttpRequest) -> HttpResponse:
    """One step back, without a question."""
    wish = queries.get_own_request(request.actor.person_id)
    if wish is None:
        raise Http404
    try:
        actions.withdraw(request=wish, by=as_participant(request.actor))
    except actions.RequestOver:
        messages.info(request, _("This was over already."))
    else:
        messages.success(request, _("Taken back. Everything stays as it is."))
    return redirect("me_copy")


@require_http_methods(["GET", "HEAD", "POST"])
def copy_for(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The same copy for somebody without an account, or who asks for it at the desk."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    if request.method == "POST":
        return _give_copy(request, person)
    return _show_copy(request, person, IdentityForm())


@reauthentication_required
def _give_copy(request: HttpRequest, person: Person) -> HttpResponseBase:
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _show_copy(request, person, form)
    language = "es" if person.language == "es" else "en"
    return _send(request, person, language, "take_out_given", form.cleaned_data["words"])


def _show_copy(request: HttpRequest, person: Person, form: IdentityForm) -> HttpResponse:
    return render(request, "retention/copy_for.html", {"person": person, "form": form, "sections": SECTIONS})
