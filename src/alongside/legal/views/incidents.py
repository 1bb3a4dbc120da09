"""An incident from the first word to the last letter, with the clocks of the law always on top."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.audit.actions import record
from alongside.people.labels import label
from alongside.rules.breach import delayed_until
from alongside.rules.disclosure import pass_out

from .. import actions, queries, wording
from ..forms import WordsForm
from ..incident_forms import (
    LANGUAGES,
    PARTS,
    AssessForm,
    AuthorityForm,
    DelayForm,
    IncidentForm,
    LetterForm,
    PostingForm,
    SearchForm,
    TellForm,
)
from ..models import Affected, Incident
from ..showing import languages_for, show_clocks, show_delay, show_posting, write_letters
from .demands import find_person, person_of

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def incident_new(request: HttpRequest) -> HttpResponse:
    """What happened, when it was discovered, and who owns it."""
    owners = queries.list_owners(request.program)
    form = IncidentForm(request.POST or None, owners=owners, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        incident = actions.open_incident(
            program=request.program, what_happened=cleaned["what_happened"], happened_on=cleaned["happened_on"],
            discovered_on=cleaned["discovered_on"], owner=form.owners[cleaned["owner"]],
            submit_key=cleaned["submit_key"] or uuid4(), by=request.actor,
        )  # fmt: skip
        messages.success(request, _("Written down. Its owner and the director know of it."))
        seen = queries.get_incident(request.actor, incident.pk) is not None
        return redirect("incident", incident_id=incident.pk) if seen else redirect("legal")
    return render(request, "legal/incident_new.html", {"form": form})


def get_or_404(request: HttpRequest, incident_id: UUID) -> Incident:
    """One that this reader may handle."""
    found = queries.get_incident(request.actor, incident_id)
    if found is None:
        raise Http404
    return found


@require_safe
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One incident: clocks, people, assessment, letters, who was told."""
    found = get_or_404(request, incident_id)
    record(act="incident.read", by=request.actor, view=True, object_kind="incident", object_id=found.pk)
    return show_incident(request, found, {})


def show_incident(request: HttpRequest, found: Incident, forms: dict) -> HttpResponse:
    """The page, with a form that needs mending where there is one."""
    state, page = queries.get_state(found), _page(request)
    rows = queries.list_affected(found, limit=PER_PAGE + 1, start=(page - 1) * PER_PAGE)
    accounts, today = queries.list_accounts(request.program), timezone.localdate()
    names = dict(accounts)
    open_now = found.status != "closed"
    may_tell = found.decision == "breach" and bool(found.letter) and state.untold > 0 and open_now
    untold = queries.list_untold(found) if may_tell else []
    delays, postings = queries.list_delays(found), queries.list_postings(found)
    delayed = delayed_until(state.delays, today)
    context = forms | {
        "incident": found,
        "state": label("incident", found.status),
        "decision": wording.DECISION_WORDS.get(found.decision, ""),
        "factors": [(wording.FACTOR_WORDS[code], words) for code, words in found.factors.items()],
        "clocks": show_clocks(state, today) if open_now else [],
        "affected": state.affected, "untold": state.untold,
        "rows": [{"one": one, "how": wording.HOW_TOLD_WORDS.get(one.told_how, "")} for one in rows[:PER_PAGE]],
        "page": page, "has_next": len(rows) > PER_PAGE, "older": page + 1, "newer": page - 1,
        "searches": [{"one": one, "name": names.get(one.account, "")} for one in queries.list_searches(found)],
        "is_open": open_now,
        "search_form": forms.get("search_form")
        or SearchForm(accounts=accounts, time_zone=request.program.time_zone, auto_id="search_%s"),
        "assess_form": forms.get("assess_form") or AssessForm(auto_id="assess_%s"),
        "letter_form": forms.get("letter_form") or LetterForm(initial=letter_initial(found), auto_id="letter_%s"),
        "tell_form": forms.get("tell_form") or TellForm(rows=untold, auto_id="tell_%s"),
        "authority_form": forms.get("authority_form") or AuthorityForm(incident=found, auto_id="authority_%s"),
        "reopen_form": forms.get("reopen_form") or WordsForm(auto_id="reopen_%s", label=_("What is new?")),
        "may_tell": may_tell and not delayed,
        "delayed": delayed,
        "delays": [show_delay(one, today) for one in delays],
        "postings": [show_posting(one, today) for one in postings],
        "may_post": open_now and found.decision == "breach" and not delayed and state.posted is None,
        "delay_form": forms.get("delay_form") or DelayForm(incident=found, today=today, auto_id="delay_%s"),
        "posting_form": forms.get("posting_form") or PostingForm(incident=found, today=today,
                                                                  initial=letter_initial(found), auto_id="posting_%s"),
        "wrong": next((one for one in forms.values() if one.is_bound and not one.is_valid()), None),
    }  # fmt: skip
    return render(request, "legal/incident.html", context)


def _page(request: HttpRequest) -> int:
    typed = request.GET.get("page", "1")
    return max(int(typed), 1) if typed.isdecimal() and len(typed) < 5 else 1


def letter_initial(found: Incident) -> dict:
    """What the letter says by now, for a form."""
    words = {
        f"{code}_{part}": found.letter.get(code, {}).get(part, found.what_happened if part == "what_happened" else "")
        for code in LANGUAGES
        for part in PARTS
    }
    return words | {"information": found.information, "contact": found.contact}


REFUSED = {
    "over": gettext_lazy("This is over."),
    "not_done": gettext_lazy("Not yet: decide, and do what the clocks still ask for."),
    "twice": gettext_lazy("They are on the list already."),
    "undecided": gettext_lazy("First decide that it is a breach."),
    "no_words": gettext_lazy("Words are missing."),
    "order": gettext_lazy("These days do not fit together."),
    "delayed": gettext_lazy("Law enforcement asked to wait: nobody is told before that day is over."),
    "too_long": gettext_lazy("By word of mouth it is 30 days at most. For more they have to write."),
    "toll_free": gettext_lazy("A number that costs nothing begins with 800, 833, 844, 855, 866, 877 or 888."),
    "names": gettext_lazy("Everybody can read it: it must name nobody."),
    "factors": gettext_lazy("Each of the four factors needs words."),
}


def do_on(request: HttpRequest, found: Incident, do: Callable, done: str) -> HttpResponse:
    """One action on an incident; a refusal is said, nothing is half done."""
    try:
        do()
    except actions.IncidentRefused as refused:
        messages.error(request, REFUSED[refused.code])
    else:
        messages.success(request, done)
    return redirect("incident", incident_id=found.pk)


@require_POST
def incident_search(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Whose records did this account touch, by the log?"""
    found = get_or_404(request, incident_id)
    accounts = queries.list_accounts(request.program)
    form = SearchForm(request.POST, accounts=accounts, time_zone=request.program.time_zone, auto_id="search_%s")
    if not form.is_valid():
        return show_incident(request, found, {"search_form": form})
    return do_on(
        request, found, lambda: actions.search_log(incident=found, by=request.actor, **form.values()),
        _("The log was asked. Whoever is new stands on the list."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def incident_find(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Somebody whom the log does not tell of."""
    found = get_or_404(request, incident_id)
    return find_person(request, _("Who else?"), "incident_add", found.pk, back=("incident", found.pk))


@require_POST
def incident_add(request: HttpRequest, incident_id: UUID, person_id: UUID) -> HttpResponse:
    """On the list, with the reason."""
    found, person, form = get_or_404(request, incident_id), person_of(request, person_id), WordsForm(request.POST)
    if not form.is_valid():
        return redirect("incident_find", incident_id=found.pk)
    words = form.cleaned_data["words"]
    return do_on(
        request, found, lambda: actions.add_affected(incident=found, person=person, words=words, by=request.actor),
        _("Added."),
    )  # fmt: skip


def _affected(request: HttpRequest, affected_id: UUID) -> Affected:
    row = queries.get_affected(request.actor, affected_id)
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def affected_strike(request: HttpRequest, affected_id: UUID) -> HttpResponse:
    """Their record was not in it after all, and how we know."""
    row = _affected(request, affected_id)
    form = WordsForm(request.POST or None, label=_("How do you know?"))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        return do_on(
            request, row.incident,
            lambda: actions.strike_affected(affected=row, words=words, by=request.actor), _("Taken off the list."),
        )  # fmt: skip
    record(
        act="incident.read", by=request.actor, view=True, subject=row.person_id, object_kind="incident",
        object_id=row.incident_id,
    )  # fmt: skip
    title = _("%(name)s was not affected") % {"name": row.person.goes_by}
    return render(request, "legal/one_form.html", {"form": form, "title": title, "back": ("incident", row.incident_id)})


@require_POST
def incident_assess(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """The four factors, and what follows."""
    found, form = get_or_404(request, incident_id), AssessForm(request.POST, auto_id="assess_%s")
    if not form.is_valid():
        return show_incident(request, found, {"assess_form": form})
    return do_on(
        request, found, lambda: actions.assess(incident=found, by=request.actor, **form.values()), _("Saved.")
    )  # fmt: skip


@require_POST
def incident_reopen(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Something new is known."""
    found, form = (
        get_or_404(request, incident_id),
        WordsForm(request.POST, auto_id="reopen_%s", label=_("What is new?")),
    )
    if not form.is_valid():
        return show_incident(request, found, {"reopen_form": form})
    words = form.cleaned_data["words"]
    return do_on(
        request, found, lambda: actions.reopen_incident(incident=found, words=words, by=request.actor),
        _("Opened again. The clocks never stopped."),
    )  # fmt: skip


@require_POST
def incident_words(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """What the letter says."""
    found, form = get_or_404(request, incident_id), LetterForm(request.POST, auto_id="letter_%s")
    if not form.is_valid():
        return show_incident(request, found, {"letter_form": form})
    return do_on(
        request, found, lambda: actions.change_letter(incident=found, by=request.actor, **form.values()), _("Saved.")
    )  # fmt: skip


@require_POST
def incident_tell(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """These people were told, and how."""
    found = get_or_404(request, incident_id)
    form = TellForm(request.POST, rows=queries.list_untold(found), auto_id="tell_%s")
    if not form.is_valid():
        return show_incident(request, found, {"tell_form": form})
    chosen = [form.rows[key] for key in form.cleaned_data["people"]]
    how = form.cleaned_data["how"]
    return do_on(
        request, found, lambda: actions.tell_affected(incident=found, affected=chosen, how=how, by=request.actor),
        _("Saved. They can read the letter on their own page."),
    )  # fmt: skip


@require_POST
def incident_authority(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """HHS or the media were told."""
    found = get_or_404(request, incident_id)
    form = AuthorityForm(request.POST, incident=found, auto_id="authority_%s")
    if not form.is_valid():
        return show_incident(request, found, {"authority_form": form})
    cleaned = form.cleaned_data
    return do_on(
        request, found, lambda: actions.note_authority_told(incident=found, by=request.actor, **cleaned), _("Saved.")
    )  # fmt: skip


@require_POST
def incident_close(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """All is done."""
    found = get_or_404(request, incident_id)
    return do_on(request, found, lambda: actions.close_incident(incident=found, by=request.actor), _("Closed."))


@require_safe
def affected_letter(request: HttpRequest, affected_id: UUID) -> HttpResponse:
    """The letter to one person, to print: nothing on the outside tells what it is about."""
    row = _affected(request, affected_id)
    if not row.incident.letter:
        raise Http404
    pass_out("incident_letter", roles=request.actor.roles)
    record(
        act="incident.letter_printed", by=request.actor, subject=row.person_id, object_kind="incident",
        object_id=row.incident_id, view=True,
    )  # fmt: skip
    safe = row.person.safe_contact if hasattr(row.person, "safe_contact") else None
    context = {
        "row": row, "letters": write_letters(row, languages_for(row.person.language)), "today": timezone.localdate(),
        "outside": (safe.name_to_use if safe else "") or row.person.legal_name or row.person.goes_by,
    }  # fmt: skip
    return render(request, "legal/affected_letter.html", context)
