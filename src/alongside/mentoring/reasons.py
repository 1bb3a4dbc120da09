"""Speaks the reasons of the cadence rule: one whole, translatable sentence for each code."""

from datetime import date

from django.utils.formats import time_format

from alongside.rules.cadence import Need, Reason
from alongside.web.spoken import gettext as _
from alongside.web.spoken import ngettext
from alongside.web.templatetags.ui import weekday, when


def speak(reason: Reason, today: date) -> str:
    """The sentence for one reason, such as "9 days quiet; a call was due Tuesday"."""
    return SENTENCES[reason.code](reason, today)


def speak_need(need: Need, today: date, most: int | None = None) -> list[str]:
    """The sentences of a need, the strongest first; of many at `most` so many."""
    return [speak(reason, today) for reason in need.reasons[:most]]


def _asked_for_call(reason: Reason, today: date) -> str:
    return _("Asked for a call %(day)s") % {"day": when(reason.params["asked_on"], today)}


def _check_in_call(reason: Reason, today: date) -> str:
    return _("Checked in and wants a call (%(day)s)") % {"day": when(reason.params["asked_on"], today)}


def _check_in_drop(reason: Reason, today: date) -> str:
    return _("Checked in lower than usual for them (%(day)s)") % {"day": when(reason.params["on"], today)}


def _check_in_silence(reason: Reason, today: date) -> str:
    return _("Used to check in, and has been silent for longer than usual")


def _next_step(reason: Reason, today: date) -> str:
    due = reason.params["due_on"]
    if due == today:
        return _("The next step you wrote down is for today")
    return _("The next step you wrote down was for %(day)s") % {"day": spoken_day(due, today)}


def _plan_step(reason: Reason, today: date) -> str:
    due = reason.params["due_on"]
    if due == today:
        return _("A step of yours in their plan is for today")
    return _("A step of yours in their plan was for %(day)s") % {"day": spoken_day(due, today)}


def _questions(reason: Reason, today: date) -> str:
    return _("A good time for the questions to look back on, if they like")


def _referral(reason: Reason, today: date) -> str:
    return _("Ask how it goes with the place they were going to")


def _appointment(reason: Reason, today: date) -> str:
    return _("You meet today at %(time)s") % {"time": spoken_time(reason.params["at"].time())}


def _along(reason: Reason, today: date) -> str:
    return _("Asks you to come along (%(day)s)") % {"day": when(reason.params["on"], today)}


def _messages(reason: Reason, today: date) -> str:
    count = reason.params["count"]
    return ngettext("%(count)d message waits for you", "%(count)d messages wait for you", count) % {"count": count}


def _answers(reason: Reason, today: date) -> str:
    count = reason.params["count"]
    return ngettext("Answered a note of yours", "Answered %(count)d notes of yours", count) % {"count": count}


def _returned(reason: Reason, today: date) -> str:
    return _("Told about a return to use %(day)s; stay close") % {"day": when(reason.params["on"], today)}


def _introduction(reason: Reason, today: date) -> str:
    return _("New: you were chosen %(day)s. Say hello") % {"day": when(reason.params["chosen_on"], today)}


def _try_again(reason: Reason, today: date) -> str:
    return _("No answer %(day)s; time to try again") % {"day": when(reason.params["tried_on"], today)}


def _quiet(reason: Reason, today: date) -> str:
    days, due = reason.params["quiet_days"], reason.params["call_was_due"]
    if called_on := reason.params.get("called_on"):
        # Not "quiet": somebody talked with them. What is due is the peer's own contact.
        return _("A caller talked with them %(called)s; a call of yours was due %(day)s") % {
            "called": when(called_on, today), "day": spoken_day(due, today),
        }  # fmt: skip
    if reason.params["never_reached"]:
        return ngettext(
            "Not reached yet in %(count)d day; a call was due %(day)s",
            "Not reached yet in %(count)d days; a call was due %(day)s",
            days,
        ) % {"count": days, "day": spoken_day(due, today)}
    if due == today:
        return ngettext(
            "%(count)d day quiet; a call is due today", "%(count)d days quiet; a call is due today", days
        ) % {"count": days}
    return ngettext(
        "%(count)d day quiet; a call was due %(day)s", "%(count)d days quiet; a call was due %(day)s", days
    ) % {"count": days, "day": spoken_day(due, today)}


def spoken_time(moment) -> str:
    """A wall-clock time as people say it: 4:00 pm, or 16:00 in Spanish."""
    return time_format(moment, "TIME_FORMAT")


def spoken_day(day: date, today: date) -> str:
    """A day of the past week by its weekday, as people speak of what was due; other days as everywhere."""
    return weekday(day.weekday()) if 1 < (today - day).days < 7 else when(day, today)


SENTENCES = {
    "check_in_call": _check_in_call,
    "check_in_drop": _check_in_drop,
    "check_in_silence": _check_in_silence,
    "asked_for_call": _asked_for_call,
    "next_step_due": _next_step,
    "plan_step_due": _plan_step,
    "referral_due": _referral,
    "appointment_today": _appointment,
    "asked_along": _along,
    "unread_messages": _messages,
    "unread_answers": _answers,
    "returned_to_use": _returned,
    "introduction": _introduction,
    "silent": _quiet,
    "quiet": _quiet,
    "try_again": _try_again,
    "questions_due": _questions,
}
