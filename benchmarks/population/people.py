"""Participants and peers as rows: names, how they may be reached, what they ask for or offer."""

from datetime import timedelta
from functools import lru_cache
from random import Random

from alongside.audit.fields import blind_index
from alongside.demo import words
from alongside.demo.population import MARGINS, draw_age, draw_gender, weighted
from alongside.intake.models import Preference, Wishes
from alongside.people.models import Person, SafeContact
from alongside.people.names import fold
from alongside.rules import vocabulary as codes
from alongside.rules.availability import hours_from_parts
from alongside.workforce.models import PeerProfile

from .bulk import Table, new_id
from .clock import Clock
from .names import draw_name

SPANISH = MARGINS["ethnicity"]["Hispanic or Latino"] / 100
LOVED_ONES = 0.14
ZIPS = ("90012", "90026", "90033", "90057", "90063", "91101", "91331", "90221", "90744", "90813")
PATHWAYS = tuple(zip(codes.PATHWAYS, (34, 12, 13, 19, 8, 5, 9, 14), strict=True))
PARTS = tuple(f"{day}_{part}" for day in codes.DAYS for part in ("morning", "afternoon", "evening"))


def some(rng: Random, values: tuple, most: int) -> list:
    """One to `most` of the values."""
    return rng.sample(values, 1 + int(rng.random() * most))


def draw_language(rng: Random) -> str:
    """English, Spanish by its margin, and a few of the other languages."""
    roll = rng.random()
    return "es" if roll < SPANISH else rng.choice(codes.LANGUAGES[2:]) if roll > 0.96 else "en"


class People:
    """Writes persons and what belongs to each of them, for one program."""

    def __init__(self, rng: Random, clock: Clock, program: str, prefix: str):
        self.rng, self.clock, self.program, self.prefix, self.count = rng, clock, program, prefix, 0
        self.person = Table(
            Person, "id", "program", "user", "goes_by", "goes_by_search", "language", "legal_name",
            "legal_name_index", "birth_date", "phone", "phone_index", "email", "email_index", "external_id",
            "external_id_index", "supervisor", "created_at",
        )  # fmt: skip
        self.safe = Table(
            SafeContact, "id", "program", "person", "channel", "may_text", "may_voicemail", "may_email"
        )  # fmt: skip
        self.wishes = Table(
            Wishes, "id", "program", "episode", "needs", "own_words", "pathways", "languages", "experiences",
            "life_stages", "interests", "modes", "gender", "hours", "hours_known", "zip", "limits_told_at",
        )  # fmt: skip
        self.preference = Table(Preference, "id", "program", "wishes", "feature", "value", "strength")
        self.profile = Table(
            PeerProfile, "person", "program", "site", "status", "unavailable_until", "capacity", "serves", "languages",
            "pathways", "experiences", "life_stages", "interests", "modes", "gender", "hours", "hours_known", "zip",
            "story", "story_language", "started_on",
        )  # fmt: skip
        self.tables = (self.person, self.safe, self.wishes, self.preference, self.profile)

    def add_person(self, created: int, *, user=None, supervisor=None, gender="", language="") -> tuple[str, str]:
        """One human with the ways to reach them; returns id and language."""
        rng = self.rng
        self.count += 1
        gender = gender or draw_gender(rng)
        language = language or draw_language(rng)
        first, last = draw_name(rng, gender)
        goes_by, legal = f"{first} {last[0]}." if rng.random() < 0.6 else f"{first} {last}", f"{first} {last}"
        birth = self.clock.today() - timedelta(days=draw_age(rng) * 365 + int(rng.random() * 365))
        area = 201 + int(rng.random() * 780)
        phone = f"+1{area}55501{int(rng.random() * 100):02}"
        number = f"{self.prefix}{self.count:06}"
        email = f"{number.lower()}@example.org" if rng.random() < 0.45 else ""
        person = new_id(rng)
        self.person.add(
            person, self.program, user, goes_by, fold(goes_by), language, legal, name_index(legal),
            birth.isoformat(), phone, phone_index(phone), email,
            blind_index(email, "email") or None, number, blind_index(number, "external_id"), supervisor,
            self.clock.text(created),
        )  # fmt: skip
        roll = rng.random()
        self.safe.add(
            new_id(rng), self.program, person, "phone" if roll < 0.6 else "text" if roll < 0.85 else "app", roll > 0.4,
            roll < 0.3, bool(email) and roll < 0.5,
        )  # fmt: skip
        return person, language

    def add_wishes(self, episode: str, language: str, loved_one: bool, told: int) -> None:
        """What somebody asks for in one episode, and of their peer."""
        rng, wishes = self.rng, new_id(self.rng)
        hopes = (words.LOVED_ONE_HOPES if loved_one else words.HOPES)["es" if language == "es" else "en"]
        self.wishes.add(
            wishes, self.program, episode, some(rng, codes.NEEDS, 4), rng.choice(hopes),
            [weighted(rng, PATHWAYS)], [language], some(rng, codes.EXPERIENCES, 3), some(rng, codes.LIFE_STAGES, 2),
            some(rng, codes.INTERESTS, 3), some(rng, codes.MODES, 2), "", hours_from_parts(some(rng, PARTS, 7)), True,
            rng.choice(ZIPS), self.clock.text(told),
        )  # fmt: skip
        roll = rng.random()
        if roll < 0.4:
            self.preference.add(
                new_id(rng), self.program, wishes, "gender", "woman" if roll < 0.25 else "man",
                "must" if roll < 0.1 else "like",
            )  # fmt: skip
        if rng.random() < 0.3:
            self.preference.add(
                new_id(rng), self.program, wishes, "pathway", rng.choice(codes.PATHWAYS[:-1]), "like"
            )  # fmt: skip

    def add_peer(self, created: int, status: str, capacity: int, site: str, user, supervisor) -> tuple[str, str]:
        """A peer with their profile; returns id and language."""
        rng = self.rng
        gender = draw_gender(rng)
        person, language = self.add_person(created, user=user, supervisor=supervisor, gender=gender)
        spoken = "es" if language == "es" else "en"
        until = (self.clock.today() + timedelta(days=14)).isoformat() if status == "unavailable" else None
        self.profile.add(
            person, self.program, site, status, until, capacity, list(codes.KINDS[: 1 + (rng.random() < 0.3)]),
            sorted({language, "en"}), some(rng, codes.PATHWAYS[:-1], 3), some(rng, codes.EXPERIENCES, 4),
            some(rng, codes.LIFE_STAGES, 3), some(rng, codes.INTERESTS, 3), some(rng, codes.MODES, 3), gender,
            hours_from_parts(some(rng, PARTS, 12)), True, rng.choice(ZIPS), rng.choice(words.STORIES[spoken]),
            spoken, self.clock.day(created),
        )  # fmt: skip
        return person, language

    def flush(self) -> None:
        """Write what is left."""
        for table in self.tables:
            table.flush()


@lru_cache(maxsize=100_000)
def name_index(name: str) -> str:
    """The blind index of a name."""
    return blind_index(name, "name")


@lru_cache(maxsize=100_000)
def phone_index(phone: str) -> str:
    """The blind index of a phone number."""
    return blind_index(phone, "phone")
