"""Queries that are made once: the same rows as the ORM gives, of one program only, and no value where none belongs."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from alongside.people import prepared
from alongside.people.actions import open_episode
from alongside.people.actor import SystemActor
from alongside.people.models import Episode, Person
from alongside.people.prepared import NotPrepared, Pages, ask, plain
from tests import story

pytestmark = pytest.mark.django_db


def _named(status: str, but) -> object:
    found = Episode.objects.filter(status=status).exclude(person_id=but).order_by("person__goes_by_search")
    return found.values("id", "opened_at", "person__goes_by", "person__legal_name", "site__id", "site__name")


def _of(people) -> object:
    return Person.objects.filter(pk__in=people).order_by("goes_by_search").values("id", "goes_by")


def _since(moment, word) -> object:
    return Person.objects.filter(created_at__gte=moment, goes_by=word).values("id")


def _shifted(moment) -> object:
    return Person.objects.filter(created_at__gte=moment - timedelta(days=1)).values("id")


def _searched(word) -> object:
    return Person.objects.filter(goes_by_search__contains=word).values("id")


def _nobody(person) -> object:
    return Person.objects.filter(Q(pk__in=[]), supervisor_id=person).values("id")


@pytest.fixture
def programs(db):
    """Two programs, in each of which two people asked."""
    made = []
    for name in ("Riverbend", "Harbor"):
        program = story.make_program(name, name.lower())
        with scope(program=program):
            for who in ("rosa", "kofi"):
                persona = story.make_persona(program, f"{who}-{name.lower()}", "participant", legal_name=who.title())
                open_episode(person=persona.person, by=SystemActor(program_id=program.pk))
        made.append(program)
    return made


def test_the_rows_are_those_of_the_query_of_this_program_only(programs):
    for program in (*programs, *programs):
        with scope(program=program):
            rows = ask(_named, "inquiry", but=None)
            wanted = list(_named("inquiry", None))
            assert [row.id for row in rows] == [row["id"] for row in wanted]
            assert [row.person.goes_by for row in rows] == [row["person__goes_by"] for row in wanted]
            assert [row.person.legal_name for row in rows] == [row["person__legal_name"] for row in wanted]
            assert rows[0].opened_at == wanted[0]["opened_at"]
            assert {row.site for row in rows} == {None}
            first = wanted[0]
            without = ask(_named, "inquiry", but=Episode.objects.get(pk=first["id"]).person_id)
            assert [row.id for row in without] == [row["id"] for row in wanted[1:]]
            assert [row.id for row in plain(_named("inquiry", None))] == [row["id"] for row in wanted]


def test_it_is_made_once_for_all_programs(programs, django_assert_num_queries, monkeypatch):
    prepared._prepare.cache_clear()
    made = []
    monkeypatch.setattr(prepared, "_Prepared", _counting(prepared._Prepared, made))
    for program in programs:
        with scope(program=program), django_assert_num_queries(1):
            ask(_named, "inquiry", but=None)
    assert len(made) == 1


def _counting(kind, made):
    def make(*given):
        made.append(given)
        return kind(*given)

    return make


def test_outside_of_a_program_it_raises(programs):
    with scope(program=programs[0]):
        ask(_named, "inquiry", but=None)
    with pytest.raises(ScopeError):
        ask(_named, "inquiry", but=None)
    with scopes_disabled(), pytest.raises(ScopeError):
        ask(_named, "inquiry", but=None)
    with scope(program=programs), pytest.raises(ScopeError):
        ask(_named, "inquiry", but=None)


@pytest.mark.parametrize("many", [0, 1, 2, 9, 70, 300])
def test_lists_of_any_length(programs, many):
    with scope(program=programs[0]):
        ids = list(Person.objects.order_by("goes_by_search").values_list("pk", flat=True))
        wanted = (ids * many)[:many]
        assert {row.id for row in ask(_of, people=wanted)} == set(wanted)


def test_moments_and_words_find_their_places(programs):
    with scope(program=programs[0]):
        person = Person.objects.first()
        assert [row.id for row in ask(_since, moment=person.created_at, word=person.goes_by)] == [person.pk]
        assert ask(_since, moment=timezone.now(), word=person.goes_by) == []
        assert ask(_since, moment=person.created_at, word="Nobody") == []


def test_a_value_that_is_changed_or_left_out_is_refused(programs):
    with scope(program=programs[0]):
        with pytest.raises(NotPrepared):
            ask(_shifted, moment=timezone.now())
        with pytest.raises(NotPrepared):
            ask(_searched, word="ro")
        with pytest.raises(NotPrepared):
            ask(_since, moment=timezone.now(), word=3.5)


def test_what_can_find_nothing_finds_nothing(programs):
    with scope(program=programs[0]):
        assert ask(_nobody, person=None) == []
        assert len(Pages(_nobody, person=None)) == 0
        assert plain(_nobody(None)) == []


def test_pages(programs, django_assert_num_queries):
    with scope(program=programs[0]):
        found, second = Pages(_named, "inquiry", but=None), _named("inquiry", None)[1]
        with django_assert_num_queries(2):
            assert len(found) == 2
            assert [row.person.goes_by for row in found[1:2]] == [second["person__goes_by"]]
        assert len(Pages(_named, "closed", but=None)) == 0


def test_what_is_encrypted_is_opened_when_it_is_looked_at(programs, monkeypatch):
    opened = []
    with scope(program=programs[0]):
        field = Person._meta.get_field("legal_name")
        really = field.from_db_value
        monkeypatch.setattr(
            type(field), "from_db_value", lambda self, *given: opened.append(self.name) or really(*given)
        )
        rows = ask(_named, status="inquiry", but=None)
        assert [row.person.goes_by for row in rows] and opened == []
        assert [row.person.legal_name for row in rows] == ["Kofi", "Rosa"] and opened == ["legal_name"] * 2
        assert rows[0].person.legal_name == "Kofi" and len(opened) == 2
        with pytest.raises(AttributeError, match="did not ask for phone"):
            _ = rows[0].person.phone
