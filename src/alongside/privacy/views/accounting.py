"""The list of what was sent to others (§2.25): the person's own page, which prints; on paper for who has no account."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.rules.accounting import INTERMEDIARY_DAYS, YEARS
from alongside.rules.disclosure import pass_out

from .. import accounting, passed_on_queries, queries
from ..models import Consent
from ..passed_on_forms import SentForm
from ..passed_on_words import say_request

FARTHEST = 1000


@require_safe
def me_sent(request: HttpRequest) -> HttpResponse:
    """All that ever left about me, to print or to keep."""
    pass_out("own_copy")
    person = Person.objects.get(pk=request.actor.person_id)
    return render(request, "privacy/me_sent.html", _list(request, person) | {"is_own": True})


@require_safe
def me_sent_letter(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A letter to somebody who may pass things on: to whom did they? (§2.24)."""
    consent = accounting.get_intermediary(request.actor.person_id, consent_id)
    if consent is None:
        raise Http404
    return show_letter(request, consent)


def show_letter(request: HttpRequest, consent: Consent, form: SentForm | None = None) -> HttpResponse:
    """The letter, and where to say that it went. One that runs is not begun again."""
    pass_out("own_copy")
    running = passed_on_queries.get_open(consent.pk)
    context = {
        "consent": consent, "letters": accounting.write_letters(consent), "today": timezone.localdate(),
        "days": INTERMEDIARY_DAYS, "form": None if running else form or SentForm(),
    }  # fmt: skip
    return render(request, "privacy/me_sent_letter.html", context)


@require_safe
def sharing_sent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same list on paper, for the person who asks for it at the desk."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    pass_out("own_sheet", roles=request.actor.roles)
    record(act="record.printed", by=request.actor, subject=person.pk, object_kind="accounting", object_id=person.pk,
           view=True)  # fmt: skip
    return render(request, "privacy/sharing_sent.html", _list(request, person))


def _list(request: HttpRequest, person: Person) -> dict:
    sent = accounting.list_sent(person.pk, number=_number(request))
    asked: dict[UUID, list[dict]] = {}
    for one in passed_on_queries.list_of(person.pk):
        asked.setdefault(one.consent_id, []).append(say_request(one))
    may_pass_on = [(one, asked.get(one.pk, [])) for one in accounting.list_intermediaries(person.pk)]
    return {
        "person": person, "sent": sent, "newer": sent.number - 1, "older": sent.number + 1, "years": YEARS,
        "may_pass_on": may_pass_on, "days": INTERMEDIARY_DAYS,
        "made_at": timezone.now(),
    }  # fmt: skip


def _number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "1")
    return min(max(int(typed), 1), FARTHEST) if typed.isdecimal() and len(typed) < 6 else 1
