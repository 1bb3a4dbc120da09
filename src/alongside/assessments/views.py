"""Which questionnaires are offered, one to fill in, and the sheet to talk about it: for the person and their peer."""

from collections.abc import Collection
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.checkins.queries import get_kind
from alongside.people.held_forms import held_values
from alongside.recovery.whose import Whose, whose
from alongside.rules.instruments import wants_somebody
from alongside.safety.queries import get_duty

from . import actions, queries, wording
from .catalog import Form, list_forms
from .forms import AnswersForm
from .showing import answers_of, in_sections, show_offered, show_talk


def _url(who: Whose, page: str, *parts: str) -> str:
    if who.is_own:
        return reverse(f"me_questions{page}", args=parts)
    return reverse(f"questions{page}_of", args=[who.person.pk, *parts])


def _circle(who: Whose) -> str:
    """The drawn circle is the other half of who is around somebody."""
    return reverse("me_circle") if who.is_own else reverse("circle_of", args=[who.person.pk])


def _form(code: str, offered: Collection[str]) -> Form:
    if code not in offered:
        raise Http404
    return list_forms()[code]


@require_safe
def questions(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """What is offered, when it was filled in, and from when on it may be again."""
    who = whose(request, person_id, page="questions")
    offered = show_offered(
        queries.list_offered(), queries.list_assessments(who.person.pk), kind=get_kind(who.person.pk),
        zone=ZoneInfo(request.program.time_zone), today=timezone.localdate(),
    )  # fmt: skip
    for one in offered:
        one |= {"url": _url(who, "_one", one["code"]), "talk_url": _url(who, "_talk", one["code"])}
    sections = in_sections(offered)
    context = {"who": who, "sections": sections, "may_write": who.is_own or who.is_beside, "circle_url": _circle(who)}
    return render(request, "assessments/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, code: str, person_id: UUID | None) -> HttpResponse:
    """One instrument in its own words. Whatever is answered is kept; the rest stays open."""
    who = whose(request, person_id, page="questions", write="plan")
    form, language = _form(code, queries.list_offered()), get_language() or "en"
    open_one = next((row for row in queries.list_assessments(who.person.pk, code) if row.completed_at is None), None)
    if request.POST.get("action") == "set_aside":
        actions.set_aside(person=who.person, instrument=code, by=who.actor)
        messages.success(request, _("Set aside. You can begin again any time."))
        return redirect(_url(who, ""))
    answers_form = AnswersForm(
        request.POST or None, form=form, language=language, stored=answers_of(open_one) if open_one else {},
        initial=held_values(request),
    )  # fmt: skip
    if request.method == "POST" and answers_form.is_valid():
        before = answers_of(open_one) if open_one else {}
        row = actions.answer(person=who.person, instrument=code, answers=answers_form.answers, by=who.actor)
        if wants_somebody(form.rule, answers_form.answers, before):
            return _somebody_comes(request, who)
        if row is not None and row.completed_at:
            messages.success(request, _("Thank you. This is for you, to talk about if you like."))
            return redirect(_url(who, "_talk", code))
        messages.success(request, _("Kept so far. Go on whenever you like."))
        return redirect(_url(who, ""))
    context = {
        "who": who, "form": answers_form, "name": wording.NAMES[code][0], "words": form.words,
        "instruction": form.text(form.words["instruction"], language), "speaks": form.speaks(language),
        "back_url": _url(who, ""), "open_one": open_one,
        "urgent": form.rule.answer_at_once and form.rule.answer_at_once[0] + 1,
        "duty": get_duty(request.program, timezone.now()) if form.rule.answer_at_once else None,
    }  # fmt: skip
    return render(request, "assessments/fill_in.html", context)


def _somebody_comes(request: HttpRequest, who: Whose) -> HttpResponse:
    """Kept, and those on duty were told: the person sees whom to call meanwhile, the peer the program's path."""
    if who.is_own:
        messages.success(
            request,
            _("Kept. Thank you for saying it. Those on duty were told and get in touch. You can call somebody now."),
        )
        return redirect("me_help")
    messages.success(
        request,
        _("Kept, and those on duty were told. Stay with them until somebody has taken it: this page shows who."),
    )
    return redirect("worries")


@require_safe
def talk(request: HttpRequest, code: str, person_id: UUID | None) -> HttpResponse:
    """What it shows, what is known about it, and questions to ask each other. Never a label."""
    who = whose(request, person_id, page="questions")
    rows = queries.list_assessments(who.person.pk, code)
    # What was filled in stays to be looked at when it is offered no longer.
    kept = {row.instrument for row in rows if row.completed_at}
    form = _form(code, kept | queries.get_measures_policy().every_days.keys())
    sheet = show_talk(form, rows, queries.find_spread(form))
    context = {
        "who": who,
        "sheet": sheet,
        "name": wording.NAMES[code][0],
        "words": form.words,
        "speaks": form.speaks(get_language() or "en"),
        "back_url": _url(who, ""),
    }
    return render(request, "assessments/talk.html", context)
