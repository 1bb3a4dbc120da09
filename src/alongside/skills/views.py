"""Which units there are, one to read and practise, for the person and their peer; the program's order and own units."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.held_forms import held_values
from alongside.recovery.whose import Whose, whose
from alongside.rules.skills import next_unit

from . import actions, queries, wording
from .catalog import list_units
from .forms import PracticeForm, StandForm, UnitForm
from .units import LANGUAGES


def _language() -> str:
    return (get_language() or "en")[:2]


def _url(who: Whose, unit: str = "") -> str:
    page, ids = ("one", (unit,)) if unit else ("all", ())
    if who.is_own:
        return reverse(f"me_learn_{page}", args=ids)
    return reverse(f"learn_{page}_of", args=[who.person.pk, *ids])


@require_safe
def learn_all(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """The units, where the person stands with each, and which may come next."""
    who = whose(request, person_id, page="skills")
    entries, stands = queries.list_offered(_language()), queries.list_stands(who.person.pk)
    counted = queries.count_practices(who.person.pk)
    first = next_unit([entry.key for entry in entries], stands)
    rows = [
        {
            "entry": entry, "url": _url(who, entry.key), "times": counted.get(entry.key, 0),
            "is_next": entry.key == first,
            "stand": wording.STANDS[stands[entry.key]][0] if entry.key in stands else "",
        }
        for entry in entries
    ]  # fmt: skip
    return render(request, "skills/all.html", {"who": who, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def learn_one(request: HttpRequest, unit: str, person_id: UUID | None) -> HttpResponse:
    """One unit: to read, to say where one stands, to write down what was tried. POST `action`: stand, practised."""
    who = whose(request, person_id, page="skills", write="plan" if request.method == "POST" else "")
    entry = queries.get_unit(unit, _language())
    if entry is None:
        raise Http404
    pressed, today = request.POST.get("action", ""), timezone.localdate()
    stood = queries.list_stands(who.person.pk).get(unit, "")
    stand = StandForm(request.POST if pressed == "stand" else None, is_own=who.is_own, initial={"stand": stood})
    form = PracticeForm(
        request.POST if pressed == "practised" else None, is_own=who.is_own,
        initial={"happened_on": today, "together": not who.is_own} | held_values(request),
    )  # fmt: skip
    if pressed == "stand" and stand.is_valid():
        actions.say_stand(person=who.person, unit=unit, stand=stand.cleaned_data["stand"], by=who.actor)
        messages.success(request, _("Saved."))
        return redirect(_url(who, unit))
    if pressed == "practised" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.add_practice(
                person=who.person, unit=unit, happened_on=values["happened_on"], together=values["together"],
                feel=values["feel"], words=values["words"], submit_key=values["submit_key"] or uuid4(), by=who.actor,
                today=today,
            )  # fmt: skip
        except actions.DayNotPossible:
            form.add_error("happened_on", _("Choose today or an earlier day."))
        else:
            messages.success(request, _("Written down. Each time counts."))
            return redirect(_url(who, unit))
    practices = [
        {"row": row, "feel": wording.FEELS.get(row.feel, "")} for row in queries.list_practices(who.person.pk, unit)
    ]
    return render(request, "skills/one.html", {
        "who": who, "entry": entry, "stand": stand, "stood": wording.STANDS[stood][0] if stood else "", "form": form,
        "practices": practices, "may_write": who.is_own or who.is_beside, "back_url": _url(who),
        "wrong": stand if stand.errors else form,
    })  # fmt: skip


@require_POST
def practice_aside(request: HttpRequest, practice_id: UUID, person_id: UUID | None) -> HttpResponse:
    """Take one practice off the list."""
    who = whose(request, person_id, page="skills", write="plan")
    found = queries.get_practice(who.person.pk, practice_id)
    if found is None:
        raise Http404
    actions.set_practice_aside(practice=found, by=who.actor)
    return redirect(_url(who, found.unit))


# --- staff ----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """All units in the program's order. POST `unit` and `action`: up, down, leave_out, offer."""
    if request.method == "POST":
        do = {
            "up": {"up_or_down": -1},
            "down": {"up_or_down": 1},
            "leave_out": {"shown": False},
            "offer": {"shown": True},
        }
        change = do.get(request.POST.get("action", ""))
        if change is None:
            raise Http404
        try:
            actions.place_unit(program=request.program, key=request.POST.get("unit", ""), by=request.actor, **change)
        except KeyError:
            raise Http404 from None
        return redirect("units")
    entries = list_units(queries.list_rows(), _language(), all_of_them=True)
    return render(request, "skills/units.html", {"entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """A unit of the program's own."""
    form = UnitForm(request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        actions.add_unit(
            program=request.program, words=form.unit_words, submit_key=form.cleaned_data["submit_key"] or uuid4(),
            by=request.actor,
        )  # fmt: skip
        messages.success(request, _("Saved. It stands at the end of the list; move it where it belongs."))
        return redirect("units")
    return render(request, "skills/unit_edit.html", _edited(form, is_new=True))


@require_http_methods(["GET", "HEAD", "POST"])
def unit_edit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Other words for a unit of the program's own."""
    unit = queries.get_row(unit_id)
    if unit is None:
        raise Http404
    form = UnitForm(request.POST or None, stored=unit.words, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        actions.change_unit(unit=unit, words=form.unit_words, by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("units")
    return render(request, "skills/unit_edit.html", _edited(form, is_new=False))


def _edited(form: UnitForm, *, is_new: bool) -> dict:
    languages = [{"name": wording.LANGUAGES[one], "fields": form.in_language(one)} for one in LANGUAGES]
    return {"form": form, "languages": languages, "is_new": is_new}
