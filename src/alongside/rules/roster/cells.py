"""Typed cells of workbooks as text: what is meant, not how it was shown."""

import datetime as dt
import re

from openpyxl.utils.datetime import from_excel

ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))
_ODS_ERROR = re.compile(r"Err:\d{3}")
_DURATION = re.compile(r"PT(\d{1,4})H(\d{1,2})M(\d{1,2}(?:[.,]\d+)?)S")


def is_error(text: str) -> bool:
    """Whether a cell shows that its formula failed."""
    return text in ERRORS or bool(_ODS_ERROR.fullmatch(text))


def number_text(text: str) -> str:
    """A number as a person would type it: no exponent, no `.0`, at most the 15 digits that spreadsheets keep.

    >>> number_text("7.135550141E9"), number_text("41.0"), number_text("0.30000000000000004")
    ('7135550141', '41', '0.3')
    """
    if text.isascii() and text.isdecimal():
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def day_text(text: str, epoch: dt.datetime, *, is_duration: bool = False) -> str:
    """A day number of a workbook as ISO text, with the time where there is one; as a number where it is no day."""
    try:
        value = from_excel(float(text), epoch, timedelta=is_duration)
    except (ValueError, OverflowError, TypeError):
        return number_text(text)
    return moment_text(value) if value is not None else ""


def moment_text(value: object) -> str:
    """A date, a time, a duration or both date and time, without what is nothing: midnight, seconds.

    >>> moment_text(dt.datetime(1990, 5, 4)), moment_text(dt.time(9, 30)), moment_text(dt.timedelta(hours=30))
    ('1990-05-04', '09:30', '30:00')
    """
    match value:
        case dt.datetime():
            at_midnight = value.time() == dt.time()
            return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="minutes")
        case dt.time():
            return value.isoformat(timespec="minutes")
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            return str(value)


def iso_text(text: str) -> str:
    """An ISO date or moment as a workbook holds it, in the same form as `moment_text`; other text as it is."""
    try:
        return moment_text(dt.datetime.fromisoformat(text).replace(tzinfo=None))
    except ValueError:
        return text


def duration_text(text: str) -> str:
    """The time of day of OpenDocument, `PT09H30M00S`, as "09:30"; other text as it is."""
    match = _DURATION.fullmatch(text)
    return f"{int(match.group(1)):02}:{int(match.group(2)):02}" if match else text
