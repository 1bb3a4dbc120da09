"""The groups somebody leads, the roster of one, and somebody's groups on their record."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.groups import actions, queries, wording
from alongside.groups.forms import AddForm
from alongside.groups.models import OPEN_PLACES, Group, GroupPlace
from alongside.groups.showing import in_language, show_group, show_occasion
from alongside.mentoring.queries import list_names_of_open, list_own_mentorships
from alongside.people.models import Person
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_own_reason, get_participant_visible_to
from alongside.rules.groups import names_for_leaders
from alongside.workforce.models import PeerProfile

from .loading import acting, get_group


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups somebody leads or answers for, each with its next time."""
    now, found = timezone.now(), list(queries.list_groups_led_by(request.actor))
    next_ones = queries.list_next_occasions(found, request.program, now, 1)
    rows = [
        show_group(group) | {"next": [show_occasion(one, now) for one in next_ones[group.pk]]} for group in found
    ]  # fmt: skip
    may_arrange = request.actor.has("coordinator")
    apart = queries.list_meeting_apart(found, but=request.actor.person_id) if may_arrange else {}
    rows = [row | {"is_apart": row["group"].pk in apart} for row in rows]
    context = {"rows": rows, "may_arrange": may_arrange}
    return render(request, "groups/groups.html", context)


@require_safe
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Who has a place, who waits, the next times and the latest sheets."""
    now, found = timezone.now(), get_group(request, group_id)
    places = queries.list_open_places(found)
    names, latest = names_for_leaders(queries.known_of(places)), queries.latest_by_person(found)
    rows = [{"place": one, "name": names[one.person_id], "latest": latest.get(one.person_id)} for one in places]
    order = list(names)
    past = queries.list_latest_occasions(found, request.program, now, 4)
    counts = queries.count_came([one.row for one in past if one.row])
    ahead = queries.list_next_occasions([found], request.program, now, 3)[found.pk]
    may_arrange, leads = request.actor.has("coordinator"), queries.is_leader(request.actor, found)
    context = show_group(found) | {
        "held": sorted(
            (row for row in rows if row["place"].status == "held"), key=lambda row: order.index(row["place"].person_id)
        ),
        "waiting": [row for row in rows if row["place"].status == "waiting"],
        "ahead": [show_occasion(one, now) for one in ahead],
        "past": [show_occasion(one, now) | {"came": counts.get(one.row.pk, 0) if one.row else 0} for one in past],
        "may_arrange": may_arrange,
        "leads": leads,
        "add_form": _add_form(request, found, places) if leads and found.status != "ended" else None,
    }
    if may_arrange:
        context["apart"] = queries.list_meeting_apart([found], but=request.actor.person_id).get(found.pk, [])
    if may_arrange and found.status != "ended":
        leading = {one.person_id for one in found.leaders.all()}
        peers = PeerProfile.objects.exclude(pk__in=leading).exclude(status="left")
        named = peers.order_by("person__goes_by_search").values_list("pk", "person__goes_by")
        context["leader_form"] = AddForm(options=list(named), name=_("Which peer?"), auto_id="leader_%s")
    return render(request, "groups/group.html", context)


def _add_form(request: HttpRequest, found: Group, places: list[GroupPlace], data=None) -> AddForm | None:
    """Those with whom the reader walks and who are not in it yet; None when there is nobody."""
    inside = {one.person_id for one in places}
    walks = {one.pk: one.participant_id for one in list_own_mentorships(request.actor)}
    options = [
        (walks[row.id], row.participant.goes_by)
        for row in list_names_of_open(request.actor)
        if row.id in walks and walks[row.id] not in inside
    ]  # fmt: skip
    return AddForm(data, options=options, name=_("Who would like to come?"), auto_id="add_%s") if options else None


@require_POST
def group_add(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Put somebody in whom the reader walks with, because they said so. They are told."""
    found = get_group(request, group_id)
    form = _add_form(request, found, queries.list_open_places(found), request.POST)
    if form is None or not form.is_valid():
        messages.error(request, _("Please choose somebody first."))
        return redirect("group", group_id=found.pk)
    person = get_participant_visible_to(request.actor, UUID(form.cleaned_data["who"]))
    if person is None:
        raise Http404
    _add(request, found, person)
    return redirect("group", group_id=found.pk)


def _add(request: HttpRequest, found: Group, person: Person) -> None:
    try:
        place = actions.ask_for_place(group=found, person=person, by=acting(request, found))
    except actions.NotOpenToThem:
        messages.error(request, _("This group does not take them. They can look at others on their own page."))
        return
    if place.status == "held":
        messages.success(request, _("They have a place. They see it on their own page, and can leave in one step."))
    else:
        messages.success(request, _("All places are taken. They are on the waiting list, and are told."))


@require_POST
def group_out(request: HttpRequest, group_id: UUID, place_id: UUID) -> HttpResponse:
    """Somebody said that they come no more: their place goes to the next who waits."""
    found = get_group(request, group_id)
    place = GroupPlace.objects.filter(pk=place_id, group=found, status__in=OPEN_PLACES).first()
    if place is None:
        raise Http404
    is_given_on = place.status == "held" and GroupPlace.objects.filter(group=found, status="waiting").exists()
    actions.leave(place=place, by=acting(request, found))
    given_on = _("Taken off. Whoever waits longest has the place now, and is told.")
    messages.success(request, given_on if is_given_on else _("Taken off."))
    return redirect("group", group_id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def groups_of(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Somebody's groups, and when they came. Who leads a group, or a coordinator, puts them in one."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    places = queries.list_own_places(person.pk)
    mine = (
        {one.pk for one in queries.list_groups_led_by(request.actor)}
        if request.actor.has("peer", "coordinator")
        else set()
    )
    open_ones = queries.list_groups_open_to(person.pk)
    options = [one for one in open_ones if one.pk in mine and one.pk not in places]
    form = AddForm(
        request.POST or None, options=[(one.pk, in_language(one, "name")["words"]) for one in options],
        name=_("Which group?"),
    )  # fmt: skip
    if request.method == "POST":
        if not options:
            raise Http404
        if form.is_valid():
            chosen = next(one for one in options if str(one.pk) == form.cleaned_data["who"])
            _add(request, chosen, person)
            return redirect("groups_of", person_id=person.pk)
    reason = get_own_reason(request.actor.person_id, person.pk) if request.actor.has("director") else None
    note_opened(participant_id=person.pk, by=request.actor, page="groups", words=reason.reason_words if reason else "")
    every = GroupPlace.objects.filter(person_id=person.pk).select_related("group").order_by("-asked_at")[:20]
    context = {
        "person": person,
        "places": [{"place": one, "name": in_language(one.group, "name")} for one in every if one.status != "left"],
        "earlier": [
            {"place": one, "name": in_language(one.group, "name"), "why": wording.LEFT_WHY[one.left_why]}
            for one in every
            if one.status == "left"
        ],
        "came": [
            {"came": one, "name": in_language(one.session.group, "name"), "day": one.session.day}
            for one in queries.list_came_of(person.pk)
        ],
        "form": form if options else None,
    }
    return render(request, "groups/of.html", context)
