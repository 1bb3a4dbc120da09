"""Two lists as the engine takes them: what is said is kept, what is not said stays unknown."""

from datetime import date

from alongside.rules import roster
from alongside.rules.matching.from_rosters import USUAL_CAPACITY, list_people, peer_of, seeker_of
from alongside.rules.matching.values import Preference

TODAY = date(2026, 3, 2)
PEOPLE = """ID,Name,DOB,Language,Pathway,Wants help with,Availability,Wants a peer who is,Asked on,ZIP
P-1,Rosa Lopez,03/24/1990,Spanish; English,12-step,Housing,Mon evenings,must: a woman,02/20/2026,90012
P-2,Ben Cole,,,,,,,,
P-2,Eva Ruiz,13/13/2013,,,,,,,
,,,,,,,,,
"""
PEERS = """Name,Gender,Language,Capacity,Availability
Dolores Diaz,Woman,English; Spanish,2,Mon evenings
Dan Smith,Man,,,
"""


def locate(zip_code: str):
    return (34.06, -118.24) if zip_code == "90012" else (None, None)


def people(text: str, kind: str):
    table = roster.read_table(text.encode(), "list.csv")
    mapping = roster.mapping_of(roster.guess_table(table, kind))
    return list_people(roster.read_rows(table, mapping, roster.Options(today=TODAY, date_order="mdy")))


def test_everything_said_is_kept():
    rosa = seeker_of(people(PEOPLE, roster.PARTICIPANTS)[0], locate, TODAY)
    assert (rosa.id, rosa.age, rosa.languages, rosa.waiting_days) == ("participant P-1", 35, ("es", "en"), 10)
    assert (rosa.latitude, rosa.pathways, rosa.needs) == (34.06, {"twelve_step"}, {"housing"})
    assert rosa.preferences == (Preference("gender", "woman", "must"),) and rosa.hours
    dolores = peer_of(people(PEERS, roster.PEERS)[0], locate, TODAY)
    assert (dolores.gender, dolores.languages, dolores.capacity, dolores.places_free) == ("woman", ("en", "es"), 2, 2)
    assert dolores.hours == rosa.hours


def test_what_is_not_said_stays_unknown():
    ben = seeker_of(people(PEOPLE, roster.PARTICIPANTS)[1], locate, TODAY)
    assert (ben.age, ben.languages, ben.hours, ben.latitude, ben.waiting_days) == (None, (), None, None, 0)
    dan = peer_of(people(PEERS, roster.PEERS)[1], locate, TODAY)
    assert (dan.capacity, dan.hours, dan.serves) == (USUAL_CAPACITY, None, frozenset())


def test_a_record_number_that_two_have_names_neither():
    ids = [one.id for one in people(PEOPLE, roster.PARTICIPANTS)]
    assert ids == ["P-1", "row 3", "row 4"]
