"""The notice on the site and on the person's own page; what they were told; who is still owed it; a director's door."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from alongside.audit.actions import record_each
from alongside.people.labels import label
from alongside.people.models import Person, Program
from alongside.rules import limits
from alongside.rules.notice import LATEST, digest, list_missing

from .. import actions, notice_queries, queries
from ..consent_words import speak
from ..models import Notice
from ..notice_forms import LimitsForm, NoticeForm, OfferedForm
from ..notice_words import SAID_WHY, facts_of, first_facts, grouped, language_with, paragraphs_of, write_all
from ..writing import get_posture


@require_safe
def notice(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The notice in force, for everybody, to read and to print (§2.22(c)). Nobody is asked who they are."""
    program = Program.objects.filter(slug=slug, is_public=True).first() if slug else request.program
    if program is None:
        raise Http404
    today = timezone.localdate(timezone=ZoneInfo(program.time_zone))
    with scope(program=program):
        return render(request, "privacy/notice.html", _shown(program, notice_queries.get_current(today), today))


def _shown(program: Program, found: Notice | None, today: date) -> dict:
    language = speak()
    if found is None:
        parts, version = write_all(first_facts(program, today), get_posture())[language], LATEST
    else:
        parts, version = paragraphs_of(found, language), found.text_version
    return {"groups": grouped(parts, language, version), "language": language, "notice": found}


@require_http_methods(["GET", "HEAD", "POST"])
def me_notice(request: HttpRequest) -> HttpResponse:
    """The notice on my own page: I have it, or not now. Nothing depends on it."""
    me = Person.objects.select_related("program").get(pk=request.actor.person_id)
    if request.method == "POST":
        has_it = request.POST.get("action") == "have_it"
        actions.offer_notice(
            person=me, outcome="acknowledged" if has_it else "not_signed", why_not="" if has_it else "not_now",
            language=speak(), by=request.actor,
        )  # fmt: skip
        messages.success(request, _("Thank you. You find it on your Privacy page whenever you like."))
        return redirect("me_home")
    offers = notice_queries.list_offers(me.pk)
    found = notice_queries.get_current()
    mine = [one for one in offers if found and one.notice_id == found.pk]
    context = _shown(me.program, found, timezone.localdate()) | {
        "had": next((one for one in mine if one.outcome == "acknowledged"), None)
    }
    return render(request, "privacy/me_notice.html", context)


@require_safe
def me_limits(request: HttpRequest) -> HttpResponse:
    """What stays here and what cannot, in the words in force; when I was told."""
    told = notice_queries.list_limits_told(request.actor.person_id)
    context = {"limits": limits.write(language=speak()), "told": told[0] if told else None}
    return render(request, "privacy/me_limits.html", context)


def _get_person(request: HttpRequest, person_id: UUID) -> Person:
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    return person


@require_safe
def told(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What somebody was told of their privacy, and what is still owed."""
    return _told(request, _get_person(request, person_id))


def _told(request: HttpRequest, person: Person, offered: OfferedForm | None = None,
          told_form: LimitsForm | None = None) -> HttpResponse:  # fmt: skip
    actions.note_opened(participant_id=person.pk, by=request.actor, page="told")
    language, today = language_with(person), timezone.localdate()
    current = notice_queries.get_current()
    offers = notice_queries.list_offers(person.pk)
    rows = [
        {"one": one, "why": SAID_WHY.get(one.why_not, ""), "language": label("language", one.language)}
        for one in offers
    ]
    limits_told = [
        {"one": one, "language": label("language", one.language)} for one in notice_queries.list_limits_told(person.pk)
    ]
    here = [one for one in offers if current and one.notice_id == current.pk]
    context = {
        "person": person, "offers": rows, "limits_told": limits_told,
        "limits": limits.write(language=language), "language": language, "is_offered": bool(here),
        "offered": None if any(one.outcome == "acknowledged" for one in here) else offered
        or OfferedForm(initial={"language": language, "on_day": today}),
        "told_form": told_form or LimitsForm(initial={"how": "spoken", "language": language, "on_day": today}),
    }  # fmt: skip
    return render(request, "privacy/told.html", context)


@require_POST
def told_notice(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The notice was put before somebody on paper."""
    person = _get_person(request, person_id)
    form = OfferedForm(request.POST)
    if not form.is_valid():
        return _told(request, person, offered=form)
    actions.offer_notice(person=person, by=request.actor, **form.values())
    messages.success(request, _("Written down."))
    return redirect("told", person_id=person.pk)


@require_POST
def told_limits(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The limits were told: one tap, aloud and today, in the person's language; or as the form says."""
    person = _get_person(request, person_id)
    if request.POST.get("action") == "now":
        actions.tell_limits(person=person, language=language_with(person), by=request.actor)
    else:
        form = LimitsForm(request.POST)
        if not form.is_valid():
            return _told(request, person, told_form=form)
        actions.tell_limits(person=person, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Written down: they were told what stays here and what cannot."))
    return redirect("told", person_id=person.pk)


@require_safe
def untold(request: HttpRequest) -> HttpResponse:
    """Who is still owed the notice or the limits, whoever is with us longest first."""
    people = notice_queries.list_untold(request.actor, notice_queries.get_current())
    record_each([person.pk for person in people], act="record.listed", by=request.actor, view=True)
    return render(request, "privacy/untold.html", {"people": people, "most": notice_queries.MOST})


@require_http_methods(["GET", "HEAD", "POST"])
def law_notice(request: HttpRequest) -> HttpResponse:
    """Publish the notice: whom to ask, from which day; what it says follows from the law of the program."""
    latest, program, today = notice_queries.get_latest(), request.program, timezone.localdate()
    facts = facts_of(latest, program) if latest else first_facts(program, today)
    initial = {"contact": facts.contact, "phone": facts.phone, "email": facts.email, "effective_on": today}
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_notice(program=program, by=request.actor, **form.cleaned_data)
        except actions.NoticeNotPublished:
            raise Http404 from None
        messages.success(request, _("Published. Everybody is offered it once, from its first day on."))
        return redirect("law_notice")
    written = write_all(facts, get_posture())
    language = speak()
    context = {
        "form": form, "latest": latest, "missing": list_missing(facts), "today": today,
        "is_outdated": latest is not None and digest(written) != latest.digest,
        "groups": grouped(written[language], language, LATEST), "language": language,
    }  # fmt: skip
    return render(request, "privacy/law_notice.html", context)
