"""A caller's pages: the queue, one call with its script, and what came of it."""

from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.calls import actions, queries, wording
from alongside.calls.forms import OutcomeForm, TakeForm
from alongside.calls.models import Agreement, Caller, Claim
from alongside.people.acting import as_peer
from alongside.people.models import Person
from alongside.people.speaking import speak_phone
from alongside.privacy.actions import note_opened
from alongside.rules.phone_script import NEUTRAL_PARTS, PARTS, say
from alongside.rules.phone_support import PhoneSupportPolicy, is_time_to_ask


def _caller(request: HttpRequest) -> Caller:
    found = queries.get_caller(request.actor)
    if found is None:
        raise Http404
    return found


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """What is due now, in order. Who it is, is told to whoever takes the call."""
    caller, now = queries.get_caller(request.actor), timezone.now()
    rows = queries.list_queue(caller, now) if caller else []
    claim = queries.get_claim(request.actor, now) if caller else None
    mine = claim.agreement_id if claim else None
    context = {
        "caller": caller,
        "claim": claim,
        "rows": [
            {"due": one, "why": wording.WHYS[one.why], "language": wording.LANGUAGES[one.language]}
            for one in rows
            if one.id != mine
        ],
    }
    return render(request, "calls/calls.html", context)


@require_POST
def call_take(request: HttpRequest) -> HttpResponse:
    """ "I call": from now on it is mine for a while. Taken, done, or never there for them: all are answered alike."""
    caller, form = _caller(request), TakeForm(request.POST)
    agreement_id = form.cleaned_data["call"] if form.is_valid() else None
    all_the_same = bool(form.is_valid() and form.cleaned_data["all_the_same"])
    try:
        actions.take_call(
            agreement_id=agreement_id, caller=caller, by=as_peer(request.actor), all_the_same=all_the_same
        )
    except actions.PerhapsCalled as perhaps:
        context = {"call": agreement_id, "at": perhaps.at, "name": perhaps.name}
        return render(request, "calls/perhaps.html", context)
    except actions.NotFree:
        messages.info(request, _("This call is not free any more. Here is what waits now."))
        return redirect("calls")
    return redirect("call", agreement_id=agreement_id)


def _claim(request: HttpRequest, agreement_id: UUID) -> Claim:
    _caller(request)
    claim = queries.get_claim(request.actor, timezone.now())
    if claim is None or claim.agreement_id != agreement_id:
        raise Http404
    return claim


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Whom to ask for, on which number, what to say; then what came of it."""
    if request.method == "POST":
        # A call that was sent twice has no claim any more: the key tells.
        _caller(request)
        claim = queries.get_claim(request.actor, timezone.now())
        is_mine = claim is not None and claim.agreement_id == agreement_id
        # Whoever writes late, after another took it over, says what was: nothing is asked of what may be now.
        may_voicemail = not is_mine or claim.agreement.person.safe_contact.may_voicemail
        # Said once is said, also when the same comes again after the weeks were asked about.
        asks = "every" in request.POST or (is_mine and _asks(claim.agreement, queries.get_phone_policy()))
        form = OutcomeForm(request.POST, may_voicemail=may_voicemail, asks=asks)
        if form.is_valid():
            return _save(request, agreement_id, form)
        if not is_mine:
            return _late(request, agreement_id, form)
    claim = _claim(request, agreement_id)
    agreement, person = claim.agreement, claim.agreement.person
    rules = person.safe_contact
    policy, now = queries.get_phone_policy(), timezone.now()
    asks = _asks(agreement, policy)
    if request.method != "POST":
        form = OutcomeForm(may_voicemail=rules.may_voicemail, asks=asks)
    note_opened(participant_id=person.pk, by=as_peer(request.actor), page="call")
    name = rules.name_to_use or person.goes_by
    context = {
        "form": form,
        "claim": claim,
        "name": name,
        "phone": speak_phone(person.phone),
        "number": person.phone,
        "person": person,
        "why": wording.WHYS[agreement.why],
        "language": wording.LANGUAGES[agreement.language],
        "lang": agreement.language,
        "script": _script(request, agreement, name, policy, rules.may_voicemail, asks),
        "may_voicemail": rules.may_voicemail,
        "meanwhile": (other := queries.get_meanwhile(claim)),
        "meanwhile_words": wording.OUTCOMES[other.outcome] if other else "",
        # Once they stopped, the time ran out or another reached them, the number is shown no more.
        "may_call": not (other and other.is_reached) and agreement.status == "agreed" and claim.until > now
        and queries.may_be_called(rules, person.phone),
        "earlier": [
            {"at": one.called_at, "words": wording.OUTCOMES[one.outcome]}
            for one in queries.list_calls(person.pk, most=3)
        ],
    }  # fmt: skip
    return render(request, "calls/call.html", context)


def _late(request: HttpRequest, agreement_id: UUID, form: OutcomeForm) -> HttpResponse:
    """A mistake in what came of a call that another has now: all that was typed is shown again, and not who it was."""
    if actions.may_write_late(agreement_id=agreement_id, by=as_peer(request.actor)):
        return render(request, "calls/late.html", {"form": form})
    if not form.data.get("note", "").strip():
        raise Http404  # there is nothing to give back
    chosen = form.data.get("outcome", "")
    context = {"words": form.data.get("note", ""), "outcome": wording.OUTCOMES.get(chosen, "")}
    # As an id that never was, which it may be; and what was typed is not lost for that.
    return render(request, "calls/lost.html", context, status=404)


def _asks(agreement: Agreement, policy: PhoneSupportPolicy) -> bool:
    """Whether it is time to ask how they would like it to go on."""
    today = timezone.now().astimezone(ZoneInfo(agreement.time_zone)).date()
    return is_time_to_ask(queries.course_of(agreement), policy, today)


def _script(request, agreement, name: str, policy, may_voicemail: bool, asks: bool) -> dict:
    """The parts that are said now: before it is them, and when it is."""
    caller = Person.objects.filter(pk=request.actor.person_id).values_list("goes_by", flat=True).get()
    texts = policy.script[agreement.language]
    left_out = set() if asks else {"go_on"}
    if not may_voicemail:
        left_out.add("voicemail")
    parts = [
        {
            "part": part,
            "words": say(texts[part], name=name, caller=caller, number=speak_phone(request.program.phone)),
        }
        for part in PARTS
        if part not in left_out
    ]
    return {
        "before": [one for one in parts if one["part"] in NEUTRAL_PARTS],
        "then": [one for one in parts if one["part"] not in NEUTRAL_PARTS],
    }


def _save(request: HttpRequest, agreement_id: UUID, form: OutcomeForm) -> HttpResponse:
    outcome = form.cleaned_data["outcome"]
    try:
        actions.record_call(
            agreement_id=agreement_id, outcome=outcome, note=form.cleaned_data["note"], by=as_peer(request.actor),
            wished_every_days=form.cleaned_data.get("every"), submit_key=form.cleaned_data["submit_key"] or uuid4(),
        )  # fmt: skip
    except actions.ClaimLost:
        context = {"words": form.cleaned_data["note"], "outcome": wording.OUTCOMES[outcome]}
        return render(request, "calls/lost.html", context, status=409)
    if queries.is_with_another(agreement_id, request.actor):
        messages.info(request, _("Your time ran out, and somebody else took this call. What you wrote is saved."))
    if outcome == "worried":
        messages.success(request, _("Told. You are not alone with it: the page of worries shows who has it."))
        return redirect("worries")
    messages.success(request, _("Saved. Thank you for calling."))
    return redirect("calls")


@require_POST
def call_keep(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Still talking."""
    try:
        actions.keep_call(claim=_claim(request, agreement_id), by=as_peer(request.actor))
    except actions.ClaimLost:
        messages.error(request, _("Your time ran out, and somebody else has this call now."))
        return redirect("calls")
    messages.success(request, _("Take your time. Nobody else calls meanwhile."))
    return redirect("call", agreement_id=agreement_id)


@require_POST
def call_give_back(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Somebody else calls."""
    actions.give_back(claim=_claim(request, agreement_id), by=as_peer(request.actor))
    messages.success(request, _("Given back. Somebody else calls."))
    return redirect("calls")
