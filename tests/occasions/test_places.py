"""Places at events: in order, under a chosen name, for people with a record and for visitors; never more than fit."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.audit.models import Entry
from alongside.occasions import actions, queries
from alongside.occasions.actions import NotOpen, TooSmall
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.people.actions import change_person, move_episode, set_safe_contact
from alongside.people.models import OutgoingMessage
from tests.occasions.conftest import BEFORE, FRIDAY, SIX, VALUES

pytestmark = pytest.mark.django_db


def states(*places):
    return [OccasionPlace.objects.get(pk=place.pk).status for place in places]


def test_first_come_first_served_whoever_they_are(night, comes, visits, sam, nia, dante):
    first, (second, _secret) = comes(sam), visits(now=BEFORE + timedelta(minutes=1))
    third = comes(nia, now=BEFORE + timedelta(minutes=2))
    fourth = comes(dante, now=BEFORE + timedelta(minutes=3))
    assert states(first, second, third, fourth) == ["held", "held", "waiting", "waiting"]
    assert (queries.in_line(third), queries.in_line(fourth)) == (1, 2)
    night.refresh_from_db()
    assert night.places_taken == 2
    assert actions.leave(place=first, by=sam.actor, now=BEFORE + timedelta(hours=1))
    assert states(first, second, third, fourth) == ["left", "held", "held", "waiting"]
    assert not actions.leave(place=first, by=sam.actor), "twice is once"
    assert OccasionPlace.objects.get(pk=first.pk).alias == "", "the name goes with the place"


def test_who_moves_up_is_told_in_neutral_words(comes, sam, nia, dante):
    nia.person = change_person(person=nia.person, by=nia.actor, email="nia@example.org")
    set_safe_contact(person=nia.person, by=nia.actor, channel="email", may_email=True)
    first, _second, third = comes(sam), comes(dante), comes(nia)
    actions.leave(place=first, by=sam.actor)
    assert states(third) == ["held"]
    message = OutgoingMessage.objects.get(person=nia.person)
    assert message.template == "something_new" and "event" not in message.link


def test_the_database_refuses_one_too_many(night, comes, visits, sam):
    comes(sam), visits()
    waiting, _secret = visits("Lark 9")
    with pytest.raises(IntegrityError), transaction.atomic():
        OccasionPlace.objects.filter(pk=waiting.pk).update(status="held", held_at=BEFORE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Occasion.objects.filter(pk=night.pk).update(capacity=1)
    OccasionPlace.objects.filter(status="held").first().delete()
    night.refresh_from_db()
    assert night.places_taken == 1


def test_the_database_takes_nobody_at_what_is_not_shown(make, program):
    with pytest.raises(IntegrityError), transaction.atomic():
        OccasionPlace.objects.create(
            program=program, occasion=make(), secret_hash="x", alias="Owl", asked_at=BEFORE, submit_key=uuid4()
        )


def test_without_a_number_everybody_has_a_place(shown, visits):
    open_ = shown(capacity=None)
    assert states(*(visits(f"Owl {n}", to=open_)[0] for n in range(5))) == ["held"] * 5


def test_more_places_are_given_on_and_fewer_than_taken_refused(night, comes, sam, nia, dante, carmen):
    places = [comes(sam), comes(nia), comes(dante)]
    with pytest.raises(TooSmall):
        actions.change_occasion(occasion=night, values=VALUES | {"capacity": 1}, by=carmen.actor)
    actions.change_occasion(occasion=night, values=VALUES | {"capacity": None}, by=carmen.actor)
    assert states(*places) == ["held"] * 3


def test_a_form_sent_twice_is_one_place_and_one_link(visits, comes, sam):
    key = uuid4()
    (one, secret), (again, same) = visits(submit_key=key), visits("Another", submit_key=key)
    assert one == again and secret == same and OccasionPlace.objects.count() == 1
    key = uuid4()
    first, second = comes(sam, submit_key=key), comes(sam, submit_key=key)
    assert first == second and OccasionPlace.objects.filter(person=sam.person).count() == 1
    actions.leave(place=first, by=sam.actor)
    assert comes(sam, submit_key=key).status == "left", "an old form brings nobody back"
    assert comes(sam).status == "held"


def test_only_a_hash_of_a_visitors_secret_is_kept_and_opens_their_place_alone(visits, night):
    (place, secret), (other, other_secret) = visits(), visits("Lark 9")
    assert secret != other_secret and len(secret) == 64
    kept = OccasionPlace.objects.get(pk=place.pk)
    assert secret not in {str(getattr(kept, one.attname)) for one in kept._meta.concrete_fields}
    assert queries.get_place_of(secret) == place and queries.get_place_of(other_secret) == other
    assert queries.get_place_of(kept.secret_hash) is None and queries.get_place_of("") is None
    assert kept.person_id is None
    entry = Entry.objects.filter(object_id=place.pk, act="occasion_place.asked").get()
    assert entry.subject_id is None and entry.actor_id is None


@pytest.mark.parametrize(
    ("audience", "who", "may"),
    [
        ("public", "sam", True), ("program", "sam", True), ("loved_ones", "sam", False), ("peers", "sam", False),
        ("loved_ones", "nia", True), ("peers", "dante", True), ("loved_ones", "dante", False),
        ("peers", "carmen", True),
    ],
)  # fmt: skip
def test_who_may_come_to_what(shown, comes, request, audience, who, may):
    persona, event = request.getfixturevalue(who), shown(audience=audience)
    assert (queries.get_shown(persona.actor, event.pk) is not None) is may
    if may:
        assert comes(persona, to=event).status == "held"
    else:
        with pytest.raises(NotOpen) as refused:
            comes(persona, to=event)
        assert refused.value.code == "not_theirs"


@pytest.mark.parametrize("audience", ["program", "loved_ones", "peers"])
def test_a_visitor_comes_to_public_events_only(shown, visits, audience):
    with pytest.raises(NotOpen):
        visits(to=shown(audience=audience))


def test_nobody_comes_to_what_is_over_called_off_or_not_shown(night, make, visits, carmen):
    with pytest.raises(NotOpen) as refused:
        visits(now=SIX + timedelta(hours=3))
    assert refused.value.code == "over"
    assert visits(now=SIX + timedelta(hours=2))[0].status == "held", "late is welcome"
    with pytest.raises(NotOpen):
        visits(to=make())
    actions.call_off(occasion=night, reason="No power", by=carmen.actor, now=BEFORE)
    with pytest.raises(NotOpen) as refused:
        visits("Lark")
    assert refused.value.code == "called_off"


def test_a_flood_of_names_ends(night, visits, monkeypatch):
    monkeypatch.setattr("alongside.occasions.actions.places.MOST_WAITING", 2)
    for number in range(4):
        visits(f"Owl {number}")
    with pytest.raises(NotOpen) as refused:
        visits("Owl 99")
    assert refused.value.code == "many"


def test_staff_take_off_a_name_that_is_nobodys(comes, visits, sam, nia, carmen):
    (place, _secret), _other, waits = visits("xx"), comes(sam), comes(nia)
    actions.take_off(place=place, by=carmen.actor)
    assert states(place, waits) == ["left", "held"]
    assert OccasionPlace.objects.get(pk=place.pk).left_why == "by_staff"


def test_who_is_here_no_more_keeps_what_is_for_everybody(shown, comes, sam, nia, carmen):
    public, inside = comes(nia), comes(nia, to=shown(audience="loved_ones"))
    program, waits = comes(nia, to=(full := shown(audience="program", capacity=1))), comes(sam, to=full)
    move_episode(episode=nia.episode, to="closed", by=carmen.actor, reason="own_wish", now=BEFORE)
    assert states(public, inside, program, waits) == ["held", "left", "left", "held"]


def test_two_records_of_one_person_have_one_place(comes, sam, nia, carmen):
    from alongside.occasions.merged_rows import settle
    from alongside.people.joining import Joining

    kept, gone = comes(sam), comes(nia)
    joining = Joining(kept=sam.person, gone=nia.person, by=carmen.actor, now=BEFORE)
    settle(joining=joining)
    assert list(OccasionPlace.objects.filter(status="held")) == [kept] and gone.pk != kept.pk
    assert Occasion.objects.get(pk=kept.occasion_id).places_taken == 1


def test_day_of_the_story():
    assert FRIDAY.weekday() == 4
