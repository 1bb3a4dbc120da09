"""Every code about a roster as a whole sentence for the coordinator, and every value in words."""
# ruff: noqa: E501  a sentence stands on one line, so that it can be read and searched whole

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import LABELS, label
from alongside.people.speaking import speak_hours, speak_phone
from alongside.rules.availability import parts_from_hours, to_bits
from alongside.workforce.words import SERVES

Text = str | Promise

# fmt: off
FIELDS: dict[str, Text] = {
    "external_id": _("Record number"), "goes_by": _("Name they go by"), "legal_name": _("Full name"),
    "first_name": _("First name"), "last_name": _("Last name"), "second_last_name": _("Second last name"),
    "birth_date": _("Date of birth"), "age": _("Age"), "phone": _("Phone"), "email": _("E-mail"),
    "language": _("Languages"), "pronouns": _("Pronouns"), "gender": _("Gender"), "race": _("Race or ethnicity"), "pathway": _("Pathways"),
    "experience": _("Lived experience"), "life_stage": _("Stage of life"), "interests": _("Interests"),
    "availability": _("Days and times"), "mode": _("Ways to meet"), "zip": _("ZIP code"), "site": _("Site"),
    "notes": _("Notes"), "needs": _("Wants help with"), "own_words": _("In their own words"), "preferences": _("Wishes about a peer"),
    "want_gender": _("Wished gender of the peer"), "want_language": _("Wished language of the peer"),
    "want_pathway": _("Wished pathway of the peer"), "want_age": _("Wished age of the peer"),
    "channel": _("Safe way to reach them"), "name_to_use": _("Whom to ask for"), "may_call": _("May we call?"),
    "may_text": _("May we text?"), "may_voicemail": _("May we leave a voicemail?"),
    "may_email": _("May we e-mail?"), "contact_hours": _("Hours for calls"), "kind": _("For themselves or a loved one"),
    "started_on": _("Day they asked"), "capacity": _("How many people at most"), "serves": _("Whom they support"),
    "limits": _("Limits"), "story": _("Short story"), "supervisor": _("Supervisor"),
}

UNREADABLE: dict[str, Text] = {
    "empty_file": _("There is nothing in this file."),
    "too_large": _("This file is too large. Please send at most 25 MB, perhaps in two parts."),
    "too_large_unpacked": _("This workbook is too large once it is opened. Please save only the sheet with people."),
    "packed_too_tightly": _("This workbook is packed in an unusual way, so we did not open it. Please save it again as .xlsx or CSV."),
    "too_many_parts": _("This workbook has too many parts. Please save only the sheet with people."),
    "too_many_rows": _("This list has more than %(limit)s rows. Please send it in parts."),
    "too_many_columns": _("This list has more than %(limit)s columns. Please keep only those you need."),
    "cell_too_long": _("A cell in row %(row)s is longer than %(limit)s characters. Please shorten it."),
    "nul_bytes": _("This file is damaged, or it is not a text file. Please save it again as CSV or .xlsx."),
    "encoding_unknown": _("We cannot read the letters of this file. Please save it as “CSV UTF-8”."),
    "not_text": _("This does not look like a list. Please save it as CSV or .xlsx."),
    "broken_quotes": _("In row %(row)s a quotation mark is opened and never closed. Please mend it and send the file again."),
    "is_picture": _("This is a picture. Please send the list itself as CSV or .xlsx."),
    "is_pdf": _("This is a PDF. Please send the list itself as CSV or .xlsx."),
    "is_old_excel": _("This is an old Excel file. Please open it and save it as .xlsx."),
    "is_binary_excel": _("This is a binary Excel file. Please open it and save it as .xlsx."),
    "is_locked_workbook": _("This workbook has a password. Please save it without one; here it is kept encrypted."),
    "is_apple_numbers": _("This is an Apple Numbers sheet. Please export it as Excel or CSV."),
    "is_word_document": _("This is a text document. Please send the list as CSV or .xlsx."),
    "is_archive": _("This is a packed folder. Please send the list inside it."),
    "is_web_page": _("This is a web page, even if its name ends in .xls. Please open it in Excel and save it as .xlsx."),
    "is_other_data": _("This is data of another kind, not a list. Please send CSV or .xlsx."),
    "broken_workbook": _("This looks like a workbook, but it cannot be opened. Please save it again."),
    "unsafe_workbook": _("This workbook holds something that spreadsheet programs do not write, so we did not open it."),
    "no_headers": _("We found no row with the names of columns. Please add one as the first row, such as Name, Phone, Language."),
    "no_rows": _("There are names of columns, and nobody below them."),
}

NOTES: dict[str, Text] = {
    "title_rows_skipped": _("Rows above the names of columns that were passed over: %(count)s."),
    "blank_rows_skipped": _("Empty rows that were passed over: %(count)s."),
    "totals_row_ignored": _("Row %(row)s is a total, so it was passed over."),
    "footer_ignored": _("Row %(row)s is a remark below the list, so it was passed over."),
    "repeated_headers_ignored": _("Row %(row)s repeats the names of columns, so it was passed over."),
    "more_rows_ignored": _("More rows like these that were passed over: %(count)s."),
    "other_sheets_ignored": _("We read the sheet “%(sheet)s”. Other sheets that hold something: %(count)s."),
    "formulas_as_values": _("This workbook has formulas. We read the results that were saved with it."),
    "error_cells_emptied": _("Cells with an error such as #N/A, taken as empty: %(count)s."),
    "columns_without_name": _("Columns that hold something but have no name: %(count)s."),
}

PROBLEMS: dict[str, Text] = {
    "no_name": _("There is no name in this row."),
    "repeated_row": _("This is the same as row %(row)s, cell by cell."),
    "birth_date_in_future": _("The date of birth is still to come: %(text)s."),
    "birth_date_too_old": _("The date of birth is more than 120 years ago: %(text)s. It goes into the notes."),
    "date_unreadable": _("We cannot read this date: %(text)s. It goes into the notes."),
    "date_incomplete": _("This is only part of a date: %(text)s. It goes into the notes."),
    "date_order_unknown": _("Is the month first, or the day? %(text)s goes into the notes until you say."),
    "age_unreadable": _("We cannot read this age: %(text)s. It goes into the notes."),
    "age_and_birth_date_differ": _("The age %(age)s and the date of birth do not agree. We use the date of birth."),
    "phone_unreadable": _("We cannot read this phone number: %(text)s. It goes into the notes."),
    "phone_without_area_code": _("This phone number has no area code: %(text)s. It goes into the notes."),
    "phone_unlikely": _("This phone number looks unusual: %(text)s. We use it as it is."),
    "phone_extra": _("There is more than one phone number. We use the first; %(text)s goes into the notes."),
    "email_unreadable": _("We cannot read this e-mail: %(text)s. It goes into the notes."),
    "email_extra": _("There is more than one e-mail. We use the first; %(text)s goes into the notes."),
    "unknown_word": _("We do not know “%(text)s”. It goes into the notes."),
    "formula_without_result": _("This cell is a formula, and its result was not saved. Please open the file in Excel, save it and send it again."),
    "yes_no_unclear": _("“%(text)s” is neither yes nor no, so we take nothing for granted. It goes into the notes."),
    "number_unreadable": _("We cannot use this number: %(text)s. It goes into the notes."),
    "number_range": _("%(text)s is a range. We use the smaller number."),
    "zip_unreadable": _("This is not a ZIP code: %(text)s. It goes into the notes."),
    "zip_zero_added": _("The ZIP code %(text)s lost its first zero. We read %(zip)s."),
    "hours_unreadable": _("We cannot read these times: %(text)s. They go into the notes."),
    "hours_partly_read": _("We could read only some of these times: %(text)s. The words go into the notes too."),
    "text_shortened": _("This is longer than %(limit)s characters. The whole goes into the notes."),
}

REASONS: dict[str, Text] = {
    "new_person": _("Nobody known here fits."),
    "same_external_id": _("Known by the record number."),
    "same_email_and_name": _("Known by e-mail and name."),
    "same_phone_and_name": _("Known by phone and name."),
    "same_name_and_birth_date": _("Known by name and date of birth."),
    "shares_contact": _("Somebody known with another name has the same %(field)s; perhaps they live together. Both stay."),
    "same_name_known": _("Somebody known has the same name, but other details. They stay two people."),
    "row_has_problems": _("Please mend this row first."),
    "same_person_as_row": _("This is the same person as in row %(row)s."),
    "name_only_already_known": _("There is only a name, and somebody of that name is known. Please add a phone, an e-mail or a date of birth."),
    "identifiers_disagree": _("The %(first)s belongs to one known person, and the %(second)s to another. Please check which is right."),
    "name_differs": _("This record number is known under quite another name. Please check it."),
    "birth_date_differs": _("Fits somebody known, but with another date of birth. Please check it."),
    "external_id_differs": _("Fits somebody known who has another record number. Please check it."),
    "changed_meanwhile": _("Somebody changed this person, or added them, after the preview. Nothing was written over it."),
    "several_fit": _("More than one known person fits. Please add a record number or a date of birth."),
    # what the program's own records add
    "opens_episode": _("Known here, and not served so far. A first time of support begins."),
    "comes_back": _("Was here before and has asked again. A new time of support begins."),
    "texts_stopped": _("They stopped text messages themselves. A list does not turn them on again."),
    "was_here_before": _("Was here before. A list does not bring anybody back by itself: please open their page for that."),
    "becomes_peer": _("Known here, and not yet a peer. They become one."),
    "capacity_below_load": _("Supports %(taken)s people now, which is more than the %(capacity)s in this row."),
}

MAPPING: dict[str, Text] = {
    "no_name": _("Please say which column holds a name."),
    "twice": _("Two columns are set to “%(field)s”. Please keep one of them."),
    "unknown_field": _("Please choose what each column is from its list."),
    "date_order": _("Please say how the dates are written."),
}

OUTCOMES: dict[str, Text] = {
    "create": _("New"), "update": _("Changed"), "unchanged": _("As before"), "refused": _("Left out"),
}
# fmt: on

GROUPS = {
    "language": "language", "gender": "gender", "race": "race", "pathway": "pathway", "experience": "experience",
    "life_stage": "life_stage", "interests": "interest", "mode": "mode", "needs": "need", "kind": "kind",
    "channel": "safe_channel",
}  # fmt: skip
"""Field of a roster -> group of `people.labels`."""


def speak(table: Mapping[str, Text], code: str, params: Mapping[str, object] | None = None) -> str:
    """The sentence of a code with its parameters; a parameter that names a field is spoken too."""
    values = {name: _spoken(name, value) for name, value in (params or {}).items()}
    return str(table[code]) % values if values else str(table[code])


def _spoken(name: str, value: object) -> object:
    if name in ("field", "first", "second") and str(value) in FIELDS:
        return str(FIELDS[str(value)]).lower()
    return value


def speak_reason(reason: Mapping) -> str:
    """One stored reason, {code, params}."""
    return speak(REASONS, reason["code"], reason.get("params"))


def speak_problem(problem: Mapping) -> str:
    """One stored problem, {code, field, params}, with the name of its column's field."""
    words = speak(PROBLEMS, problem["code"], problem.get("params"))
    field = FIELDS.get(problem.get("field", ""))
    return gettext("%(field)s: %(words)s") % {"field": field, "words": words} if field else words


def speak_value(about: str, value: object) -> str:
    """A stored value of a field in words; "" for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if about == "availability":
        return _speak_hours(str(value))
    if about == "contact_hours":
        return speak_hours(*value)
    if about == "phone":
        return speak_phone(str(value))
    if about == "preferences":
        return "; ".join(_speak_wish(*wish) for wish in value)
    if about in ("birth_date", "started_on"):
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    if about == "serves":
        return ", ".join(str(SERVES[code]) for code in value)
    if about in GROUPS:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(label(GROUPS[about], code)) for code in codes)
    return str(value)


def _speak_hours(hours: str) -> str:
    parts = parts_from_hours(hours)
    total = to_bits(hours).bit_count()
    if not total:
        return ""
    counted = ngettext("%(count)d hour a week", "%(count)d hours a week", total) % {"count": total}
    if not parts or len(parts) > 6:
        return counted
    return f"{counted}: " + ", ".join(str(label("part", part)) for part in parts)


def _speak_wish(feature: str, value: str, strength: str) -> str:
    group = "preference_age" if feature == "age" else feature
    words = label(group, value) if group in LABELS else value
    return f"{label('strength', strength)}: {words}"
