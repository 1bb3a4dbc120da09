"""Nobody judges their own case (2.4): who may own a complaint, for every combination there is."""

from itertools import product

import pytest

from alongside.rules.access import ACTS, SIGNED_IN
from alongside.rules.complaints import OWNERS, may_own


def asked(**values) -> bool:
    whole = {"roles": {"director"}, "me": "dolores", "my_person": "p1", "about": None, "about_is_director": False,
             "person": "rosa", **values}  # fmt: skip
    return may_own(**whole)


def test_a_director_owns_what_is_about_nobody_or_somebody_else():
    assert asked() and asked(about="dante") and asked(person=None)


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_only_directors_and_supervisors_ever_do(role):
    assert asked(roles={role}) == (role == "director")
    assert asked(roles={role}, about="other", about_is_director=True) == (role in OWNERS)
    assert role in ACTS["answer_complaints"] or role not in OWNERS


def test_a_supervisor_owns_only_one_about_a_director():
    assert not asked(roles={"supervisor"}, about="dante", about_is_director=False)
    assert not asked(roles={"supervisor"}, about=None, about_is_director=True), "nobody is named"


def test_nobody_it_is_about_and_nobody_who_made_it_whatever_else_is_true():
    for roles, is_director, person in product(({"director"}, {"supervisor"}, {"director", "supervisor"}),
                                              (True, False), ("rosa", None)):  # fmt: skip
        assert not asked(roles=roles, about="dolores", about_is_director=is_director, person=person)
        assert not asked(roles=roles, person="p1", about="other", about_is_director=is_director)
    assert not asked(me=None), "nobody who has no account"


def test_two_who_have_no_person_are_not_the_same_person():
    assert asked(my_person=None, person=None)
