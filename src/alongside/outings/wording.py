"""What codes of outings are in words, in the reader's language."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from alongside.web.templatetags.ui import minutes

minutes_of = lazy(minutes, str)

OWN_KINDS = {"meeting": _("A meeting that is in no list"), "other": _("Something else of mine")}

HOWS = {"went": _("Went"), "not": _("Did not go"), "else": _("Something else")}

REASONS = {
    "other_plans": _("I already have something at that time"),
    "too_far": _("It is too far for me that day"),
    "own_rest": _("I need that time for myself"),
    "another_day": _("I would like to, on another day"),
}
"""As the peer chooses it, and as the person reads it after the peer's name."""

CHANGES = {
    "gone": _("Its list has it no longer. Ask before you go. What you kept stays here."),
    "closed": _("Its list says that the place is closed for now. Ask before you go."),
    "time": _("The time changed. Before: %(before)s; now: %(now)s"),
    "place": _("The place changed. Before: %(before)s; now: %(now)s"),
    "online": _("The way in online or by phone changed. Before: %(before)s; now: %(now)s"),
    "name": _("The name changed. Before: %(before)s; now: %(now)s"),
}
NOTHING = _("nothing")
NO_TIME = _("no time written down")
