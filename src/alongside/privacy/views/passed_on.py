"""Lists that intermediaries owe (§2.24): asked for by the person or with staff, their clock, their answer."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.acting import as_participant
from alongside.rules.accounting import INTERMEDIARY_DAYS
from alongside.rules.disclosure import pass_out
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.web.forms import AlongsideForm

from .. import accounting, actions, consent_queries, passed_on_queries
from ..models import Consent, ListRequest
from ..passed_on_forms import WHAT_DAYS, AnswerListForm, LineForm, ReceivedForm, SentForm
from ..passed_on_words import say_request
from .accounting import show_letter


@require_POST
def me_owed_sent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """I sent the letter: their days run."""
    consent = accounting.get_intermediary(request.actor.person_id, consent_id)
    if consent is None:
        raise Http404
    form = SentForm(request.POST)
    if _ask(request, form, consent, as_participant(request.actor)):
        messages.success(request, _("Written down. We look out for their answer, and you read it here."))
        return redirect("me_sent")
    return show_letter(request, consent, form)


@require_POST
def me_owed_end(request: HttpRequest, owed_id: UUID) -> HttpResponse:
    """I do not need the list any longer."""
    found = passed_on_queries.get_own(request.actor.person_id, owed_id)
    if found is None:
        raise Http404
    _or_404(lambda: actions.withdraw_list(request=found, by=as_participant(request.actor)))
    messages.success(request, _("Done. We no longer wait for it."))
    return redirect("me_sent")


@require_safe
def owed_lists(request: HttpRequest) -> HttpResponse:
    """Those that wait for an answer, what is late first."""
    found = passed_on_queries.list_open(request.actor)
    for person_id in dict.fromkeys(one.person_id for one in found):
        actions.note_opened(participant_id=person_id, by=request.actor, page="lists")
    return render(request, "privacy/owed_lists.html", {"rows": [say_request(one) for one in found]})


@require_http_methods(["GET", "HEAD", "POST"])
def owed_new(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Ask for the list together with the person, who has no account or no printer."""
    consent = consent_queries.get_visible_to(request.actor, consent_id)
    if consent is None or consent.kind != "intermediary" or consent.signed_at is None:
        raise Http404
    if running := passed_on_queries.get_open(consent.pk):
        return redirect("owed_one", owed_id=running.pk)
    form = SentForm(request.POST or None)
    if request.method == "POST" and (made := _ask(request, form, consent, request.actor)):
        messages.success(request, _("Written down. Their days run."))
        return redirect("owed_one", owed_id=made.pk)
    pass_out("own_copy")  # the letter is theirs, and goes home with them
    actions.note_opened(participant_id=consent.person_id, by=request.actor, page="lists")
    context = {
        "consent": consent,
        "form": form,
        "days": INTERMEDIARY_DAYS,
        "letters": accounting.write_letters(consent),
    }
    return render(request, "privacy/owed_new.html", context | {"today": timezone.localdate()})


def _ask(request: HttpRequest, form: SentForm, consent: Consent, by) -> ListRequest | None:
    if not form.is_valid():
        return None
    cleaned = form.cleaned_data
    try:
        return actions.ask_for_list(
            consent=consent, asked_on=cleaned["asked_on"], sent_how=cleaned["sent_how"],
            submit_key=cleaned["submit_key"] or uuid4(), by=by,
        )  # fmt: skip
    except actions.DayCannotBe as why:
        form.add_error(why.field, WHAT_DAYS[why.field])
    return None


def _get(request: HttpRequest, owed_id: UUID) -> ListRequest:
    found = passed_on_queries.get_visible_to(request.actor, owed_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def owed_one(request: HttpRequest, owed_id: UUID) -> HttpResponse:
    """One request: its clock, and each line of their list as it is entered."""
    found = _get(request, owed_id)
    form = LineForm(request.POST or None)
    if request.method == "POST":
        if _do(form, lambda values: actions.add_line(request=found, by=request.actor, **_once(values))):
            messages.success(request, _("Entered. Is there another line?"))
            return redirect("owed_one", owed_id=found.pk)
    else:
        actions.note_opened(participant_id=found.person_id, by=request.actor, page="lists")
    return _show(request, found, line=form)


@require_POST
def owed_received(request: HttpRequest, owed_id: UUID) -> HttpResponse:
    """The day on which they got the letter is known."""
    found, form = _get(request, owed_id), ReceivedForm(request.POST)
    if _do(form, lambda values: actions.note_received(request=found, by=request.actor, **values)):
        messages.success(request, _("Written down. Their days run from there."))
        return redirect("owed_one", owed_id=found.pk)
    return _show(request, found, received=form)


@require_POST
def owed_answered(request: HttpRequest, owed_id: UUID) -> HttpResponse:
    """Their answer is whole: the person reads it."""
    found, form = _get(request, owed_id), AnswerListForm(request.POST)
    if _do(form, lambda values: actions.answer_list(request=found, by=request.actor, **values)):
        messages.success(request, _("Entered. The person reads it on their own page."))
        return redirect("owed_one", owed_id=found.pk)
    return _show(request, found, answer=form)


@require_POST
def owed_line_remove(request: HttpRequest, owed_id: UUID, line_id: UUID) -> HttpResponse:
    """A line was typed wrongly."""
    found = _get(request, owed_id)
    _or_404(lambda: actions.remove_line(request=found, line_id=line_id, by=request.actor))
    return redirect("owed_one", owed_id=found.pk)


@require_POST
def owed_move(request: HttpRequest, owed_id: UUID) -> HttpResponse:
    """I look after it; or the person told us that they need it no longer."""
    found, action = _get(request, owed_id), request.POST.get("action")
    if action == "take":
        _or_404(lambda: actions.take_list(request=found, by=request.actor))
        messages.success(request, _("You look after it, and are reminded of its day."))
    elif action == "end":
        _or_404(lambda: actions.withdraw_list(request=found, by=request.actor))
        messages.success(request, _("Done. We no longer wait for it."))
    else:
        raise Http404
    return redirect("owed_one", owed_id=found.pk)


def _show(
    request: HttpRequest, found: ListRequest, line: AlongsideForm | None = None,
    received: AlongsideForm | None = None, answer: AlongsideForm | None = None,
) -> HttpResponse:  # fmt: skip
    is_open = found.status == "asked"
    context = {
        "row": say_request(found), "entered": list(found.lines.all()),
        "line": (line or LineForm()) if is_open else None,
        "received": (received or ReceivedForm()) if is_open and found.received_on is None else None,
        "answer": (answer or AnswerListForm()) if is_open else None,
        "is_mine": found.owner_id == request.actor.user_id,
    }  # fmt: skip
    return render(request, "privacy/owed_one.html", context)


def _once(values: dict) -> dict:
    return values | {"submit_key": values["submit_key"] or uuid4()}


def _do(form: AlongsideForm, act: Callable[[dict], object]) -> bool:
    """Whether it was done; what is wrong with it stands in the form. What is not theirs is not there."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except (MoveNotAllowed, actions.NotOwed):
        raise Http404 from None
    except actions.DayCannotBe as why:
        form.add_error(why.field, WHAT_DAYS[why.field])
    except actions.LinesDiffer:
        form.add_error("answered_how", _("With a list, enter its lines first. Without one, take the lines away."))
    return not form.errors


def _or_404(act: Callable[[], object]) -> None:
    """What its state does not allow, or is not theirs, is not there."""
    try:
        act()
    except (MoveNotAllowed, actions.NotOwed):
        raise Http404 from None
