"""Two who are to be kept apart and are in one group already: coordinators see it, nobody else, and no place ends."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.groups.conftest import make_served

from alongside.groups import actions
from alongside.groups.models import GroupPlace
from alongside.people.actions import record_boundary, set_safe_contact
from alongside.people.models import OutgoingMessage

pytestmark = pytest.mark.django_db
WORDS = "to be kept apart meet here"


@pytest.fixture
def reachable(carmen):
    def reach(*people):
        for one in people:
            one.user.email = f"{one.user.username}@example.org"
            one.user.save()
            set_safe_contact(person=one.person, by=carmen.actor, channel="email", may_email=True)

    return reach


@pytest.fixture
def both(joins, sam, nia, carmen):
    """Sam and Nia have places; then it is recorded that they are kept apart."""
    joins(sam), joins(nia)
    return lambda: record_boundary(person=sam.person, other=nia.person, kind="ex", by=carmen.actor)


def text_of(response) -> str:
    text = unescape(response.content.decode())
    return text[text.find("<main") :]


def told(who):
    return list(OutgoingMessage.objects.filter(person=who.person).values_list("template", "link"))


def test_a_coordinator_sees_who_meets_and_nobody_loses_a_place(
    walk, both, sam, nia, dante, lien, carmen, signed_in, english
):
    both()
    page, board = reverse("group", args=[walk.pk]), reverse("groups")
    shown = text_of(signed_in(carmen).get(page))
    notice = shown[shown.index(WORDS) : shown.index("Only coordinators see this")]
    assert sam.person.goes_by in notice and nia.person.goes_by in notice
    assert "please look" in text_of(signed_in(carmen).get(board))
    for who in (dante, lien):
        for url in (page, board):
            answer = signed_in(who).get(url)
            assert answer.status_code == 404 or not any(words in text_of(answer) for words in (WORDS, "please look")), (
                who,
                url,
            )
    assert GroupPlace.objects.filter(status="held").count() == 2


def test_pages_of_the_two_are_as_they_were(walk, both, sam, nia, signed_in, english):
    url = reverse("me_group", args=[walk.pk])
    before = [text_of(signed_in(who).get(url)).count("<") for who in (sam, nia)]
    both()
    assert [text_of(signed_in(who).get(url)).count("<") for who in (sam, nia)] == before


def test_coordinators_are_told_once_and_the_two_never(walk, both, sam, nia, dante, carmen, reachable):
    reachable(sam, nia, dante, carmen)
    both(), both()
    assert told(sam) == told(nia) == told(dante) == []
    ((template, link),) = told(carmen)
    assert template == "something_new" and link.endswith(reverse("group", args=[walk.pk]))


def test_where_one_of_them_leads_it_is_seen_too_and_one_who_only_waits_meets_nobody(
    walk, joins, sam, nia, dante, carmen, rosa, reachable, signed_in, english
):
    reachable(carmen)
    joins(sam), joins(nia), joins(rosa)
    record_boundary(person=rosa.person, other=sam.person, kind="ex", by=carmen.actor)
    assert told(carmen) == [] and WORDS not in text_of(signed_in(carmen).get(reverse("group", args=[walk.pk])))
    record_boundary(person=dante.person, other=sam.person, kind="kin", by=carmen.actor)
    assert len(told(carmen)) == 1
    assert "one of them leads" in text_of(signed_in(carmen).get(reverse("group", args=[walk.pk])))


def test_two_who_are_in_no_group_together_are_no_news(walk, joins, sam, nia, carmen, reachable):
    reachable(carmen)
    joins(sam)
    record_boundary(person=sam.person, other=nia.person, kind="ex", by=carmen.actor)
    assert told(carmen) == []


def test_it_is_over_when_one_of_them_leaves(walk, both, sam, carmen, signed_in, english):
    both()
    actions.leave(place=GroupPlace.objects.get(person=sam.person, status="held"), by=sam.actor)
    assert WORDS not in text_of(signed_in(carmen).get(reverse("group", args=[walk.pk])))


def test_a_coordinator_who_is_one_of_the_two_is_not_told(walk, joins, sam, carmen, reachable, signed_in, english):
    reachable(carmen)
    joins(sam)
    GroupPlace.objects.filter(person=sam.person).update(person=carmen.person)
    joins(sam)
    record_boundary(person=sam.person, other=carmen.person, kind="ex", by=carmen.actor)
    assert told(carmen) == [] and WORDS not in text_of(signed_in(carmen).get(reverse("group", args=[walk.pk])))


def test_as_many_queries_for_many_as_for_two(walk, program, both, joins, sam, carmen, signed_in):
    both()
    client = signed_in(carmen)

    def count():
        client.get(reverse("groups"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("groups")).status_code == 200
        return len(asked)

    before = count()
    walk.__class__.objects.filter(pk=walk.pk).update(capacity=30)
    for number in range(6):
        other = make_served(program, f"other{number}", carmen.actor)
        joins(other)
        record_boundary(person=sam.person, other=other.person, kind="ex", by=carmen.actor)
    assert count() == before
