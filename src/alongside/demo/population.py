"""Invented people drawn by published margins (`marginals.json` names each source).

Inspired by those figures, never representative.
Pure: a `random.Random` goes in, roster rows come out. Phone numbers are from the range kept for fiction (555-01xx) and
e-mail addresses end in example.org.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from . import words

MARGINS = json.loads((Path(__file__).parent / "marginals.json").read_text())["teds_2022_admissions"]
SPANISH_SHARE = 0.34
"""The demo county speaks more Spanish than the nation (TEDS: 15.2 % Hispanic or Latino); said so in the docs."""

ZIPS = ("90012", "90026", "90033", "90057", "90063", "91101", "91331", "90221", "90744", "90813")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PARTS = ("mornings", "afternoons", "evenings")
PATHWAYS = (
    ("12-step", 34),
    ("Secular", 12),
    ("Faith", 13),
    ("Medication", 19),
    ("Harm reduction", 8),
    ("Exploring", 14),
)
EXPERIENCES = (
    ("Alcohol", 36), ("Opioids", 28), ("Meth", 22), ("Cannabis", 9), ("Depression", 30), ("Trauma", 26), ("Jail", 24),
    ("Homelessness", 18), ("Grief", 12), ("Veteran", 6), ("LGBTQ", 8),
)  # fmt: skip
LIFE_STAGES = (
    ("Working", 26), ("Looking for work", 34), ("Parent of young children", 24), ("Student", 9), ("Retired", 6),
    ("Caregiver", 8), ("Rebuilding after release", 18), ("New in town", 10),
)  # fmt: skip
NEEDS = (
    ("Someone to talk to", 60), ("First weeks", 35), ("Housing", 28), ("Work", 30), ("Family", 26), ("Court", 16),
    ("Meetings", 30), ("Cravings", 24), ("New friends", 18), ("Sleep", 12),
)  # fmt: skip
INTERESTS = ("Music", "Sports", "Cooking", "Reading", "Outdoors", "Art", "Movies", "Pets")


@dataclass(frozen=True)
class Drawn:
    """One invented person as a roster row: header to cell, plus what the demo needs later."""

    row: dict[str, str]
    language: str
    loved_one: bool
    asked_on: date | None = None


def weighted(rng: Random, pairs) -> str:
    """One value of (value, weight) pairs."""
    values, weights = zip(*pairs, strict=True)
    return rng.choices(values, weights)[0]


def some(rng: Random, pairs, least: int = 1) -> str:
    """Several values, each with its own chance in percent, as one cell."""
    chosen = [value for value, percent in pairs if rng.random() * 100 < percent]
    while len(chosen) < least:
        chosen.append(weighted(rng, pairs))
    return "; ".join(dict.fromkeys(chosen))


def draw_age(rng: Random) -> int:
    """Years, by the age margin of admissions; the rest is spread over the older and the youngest adults."""
    ages = MARGINS["age"]
    band = rng.choices(["21-34", "35-44", "other"], [ages["21-34"], ages["35-44"], ages["other"]])[0]
    if band == "21-34":
        return rng.randint(21, 34)
    return rng.randint(35, 44) if band == "35-44" else rng.choice([rng.randint(18, 20), *[rng.randint(45, 71)] * 5])


def draw_gender(rng: Random) -> str:
    """By the sex margin of admissions; three in a hundred are nonbinary, which the source did not ask."""
    if rng.random() < 0.03:
        return "nonbinary"
    return "woman" if rng.random() * 100 < MARGINS["sex"]["female"] else "man"


def draw_hours(rng: Random, parts: int) -> str:
    """Availability in words, as a program's spreadsheet would hold it."""
    return "; ".join(f"{rng.choice(DAYS)} {rng.choice(PARTS)}" for _ in range(parts))


class People:
    """Draws people one after the other; no two share a full name."""

    def __init__(self, seed: int, today: date) -> None:
        self.rng, self.today, self.count, self.names = Random(seed), today, 0, set()

    def _name(self, language: str, gender: str) -> tuple[str, str]:
        while True:
            first = self.rng.choice(words.NAMES[language][gender])
            last = self.rng.choice(words.FAMILY_NAMES[language])
            if (first, last) not in self.names:
                self.names.add((first, last))
                return first, last

    def _common(self, prefix: str) -> tuple[dict[str, str], str, str]:
        rng = self.rng
        self.count += 1
        language = "es" if rng.random() < SPANISH_SHARE else "en"
        gender = draw_gender(rng)
        first, last = self._name(language, gender)
        birth = self.today - timedelta(days=draw_age(rng) * 365 + rng.randint(0, 364))
        row = {
            "ID": f"{prefix}-{self.count:04d}",
            "First name": first,
            "Last name": last,
            "Goes by": f"{first} {last[0]}.",
            "DOB": birth.strftime("%m/%d/%Y"),
            "Gender": gender.capitalize(),
            "Phone": f"({rng.choice(['213', '323', '626', '818'])}) 555-01{self.count % 100:02d}",
            "ZIP": rng.choice(ZIPS),
            "Interests": "; ".join(rng.sample(INTERESTS, 2)),
        }
        return row, language, gender

    def participant(self, asked_on: date) -> Drawn:
        """A participant; one in seven is a loved one with their own record."""
        rng = self.rng
        row, language, gender = self._common("P")
        loved_one = rng.random() < 0.14
        hopes = words.LOVED_ONE_HOPES if loved_one else words.HOPES
        row |= {
            "Here for": "A loved one" if loved_one else "Own recovery",
            "Language": "Spanish" if language == "es" else "English",
            "Pathway": weighted(rng, PATHWAYS),
            "Wants help with": some(rng, NEEDS),
            "In their words": rng.choice(hopes[language]),
            "Lived experience": "Loved one" if loved_one else some(rng, EXPERIENCES),
            "Life stage": some(rng, LIFE_STAGES),
            "Availability": draw_hours(rng, rng.randint(3, 7)),
            "How to meet": rng.choice(["Phone", "Phone; In person", "In person", "Phone; Text", "Video; Phone"]),
            "Wants a peer who is": self._wish(gender),
            "May text": rng.choice(["Yes", "Yes", "No"]),
            "Voicemail OK": rng.choice(["No", "No", "Yes"]),
            "Asked on": asked_on.strftime("%m/%d/%Y"),
        }
        if rng.random() < 0.45:
            row["E-mail"] = f"{row['ID'].lower()}@example.org"
        return Drawn(row, language, loved_one, asked_on)

    def _wish(self, gender: str) -> str:
        roll = self.rng.random()
        if gender == "woman" and roll < 0.22:
            return "Woman (must)"
        return {True: "Woman", False: "Man"}[gender == "woman"] if roll < 0.4 else ""

    def peer(self, index: int) -> Drawn:
        """A peer, by the same margins: peers come from the people they serve."""
        rng = self.rng
        row, language, _ = self._common("M")
        loved_one = index % 3 == 1
        stories = words.STORIES[language]
        languages = (
            "Spanish; English" if language == "es" else ("English; Spanish" if rng.random() < 0.2 else "English")
        )
        row |= {
            "Languages": languages,
            "Pathways": some(rng, PATHWAYS, least=2),
            "Lived experience": f"{some(rng, EXPERIENCES, least=2)}{'; Loved one' if loved_one else ''}",
            "Life stage": some(rng, LIFE_STAGES),
            "Hours": draw_hours(rng, rng.randint(7, 12)),
            "How": rng.choice(["Phone; In person; Text", "Phone; Text", "In person; Phone", "Phone; Video; In person"]),
            "Places": str(rng.choice([4, 5, 6, 6, 7, 8])),
            "Serves": "Both" if loved_one else "Own recovery",
            "Story": stories[index % len(stories)],
        }
        return Drawn(row, language, loved_one)
