"""Every stored code has a name in English and in Spanish."""

import pytest
from django.utils.translation import override

from alongside.people.labels import LABELS, choices, label
from alongside.rules import lifecycles, vocabulary
from alongside.rules.access import SUPPORT

LISTS = {
    "language": vocabulary.LANGUAGES, "pathway": vocabulary.PATHWAYS, "gender": vocabulary.GENDERS,
    "age_band": vocabulary.AGE_BANDS, "kind": vocabulary.KINDS, "experience": vocabulary.EXPERIENCES,
    "life_stage": vocabulary.LIFE_STAGES, "need": vocabulary.NEEDS, "interest": vocabulary.INTERESTS,
    "mode": vocabulary.MODES, "contact_mode": vocabulary.CONTACT_MODES,
    "kind_of_support": vocabulary.KINDS_OF_SUPPORT, "day": vocabulary.DAYS, "day_part": vocabulary.DAY_PARTS,
    "preference": vocabulary.PREFERENCES, "preference_age": vocabulary.PREFERENCES["age"],
    "race": vocabulary.RACES, "strength": vocabulary.STRENGTHS, "role": (*vocabulary.ROLES, SUPPORT),
    "part": [f"{day}_{part}" for day in vocabulary.DAYS for part in vocabulary.DAY_PARTS],
    **{cycle.kind: cycle.states for cycle in lifecycles.ALL},
}  # fmt: skip


@pytest.mark.parametrize("group", LISTS)
def test_every_code_has_a_name_and_no_name_is_left_over(group):
    assert set(LABELS[group]) == set(LISTS[group])


@pytest.mark.parametrize("group", LABELS)
def test_names_within_a_group_differ(group):
    for language in ("en", "es"):
        with override(language):
            names = [str(name) for name in LABELS[group].values()]
        assert len(set(names)) == len(names)


SAME_IN_BOTH = {"Alcohol", "Cannabis", "Trauma", "Video"}


@pytest.mark.parametrize("group", LABELS)
def test_every_name_is_in_spanish(group):
    for name in LABELS[group].values():
        with override("en"):
            english = str(name)
        with override("es"):
            assert str(name) != english or english in SAME_IN_BOTH, english


def test_choices_keep_the_order_asked_for():
    assert [code for code, _name in choices("mode", ["text", "phone"])] == ["text", "phone"]
    assert len(choices("pathway")) == len(vocabulary.PATHWAYS)
    assert label("pathway", "twelve_step") == "12-step"
