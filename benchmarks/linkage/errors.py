"""What goes wrong when the same person is written down a second time."""

from dataclasses import replace
from datetime import date
from random import Random

from .records import Record, draw_email, draw_phone

NEIGHBORS = {
    "a": "sqz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy", "i": "uok",
    "j": "hku",
    "k": "jli", "l": "kop", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw", "t": "ryg",
    "u": "yij", "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xa",
}  # fmt: skip
BY_EAR = (("z", "s"), ("s", "z"), ("v", "b"), ("b", "v"), ("ll", "y"), ("j", "g"), ("h", ""), ("ph", "f"), ("c", "k"),
          ("y", "i"), ("ck", "k"), ("ee", "ea"), ("son", "sen"), ("qu", "k"), ("nn", "n"), ("tt", "t"))  # fmt: skip
SHORT = {
    "Maria": "Mari Mary Cuca", "Jennifer": "Jenny Jen", "Patricia": "Pat Patty Trish", "Elizabeth": "Liz Beth Betsy",
    "Jessica": "Jess", "Kimberly": "Kim", "Michelle": "Shelly Mich", "Amanda": "Mandy", "Melissa": "Missy Mel",
    "Deborah": "Deb Debbie", "Stephanie": "Steph", "Rebecca": "Becky", "Cynthia": "Cindy", "Katherine": "Kathy Kate",
    "Christine": "Chris Tina", "Victoria": "Vicky Tori", "Guadalupe": "Lupe Lupita", "Teresa": "Tere Teresita",
    "Leticia": "Lety", "Beatriz": "Betty Bea", "Yolanda": "Yoli", "Rosa": "Rosita Rosie", "Alicia": "Licha",
    "James": "Jim Jimmy", "Michael": "Mike", "Robert": "Bob Bobby", "William": "Bill Will", "Richard": "Rick Dick",
    "Joseph": "Joe Joey", "Thomas": "Tom", "Christopher": "Chris", "Charles": "Chuck Charlie", "Daniel": "Dan Danny",
    "Matthew": "Matt", "Anthony": "Tony", "Steven": "Steve", "Andrew": "Andy Drew", "Joshua": "Josh", "Kenneth": "Ken",
    "Timothy": "Tim", "Edward": "Ed Eddie", "Nicholas": "Nick", "Jonathan": "Jon", "Benjamin": "Ben", "Samuel": "Sam",
    "Gregory": "Greg", "José": "Pepe Joe Cheo", "Francisco": "Pancho Paco Frank", "Jesús": "Chuy",
    "Manuel": "Manny Meño",
    "Ricardo": "Ricky Richi", "Alejandro": "Alex Jano", "Antonio": "Tony Toño", "Miguel": "Mike Migue",
    "Luis": "Lucho Wicho", "Carlos": "Charly Calín", "Juan": "Juanito John", "Javier": "Javi Harvey", "Pedro": "Pete",
}  # fmt: skip
FREE_NAMES = ["Sunny", "Flaco", "Tiny", "Güera", "Buddy", "Red", "Chato", "Smiley", "Nena", "Ace"]
"""Names that people go by and that no list knows."""


def write_again(record: Record, rng: Random) -> Record:
    """The same person as somebody else wrote them down, or later in life."""
    again = record
    for chance, change in (
        (0.09, _married), (0.16, _slip_in_given), (0.18, _slip_in_family), (0.22, _short_form), (0.08, _by_ear),
        (0.25, _fewer_names), (0.30, _no_accents), (0.05, _swapped), (0.20, _no_birth_date), (0.04, _day_and_month),
        (0.05, _digit_of_birth_date), (0.02, _year_off), (0.33, _other_phone), (0.14, _no_phone),
        (0.04, _slip_in_phone),
        (0.25, _other_email), (0.25, _no_email), (0.03, _slip_in_email), (0.30, _other_zip), (0.10, _only_called),
    ):  # fmt: skip
        if rng.random() < chance:
            again = change(again, rng)
    return again


def slip(word: str, rng: Random) -> str:
    """One slip of a finger: a neighboring key, a letter twice or left out, two in the other order."""
    if len(word) < 3:
        return word
    place = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:place] + rng.choice(NEIGHBORS.get(word[place].lower(), "e")) + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    if kind == 2:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _slip_in_given(record: Record, rng: Random) -> Record:
    return replace(record, given=slip(record.given, rng))


def _slip_in_family(record: Record, rng: Random) -> Record:
    families = list(record.families)
    place = rng.randrange(len(families))
    families[place] = slip(families[place], rng)
    return replace(record, families=tuple(families))


def _by_ear(record: Record, rng: Random) -> Record:
    families = list(record.families)
    for one, other in rng.sample(BY_EAR, len(BY_EAR)):
        if one in families[0].lower()[1:]:
            families[0] = families[0][0] + families[0][1:].replace(one, other, 1)
            break
    return replace(record, families=tuple(families))


def _short_form(record: Record, rng: Random) -> Record:
    known = SHORT.get(record.given)
    name = rng.choice(known.split()) if known else rng.choice(FREE_NAMES)
    # In documents the formal name stays; half write only what they hear.
    return replace(record, called=name, given=name if known and rng.random() < 0.5 else record.given)


def _fewer_names(record: Record, rng: Random) -> Record:
    return replace(record, middle="", families=record.families[: 1 if rng.random() < 0.8 else 2])


def _no_accents(record: Record, rng: Random) -> Record:
    plain = str.maketrans("áéíóúüñÁÉÍÓÚÑ", "aeiouunAEIOUN")
    return replace(record, given=record.given.translate(plain),
                   families=tuple(one.translate(plain) for one in record.families))  # fmt: skip


def _swapped(record: Record, rng: Random) -> Record:
    return replace(record, is_swapped=True)


def _married(record: Record, rng: Random) -> Record:
    if record.gender != "woman":
        return record
    new = record.other_family
    return replace(record, families=(f"{record.families[0]}-{new}",) if rng.random() < 0.25 else (new,))


def _no_birth_date(record: Record, rng: Random) -> Record:
    return replace(record, born=None)


def _day_and_month(record: Record, rng: Random) -> Record:
    if record.born is None or record.born.day > 12:
        return record
    return replace(record, born=date(record.born.year, record.born.day, record.born.month))


def _digit_of_birth_date(record: Record, rng: Random) -> Record:
    if record.born is None:
        return record
    part = rng.choice(("year", "month", "day"))
    try:
        return replace(record, born=record.born.replace(**{part: getattr(record.born, part) + rng.choice((-1, 1))}))
    except ValueError:
        return record


def _year_off(record: Record, rng: Random) -> Record:
    if record.born is None:
        return record
    return replace(
        record, born=date(record.born.year + rng.choice((-10, -2, 2, 10)), record.born.month, min(record.born.day, 28))
    )


def _other_phone(record: Record, rng: Random) -> Record:
    return replace(record, phone=draw_phone(rng))


def _no_phone(record: Record, rng: Random) -> Record:
    return replace(record, phone="")


def _slip_in_phone(record: Record, rng: Random) -> Record:
    if not record.phone:
        return record
    place = rng.randrange(2, len(record.phone))
    return replace(record, phone=record.phone[:place] + str(rng.randrange(10)) + record.phone[place + 1 :])


def _other_email(record: Record, rng: Random) -> Record:
    return replace(record, email=draw_email(record.given, record.families[0], rng))


def _no_email(record: Record, rng: Random) -> Record:
    return replace(record, email="")


def _slip_in_email(record: Record, rng: Random) -> Record:
    mine, at, host = record.email.partition("@")
    return replace(record, email=slip(mine, rng) + at + host)


def _other_zip(record: Record, rng: Random) -> Record:
    return replace(record, zip=f"{rng.randrange(90001, 90900)}")


def _only_called(record: Record, rng: Random) -> Record:
    return replace(record, is_only_called=True)
