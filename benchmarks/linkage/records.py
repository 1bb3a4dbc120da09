"""Made people as a program would write them down, with families who share a phone, and each person's own label."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.population.names import draw_name

HOSTS = ("gmail.com", "yahoo.com", "hotmail.com", "icloud.com", "outlook.com", "aol.com")


@dataclass(frozen=True)
class Record:
    """One person written down once. `label` is who it is; two records with one label are one person."""

    label: int
    gender: str
    given: str
    middle: str
    families: tuple[str, ...]
    other_family: str
    born: date | None
    phone: str
    email: str
    zip: str
    suffix: str = ""
    called: str = ""
    is_swapped: bool = False
    is_only_called: bool = False

    @property
    def legal_name(self) -> str:
        """The name in documents; empty where only the name they go by is known."""
        if self.is_only_called:
            return ""
        words = [self.given, self.middle, *self.families, self.suffix]
        if self.is_swapped:
            words = [*self.families, self.given]
        return " ".join(filter(None, words))

    @property
    def goes_by(self) -> str:
        """As they are called: "María G.", or a short form."""
        return f"{self.called or self.given} {self.families[0][0]}."


def make_records(seed: int, people: int, duplicates: int) -> list[Record]:
    """`people` records of as many persons, one in seven with somebody of their household beside them, and
    `duplicates` more records of persons who are there already. The same seed gives the same records."""
    from .errors import write_again

    rng = Random(seed)
    made: list[Record] = []
    while len(made) < people:
        one = draw_record(len(made), rng)
        made.append(one)
        if rng.random() < 0.15 and len(made) < people:
            made.append(draw_relative(one, len(made), rng))
    again = [write_again(one, rng) for one in (rng.choice(made) for _ in range(duplicates))]
    records = [_as_first_written(one, rng) for one in made] + again
    rng.shuffle(records)
    return records


def draw_record(label: int, rng: Random) -> Record:
    """One person with all that is known of them."""
    gender = rng.choice(("woman", "man", "woman", "man", "woman", "man", "nonbinary"))
    given, family = draw_name(rng, gender)
    families = (family,)
    if rng.random() < 0.2:
        families = (family, draw_name(rng, gender)[1])
    middle = draw_name(rng, gender)[0] if rng.random() < 0.3 else ""
    born = date(1945, 1, 1) + timedelta(days=int(rng.betavariate(2.2, 2.0) * 63 * 365))
    other = draw_name(rng, gender)[1]
    return Record(label, gender, given, middle, families, other, born, draw_phone(rng),
                  draw_email(given, family, rng), f"{rng.randrange(90001, 90900)}")  # fmt: skip


def draw_relative(one: Record, label: int, rng: Random) -> Record:
    """Somebody of the same household: twin, brother or sister, child (sometimes with the same name), or partner."""
    other = draw_record(label, rng)
    shared = {"zip": one.zip, "phone": one.phone if rng.random() < 0.7 else other.phone}
    kind = rng.random()
    if kind < 0.2:
        given = other.given if other.given != one.given else other.given + "a"
        return replace(other, families=one.families, born=one.born, given=given, **shared)
    if kind < 0.45:
        return replace(other, families=one.families, born=one.born + timedelta(days=rng.randrange(330, 3650)), **shared)
    if kind < 0.7:
        born = one.born + timedelta(days=rng.randrange(17 * 365, 40 * 365))
        if rng.random() < 0.4:
            named = rng.random() < 0.5
            return replace(other, given=one.given, gender=one.gender, middle="", families=one.families, born=born,
                           suffix="Jr" if named else "", **shared)  # fmt: skip
        return replace(other, families=one.families, born=born, **shared)
    return replace(other, families=one.families if rng.random() < 0.4 else other.families, **shared)


def draw_phone(rng: Random) -> str:
    """A number of the county."""
    return f"{rng.choice(('213', '310', '323', '562', '626', '747', '818'))}{rng.randrange(2_000_000, 9_999_999)}"


def draw_email(given: str, family: str, rng: Random) -> str:
    """An address as people choose them, most of them with their name in it."""
    plain = str.maketrans("áéíóúüñÁÉÍÓÚÑ", "aeiouunAEIOUN")
    given, family = given.translate(plain).lower(), family.translate(plain).lower().replace(" ", "")
    form = rng.choice((f"{given}.{family}", f"{given}{family[0]}", f"{given[0]}{family}", family + given, given))
    number = rng.choice(("", f"{rng.randrange(100)}", f"{rng.randrange(1950, 2008)}", f"{rng.randrange(1000)}"))
    return f"{form}{number}@{rng.choice(HOSTS)}"


def _as_first_written(one: Record, rng: Random) -> Record:
    """Also the first time not everything is asked or said."""
    return replace(
        one,
        born=one.born if rng.random() < 0.88 else None,
        phone=one.phone if rng.random() < 0.9 else "",
        email=one.email if rng.random() < 0.6 else "",
        zip=one.zip if rng.random() < 0.8 else "",
        is_only_called=rng.random() < 0.1,
    )
