"""What shall be kept back (§2.26): on the person's own page, by staff for them, and who answers."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.acting import as_participant
from alongside.people.models import Person
from alongside.rules.access import may
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.restriction import INSIDE

from .. import actions, complaint_queries, queries, restriction_queries
from ..models import Restriction
from ..restriction_forms import DecideForm, KeepForm
from ..restriction_words import say_restrictions


@require_http_methods(["GET", "HEAD", "POST"])
def me_kept(request: HttpRequest) -> HttpResponse:
    """Ask that something is kept back, read the answer, and take it back."""
    me = Person.objects.select_related("program").get(pk=request.actor.person_id)
    form = KeepForm(request.POST or None, whom=complaint_queries.list_whom(me))
    if request.method == "POST" and form.is_valid():
        actions.ask_restriction(person=me, by=as_participant(request.actor),
                                submit_key=form.cleaned_data["submit_key"] or uuid4(), **form.values())  # fmt: skip
        messages.success(request, _("We have it. You read our answer here."))
        return redirect("me_kept")
    rows = say_restrictions(restriction_queries.list_of(me.pk))
    return render(request, "privacy/me_kept.html", {"form": form, "rows": rows})


@require_POST
def me_kept_end(request: HttpRequest, restriction_id: UUID) -> HttpResponse:
    """It need not be kept back any longer."""
    found = restriction_queries.get_own(request.actor.person_id, restriction_id)
    if found is None:
        raise Http404
    actions.end_restriction(restriction=found, by=as_participant(request.actor))
    messages.success(request, _("Done. It is no longer kept back."))
    return redirect("me_kept")


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is kept back of one person; write down a wish together with them."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    form = KeepForm(request.POST or None, whom=complaint_queries.list_whom(person))
    if request.method == "POST" and form.is_valid():
        actions.ask_restriction(person=person, by=request.actor,
                                submit_key=form.cleaned_data["submit_key"] or uuid4(), **form.values())  # fmt: skip
        messages.success(request, _("Written down. They read the answer on their own page."))
        return redirect("kept", person_id=person.pk)
    actions.note_opened(participant_id=person.pk, by=request.actor, page="kept")
    rows = say_restrictions(restriction_queries.list_of(person.pk, reader=request.actor.user_id))
    context = {
        "person": person, "rows": rows, "form": form, "may_decide": may("decide_restriction", request.actor.roles)
    }  # fmt: skip
    return render(request, "privacy/kept.html", context)


def _get(request: HttpRequest, restriction_id: UUID) -> Restriction:
    found = restriction_queries.get_visible_to(request.actor, restriction_id)
    if found is None:
        raise Http404
    return found


@require_POST
def kept_end(request: HttpRequest, restriction_id: UUID) -> HttpResponse:
    """They said or wrote that it need not be kept back any longer (§2.26(b))."""
    found = _get(request, restriction_id)
    how = "written" if request.POST.get("action") == "written" else "spoken"
    actions.end_restriction(restriction=found, by=request.actor, how=how)
    messages.success(request, _("Done. It is no longer kept back."))
    return redirect("kept", person_id=found.person_id)


@require_safe
def kept_asked(request: HttpRequest) -> HttpResponse:
    """Wishes that nobody answered yet."""
    found = restriction_queries.list_asked(request.actor)
    for person_id in dict.fromkeys(one.person_id for one in found):
        actions.note_opened(participant_id=person_id, by=request.actor, page="kept")
    return render(request, "privacy/kept_asked.html", {"rows": say_restrictions(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def kept_one(request: HttpRequest, restriction_id: UUID) -> HttpResponse:
    """One wish: agree or decline, with words."""
    found = _get(request, restriction_id)
    (row,) = say_restrictions([found])
    inside = {"whom": _list_named(found)} if found.toward == INSIDE else {}
    chosen = {"readers": [str(one.account_id) for one in found.readers.all() if one.account_id]}
    form = DecideForm(request.POST or None, must=row["must"], initial=chosen, **inside)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            actions.decide_restriction(
                restriction=found, agree=cleaned["agree"], words=cleaned["words"], readers=form.accounts(),
                by=request.actor,
            )  # fmt: skip
        except actions.StillWalks:
            form.add_error("readers", _("One of them walks with the person, or stands in. End it or hand over first."))
        except actions.NobodyLeft:
            form.add_error("readers", _("Then no coordinator is left to answer a worry. Leave at least one."))
        except (MoveNotAllowed, actions.MustAgree, actions.NotAnswered):
            raise Http404 from None
        else:
            messages.success(request, _("Answered. The person reads it."))
            return redirect("kept_asked")
    actions.note_opened(participant_id=found.person_id, by=request.actor, page="kept")
    return render(
        request, "privacy/kept_one.html", {"row": row, "form": form if row["is_asked"] else None, "inside": inside}
    )


def _list_named(found: Restriction) -> list[Person]:
    """Whom a wish toward people inside may be about: whoever has worked with them or leads, and whom it names."""
    named = [one.account_id for one in found.readers.all()]
    more = Person.objects.filter(user__in=[one for one in named if one])
    several = {one.user_id: one for one in [*complaint_queries.list_whom(found.person), *more]}
    return list(several.values())
