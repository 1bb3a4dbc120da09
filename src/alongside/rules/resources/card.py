"""What the pages show of a service of HSDS: found wherever the feed has it, cleaned of what feeds leave in text.

Never shown: contacts, who are named people; and the address of a shelter from violence at home, also where a feed
has it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from . import hours as hours_
from .checking import read_day
from .eligible import ages_in, costs_nothing, groups_in
from .found import EMPTY, identity_of
from .hsds import Values
from .languages import languages_of
from .needs import GROUPS, NEEDS, OUR_GROUPS, OURS, fold, is_kept_private, of_term, of_text

MARKER = re.compile(r"#{2,}\s*+[A-Z]{0,12}\s*+#{2,}|[A-Z]{0,12}#{3,}")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
TOLL = re.compile(r"[^\d+]")
BEHIND = re.compile(
    r"(?<=\d)[\s,;.(]*(?:x|ext|extension|or|and|o|y|#|/|;)[\s.:)]*\+?[\d(].*$", re.IGNORECASE | re.DOTALL
)
"""An extension, or another number: a link that dials those too reaches nobody."""
IN_LETTERS = re.compile(r"\+?\d[\d().\s-]*-[A-Z]{3,8}\b")
KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
WEB = re.compile(r"https?://(?:[\w-]+\.)+[\w-]{2,63}(?::\d{1,5})?(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
GROUPS_ARE_TOLD = "alongside:groups_are_told"
"""Set where a list says in codes for whom a service is made: then its words are not read for it."""
SUMMARY = 150
SEEN = 12
"""Of phones, addresses or lines that one page shows of a kind."""


@dataclass(frozen=True)
class Phone:
    """`tel` is what a link dials; empty when no telephone could."""

    number: str
    tel: str = ""
    extension: str = ""
    note: str = ""


@dataclass(frozen=True)
class Place:
    """One place. `lines` of its address, empty where it is kept private or unknown."""

    name: str = ""
    lines: tuple[str, ...] = ()
    city: str = ""
    postal_code: str = ""
    directions: str = ""


@dataclass(frozen=True)
class Space:
    """How many places were free, as the source counted them on a day. `unit` is its word, such as "Bed"."""

    available: int
    most: int | None = None
    unit: str = ""
    note: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Card:
    """Everything that is shown of one service. `ages` are told as such; `taken_ages` also from the words of it."""

    name: str
    organization: str = ""
    description: str = ""
    url: str = ""
    phones: tuple[Phone, ...] = ()
    places: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    eligibility: str = ""
    ages: tuple[int | None, int | None] = (None, None)
    taken_ages: tuple[int | None, int | None] = (None, None)
    is_free: bool = False
    spaces: tuple["Space", ...] = ()
    languages: tuple[str, ...] = ()
    other_languages: tuple[str, ...] = ()
    interpretation: str = ""
    accessibility: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    how_to_apply: str = ""
    wait: str = ""
    alert: str = ""
    hours: tuple[hours_.Hours, ...] = ()
    hours_words: tuple[str, ...] = ()
    status: str = ""
    checked_on: date | None = None
    changed_on: date | None = None
    is_private: bool = False

    @property
    def summary(self) -> str:
        """The beginning of the description, cut at a word."""
        if len(self.description) <= SUMMARY:
            return " ".join(self.description.split())
        return " ".join(self.description[:SUMMARY].split()[:-1]) + " …"

    @property
    def words(self) -> str:
        """All that a search looks at, folded."""
        parts = (self.name, self.organization, self.description, self.eligibility, *self.terms, *self.areas)
        return fold(" ".join(parts))

    @property
    def where(self) -> str:
        """All that a search for a place looks at, folded. Of what is kept private only the city."""
        found: list[str] = []
        for place in self.places:
            found += (place.city,) if self.is_private else (place.city, place.postal_code, *place.lines)
        return fold(" ".join((*found, *self.areas)))


def say(value: object, most: int = 4000) -> str:
    """A text of a feed as a person may read it: without marks of its software, with real line ends.

    >>> say(r"Open to all.\\\\n\\\\n###MON###")
    'Open to all.'
    """
    if value in EMPTY or isinstance(value, (dict, list)):
        return ""
    text = str(value).replace("\\r", "").replace("\\n", "\n").replace("\r\n", "\n")
    text = TAG.sub(" ", MARKER.sub(" ", text)).replace("&amp;", "&").replace("&nbsp;", " ")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:most]


def make_card(service: Values) -> Card:
    """The card of one service; anything may be missing or of the wrong kind."""
    organization = _one(service, "organization")
    at = _many(service, "service_at_locations")
    locations = [_one(place, "location") for place in at]
    everything = (service, *at, *locations)
    name, description = say(service.get("name"), 300), say(service.get("description") or service.get("summary"))
    eligibility = _eligibility(service)
    terms = [term for one in (service, *at) for term in _terms(one)]
    needs, unmapped = _needs(terms, f"{name} {description}")
    spoken, other = languages_of(
        one.get("name") or one.get("code") or one.get("language") for where in everything
        for one in _many(where, "languages")
    )  # fmt: skip
    told = service.get("alongside:address_is_public")  # what staff said, where they did; else the words tell
    is_private = not told if isinstance(told, bool) else is_kept_private(f"{name} {description}")
    schedules, costs = _schedules(service, at, locations), _costs(service)
    ages = _age(service.get("minimum_age")), _age(service.get("maximum_age"))
    taken = ages if any(ages) else ages_in(eligibility)
    return Card(
        name=name or "—", organization=say(organization.get("name"), 300), description=description,
        url=web_address(service.get("url")) or web_address(organization.get("website") or organization.get("url")),
        phones=_phones(everything, organization), places=_places(at, locations, is_private=is_private),
        areas=_texts((one.get("name") for one in _many(service, "service_areas")), 200),
        needs=needs, terms=unmapped, eligibility=eligibility,
        groups=_groups(terms, "" if service.get(GROUPS_ARE_TOLD) is True else f"{name}\n{eligibility}", taken),
        ages=ages, taken_ages=taken, is_free=costs_nothing(costs), spaces=_spaces(service),
        languages=spoken, other_languages=other[:SEEN], interpretation=say(service.get("interpretation_services"), 400),
        accessibility=_texts(
            (text for where in locations for one in _many(where, "accessibility")
             for text in (one.get("description"), one.get("details"))), 300,
        ),
        costs=costs, how_to_apply=say(service.get("application_process"), 600),
        documents=_texts((one.get("document") for one in _many(service, "required_documents")), 300),
        wait=say(service.get("wait_time"), 200), alert=say(service.get("alert"), 500),
        hours=hours_.join(filter(None, map(hours_.normalize, schedules)))[:60], hours_words=_hours_words(schedules),
        status=str(service.get("status") or ""), checked_on=read_day(service.get("assured_date")),
        changed_on=read_day(service.get("last_modified")), is_private=is_private,
    )  # fmt: skip


def _one(values: Values, name: str) -> Values:
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def _many(values: Values, name: str) -> list[Values]:
    found = values.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _texts(values: Iterable[object], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (say(value, most) for value in values))))[:SEEN]


def _eligibility(service: Values) -> str:
    told = service.get("eligibility_description") or service.get("eligibility")
    if isinstance(told, list):
        return "\n".join(_texts((one.get("eligibility") for one in _many(service, "eligibility")), 1500))
    return say(told, 1500)


def _terms(values: Values) -> Iterator[tuple[str, str, str]]:
    """(taxonomy, code, name) of each term of an object."""
    for one in _many(values, "attributes"):
        term = _one(one, "taxonomy_term")
        taxonomy = say(term.get("taxonomy") or _one(term, "taxonomy_detail").get("name"), 100)
        yield taxonomy, identity_of(term.get("code")), say(term.get("name"), 120) or say(one.get("label"), 120)


def _needs(terms: list[tuple[str, str, str]], text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ours = {code for taxonomy, code, _name in terms if taxonomy == OURS and code in NEEDS}
    found, unmapped = set(ours), []
    for taxonomy, code, name in terms:
        if taxonomy in (OURS, OUR_GROUPS):
            continue
        led = of_term(name, code)
        found |= led
        if not led and name:
            unmapped.append(name)
    wanted: Collection[str] = ours or found or of_text(text)
    return tuple(code for code in NEEDS if code in wanted), tuple(dict.fromkeys(unmapped))[:SEEN]


def _groups(terms: list[tuple[str, str, str]], text: str, ages: tuple[int | None, int | None]) -> tuple[str, ...]:
    ours = {code for taxonomy, code, _name in terms if taxonomy == OUR_GROUPS}
    found = ours or groups_in(text, ages)
    return tuple(code for code in GROUPS if code in found)


def _age(value: object) -> int | None:
    try:
        found = int(float(str(value)))
    except (ValueError, OverflowError):
        return None
    return found if 0 < found < 120 else None


def _spaces(service: Values) -> tuple[Space, ...]:
    """What the source counted (HSDS 3.1, `service_capacity`); nothing is worked out, and no count is made up."""
    found = []
    for one in _many(service, "capacities"):
        free, most = _count(one.get("available")), _count(one.get("maximum"))
        if free is not None and (most is None or free <= most):
            unit = say(_one(one, "unit").get("name"), 60)
            found.append(Space(free, most, unit, say(one.get("description"), 200), read_day(one.get("updated"))))
    return tuple(found)[:SEEN]


def _count(value: object) -> int | None:
    whole = isinstance(value, (int, float)) and not isinstance(value, bool) and value == int(value)
    return int(value) if whole and 0 <= value < 100_000 else None  # type: ignore[call-overload, operator]


def _costs(service: Values) -> tuple[str, ...]:
    told: list[object] = [service.get("fees_description") or service.get("fees")]
    for one in _many(service, "cost_options"):
        amount = " ".join(str(one[part]) for part in ("amount", "currency") if one.get(part) not in EMPTY)
        words = (say(one.get("option"), 200), amount.upper(), say(one.get("amount_description"), 200))
        told.append(": ".join(filter(None, (words[0], " ".join(filter(None, words[1:]))))))
    return _texts(told, 600)


def _phones(places: Iterable[Values], organization: Values) -> tuple[Phone, ...]:
    """Of the service and its places; of the organization only where those have none."""
    found: dict[str, Phone] = {}
    for where in (*places, organization):
        if where is organization and found:
            break
        for one in _many(where, "phones"):
            number = say(one.get("number"), 60).strip("\"' ")
            if not any(letter.isdigit() for letter in number):
                continue
            extension = say(one.get("extension"), 12)
            found.setdefault(
                TOLL.sub("", number) + extension,
                Phone(number, dialled(number), extension, say(one.get("description"), 200)),
            )
    return tuple(found.values())[:SEEN]


def dialled(number: str) -> str:
    """What a link to a telephone dials; "" where no telephone could.

    >>> dialled("(305) 555-0100"), dialled("call us")
    ('3055550100', '')
    """
    number = BEHIND.sub("", number)
    if found := IN_LETTERS.match(number):
        number = found[0].translate(KEYPAD)
    tel = TOLL.sub("", number)
    return tel if 3 <= len(tel.lstrip("+")) <= 15 else ""


def _places(at: list[Values], locations: list[Values], *, is_private: bool) -> tuple[Place, ...]:
    found: dict[Place, None] = {}
    for place, location in zip(at, locations, strict=True):
        addresses = _many(location, "addresses")
        physical = [one for one in addresses if one.get("address_type") in EMPTY or one["address_type"] == "physical"]
        for one in physical or addresses or [{}]:
            city, state = say(one.get("city"), 80), say(one.get("state_province"), 40)
            code = say(one.get("postal_code"), 20)
            street = [say(one.get(part), 120) for part in ("address_1", "address_2")]
            last = " ".join(filter(None, (f"{city}, {state}" if city and state else city or state, code)))
            lines = tuple(filter(None, (*street, last)))
            shown = Place(
                "" if is_private else say(location.get("name"), 120), () if is_private else lines, city, code,
                "" if is_private else say(location.get("transportation") or place.get("description"), 300),
            )  # fmt: skip
            if lines or shown.name:
                found[shown] = None
    return tuple(found)[:SEEN]


def _schedules(service: Values, at: list[Values], locations: list[Values]) -> list[Values]:
    """Hours of the service at its places; else its own; else those of the places."""
    for where in (at, [service], locations):
        found = [one for place in where for one in _many(place, "schedules")]
        if found:
            return found
    return []


def _hours_words(schedules: list[Values]) -> tuple[str, ...]:
    return _texts((one.get("description") or one.get("notes") for one in schedules), 400)[:4]


def web_address(value: object) -> str:
    """An address of the web that may be linked; "" for anything else, such as a script.

    >>> web_address("www.example.org"), web_address("javascript:alert(1)"), web_address("see below")
    ('https://www.example.org', '', '')
    """
    text = say(value, 500)
    if not text or any(letter.isspace() for letter in text):
        return ""
    if "://" not in text:
        text = f"https://{text}"
    return text if WEB.fullmatch(text) else ""
