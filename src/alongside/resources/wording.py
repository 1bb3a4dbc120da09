"""What codes of the directory are called, and sentences for what was wrong with a list."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.people.due_feeds import NOT_FETCHED

Text = str | Promise

NEEDS: Mapping[str, Text] = {
    "housing": _("A place to live or stay"),
    "recovery_home": _("A recovery home"),
    "food": _("Food"),
    "things": _("Clothes and things for home"),
    "money": _("Money and bills"),
    "work": _("Work"),
    "school": _("School and classes"),
    "legal": _("Legal help"),
    "papers": _("ID and papers"),
    "health": _("Health and teeth"),
    "mind": _("Mind and mood"),
    "recovery": _("Recovery support"),
    "harm_reduction": _("Staying safer"),
    "family": _("Children and family"),
    "safety": _("Safe from violence"),
    "transport": _("Getting around"),
}
"""In words of somebody who needs it."""

ICONS: Mapping[str, str] = {
    "housing": "house", "recovery_home": "door-open", "food": "heart", "things": "inbox", "money": "file-text",
    "work": "clipboard-list", "school": "book-open", "legal": "scale", "papers": "file-text", "health": "life-buoy",
    "mind": "sunrise", "recovery": "sprout", "harm_reduction": "shield-check", "family": "users", "safety": "lock",
    "transport": "footprints",
}  # fmt: skip

GROUPS: Mapping[str, Text] = {
    "women": pgettext_lazy("made for", "Women"),
    "men": pgettext_lazy("made for", "Men"),
    "families": _("Families with children"),
    "youth": _("Teens and young adults"),
    "older": _("Older adults"),
    "veterans": _("Veterans"),
    "coming_home": _("People coming home from jail or prison"),
    "lgbtq": _("LGBTQ people"),
}

REPORTS: Mapping[str, Text] = {
    "number": _("The phone number is wrong"),
    "closed": _("It is closed for good"),
    "moved": _("It moved"),
    "hours": _("The hours are wrong"),
    "turned": _("They told me they do not do this"),
    "other": _("Something else"),
}

STATUSES: Mapping[str, Text] = {"temporarily closed": _("Closed for now")}

TABLES: Mapping[str, Text] = {
    "organization": _("organizations"), "service": _("services"), "location": _("locations"), "phone": _("phones"),
    "address": _("addresses"), "physical_address": _("addresses"), "postal_address": _("mailing addresses"),
    "schedule": _("schedules"), "regular_schedule": _("schedules"), "holiday_schedule": _("holidays"),
    "language": _("languages"), "eligibility": _("notes on who may come"), "program": _("programs"),
    "accessibility": _("notes on access"), "accessibility_for_disabilities": _("notes on access"),
    "contact": _("contacts"), "taxonomy_term": _("terms"), "taxonomy": _("taxonomies"),
    "service_at_location": _("services at a location"), "cost_option": _("costs"),
    "facility": _("places of the federal locator"),
}  # fmt: skip
"""What rows of a list are; a table that is not here is called as the list calls it."""

REFUSED: Mapping[str, Text] = {
    "empty": _("This file is empty. Choose another one."),
    "too_large": _("This file is too large: up to 25 MB. Put it into a zip, or let the person who runs this computer "
                   "use the command import-resources."),
    "too_large_unpacked": _("What is in this zip is too large: up to 50 MB. Split it into several lists."),
    "too_many_files": _("There are more than 100 files in this zip. Keep only the tables and datapackage.json."),
    "too_many_rows": _("This list has more than 200,000 rows. Split it into several lists."),
    "too_many_values": _("This list has more facts in it than we read at once. Split it into several lists."),
    "too_many_pages": _("This list comes in more than 1,000 pages. Ask for larger pages, such as with &per_page=500."),
    "page_missing": _("Page %(page)s of the list was empty or no page at all. We kept what was there."),
    "page_repeated": _("Page %(page)s of the list held what another page had held. The site may not look at the number "
                       "of the page it is asked for. We kept what was there."),
    "pages_changed": _("The list changed while we read its pages: page %(page)s names another number of pages. We kept "
                       "what was there and will try again."),
    "page_elsewhere": _("Page %(page)s of the list led to another site. We never follow there."),
    "too_slow": _("Reading this list takes too long. Split it into several lists, or let the person who runs this "
                  "computer use the command import-resources."),
    "too_deep": _("This file has more layers inside each other than any list of resources needs. Ask who made it."),
    "zip_bomb": _("The file %(file)s in this zip would grow more than a hundredfold. We do not open such files. Ask "
                  "who sent it to you."),
    "zip_broken": _("This zip cannot be opened. It may have been cut off on its way: please fetch it again."),
    "zip_locked": _("This zip has a password. Please send one without."),
    "nothing_in_zip": _("There is no table in this zip. It should hold CSV files, such as services.csv."),
    "descriptor_broken": _("The file datapackage.json cannot be read. Ask who made the list, or leave it out."),
    "csv_broken": _("In %(file)s, something is wrong near row %(row)s: perhaps a quotation mark that is never closed."),
    "no_rows": _("There is no row in these tables."),
    "json_not_utf8": _("The letters of this file cannot be read. Save it as UTF-8."),
    "json_broken": _("This is no whole JSON file: something is wrong in line %(line)s, at character %(column)s."),
    "json_number": _("There is a number in this file that no computer can keep. Ask who made it."),
    "about_an_api": _("This file tells about a service on the internet and holds no resources itself. Ask for the list "
                      "of services."),
    "no_objects": _("We find no services in this file. It should be HSDS (Open Referral): services as JSON, or a zip "
                    "of tables. An answer of the federal treatment locator works too."),
}  # fmt: skip
"""Why a file cannot be read at all, and what to do."""

NOT_TAKEN: Mapping[str, Text] = {
    "empty_now": _("The list was empty, though there were places before. We kept those."),
    "most_gone": _("More than half of the places were missing. The list may have broken off, so we kept all of them."),
    "all_refused": _("Not one place in it could be taken. Bring it in as a file once, to see why."),
}
"""Why a list that was read from its address is not taken in."""

PROBLEMS: Mapping[str, Text] = {
    "missing": _("is empty and should not be: fill it in"),
    "unknown_code": _("has a word that the standard does not know: use one of its words"),
    "not_a_day": _("is no date: write it like 2026-03-31"),
    "not_a_time": _("is no time of day: write it like 09:00"),
    "not_weekdays": _("are no weekdays: write them like MO,TU"),
    "not_on_earth": _("is no place on Earth: latitude goes from -90 to 90, longitude from -180 to 180"),
    "not_a_number": _("is no number: write it in digits, such as 18"),
    "no_email": _("is no e-mail address: write it like help@example.org"),
    "not_text": _("should be text: write it between quotation marks"),
    "no_address": _("is no web address: write it whole, like https://example.org"),
    "no_uuid": _("is no UUID, as the standard asks since 3.0; we keep it as it is"),
    "no_digits": _("has no digit: write the telephone number"),
    "not_a_list": _("should be a list of objects"),
    "too_long": _("is too long: up to 20,000 characters, a name up to 500"),
    "id_unusable": _("cannot be used as an id: write a short text or a number"),
    "id_twice": _("comes twice, with different content: give each service an id of its own"),
    "not_an_object": _("This entry is no object: each service is written between braces"),
    "kind_unknown": _("We cannot tell what this entry is: a service needs at least a name"),
    "organization_unknown": _("names an organization that is not in the list: add it, or leave the field empty"),
    "file_missing": _("The descriptor names this file, and it is not here: add it, if it matters"),
    "column_twice": _("This column comes twice: rename one of them"),
    "too_many_cells": _("This row has more cells than there are columns: look for a comma outside quotation marks"),
    "not_utf8": _("The letters of this file are not UTF-8, so accents may be wrong: save it as UTF-8"),
    "json_cell_broken": _("should hold JSON and does not"),
}
"""What is odd in one field. A row stays out only where the page says so."""

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def speak_refused(code: str, params: Mapping[str, object]) -> str:
    """Why a file cannot be read, as a sentence."""
    return str(REFUSED[code]) % params if params else str(REFUSED[code])


def speak_try(code: str, params: Mapping[str, object]) -> str:
    """Why the latest try to read a list from its address changed nothing; "" when it went well."""
    told = NOT_FETCHED.get(code) or NOT_TAKEN.get(code)
    return str(told) if told else speak_refused(code, params) if code else ""


def speak_problem(code: str) -> str:
    """What is odd, as half a sentence after the name of the field."""
    return str(PROBLEMS[code])


def speak_table(table: str) -> str:
    """What rows of a table are."""
    return str(TABLES.get(table, table))
