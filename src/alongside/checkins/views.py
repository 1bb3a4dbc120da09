"""The check-in of less than a minute, earlier ones, wishes about them, and the same trend for whoever may read it."""

import time
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.acting import as_participant
from alongside.people.held_forms import held_values
from alongside.people.models import Person
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_own_reason, get_participant_visible_to, list_beside
from alongside.rules.check_in import CheckInPolicy
from alongside.rules.signed_text import LARGEST, is_signed, read_message

from . import actions, queries, wording
from .forms import CheckInForm, WishesForm
from .showing import show_trend


def _me(request: HttpRequest) -> Person:
    found = Person.objects.filter(pk=request.actor.person_id).select_related("program", "safe_contact").first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def me_check_in(request: HttpRequest) -> HttpResponse:
    """How I am today, in numbers; any of them may be left out."""
    me, policy = _me(request), queries.get_check_in_policy()
    beside = list_beside(me.pk)
    rhythm, is_called = queries.get_rhythm(me.pk), queries.is_called(me.pk)
    asked = policy.questions_for(queries.get_kind(me.pk))
    form = CheckInForm(
        request.POST or None, questions=asked, scale=policy.scale, may_ask_call=bool(beside) or is_called,
        initial=held_values(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_in(
                person=me, answers=form.answers, wants_call=form.cleaned_data.get("wants_call", False),
                submit_key=form.cleaned_data["submit_key"] or uuid4(), by=as_participant(request.actor),
            )  # fmt: skip
        except actions.NothingSaid:
            form.add_error(None, _("Nothing is chosen yet. One answer is enough, or leave it for today."))
        else:
            messages.success(request, _thanks(form, beside, is_called=is_called))
            return redirect("me_check_ins")
    context = {"form": form, "beside": beside, "rhythm": rhythm, "is_called": is_called}
    return render(request, "checkins/check_in.html", context)


def _thanks(form: CheckInForm, beside: list[Person], *, is_called: bool) -> str:
    if not form.cleaned_data.get("wants_call"):
        return _("Thank you. That was all.")
    if not beside:
        return _("Thank you. We call you as soon as somebody is free, in the hours you chose.")
    if is_called:
        words = _(
            "Thank you. %(name)s sees first thing on their list that you would like a call, and whoever calls here "
            "sees it too."
        )
    else:
        words = _("Thank you. %(name)s sees first thing on their list that you would like a call.")
    return words % {"name": beside[0].goes_by}


@require_POST
def me_check_in_skip(request: HttpRequest) -> HttpResponse:
    """Not this time."""
    actions.skip_check_in(person=_me(request), by=as_participant(request.actor))
    messages.success(request, _("Left out this time. That is fine."))
    return redirect("me_home")


@require_safe
def me_check_ins(request: HttpRequest) -> HttpResponse:
    """My earlier check-ins."""
    me = _me(request)
    context = {
        "trend": show_trend(queries.list_check_ins(me.pk, is_own=True)),
        "rhythm": queries.get_rhythm(me.pk),
        "beside": list_beside(me.pk),
    }
    return render(request, "checkins/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def me_check_in_wishes(request: HttpRequest) -> HttpResponse:
    """Who reads them, reminders, answers by text."""
    me, policy, rhythm = _me(request), queries.get_check_in_policy(), queries.get_rhythm(request.actor.person_id)
    stored = {
        "who": "me" if rhythm.is_hidden else "beside",
        "is_reminded": bool(rhythm.next_ask_on),
        "answers_by_text": rhythm.answers_by_text,
    }
    form = WishesForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.set_wishes(
            person=me, is_hidden=values["who"] == "me", is_reminded=values["is_reminded"],
            answers_by_text=values["answers_by_text"], by=as_participant(request.actor),
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("me_check_ins")
    context = {
        "form": form,
        "every_days": policy.every_days,
        "asked": _numbered(policy, queries.get_kind(me.pk)),
        "scale": policy.scale,
        "may_text": bool(me.phone) and me.safe_contact.may_text,
    }
    return render(request, "checkins/wishes.html", context)


def _numbered(policy: CheckInPolicy, kind: str) -> list[dict]:
    names = ("name", "asks", "lowest", "best")
    return [dict(zip(names, wording.QUESTIONS[one], strict=True)) for one in policy.questions_for(kind)]


@require_safe
def check_ins_of(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Somebody's check-ins, for whoever may open their record, unless they keep them to themself."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    reason = get_own_reason(request.actor.person_id, person.pk) if request.actor.has("director") else None
    note_opened(
        participant_id=person.pk, by=request.actor, page="check_ins", words=reason.reason_words if reason else ""
    )
    trend = show_trend(queries.list_check_ins(person.pk, is_own=False))
    return render(request, "checkins/of.html", {"person": person, "trend": trend})


@require_POST
def text_in(request: HttpRequest) -> HttpResponse:
    """An answer by text that a gateway brings. Signed or not there; signed, one answer whatever becomes of it (A1)."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > LARGEST:
        raise Http404
    body = request.body
    signature, moment = (request.headers.get(name, "") for name in ("X-Signature", "X-Timestamp"))
    if not is_signed(body, signature, moment, secret=settings.TEXT_SECRET, now=time.time()):
        raise Http404
    found = read_message(body, settings.TEXT_FIELDS)
    if found is not None:
        phone, words, message = found
        actions.take_text(phone=phone, words=words, message=message)
    return HttpResponse(status=204)
