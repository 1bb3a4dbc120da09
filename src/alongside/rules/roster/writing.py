"""People to rows that `rules.roster` reads back as the same people, without a question: the reader's exact inverse.

    sheet = Sheet(kind, Words("es", labels), region="US")
    sheet.headers                        # names of columns, each known to the reader
    sheet.row(key, values)               # values as in `RosterRow.values`; cells are text, safe for spreadsheets

The first column, `returned.OWN_HEADER`, holds a random key and tells the reader that the file is ours: a cell that a
spreadsheet program would run has a `'` in front, which the reader then takes off again (H4). Words that a kind reader
would change stand in white brackets (`exact`). A derived value (`age_band`) is not written.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import phonenumbers

from alongside.rules.roster.contacts import read_phone
from alongside.rules.roster.exact import EXACT_FIELDS, is_plain, write_exact
from alongside.rules.roster.headers import PARTICIPANTS, PEERS
from alongside.rules.roster.names import read_name
from alongside.rules.roster.returned import OWN_HEADER, mark
from alongside.rules.roster.text import is_blank
from alongside.rules.roster.values import Context, read_cell
from alongside.rules.roster.wishes import Wish
from alongside.rules.roster.written_hours import write_hour_range, write_hours
from alongside.rules.roster.written_words import Words

# Field -> its name in English and Spanish.
_SHARED: Mapping[str, tuple[str, str]] = {
    "external_id": ("Record number", "Número de registro"),
    "goes_by": ("Goes by", "Nombre preferido"),
    "legal_name": ("Full name", "Nombre completo"),
    "pronouns": ("Pronouns", "Pronombres"),
    "birth_date": ("Date of birth", "Fecha de nacimiento"),
    "age": ("Age", "Edad"),
    "phone": ("Phone", "Teléfono"),
    "email": ("E-mail", "Correo electrónico"),
    "language": ("Languages", "Idiomas"),
    "gender": ("Gender", "Género"),
    "pathway": ("Recovery pathway", "Camino de recuperación"),
    "experience": ("Lived experience", "Experiencia de vida"),
    "life_stage": ("Stage of life", "Etapa de vida"),
    "interests": ("Interests", "Intereses"),
    "availability": ("Availability", "Disponibilidad"),
    "mode": ("How to meet", "Modalidad"),
    "zip": ("ZIP code", "Código postal"),
    "site": ("Site", "Sede"),
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    PARTICIPANTS: {
        **_SHARED,
        "kind": ("Here for", "Para quién"),
        "race": ("Race or ethnicity", "Raza o etnia"),
        "started_on": ("Intake date", "Fecha de ingreso"),
        "needs": ("Wants help with", "Necesita ayuda con"),
        "preferences": ("Wants a peer who is", "Quiere un mentor que sea"),
        "own_words": ("In their own words", "En sus propias palabras"),
        "channel": ("Safe way to reach", "Forma segura de contacto"),
        "name_to_use": ("Ask for", "Preguntar por"),
        "may_call": ("OK to call", "Se puede llamar"),
        "may_text": ("OK to text", "Se puede enviar texto"),
        "may_voicemail": ("OK to leave voicemail", "Se puede dejar mensaje"),
        "may_email": ("OK to email", "Se puede enviar correo"),
        "contact_hours": ("Best time to call", "Horario para llamar"),
        "notes": ("Notes", "Notas"),
    },
    PEERS: {
        **{about: names for about, names in _SHARED.items() if about != "age"},
        "capacity": ("Capacity", "Capacidad"),
        "serves": ("Supports", "Apoya a"),
        "limits": ("Limits", "Límites"),
        "story": ("Story", "Historia corta"),
        "supervisor": ("Supervisor", "Supervisora"),
    },
}
"""What each kind of file holds, in the order of its columns. A peer's notes and limits are one text: `limits`."""

LONGEST_CELL = 9_500
"""Characters of a cell; the reader refuses files with more than 10,000 in one."""

# Most numbers of most programs: no need to ask a library about each.
_USUAL = re.compile(r"\+1([2-9][0-9]{2})([2-9][0-9]{2})([0-9]{4})")
_LISTS = frozenset(
    ("language", "race", "pathway", "experience", "life_stage", "interests", "mode", "needs", "serves")
)  # fmt: skip


class CellTooLong(ValueError):
    """Words that no cell of a file may hold, so that the file could not come back."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


@dataclass(frozen=True)
class Sheet:
    """One file of people: which kind, in which words. `more` are names of columns that the reader passes over."""

    kind: str
    words: Words
    region: str = "US"
    more: tuple[str, ...] = ()
    _context: Context = field(default_factory=lambda: Context(dt.date(2000, 1, 1)))

    @property
    def headers(self) -> tuple[str, ...]:
        """Names of the columns."""
        names = (names[self.words.place] for names in COLUMNS[self.kind].values())
        return (OWN_HEADER, *names, *map(mark, self.more))

    def row(self, key: str, values: Mapping[str, object], more: tuple[str, ...] = ()) -> list[str]:
        """One person's cells. `key`: random letters and digits. Raises `CellTooLong` and `NoWord`."""
        cells = [self.cell(about, values.get(about)) for about in COLUMNS[self.kind]]
        return [key, *map(mark, (*cells, *more))]

    def cell(self, about: str, value: object) -> str:
        """One value as text, without the mark; "" for none."""
        if value is None or value == "" or value == () or value == []:
            return ""
        match about:
            case "birth_date" | "started_on":
                return value.isoformat() if isinstance(value, dt.date) else str(value)
            case "preferences" if isinstance(value, list | tuple):
                return "; ".join(self.words.wish(wish) for wish in value if isinstance(wish, Wish))
            case "gender" | "kind" | "channel":
                return self.words.term(about, str(value))
            case "availability":
                return write_hours(str(value), self.words.place)
            case "contact_hours" if isinstance(value, list | tuple):
                return write_hour_range(int(value[0]), int(value[1]))
            case "may_call" | "may_text" | "may_voicemail" | "may_email":
                return self.words.yes_no(bool(value))
            case "age" | "capacity":
                return str(value)
        if about in _LISTS and isinstance(value, list | tuple):
            return "; ".join(self.words.term(about, str(code)) for code in value)
        return self._words(about, str(value))

    def _words(self, about: str, text: str) -> str:
        if about == "phone" and self.region == "US" and (found := _USUAL.fullmatch(text)):
            return "({}) {}-{}".format(*found.groups())
        written = self._number(text) if about == "phone" else text
        if not is_plain(written) or not self._reads_back(about, written, text):
            written = write_exact(text)
        if len(written) > LONGEST_CELL:
            raise CellTooLong(about)
        return written

    def _number(self, text: str) -> str:
        """A number of the program's own country as people there write it."""
        number = read_phone(text, self.region)
        if not number.number or number.rest:
            return text
        parsed = phonenumbers.parse(number.number)
        if phonenumbers.region_code_for_number(parsed) != self.region:
            return number.number
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        return national if read_phone(national, self.region).number == number.number else number.number

    def _reads_back(self, about: str, written: str, text: str) -> bool:
        if about in ("legal_name", "goes_by") and (is_blank(written) or not any(map(str.isalpha, written))):
            return False
        if about == "legal_name" and read_name(written).legal != text:
            return False
        cell = read_cell(about, written, self._context)
        if about == "phone":
            # The same number however it was typed; words beside it stay as they were.
            number = read_phone(text, self.region)
            return bool(number.number) and not number.rest and cell.value == number.number and not cell.kept
        return about in EXACT_FIELDS and cell.value == text and not cell.problems and not cell.kept
