"""Every relation to a person or an episode says what becomes of it when two records become one."""

from alongside.people import joining
from alongside.people.models import Episode


def test_every_relation_to_a_person_has_a_rule():
    """A new table that names people: its package declares the rule in its `apps.py`."""
    missing = set(joining.list_relations()) - joining.RULES.keys()
    assert not missing, f"say what becomes of {sorted(missing)} when two records are joined (people/joining.py)"


def test_every_relation_to_an_episode_says_that_it_follows():
    relations = joining.list_relations(Episode)
    assert relations and {joining.RULES.get(relation) for relation in relations} == {joining.FOLLOWS}


def test_no_rule_speaks_of_what_is_not_there():
    known = {*joining.list_relations(), *joining.list_relations(Episode)}
    assert joining.RULES.keys() == known
    assert joining.BELOW.keys() <= known


def test_without_a_rule_nothing_is_joined(monkeypatch):
    import pytest

    monkeypatch.delitem(joining.RULES, "people.Episode.person")
    with pytest.raises(joining.RelationWithoutRule, match=r"people\.Episode\.person"):
        joining.list_moving()
