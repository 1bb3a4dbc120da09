"""A demand for records: written down at the door, answered by the neutral letter, handled by a director."""

from collections.abc import Callable
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from alongside.audit.actions import record
from alongside.people.labels import label
from alongside.people.models import Person
from alongside.privacy.actions import note_searched
from alongside.privacy.queries import find_participants, get_participant
from alongside.rules.disclosure import pass_out
from alongside.rules.legal_demand import PURPOSES
from alongside.rules.legal_letters import write_neutral

from .. import actions, queries, wording
from ..forms import (
    CounselForm,
    DemandForm,
    FindForm,
    MandateForm,
    OrderForm,
    ReleaseForm,
    TellingForm,
    WordsForm,
    start_of,
)
from ..models import Demand, Paper
from ..showing import show_paper, show_release, show_scan, show_steps, speak


@require_http_methods(["GET", "HEAD", "POST"])
def demand_new(request: HttpRequest) -> HttpResponse:
    """What came, before anything is said: the letter follows at once."""
    form = DemandForm(request.POST or None, time_zone=request.program.time_zone)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        demand = actions.receive_demand(
            program=request.program, kind=cleaned["kind"], sender=cleaned["sender"], asks=cleaned["asks"],
            names=cleaned["names"], received_at=form.moment(), submit_key=cleaned["submit_key"] or uuid4(),
            by=request.actor,
        )  # fmt: skip
        messages.success(request, _("Written down. The director is told. Now hand out this letter."))
        return redirect("demand_letter", demand_id=demand.pk)
    return render(request, "legal/demand_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def demand_letter(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """The neutral letter, to print; the button says that it was handed out."""
    demand = queries.get_demand_at_the_door(request.actor, demand_id)
    if demand is None:
        raise Http404
    if request.method == "POST":
        actions.hand_letter(demand=demand, by=request.actor)
        messages.success(request, _("Written down that the letter was handed out. Say no more than it says."))
        return redirect("demand" if request.actor.has("director") else "legal", *_of(request, demand))
    pass_out("neutral_letter", roles=request.actor.roles)
    letters = []
    for language in dict.fromkeys(("en", speak())):
        with override(language):
            day = date_format(timezone.localtime(demand.received_at), "DATE_FORMAT")
        letters.append((language, write_neutral(language, day=day, **_version(demand))))
    context = {"demand": demand, "letters": letters, "today": timezone.localdate()}
    return render(request, "legal/demand_letter.html", context)


def _of(request: HttpRequest, demand: Demand) -> list:
    return [demand.pk] if request.actor.has("director") else []


def _version(demand: Demand) -> dict:
    return {"version": demand.letter_version} if demand.letter_version else {}


def _get(request: HttpRequest, demand_id: UUID) -> Demand:
    demand = queries.get_demand(request.actor, demand_id)
    if demand is None:
        raise Http404
    return demand


@require_http_methods(["GET", "HEAD", "POST"])
def demand(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """One demand with what was done, what is on file, and what is to be done next. A POST adds words."""
    found = _get(request, demand_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_words(demand=found, words=form.cleaned_data["words"], by=request.actor)
        messages.success(request, _("Added."))
        return redirect("demand", demand_id=found.pk)
    record(
        act="demand.read", by=request.actor, subject=found.person_id, view=True, object_kind="demand",
        object_id=found.pk,
    )  # fmt: skip
    return _show(request, found, {"form": form})


def _show(request: HttpRequest, found: Demand, forms: dict) -> HttpResponse:
    now, papers = timezone.now(), queries.list_papers(found)
    steps, releases = queries.list_steps(found), queries.list_releases(found)
    scans = queries.list_scans(found)
    names = queries.names_of(
        [
            *(one.by_user for one in steps),
            *(one.added_by_id for one in scans),
            *(id_ for one in releases for id_ in (one.asked_by_id, one.decided_by_id)),
        ]
    )
    shown = [show_paper(one, now) for one in papers]
    live = [one["one"] for one in shown if one["is_live"]]
    ready = found.person_id and {"order", "mandate"} <= {one.what for one in live} and not found.closed_at
    context = forms | {
        "demand": found,
        "kind": wording.KIND_WORDS[found.kind],
        "hint": wording.KIND_HINTS[found.kind],
        "state": label("demand", found.status),
        "papers": shown,
        "scans": [show_scan(one, names) for one in scans],
        "purposes": [
            (code, wording.PURPOSE_WORDS[code], wording.PURPOSE_HINTS[code], section)
            for code, section in PURPOSES.items()
        ],
        "releases": [show_release(one, request.actor, now, names) for one in releases],
        "release_form": forms.get("release_form") or (ReleaseForm(papers=live, auto_id="rel_%s") if ready else None),
        "events": show_steps(steps, names),
        "counsel_form": forms.get("counsel_form")
        or CounselForm(time_zone=request.program.time_zone, auto_id="counsel_%s"),
        "close_form": forms.get("close_form") or WordsForm(auto_id="close_%s", label=_("How did it end?")),
        "wrong": next((one for one in forms.values() if one.is_bound and not one.is_valid()), None),
        "form": forms.get("form") or WordsForm(),
    }  # fmt: skip
    return render(request, "legal/demand.html", context)


@require_POST
def demand_counsel(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Counsel was told: who, when."""
    found = _get(request, demand_id)
    form = CounselForm(request.POST, time_zone=request.program.time_zone, auto_id="counsel_%s")
    if not form.is_valid():
        return _show(request, found, {"counsel_form": form})
    actions.tell_counsel(
        demand=found, counsel=form.cleaned_data["counsel"], told_at=form.moment(), by=request.actor
    )  # fmt: skip
    messages.success(request, _("Saved."))
    return redirect("demand", demand_id=found.pk)


@require_POST
def demand_close(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """It is over, in words. The hold goes on."""
    found = _get(request, demand_id)
    form = WordsForm(request.POST, auto_id="close_%s", label=_("How did it end?"))
    if not form.is_valid():
        return _show(request, found, {"close_form": form})
    try:
        actions.close_demand(demand=found, words=form.cleaned_data["words"], by=request.actor)
    except actions.DemandRefused as refused:
        waits = refused.code == "waiting"
        messages.error(request, _("First end what waits to go out.") if waits else _("It was closed already."))
    else:
        messages.success(request, _("Closed. The hold goes on until you end it."))
    return redirect("demand", demand_id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def demand_find(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Is it about somebody with us? Found by name, in here only."""
    found = _get(request, demand_id)
    title = _("Whom is it about?")
    return find_person(request, title, "demand_name", found.pk, back=("demand", found.pk))


def find_person(request: HttpRequest, title: str, pick: str, object_id: UUID | None, *, back: tuple) -> HttpResponse:
    """A name, and why; then one of those found, who is sent to the page `pick`, with `object_id` if there is."""
    form, people = FindForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        people = find_participants(form.cleaned_data["name"], but=request.actor.person_id)
        # The search is in the log of those found, the matter is not (§2.13(c), and an order may forbid it).
        note_searched(people=people, words="", by=request.actor)
    context = {"form": form, "found": people, "title": title, "pick": pick, "object_id": object_id, "back": back}
    return render(request, "legal/find.html", context)


@require_POST
def demand_name(request: HttpRequest, demand_id: UUID, person_id: UUID) -> HttpResponse:
    """This is the person: their record is held from now on."""
    found, person = _get(request, demand_id), person_of(request, person_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return redirect("demand_find", demand_id=found.pk)
    try:
        actions.name_person(demand=found, person=person, words=form.cleaned_data["words"], by=request.actor)
    except actions.DemandRefused:
        messages.error(request, _("It cannot be changed any more."))
    else:
        messages.success(request, _("Saved. Nothing of the record is erased from now on."))
    return redirect("demand", demand_id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: HttpRequest, demand_id: UUID, code: str) -> HttpResponse:
    """A mandate, or an order for one of the purposes, with the questions of its section."""
    found, zone = _get(request, demand_id), ZoneInfo(request.program.time_zone)
    if code != "mandate" and code not in PURPOSES:
        raise Http404
    form: MandateForm | OrderForm
    form = MandateForm(request.POST or None) if code == "mandate" else OrderForm(request.POST or None, purpose=code)
    if request.method == "POST" and form.is_valid():
        file = actions.file_mandate if code == "mandate" else actions.file_order
        try:
            file(demand=found, by=request.actor, **form.values(zone))
        except actions.PaperRefused:
            messages.error(request, _("This demand is closed."))
        else:
            messages.success(request, _("It is on file."))
        return redirect("demand", demand_id=found.pk)
    context = {"form": form, "demand": found, "title": wording.PURPOSE_WORDS.get(code), "section": PURPOSES.get(code)}
    return render(request, "legal/paper_new.html", context)


def _paper(request: HttpRequest, paper_id: UUID) -> Paper:
    paper = queries.get_paper(request.actor, paper_id)
    if paper is None:
        raise Http404
    return paper


@require_http_methods(["GET", "HEAD", "POST"])
def paper_end(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Quashed, stayed, satisfied: from this moment on nothing goes out under it."""
    paper = _paper(request, paper_id)
    form = WordsForm(request.POST or None, label=_("What ended it?"))
    if request.method == "POST" and form.is_valid():
        return _do_with(
            request, paper, lambda: actions.end_paper(paper=paper, words=form.cleaned_data["words"], by=request.actor)
        )  # fmt: skip
    title = _("It is no longer in force")
    return render(request, "legal/one_form.html", {"form": form, "title": title, "back": ("demand", paper.demand_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def paper_telling(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """From when on the person may read of it, where the order forbade it."""
    paper = _paper(request, paper_id)
    if not paper.forbids_telling:
        raise Http404
    form = TellingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        from_moment = start_of(form.cleaned_data["tell_from"], ZoneInfo(request.program.time_zone))
        words = form.cleaned_data["words"]
        return _do_with(
            request, paper,
            lambda: actions.set_telling(order=paper, tell_from=from_moment, words=words, by=request.actor),
        )  # fmt: skip
    title = _("When may the person read of it?")
    return render(request, "legal/one_form.html", {"form": form, "title": title, "back": ("demand", paper.demand_id)})


def _do_with(request: HttpRequest, paper: Paper, do: Callable) -> HttpResponse:
    try:
        do()
    except actions.PaperRefused:
        messages.error(request, _("It was over already."))
    else:
        messages.success(request, _("Saved."))
    return redirect("demand", demand_id=paper.demand_id)


@require_POST
def release_ask(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Ask that what the order names goes out: a second person is asked."""
    found, now = _get(request, demand_id), timezone.now()
    live = [one for one in queries.list_papers(found) if show_paper(one, now)["is_live"]]
    form = ReleaseForm(request.POST, papers=live, auto_id="rel_%s")
    if not form.is_valid():
        return _show(request, found, {"release_form": form})
    cleaned = form.cleaned_data
    try:
        release = actions.ask_release(
            demand=found, order=form.papers[cleaned["order"]], mandate=form.papers[cleaned["mandate"]],
            items=cleaned["items"], by=request.actor,
        )  # fmt: skip
    except actions.NotReleased as refused:
        form.add_error(None, wording.REASON_WORDS[refused.reason])
        return _show(request, found, {"release_form": form})
    return redirect("release", release_id=release.pk)


def person_of(request: HttpRequest, person_id: UUID) -> Person:
    """Somebody found by name before, or 404."""
    person = get_participant(person_id, but=request.actor.person_id)
    if person is None:
        raise Http404
    return person
