"""Places at events: in order, under a chosen name, for people with a record and for visitors; never more than fit."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from alongside.audit.models import Entry
from alongside.occasions import actions, queries
from alongside.occasions.actions import NotOpen, TooSmall
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.people.actions import change_person, move_episode, set_safe_contact
from alongside.people.actor import VISITOR
from alongside.people.models import OutgoingMessage
from alongside.people.outbox import send_due
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.neutral import reveals
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
    actions.leave(place=first, by=sam.actor, now=BEFORE)
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
    actions.change_occasion(occasion=night, values=VALUES | {"capacity": None}, by=carmen.actor, now=BEFORE)
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
    actions.take_off(place=place, by=carmen.actor, now=BEFORE)
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


def test_of_two_turns_of_one_person_the_earlier_one_stays(night, comes, visits, sam, nia, carmen):
    from alongside.occasions.merged_rows import settle
    from alongside.people.joining import Joining

    visits(), visits("Lark 9")
    earlier, later = comes(nia), comes(sam, now=BEFORE + timedelta(days=1))
    settle(joining=Joining(kept=sam.person, gone=nia.person, by=carmen.actor, now=BEFORE))
    (left,) = OccasionPlace.objects.filter(status="waiting")
    assert (left.pk, left.person_id) == (earlier.pk, sam.person.pk) and later.pk != earlier.pk


def test_a_visitor_who_waits_gets_one_neutral_mail_and_the_address_goes(night, comes, visits, sam, nia):
    first, _second, (waits, _secret) = comes(sam), comes(nia), visits()
    assert actions.set_mail(place=waits, to="owl@example.org", language="es", by=VISITOR)
    assert b"owl@" not in _stored(waits), "encrypted"
    actions.leave(place=first, by=sam.actor, now=BEFORE.replace(hour=23))
    waits.refresh_from_db()
    assert waits.status == "held" and waits.mail is None
    row = OutgoingMessage.objects.get(recipient__isnull=False, template="look_at_your_page")
    assert (row.recipient, row.language, row.person_id) == ("owl@example.org", "es", None)
    assert row.not_before > BEFORE.replace(hour=23), "not in the night"
    assert send_due(row.not_before)["sent"] == 1
    (sent,) = mail.outbox
    assert sent.to == ["owl@example.org"] and not reveals(sent.subject + sent.body) and "/coming/" not in sent.body
    row.refresh_from_db()
    assert row.recipient == "" and "owl@" not in "".join(str(vars(one)) for one in Entry.objects.all())


def _stored(place) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mail FROM occasions_occasionplace WHERE mail IS NOT NULL")
        return str(cursor.fetchall()).encode()


def test_an_address_is_there_only_while_a_visitor_waits(night, comes, visits, sam, nia, carmen):
    has, waits = comes(sam), comes(nia)
    (place, _secret), (other, _other) = visits(), visits("Lark 9")
    assert not actions.set_mail(place=has, to="x@example.org", language="en", by=sam.actor)
    for row in (has, waits):
        with pytest.raises(IntegrityError), transaction.atomic():
            OccasionPlace.objects.filter(pk=row.pk).update(mail={"to": "x@example.org", "language": "en"})
    for row in (place, other):
        actions.set_mail(place=row, to="owl@example.org", language="en", by=VISITOR)
    actions.set_mail(place=place, to="", language="en", by=VISITOR)
    assert OccasionPlace.objects.get(mail__isnull=False) == other
    actions.leave(place=other, by=VISITOR, now=BEFORE)
    assert not OccasionPlace.objects.filter(mail__isnull=False).exists() and not OutgoingMessage.objects.exists()


def test_who_left_an_address_is_told_that_it_is_called_off_and_forgotten_when_it_is_over(shown, visits, carmen):
    for how in ("off", "over"):
        event = shown(capacity=1)
        visits(to=event)
        waits, _secret = visits("Lark 9", to=event)
        actions.set_mail(place=waits, to=f"{how}@example.org", language="en", by=VISITOR)
        if how == "off":
            actions.call_off(occasion=event, reason="No power", by=carmen.actor, now=BEFORE)
    actions.look_after_due(AFTER)
    assert not OccasionPlace.objects.filter(mail__isnull=False).exists()
    assert [one.recipient for one in OutgoingMessage.objects.all()] == ["off@example.org"]


AFTER = SIX + timedelta(hours=5)


@pytest.mark.parametrize("how", ["leave", "take_off", "erased", "episode"])
def test_what_is_over_gives_no_places_any_more(shown, comes, visits, sam, nia, carmen, how):
    event = shown(audience="program", capacity=1)
    nia.person = change_person(person=nia.person, by=nia.actor, email="nia@example.org")
    set_safe_contact(person=nia.person, by=nia.actor, channel="email", may_email=True)
    first, waits = comes(sam, to=event), comes(nia, to=event)
    if how == "episode":
        move_episode(episode=sam.episode, to="closed", by=carmen.actor, reason="own_wish", now=AFTER)
    elif how == "erased":
        first.delete()
    else:
        getattr(actions, how)(place=first, by=carmen.actor, now=AFTER)
    actions.look_after_due(AFTER)
    assert states(waits) == ["waiting"] and not OutgoingMessage.objects.exists()


def test_who_had_said_so_is_counted_also_when_they_are_here_no_more(shown, comes, sam, nia, carmen):
    event = shown(audience="program")
    comes(sam, to=event), comes(nia, to=event)
    move_episode(episode=nia.episode, to="closed", by=carmen.actor, reason="own_wish", now=AFTER)
    assert actions.count_came(occasion=event, came=5, by=carmen.actor, now=AFTER).said_yes == 2


def test_who_comes_sees_the_event_whatever_was_decided_since(shown, comes, sam, nia, carmen, program):
    event = shown(audience="program")
    comes(sam, to=event)
    actions.change_occasion(occasion=event, values=VALUES | {"audience": "loved_ones"}, by=carmen.actor)
    assert queries.get_shown(sam.actor, event.pk) == event, "nobody is on a list that they cannot leave"
    assert event in queries.list_ahead(sam.actor, program, BEFORE)
    actions.leave(place=queries.get_own_place(sam.person.pk, event), by=sam.actor)
    assert queries.get_shown(sam.actor, event.pk) is None
    assert event not in queries.list_ahead(sam.actor, program, BEFORE)


def test_a_peer_who_was_here_for_somebody_else_too_leaves_what_was_for_loved_ones(shown, comes, dante, program, carmen):
    from alongside.people.actions import open_episode
    from alongside.people.models import Membership

    Membership.objects.get_or_create(user=dante.user, program=program, role="participant")
    episode = open_episode(person=dante.person, by=carmen.actor, kind="loved_one", now=BEFORE)
    loved, peers = (comes(dante, to=shown(audience=one)) for one in ("loved_ones", "peers"))
    move_episode(episode=episode, to="closed", by=carmen.actor, reason="own_wish", now=BEFORE)
    assert states(loved, peers) == ["left", "held"]


def test_what_is_called_off_is_not_written_anew(night, carmen):
    actions.call_off(occasion=night, reason="No power", by=carmen.actor)
    with pytest.raises(MoveNotAllowed):
        actions.change_occasion(occasion=night, values=VALUES | {"at_time": time(17)}, by=carmen.actor)
    assert Occasion.objects.get().at_time == VALUES["at_time"]


def test_day_of_the_story():
    assert FRIDAY.weekday() == 4
