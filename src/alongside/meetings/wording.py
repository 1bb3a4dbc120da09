"""What codes of meetings are in words, in the reader's language."""

from collections.abc import Iterable

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alongside.people.due_feeds import NOT_FETCHED
from alongside.rules.meetings.kinds import FELLOWSHIPS, LANGUAGE_TYPES, SPANISH
from alongside.rules.meetings.type_words import TYPES
from alongside.web.templatetags.ui import weekday

from .actions import NAMED
from .models import Feed, Meeting
from .rows import languages_of

WHENS = {
    "now": _("Now, or within the hour"),
    "tonight": _("Tonight"),
    "today": _("Today"),
    "week": _("This week"),
}
DAYS = {str(day): WEEKDAYS[(day - 1) % 7] for day in (1, 2, 3, 4, 5, 6, 0)}
"""Feeds count from Sunday, Django from Monday."""

MODES = {"": _("Either"), "in_person": _("In person"), "online": _("Online or by phone")}
KINDS = {
    "": _("All kinds"),
    "twelve_step": _("12 steps"),
    "secular": _("Secular"),
    "faith": _("Faith or spiritual path"),
    "family": _("Family and friends"),
    "program": _("Our own groups"),
    "other": _("Other"),
}
OWN_NAMES = {"own": _("Our own group"), "other": _("Another group")}

SPECIAL = {"O": _("Open to everybody"), "C": _("Closed: for those who share the struggle")}
"""Said so that somebody new knows whether they may come."""

FLAGS = {
    "no_zone": _("names no time zone: the one of the source is used"),
    "unknown_zone": _("names a time zone that there is not: the one of the source is used"),
    "over_midnight": _("goes on over midnight"),
    "all_day": _("goes on for 24 hours"),
    "by_appointment": _("has neither day nor time: by appointment"),
    "no_time": _("has a day and no time"),
    "no_day": _("has a time and no day"),
    "time_not_read": _("has a time that cannot be read"),
    "day_not_read": _("has a day that cannot be read"),
    "end_not_read": _("has an end that cannot be read: one hour is taken"),
    "end_is_start": _("ends when it begins: one hour is taken"),
    "long": _("is longer than two hours"),
    "online_without_link": _("says it is online and has neither link nor number"),
    "unknown_provider": _("has a link to a place that is not known for meetings"),
    "open_and_closed": _("says both open and closed"),
    "place_closed": _("says its place is closed for now"),
    "not_active": _("can be reached neither in person nor online"),
    "approximate_place": _("has no exact address"),
    "no_coordinates": _("has no coordinates: not found by nearness"),
    "bad_coordinates": _("has coordinates that cannot be: not found by nearness"),
    "unknown_types": _("has codes that nobody explains: shown as they stand"),
    "contacts_left_out": _("names persons or accounts: left out"),
    "cut_short": _("has a text too long to keep whole"),
    "venue_guessed": _("does not say whether in person or online: told from its codes"),
    "updated_not_read": _("has a day of change that cannot be read"),
    "days_from_one": _("has a day by number, in a list that counts from 1: 1 is taken for Monday"),
    "one_is_sunday": _("has a day by number: 1 is Sunday, as somebody here said"),
}
FIRST_DAYS = {
    "": _("Nobody asked: as the format counts"),
    "monday": _("Monday: we asked"),
    "sunday": _("Sunday: we asked"),
}
DOUBTS = {
    "end_is_start": _("The list says that it ends when it begins. We take one hour: ask how long it goes on."),
    "end_not_read": _("We could not read when it ends. We take one hour."),
    "time_not_read": _("We could not read its time. Ask when it begins."),
    "day_not_read": _("We could not read all of its days. Ask on which days it is."),
    "days_from_one": _("The list counts its days from 1 and does not say which is the first. Ask on which day it is."),
    "no_time": _("The list gives a day and no time. Ask when it begins."),
    "no_day": _("The list gives a time and no day. Ask on which day it is."),
    "online_without_link": _("The list says it is online and gives neither link nor number."),
    "not_active": _("The list gives neither an exact address nor a way to join online."),
    "venue_guessed": _("The list does not say whether it is in person or online. We took that from its codes."),
    "unknown_zone": _("The list names a time zone that we do not know. The time may be off by some hours."),
}
"""Flag of an entry -> what a visitor reads of it; the others make no difference to whoever wants to go there."""

REFUSALS = {
    "not_an_object": _("It is not a meeting."),
    "no_key": _("It has no id (slug), or one that is too long."),
    "repeated_key": _("Its id (slug) was there before in the same list."),
    "no_name": _("It has no name."),
    "no_place": _("It has neither an address nor a link or number."),
    "not_published": _("The source keeps it to itself for now."),
}
PROBLEMS = NOT_FETCHED | {
    "empty": _("The answer was empty."),
    "empty_now": _("The list was empty, though there were meetings before. We kept those."),
    "empty_first": _(
        "The list holds no meetings. A server that gathers the lists of many (BMLT) answers so until its address says "
        "which ones it is asked for, such as with &services=5 at the end."
    ),
    "most_gone": _(
        "More than half of the meetings were missing. The list may have broken off, so we kept all of them."
    ),
    "too_deep": _("The list is nested deeper than any list of meetings. It was not read."),
    "too_many": _("The list has more entries than we read."),
    "not_text": _("This is not a text."),
    "not_json": _("This is not JSON. A web page may have come instead of the list."),
    "web_page": _(
        "A web page came, not a list. The address of a list often ends in .json or .csv, in "
        "/wp-admin/admin-ajax.php?action=meetings, or, for a BMLT server, in "
        "/main_server/client_interface/json/?switcher=GetSearchResults."
    ),
    "bmlt_root": _(
        "This is a BMLT server, not its list. The list is at an address below it. A server that gathers the lists of "
        "many also needs to be told which ones, such as with &services=5 at the end."
    ),
    "not_a_list": _("This is not a list of meetings. Some sites answer so when their list is closed."),
    "no_meetings_in_it": _("No entry of this list is a meeting."),
    "no_name_column": _("The table has no column called Name."),
    "row_too_long": _("A row of the table is too long. A quotation mark may be missing."),
    "day_zero": _(
        "The list has a day 0, but here it is said that its day 1 is Sunday. One of the two is wrong. Ask whoever "
        "keeps it, choose below which day is number 1, and read it again."
    ),
    "all_refused": _("Not one entry could be taken. The reasons stand below."),
    "no_formats": _("The site did not say what its codes mean. We kept the list as it was."),
}
NAMES_ITS_LIST = _("A web page came, not a list. It names the address of its list.")
"""Instead of the words about a web page, where its list is known."""

LANGUAGES = {"en": _("English"), "es": _("Spanish"), "ase": _("American Sign Language")} | dict.fromkeys(
    sorted(set(LANGUAGE_TYPES.values()) - {"en", "es", "ase"})
)
"""Code -> name; the names of the others are those of the types."""

CODE_OF = {language: code for code, language in LANGUAGE_TYPES.items()}


def speak_problem(feed: Feed) -> str:
    """What went wrong at the latest try; "" for nothing."""
    if feed.problem == "web_page" and feed.counts.get(NAMED):
        return str(NAMES_ITS_LIST)
    return str(PROBLEMS.get(feed.problem, ""))


def _is_spanish() -> bool:
    return (get_language() or "").startswith("es")


def speak_type(code: str) -> str:
    """A code of Meeting Guide in words; a code nobody knows as it stands."""
    if code in SPECIAL:
        return str(SPECIAL[code])
    english, spanish = TYPES.get(code, (code, code))
    return spanish if _is_spanish() else english


def speak_language(code: str) -> str:
    """A language by its name."""
    return str(LANGUAGES.get(code) or speak_type(CODE_OF.get(code, code)))


def speak_fellowship(code: str) -> str:
    """A fellowship by its own name, as it calls itself in the reader's language."""
    return (SPANISH.get(code) if _is_spanish() else "") or FELLOWSHIPS[code][0] or str(OWN_NAMES[code])


def list_types(meeting: Meeting) -> list[str]:
    """What the meeting is like, in words: those we know, then those only its feed says."""
    known = [code for code in meeting.types if code not in LANGUAGE_TYPES and code != "TC"]
    words = [str(_("Speaker and discussion"))] if {"SP", "D"} <= set(known) else []
    words += [speak_type(code) for code in known if not (words and code in ("SP", "D"))]
    own = [(spanish if _is_spanish() and spanish else english) or code for code, english, spanish in meeting.own_types]
    return list(dict.fromkeys(words + own))


def list_languages(meeting: Meeting, feed: Feed) -> list[str]:
    """In which languages it is held."""
    return [speak_language(code) for code in languages_of(meeting, feed)]


def speak_day_within(day: int) -> str:
    """A day of the week as it stands inside a sentence."""
    return weekday((day - 1) % 7)


def speak_run(first: int, last: int) -> str:
    """Days in a row: the first and the last of them."""
    if (last - first) % 7 == 6:
        return str(_("Every day"))
    return str(RUN_OF_DAYS % {"first": speak_day_within(first), "last": speak_day_within(last)})


def day_names(days: Iterable[int]) -> str:
    """Days of the week, one after the other."""
    return ", ".join(str(DAYS[str(day)]) for day in days)


RUN_OF_DAYS = pgettext_lazy("days in a row", "%(first)s to %(last)s")
MILES = pgettext_lazy("distance", "%(miles)s mi")
