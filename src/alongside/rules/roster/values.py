"""One cell to one value: which reader reads which field, and what is kept of the words that no reader understood."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from alongside.rules.roster import contacts, dates
from alongside.rules.roster.answers import read_count, read_yes_no
from alongside.rules.roster.exact import EXACT_FIELDS, read_exact
from alongside.rules.roster.hours import hour_range, read_hours
from alongside.rules.roster.problems import Problem, problem
from alongside.rules.roster.sheets import UNSAVED
from alongside.rules.roster.terms import read_terms
from alongside.rules.roster.text import fold_words, is_blank
from alongside.rules.roster.wishes import read_wishes
from alongside.rules.vocabulary import AGE_BANDS

OLDEST_YEARS = 120
TEXT_LENGTHS: Mapping[str, int] = {
    "external_id": 60,
    "goes_by": 80,
    "legal_name": 160,
    "pronouns": 30,
    "name_to_use": 80,
    "site": 80,
    "supervisor": 80,
}
"""Characters that short texts may have; the whole of a longer one is kept in the notes."""


@dataclass(frozen=True)
class Cell:
    """What a cell says: `value` (None: nothing), problems, and `kept`: own words that belong into the notes."""

    value: object = None
    problems: tuple[Problem, ...] = ()
    kept: str = ""


@dataclass(frozen=True)
class Context:
    """What a reader must know besides the cell. `m_is_woman`: the column writes H and M for hombre and mujer.

    `strength`: of the wishes of a column whose name says how strong they are."""

    today: dt.date
    region: str = "US"
    date_order: str = "ambiguous"
    m_is_woman: bool = False
    own_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    strength: str = "like"


def read_cell(about: str, text: str, context: Context) -> Cell:
    """The value of a cleaned cell of the field `about`. Never raises; a blank cell is `Cell()`."""
    answers_no = about.startswith("may_") or about == "capacity"
    if not text or (is_blank(text) and not answers_no):
        return Cell()
    if text == UNSAVED:
        return Cell(None, (problem("formula_without_result", about),))
    if about in EXACT_FIELDS and (exact := read_exact(text)) is not None:
        return Cell(exact)
    reader = _READERS.get(about, _read_text)
    return reader(about, text, context)


def age_band(years: int) -> str:
    """The band of `vocabulary.AGE_BANDS` of an age in years."""
    return AGE_BANDS[sum(years >= start for start in (18, 25, 35, 45, 55, 65))]


def years_between(born: dt.date, today: dt.date) -> int:
    """Whole years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _odd(code: str, about: str, text: str) -> Cell:
    return Cell(None, (problem(code, about, text=text),), text)


def _read_text(about: str, text: str, context: Context) -> Cell:
    limit = TEXT_LENGTHS.get(about)
    if limit is None:
        return Cell(text)
    text = " ".join(text.split())
    if about == "external_id" and text.removesuffix(".0").isdecimal():
        # A number that some program wrote with a point.
        text = text.removesuffix(".0")
    if len(text) <= limit:
        return Cell(text)
    return Cell(text[:limit].rstrip(), (problem("text_shortened", about, limit=limit),), text)


def _read_birth_date(about: str, text: str, context: Context) -> Cell:
    try:
        date = dates.read_date(text, context.date_order, context.today)
    except dates.DateUnclear as unclear:
        return _odd(unclear.code, about, text)
    if date > context.today:
        return Cell(None, (problem("birth_date_in_future", about, text=text),), text)
    if years_between(date, context.today) > OLDEST_YEARS:
        return _odd("birth_date_too_old", about, text)
    return Cell(date)


def _read_started_on(about: str, text: str, context: Context) -> Cell:
    try:
        return Cell(dates.read_date(text, context.date_order, context.today.replace(day=1) + dt.timedelta(days=366)))
    except dates.DateUnclear as unclear:
        return _odd(unclear.code, about, text)


def _read_age(about: str, text: str, context: Context) -> Cell:
    words = fold_words(text.removesuffix(".0")).split()
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) <= 3]
    if not numbers or max(numbers) > OLDEST_YEARS or len(numbers) > 2:
        return _odd("age_unreadable", about, text)
    if len(numbers) == 1 and not set(words) & {"under", "over", "plus", "menor", "mayor"} and "+" not in text:
        return Cell(numbers[0])
    # "25-34", "65+", "under 18": a band; it must lie within one of ours.
    low, high = min(numbers), max(numbers)
    if set(words) & {"under", "menor"}:
        low = high = high - 1
    bands = {age_band(low), age_band(high)}
    return Cell(bands.pop()) if len(bands) == 1 else _odd("age_unreadable", about, text)


def _read_phone(about: str, text: str, context: Context) -> Cell:
    phone = contacts.read_phone(text, context.region)
    if not phone.number:
        return _odd(phone.code, about, text)
    problems = (problem(phone.code, about, text=phone.rest or text),) if phone.code else ()
    return Cell(phone.number, problems, phone.rest)


def _read_email(about: str, text: str, context: Context) -> Cell:
    address, others = contacts.read_email(text)
    if not address:
        return _odd("email_unreadable", about, text)
    return Cell(address, (problem("email_extra", about, text=others),) if others else (), others)


def _read_zip(about: str, text: str, context: Context) -> Cell:
    code, was_mended = contacts.read_zip(text)
    if not code:
        return _odd("zip_unreadable", about, text)
    return Cell(code, (problem("zip_zero_added", about, text=text, zip=code),) if was_mended else ())


def _read_list(about: str, text: str, context: Context) -> Cell:
    terms = read_terms(text, about, context.own_words.get(about))
    problems = tuple(problem("unknown_word", about, text=words) for words in terms.unknown)
    return Cell(terms.codes or None, problems, ", ".join(terms.unknown))


def _read_one(about: str, text: str, context: Context) -> Cell:
    if about == "gender" and context.m_is_woman and fold_words(text) == "m":
        return Cell("woman")
    cell = _read_list(about, text, context)
    codes = cell.value
    if not isinstance(codes, tuple):
        return cell
    if len(codes) > 1:
        return _odd("unknown_word", about, text)
    return Cell(codes[0], cell.problems, cell.kept)


def _read_wishes(about: str, text: str, context: Context) -> Cell:
    feature = about.removeprefix("want_") if about != "preferences" else None
    if feature == "gender" and context.m_is_woman and fold_words(text) == "m":
        text = "mujer"
    wishes = read_wishes(text, feature, context.strength)
    problems = tuple(problem("unknown_word", about, text=words) for words in wishes.unknown)
    return Cell(wishes.wishes or None, problems, ", ".join(wishes.unknown))


def _read_yes_no(about: str, text: str, context: Context) -> Cell:
    if is_blank(text) and fold_words(text) not in ("none", "ninguno"):
        return Cell()
    answer = read_yes_no(text)
    return _odd("yes_no_unclear", about, text) if answer is None else Cell(answer)


def _read_capacity(about: str, text: str, context: Context) -> Cell:
    if is_blank(text) and fold_words(text) not in ("none", "ninguno"):
        return Cell()
    count = read_count(text)
    if count is None:
        return _odd("number_unreadable", about, text)
    return Cell(count[0], (problem("number_range", about, text=text),) if count[1] else ())


def _read_availability(about: str, text: str, context: Context) -> Cell:
    read = read_hours(text)
    if not read.hours:
        return _odd("hours_unreadable", about, text)
    if not read.whole:
        return Cell(read.hours, (problem("hours_partly_read", about, text=text),), text)
    return Cell(read.hours)


def _read_contact_hours(about: str, text: str, context: Context) -> Cell:
    hours = hour_range(text)
    return Cell(hours) if hours else _odd("hours_unreadable", about, text)


_READERS: Mapping[str, Callable[[str, str, Context], Cell]] = {
    "birth_date": _read_birth_date,
    "started_on": _read_started_on,
    "age": _read_age,
    "phone": _read_phone,
    "email": _read_email,
    "zip": _read_zip,
    "gender": _read_one,
    "kind": _read_one,
    "race": _read_list,
    "language": _read_list,
    "pathway": _read_list,
    "experience": _read_list,
    "life_stage": _read_list,
    "needs": _read_list,
    "interests": _read_list,
    "mode": _read_list,
    "serves": _read_list,
    "preferences": _read_wishes,
    "want_gender": _read_wishes,
    "want_language": _read_wishes,
    "want_pathway": _read_wishes,
    "want_age": _read_wishes,
    "channel": _read_one,
    "may_call": _read_yes_no,
    "may_text": _read_yes_no,
    "may_voicemail": _read_yes_no,
    "may_email": _read_yes_no,
    "capacity": _read_capacity,
    "availability": _read_availability,
    "contact_hours": _read_contact_hours,
}
