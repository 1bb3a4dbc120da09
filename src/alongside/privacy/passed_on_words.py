"""A request for the list of an intermediary in words: where it stands, until when, and what they answered."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.labels import label
from alongside.rules.passed_on import clock_of, goes_back_to

from .models import ListRequest

SENT = {
    "handed": gettext_lazy("Handed over"),
    "electronic": gettext_lazy("By e-mail or through their site"),
    "post": gettext_lazy("By post"),
}
ANSWERED = {
    "list": gettext_lazy("They sent a list."),
    "nothing": gettext_lazy("They wrote that they passed nothing on."),
    "refused": gettext_lazy("They sent no list."),
}


def say_request(one: ListRequest, today: date | None = None) -> dict:
    """One as a page shows it: {one, state, sent, clock, is_open, is_late, answer, lines, since}.

    Lines that are being entered are nobody's answer yet: they are in `lines` only for an answer that is whole.
    """
    today = today or timezone.localdate()
    is_open = one.status == "asked"
    code = clock_of(today, one.due_on) if is_open else ""
    day = date_format(one.due_on, "DATE_FORMAT")
    clocks = {
        "waits": _("They have to answer by %(day)s.") % {"day": day},
        "soon": _("They have to answer by %(day)s. That is soon.") % {"day": day},
        "late": _("They had to answer by %(day)s. They are late.") % {"day": day},
        "": "",
    }
    return {
        "one": one,
        "state": label("list_request", one.status),
        "sent": SENT[one.sent_how],
        "clock": clocks[code],
        "is_open": is_open,
        "is_late": code == "late",
        "answer": ANSWERED.get(one.answered_how, ""),
        "lines": list(one.lines.all()) if one.status == "answered" else [],
        "since": goes_back_to(one.asked_on),
    }
