"""What is shown of a service: needs, languages, telephones that dial, and what is kept back."""

import json
import time

import pytest
from tests.rules.resources.files import example, shared, uid

from alongside.rules.resources import read
from alongside.rules.resources.by_hand import HoursUnclear, from_document, into_document, read_spans
from alongside.rules.resources.card import dialled, make_card, say
from alongside.rules.resources.search import ask

SHELTER = {
    "id": uid(1), "name": "Casa Luna", "description": "A shelter for women who leave domestic violence",
    "service_at_locations": [{"id": uid(2), "description": "behind the school", "location": {
        "id": uid(3), "name": "The blue house", "transportation": "Bus 9",
        "addresses": [{"id": uid(4), "address_1": "9 Hidden Lane", "city": "Moss", "postal_code": "97000"}]}}],
    "contacts": [{"id": uid(5), "name": "Ann Persona", "email": "ann@example.org"}],
    "phones": [{"id": uid(6), "number": "(503) 555-0100", "extension": "7"}],
}  # fmt: skip


def test_the_address_of_a_shelter_from_violence_is_shown_nowhere():
    card = make_card(SHELTER)
    told = repr((card, card.where, card.words)).lower()
    for secret in ("hidden", "blue house", "bus 9", "behind the school"):
        assert secret not in told
    assert (card.is_private, card.places[0].city, "safety" in card.needs) == (True, "Moss", True)
    opened = make_card({**SHELTER, "alongside:address_is_public": True})
    assert "9 Hidden Lane" in repr(opened.places)


@pytest.mark.parametrize("words", [
    "Emergency shelter for abused women and their children", "Safe house for survivors of intimate partner violence",
    "Refugio para mujeres maltratadas", "Albergue para víctimas de violencia familiar", "Family violence shelter",
    "Shelter for survivors of sexual assault", "Refugio de violencia de género", "Sex trafficking safe home",
    "Shelter for people who leave an abusive relationship", "Albergue, violencia en el hogar",
])  # fmt: skip
def test_a_shelter_is_known_by_many_words(words):
    card = make_card({**SHELTER, "description": words})
    assert card.is_private and "Hidden" not in repr(card)


def test_a_shelter_is_not_found_by_its_postal_code():
    assert "97000" not in make_card(SHELTER).where


def test_an_address_is_kept_private_when_staff_say_so_whatever_the_words():
    shown = from_document(HOUSE := {**SHELTER, "description": "For women"})
    assert shown["keep_private"] is False
    kept = make_card(into_document(HOUSE, {**shown, "keep_private": True}, identity=uid(1)))
    assert kept.is_private and "Hidden" not in repr((kept, kept.where))
    assert from_document(into_document(HOUSE, {**shown, "keep_private": True}, identity=uid(1)))["keep_private"] is True
    assert make_card({**SHELTER, "alongside:address_is_public": "no"}).is_private


@pytest.mark.parametrize(
    "changes",
    [{"alert": "##" + " " * 19_000 + "x"}, {"wait_time": "<" * 500_000}, {"fees_description": "#" * 19_000 + "x"},
     {"schedules": [{"byday": "MO", "opens_at": "9:00" + " " * 2_000 + "x", "closes_at": "17:00"}]}],
)  # fmt: skip
def test_words_that_are_made_to_take_long_do_not(changes):
    started = time.process_time()
    make_card({"name": "x", **changes})
    assert time.process_time() - started < 0.5


def test_people_named_in_a_list_are_not_shown():
    assert "ann" not in repr(make_card(SHELTER)).lower()
    card = make_card(json.loads(example("service_full.json")))
    assert "Persona" not in repr(card)


def test_a_telephone_dials():
    phone = make_card(SHELTER).phones[0]
    assert (phone.tel, phone.extension) == ("5035550100", "7")


@pytest.mark.parametrize(
    ("number", "tel"),
    [
        ("305-573-4200 x57471", "3055734200"), ("(305) 555-0100, ext. 12", "3055550100"),
        ("305-555-0100 or 305-555-0199", "3055550100"), ("305-555-0100 / 0101", "3055550100"),
        ("1-800-662-HELP (4357)", "18006624357"), ("800-GAMBLER", "8004262537"), ("800-555-TAXI", "8005558294"),
        ("+44 1234 234567", "+441234234567"), ("2-1-1", "211"), ("call us", ""), ("see 5 below", ""),
    ],
)  # fmt: skip
def test_a_link_dials_the_number_and_nothing_behind_it(number, tel):
    assert dialled(number) == tel


def test_the_whole_example_of_the_standard_is_shown():
    card = make_card(json.loads(example("service_full.json")))
    assert card.name == "Community Counselling" and card.organization == "Example Organization Inc."
    assert "mind" in card.needs and card.ages == (12, 100)
    assert card.phones[0].number == "+44 1234 234567" and card.phones[0].tel == "+441234234567"
    assert card.places[0].lines == ("1-30 Main Street", "MyVillage", "MyCity, MyState ABC 1234")
    assert "Urdu" in card.other_languages and "induction loops" in card.accessibility[0]
    assert card.costs and card.documents and card.checked_on.year == 2005 and card.changed_on.year == 2023


def test_terms_lead_to_needs_and_those_that_do_not_are_shown():
    def term(name, code="", taxonomy="Open Eligibility"):
        return {"id": uid(9), "taxonomy_term": {"id": uid(8), "name": name, "code": code, "taxonomy": taxonomy}}

    card = make_card(
        {"name": "x", "attributes": [term("Help Find Housing"), term("Anything", "BD-1800"), term("Zumba")]}
    )
    assert (card.needs, card.terms) == (("housing", "food"), ("Zumba",))


def test_marks_of_other_software_are_no_text():
    assert say(r"Open to all.\n\n###MON###") == "Open to all."
    assert say("<p>Bread &amp; soup</p>") == "Bread & soup"


@pytest.mark.parametrize(("words", "need"), [
    ("comida", "food"), ("food", "food"), ("alquiler", "housing"), ("abogado", "legal"), ("lawyer", "legal"),
    ("empleo", "work"), ("dentist", "health"), ("casa de recuperación", "recovery_home"), ("Narcan", "harm_reduction"),
])  # fmt: skip
def test_words_of_both_languages_name_a_need(words, need):
    assert need in ask(words=words).spoken


def test_a_real_211_can_be_shown_whole():
    package = read(shared("miami-a.zip").read_bytes(), "miami-a.zip", source="miami")
    cards = [make_card(one.values) for one in package.services]
    assert not [card.name for card in cards if "###" in card.description or "\\n" in card.description]
    assert sum(1 for card in cards if card.hours) == 1303
    assert sum(1 for card in cards if any(phone.tel for phone in card.phones)) == 2063
    assert sum(1 for card in cards if card.needs) == 1604
    assert sum(1 for card in cards if card.is_private) == 14


# --- by hand --------------------------------------------------------------------------------------------------------
WRITTEN = {
    "name": "Moss pantry", "organization": "Open Door", "description": "Bread and soup", "eligibility": "Anybody",
    "cost": "Free", "how_to_apply": "Walk in", "url": "https://door.example.org", "phone": "503-555-0100",
    "accessibility": "Ramp\nWide door", "needs": ["food", "things"], "groups": ["families"], "languages": ["en", "es"],
    "keep_private": False, "street": "1 Main St", "city": "Moss", "state": "OR", "postal_code": "97000",
    "day_mo": "09:00-12:00, 13:00-17:00", "day_tu": "", "day_we": "00:00-24:00", "day_th": "", "day_fr": "20:00-02:00",
    "day_sa": "", "day_su": "",
}  # fmt: skip


def test_what_is_written_in_the_form_is_what_the_form_shows_again():
    document = into_document(None, WRITTEN, identity=uid(1))
    shown = from_document(document)
    assert {name: shown[name] for name in WRITTEN} == WRITTEN
    assert into_document(document, WRITTEN, identity=uid(1)) == document


def test_mending_one_field_leaves_everything_else_as_the_list_has_it():
    before = json.loads(example("service_full.json"))
    values = from_document(before)
    after = into_document(before, {**values, "phone": "503-555-0199"}, identity=before["id"])
    assert make_card(after).phones[0].number == "503-555-0199"
    strip = json.dumps(after).replace("503-555-0199", '\\"+44 1234 234567\\"')
    assert json.loads(strip) == before
    assert into_document(before, values, identity=before["id"]) == before


def test_another_language_takes_none_away_that_has_no_box():
    told = [{"id": uid(7), "name": "Spanish", "note": "weekdays"}, {"id": uid(8), "name": "Urdu"}, {"name": "Russian"}]
    before = {"id": uid(1), "name": "x", "languages": told}
    after = into_document(before, {**from_document(before), "languages": ["en", "es"]}, identity=uid(1))
    assert after["languages"][:2] == told[:2]
    card = make_card(after)
    assert (set(card.languages), card.other_languages) == ({"en", "es"}, ("Urdu",))


def test_hours_that_are_not_each_week_are_not_lost_by_mending():
    odd = {"id": uid(1), "name": "x", "schedules": [
        {"id": uid(2), "freq": "MONTHLY", "byday": "1MO", "opens_at": "09:00", "closes_at": "12:00"}]}  # fmt: skip
    shown = from_document(odd)
    assert shown["hours_are_plain"] is False
    assert into_document(odd, {**shown, "name": "y"}, identity=uid(1))["schedules"] == odd["schedules"]


def test_unclear_hours_say_which_day():
    with pytest.raises(HoursUnclear) as why:
        into_document(None, {**WRITTEN, "day_th": "mornings"}, identity=uid(1))
    assert why.value.field == "day_th"


@pytest.mark.parametrize("typed", ["9-5", "9:00-5:00", "8:30 - 8", "1pm-5", "9-9"])
def test_hours_that_may_mean_the_evening_or_the_next_morning_are_asked_again(typed):
    with pytest.raises(ValueError):
        read_spans(typed)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("9-12", [("09:00", "12:00")]),
        ("9am-5pm", [("09:00", "17:00")]),
        ("20-2", [("20:00", "02:00")]),
        ("20:00-2:00", [("20:00", "02:00")]),
        ("9pm-2am", [("21:00", "02:00")]),
        ("12:00-0:00", [("12:00", "00:00")]),
        ("08:00-07:00", [("08:00", "07:00")]),
        ("0:00-24:00", [("00:00", "24:00")]),
    ],
)
def test_hours_that_mean_one_thing_are_taken(typed, spans):
    assert read_spans(typed) == spans
