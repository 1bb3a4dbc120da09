"""Dates as people write them, English and Spanish; the order of month and day is found from a whole column."""

import datetime as dt
import re
from collections.abc import Iterable

from alongside.rules.roster.text import fold

_EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre set",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
_THREE_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{1,2})")
_TIME_TAIL = re.compile(r"[t ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?\s?m\.?)?\s*(z|utc|[+-]\d{2}:?\d{2})?$")
_WORDS_BESIDE = re.compile(
    r"\b(de|del|of|the|el|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(rs?)?|fri|sat|sun|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b"
)


class DateUnclear(ValueError):
    """No date can be read; `code` is one of the date codes of `problems.PROBLEMS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def guess_date_order(texts: Iterable[str]) -> str:
    """`mdy`, `dmy`, `ymd` (nothing depends on an order) or `ambiguous`, from all dates of a column or file together.

    >>> guess_date_order(["3/4/1990", "5/25/1988"]), guess_date_order(["3/4/1990"])
    ('mdy', 'ambiguous')
    """
    month_first = day_first = either = False
    for text in texts:
        numbers = _three_numbers(text)
        if numbers is None or len(numbers[0]) > 2 or int(numbers[0]) > 31:
            continue
        first, second = int(numbers[0]), int(numbers[1])
        day_first |= 12 < first <= 31 and 1 <= second <= 12
        month_first |= 12 < second <= 31 and 1 <= first <= 12
        either |= first <= 12 and second <= 12 and first != second
    if month_first != day_first:
        return "mdy" if month_first else "dmy"
    return "ambiguous" if either or month_first else "ymd"


def read_date(text: str, order: str, not_after: dt.date) -> dt.date:
    """One date. `order` is `mdy`, `dmy`, `ymd` or `ambiguous`; two-digit years are the latest not after `not_after`.

    Accepts ISO, US, day-first, named months, `19900504` and Excel's day numbers. Raises `DateUnclear`.
    """
    bare = _TIME_TAIL.sub("", fold(text)).strip(" .,")
    numbers = _three_numbers(bare)
    if numbers:
        return _from_numbers(numbers, order, not_after)
    if bare.isascii() and re.fullmatch(r"\d{8}", bare):
        return _date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    if bare.isascii() and re.fullmatch(r"\d{4,5}(\.\d+)?", bare):
        serial = int(float(bare))
        # Four digits up to here are years; Excel's numbers of living people's days all have five.
        if serial >= 7000:
            return _EXCEL_DAY_ZERO + dt.timedelta(days=serial)
        raise DateUnclear("date_incomplete" if 1900 <= serial <= 2100 else "date_unreadable")
    return _from_words(bare, not_after)


def _three_numbers(text: str) -> tuple[str, str, str] | None:
    match = _THREE_NUMBERS.fullmatch(_TIME_TAIL.sub("", fold(text)).strip(" .,"))
    if not match or not match.group().isascii():
        return None
    first, second, third = match.groups()
    # One of the two outer numbers is the year, of four digits or of two.
    is_date = len(third) <= 2 if len(first) == 4 else len(first) <= 2 and len(third) != 1
    return (first, second, third) if is_date else None


def _from_numbers(numbers: tuple[str, str, str], order: str, not_after: dt.date) -> dt.date:
    first, second, third = numbers
    if len(first) == 4 or (len(third) == 2 and int(first) > 31):
        return _date(_year(first, not_after), int(second), int(third))
    if order == "ymd" and len(third) == 2 and int(third) <= 31 and int(second) <= 12 and int(first) > 12:
        return _date(_year(first, not_after), int(second), int(third))
    one, two, year = int(first), int(second), _year(third, not_after)
    # A number above 12 is a day wherever it stands; only two small ones need the order of the column.
    if one > 12 or two > 12 or one == two:
        month, day = (two, one) if one > 12 else (one, two)
    elif order in ("mdy", "dmy"):
        month, day = (one, two) if order == "mdy" else (two, one)
    else:
        raise DateUnclear("date_order_unknown")
    return _date(year, month, day)


def _from_words(text: str, not_after: dt.date) -> dt.date:
    tokens = re.findall(r"\d+|[a-z]+", re.sub(r"(\d)(st|nd|rd|th|ro|er|o)\b", r"\1", _WORDS_BESIDE.sub(" ", text)))
    months = [_MONTHS[token] for token in tokens if token in _MONTHS]
    numbers = [token for token in tokens if token.isdigit()]
    if len(months) == 1 and len(numbers) == 2 and len(tokens) == 3 and all(len(n) in (1, 2, 4) for n in numbers):
        day, year = sorted(numbers, key=len) if len(numbers[0]) != len(numbers[1]) else numbers
        if len(day) <= 2:
            return _date(_year(year, not_after), months[0], int(day))
    if re.fullmatch(r"\d{1,2}\s*[-/]\s*\d{4}", text) or (len(months) == 1 and len(tokens) == len(numbers) + 1):
        raise DateUnclear("date_incomplete")
    raise DateUnclear("date_unreadable")


def _year(digits: str, not_after: dt.date) -> int:
    if len(digits) > 2:
        return int(digits)
    year = not_after.year - not_after.year % 100 + int(digits)
    return year if year <= not_after.year else year - 100


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        date = dt.date(year, month, day)
    except ValueError as error:
        raise DateUnclear("date_unreadable") from error
    if not 1850 <= year <= 2200:
        raise DateUnclear("date_unreadable")
    return date
