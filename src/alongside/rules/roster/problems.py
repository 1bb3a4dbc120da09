"""Every code with which the roster reader answers, in one place; templates speak the sentences.

Four tables: why a file cannot be read, what was set aside while reading it, what is odd about one cell or row, and why
a row becomes a new person, an update or a refusal. Names in braces are the parameters that come with the code.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

UNREADABLE: Mapping[str, str] = {
    "empty_file": "Nothing is in the file, or only blank cells.",
    "too_large": "More bytes than {limit} arrived.",
    "too_large_unpacked": "The workbook unpacks to more than {limit} bytes.",
    "packed_too_tightly": "The workbook unpacks to far more than its size: more than {ratio} to 1.",
    "too_many_parts": "The workbook holds more than {limit} parts.",
    "too_many_rows": "More than {limit} rows.",
    "too_many_columns": "More than {limit} columns.",
    "cell_too_long": "The cell in {row} holds more than {limit} characters.",
    "nul_bytes": "NUL bytes: not a text file, or a damaged one.",
    "encoding_unknown": "Neither UTF-8, UTF-16 nor Windows-1252.",
    "not_text": "Control characters that no spreadsheet writes.",
    "broken_quotes": "A quotation mark is opened in {row} and never closed.",
    "is_picture": "A picture, whatever its name says.",
    "is_pdf": "A PDF.",
    "is_old_excel": "The Excel format of before 2007 (.xls); saving it as .xlsx helps.",
    "is_binary_excel": "The binary Excel format (.xlsb); saving it as .xlsx helps.",
    "is_locked_workbook": "A workbook with a password.",
    "is_apple_numbers": "An Apple Numbers sheet; exporting it as Excel or CSV helps.",
    "is_word_document": "A text document, not a sheet.",
    "is_archive": "An archive with files in it.",
    "is_web_page": "A web page, sometimes named .xls; saving it as .xlsx helps.",
    "is_other_data": "JSON, XML, vCard or calendar data, not a sheet.",
    "broken_workbook": "Looks like a workbook but cannot be opened.",
    "unsafe_workbook": "A workbook with declarations that no spreadsheet program writes.",
    "no_headers": "No row of column names was found; the first row already looks like a person.",
    "no_rows": "Column names and nobody below.",
}

NOTES: Mapping[str, str] = {
    "title_rows_skipped": "{count} rows above the column names were passed over.",
    "blank_rows_skipped": "{count} empty rows were passed over.",
    "totals_row_ignored": "Row {row} is a total, not a person.",
    "footer_ignored": "Row {row} is a remark below the table, not a person.",
    "repeated_headers_ignored": "Row {row} repeats the column names.",
    "more_rows_ignored": "{count} more rows like these were passed over.",
    "other_sheets_ignored": "Read the sheet {sheet}; {count} other sheets hold something too.",
    "formulas_as_values": "The workbook has formulas; their latest saved results were read, nothing was calculated.",
    "error_cells_emptied": "{count} cells held a spreadsheet error such as #N/A and count as empty.",
    "columns_without_name": "{count} columns hold something but have no name.",
}

# Code -> (does the row stay out because of it, meaning).
PROBLEMS: Mapping[str, tuple[bool, str]] = {
    "no_name": (True, "No name of any kind."),
    "repeated_row": (True, "The same as row {row}, cell by cell."),
    "birth_date_in_future": (True, "Born after today: {text}."),
    "birth_date_too_old": (False, "More than 120 years ago: {text}. Kept in the notes."),
    "date_unreadable": (False, "Not a date: {text}. Kept in the notes."),
    "date_incomplete": (False, "Only part of a date: {text}. Kept in the notes."),
    "date_order_unknown": (False, "Month or day first? {text}. Kept in the notes until somebody says."),
    "age_unreadable": (False, "Not an age: {text}. Kept in the notes."),
    "age_and_birth_date_differ": (False, "Age {age} and date of birth disagree; the date of birth counts."),
    "phone_unreadable": (False, "Not a phone number: {text}. Kept in the notes."),
    "phone_without_area_code": (False, "No area code: {text}. Kept in the notes."),
    "phone_unlikely": (False, "A possible number but in no known range: {text}. Used as it is."),
    "phone_extra": (False, "More than one phone; the first is used, {text} is kept in the notes."),
    "email_unreadable": (False, "Not an e-mail address: {text}. Kept in the notes."),
    "email_extra": (False, "More than one address; the first is used, {text} is kept in the notes."),
    "unknown_word": (False, "No term of ours: {text}. Kept in the notes."),
    "formula_without_result": (False, "A formula whose result was never saved; the cell counts as empty."),
    "yes_no_unclear": (False, "Neither yes nor no: {text}. Nothing is assumed; kept in the notes."),
    "number_unreadable": (False, "Not a number we can use: {text}. Kept in the notes."),
    "number_range": (False, "A range, {text}; the smaller number is used."),
    "zip_unreadable": (False, "Not a ZIP code: {text}. Kept in the notes."),
    "zip_zero_added": (False, "A leading zero was lost: {text} is read as {zip}."),
    "hours_unreadable": (False, "No hours understood in: {text}. Kept in the notes."),
    "hours_partly_read": (False, "Some hours understood, some words not: {text}. Kept in the notes too."),
    "text_shortened": (False, "Longer than {limit} characters; the whole is kept in the notes."),
}

REASONS: Mapping[str, str] = {
    "new_person": "Nobody known fits.",
    "same_external_id": "Known by the same record number.",
    "same_email_and_name": "Known by e-mail and name.",
    "same_phone_and_name": "Known by phone and name.",
    "same_name_and_birth_date": "Known by name and date of birth.",
    "shares_contact": "A known person with another name has the same {field}; a household, perhaps. Both are kept.",
    "same_name_known": "A known person has the same name but other details; kept as two people.",
    "row_has_problems": "The row itself is refused; see its problems.",
    "same_person_as_row": "The same person as row {row} of this file.",
    "name_only_already_known": "Only a name, and somebody of that name is known: a person must decide.",
    "identifiers_disagree": "The {first} belongs to one known person and the {second} to another.",
    "name_differs": "The record number is known under quite another name.",
    "birth_date_differs": "Fits a known person, but with another date of birth.",
    "external_id_differs": "Fits a known person who has another record number.",
    "several_fit": "More than one known person fits.",
}


class RosterUnreadable(Exception):
    """The file as a whole cannot be read. `code` is one of `UNREADABLE`, `params` its parameters."""

    def __init__(self, code: str, **params: str | int) -> None:
        if code not in UNREADABLE:
            raise KeyError(code)
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, str | int] = params


@dataclass(frozen=True)
class Note:
    """Something set aside while reading the file: one of `NOTES`."""

    code: str
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Something odd in one row: one of `PROBLEMS`; `blocking` keeps the row out."""

    code: str
    field: str = ""
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    blocking: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a row was decided as it was: one of `REASONS`."""

    code: str
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


def note(code: str, **params: str | int) -> Note:
    """A note of the table; KeyError for a code it does not hold."""
    NOTES[code]
    return Note(code, params)


def problem(code: str, about: str = "", **params: str | int) -> Problem:
    """A problem of the table, blocking or not as the table says; KeyError for a code it does not hold."""
    return Problem(code, about, params, PROBLEMS[code][0])


def reason(code: str, **params: str | int) -> Reason:
    """A reason of the table; KeyError for a code it does not hold."""
    REASONS[code]
    return Reason(code, params)
