"""Intake by form: a first page, then short parts, then the waiting list."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.intake import actions, queries
from alongside.intake.forms.parts import BRIEF_PARTS, PARTS, BoundaryForm, StartForm
from alongside.people.actions import EpisodeAlreadyOpen
from alongside.people.held_forms import take_held_form
from alongside.people.labels import label
from alongside.people.models import Boundary, Episode
from alongside.privacy.actions import note_opened
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.web.meanwhile import ChangedMeanwhile, look_again

from .saving import fill, save, say_settled


@require_http_methods(["GET", "HEAD", "POST"])
def intake_new(request: HttpRequest) -> HttpResponse:
    """For whom, brief or full, what to call them, how to reach them; then who they may already be."""
    form = StartForm(request.POST if request.method == "POST" else None)
    maybe = []
    if request.method == "POST" and form.is_valid():
        names = ("goes_by", "phone", "email", "legal_name")
        same = queries.find_same_person(**{name: form.cleaned_data[name] for name in names})
        if not same or request.POST.get("action") == "new":
            return _start(request, form)
        actions.note_searched(people=same, by=request.actor)
        maybe = [
            {"person": person, "status": label("episode", status) if status else "", "is_closed": status == "closed",
             "episode": next((e for e in person.episodes.all() if e.status != "closed"), None)}
            for person, status in queries.list_with_status(same)
        ]  # fmt: skip
    elif request.method != "POST":
        fill(form, take_held_form(request))
    return render(request, "intake/intake_new.html", {"form": form, "maybe": maybe})


def _start(request: HttpRequest, form: StartForm) -> HttpResponse:
    key = form.cleaned_data["submit_key"]
    try:
        episode = actions.start_intake(
            program=request.program, by=request.actor, person_values=form.person_values,
            kind=form.cleaned_data["kind"], is_brief=form.cleaned_data["depth"] == "brief",
            safe_contact=form.safe_contact, submit_key=key,
        )  # fmt: skip
    except EpisodeAlreadyOpen:
        # The same page was sent twice at once; the other one was first.
        episode = get_object_or_404(Episode, pk=key)
    return redirect(f"{reverse('intake_edit', args=[episode.pk])}?part=help")


@require_http_methods(["GET", "HEAD", "POST"])
def intake_edit(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """One part of the form at a time; saving goes on to the next."""
    episode = queries.get_intake_episode(request.actor, episode_id)
    if episode is None:
        raise Http404
    codes = list(BRIEF_PARTS) if episode.is_brief else list(PARTS)
    part = request.GET.get("part") if request.GET.get("part") in codes else codes[0]
    title, form_class = PARTS[part]
    if request.method == "POST":
        if request.POST.get("action") in ("never_pair", "pair_again"):
            return _boundary(request, episode)
        form = form_class(request.POST, episode=episode)
        if form.is_valid():
            try:
                save(form, episode, request.actor)
            except ChangedMeanwhile as changed:
                episode = queries.get_intake_episode(request.actor, episode_id)
                form = look_again(form, changed, partial(form_class, episode=episode))
            else:
                return _next(request, episode, codes, part)
    else:
        # G1: written before the page is sent.
        note_opened(participant_id=episode.person_id, by=request.actor, page="intake")
        form = form_class(episode=episode)
        fill(form, take_held_form(request))
    steps = [{"title": PARTS[code][0], "code": code, "is_current": code == part} for code in codes]
    context = {
        "episode": episode, "person": episode.person, "form": form, "title": title, "part": part, "steps": steps,
        "status": label("episode", episode.status), "is_new": episode.status in ("inquiry", "intake"),
    }  # fmt: skip
    if part == "finish":
        context |= _boundaries(episode)
    return render(request, "intake/intake_edit.html", context)


def _next(request: HttpRequest, episode: Episode, codes: list[str], part: str) -> HttpResponse:
    if part != codes[-1]:
        address = reverse("intake_edit", args=[episode.pk])
        return redirect(f"{address}?part={codes[codes.index(part) + 1]}")
    if request.POST.get("action") == "finish" and episode.status == "intake":
        try:
            actions.finish_intake(episode=episode, by=request.actor)
        except MoveNotAllowed:
            say_settled(request)
            return redirect("asks")
        if episode.is_brief:
            messages.success(request, _("Done. Phone check-ins can begin."))
        else:
            messages.success(request, _("Done. They are on the waiting list now."))
    else:
        messages.success(request, _("Saved."))
    try:
        return redirect("record", episode.person_id)
    except NoReverseMatch:
        return redirect("asks")


def _boundaries(episode: Episode) -> dict:
    person = episode.person
    peers = queries.list_possible_boundaries(person)
    found = Boundary.objects.filter(Q(person=person) | Q(other=person)).select_related("person", "other")
    rows = [
        {"id": one.pk, "kind": label("boundary", one.kind),
         "other": one.other if one.person_id == person.pk else one.person}
        for one in found
    ]  # fmt: skip
    return {"boundary_form": BoundaryForm(peers=peers), "boundaries": rows}


def _boundary(request: HttpRequest, episode: Episode) -> HttpResponse:
    address = f"{reverse('intake_edit', args=[episode.pk])}?part=finish"
    if request.POST["action"] == "pair_again":
        actions.remove_boundary(person=episode.person, boundary_id=_uuid(request.POST.get("id")), by=request.actor)
        return redirect(address)
    form = BoundaryForm(request.POST, peers=queries.list_possible_boundaries(episode.person))
    if form.is_valid():
        actions.add_boundary(
            person=episode.person, other_id=form.cleaned_data["other"], kind=form.cleaned_data["kind"], by=request.actor
        )
        messages.success(request, _("Saved. These two are never paired; nobody else sees why."))
    else:
        messages.error(request, _("Please choose a peer and a reason."))
    return redirect(address)


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Http404 from error
