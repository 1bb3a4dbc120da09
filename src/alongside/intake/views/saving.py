"""Which action a part of the form goes to, for the coordinator and for the person themselves; and what is said when
somebody else was faster."""

from django.contrib import messages
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.intake import actions
from alongside.intake.forms.parts import FinishPart, PeerPart, PersonPart
from alongside.people.models import Episode
from alongside.web.widgets import AvailabilityGrid


def save(form, episode: Episode, by) -> None:
    """Save one valid part by the one action it belongs to. Raises `ChangedMeanwhile`."""
    if isinstance(form, PersonPart):
        actions.save_person_part(
            episode=episode, by=by, person_values=form.person_values, safe_contact=form.safe_contact,
            seen=form.seen,
        )  # fmt: skip
    elif isinstance(form, PeerPart):
        actions.save_wishes(episode=episode, by=by, preferences=form.preferences, seen=form.seen)
    elif isinstance(form, FinishPart):
        actions.save_finish_part(episode=episode, by=by, seen=form.seen, **form.cleaned_data)
    else:
        actions.save_wishes(episode=episode, by=by, seen=form.seen, **form.values)


def fill(form, held) -> None:
    """Put back what somebody had typed when their session ended (F3)."""
    if held is None:
        return
    for name in form.fields:
        if name in held:
            widget, values = form.fields[name].widget, held.getlist(name)
            is_list = isinstance(widget, CheckboxSelectMultiple | AvailabilityGrid)
            form.initial[name] = values if is_list else values[-1]


def say_settled(request: HttpRequest) -> None:
    """A page that was open too long, or a second press of a button: the other one was first."""
    messages.warning(request, _("That was already settled meanwhile, so nothing was changed."))
