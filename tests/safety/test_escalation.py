"""From a worry to its debrief: an owner, a clock, the next on the ladder, and nobody who need not know."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from tests.safety.conftest import NOW

from alongside.audit.models import Entry
from alongside.council.actions import adopt_policy
from alongside.people import outbox
from alongside.people.actions import (
    MergeRefused,
    change_person,
    create_person,
    merge_persons,
    record_boundary,
    set_safe_contact,
)
from alongside.people.models import Membership, OutgoingMessage, User
from alongside.people.speaking import speak_hour
from alongside.safety import actions, queries
from alongside.safety.models import Escalation, Happening, Told, Turn

pytestmark = pytest.mark.django_db


def told(worry) -> list[tuple[str, int]]:
    return [(one.reader.goes_by, one.rung) for one in queries.list_told(worry)]


def test_whoever_is_on_duty_is_told_at_once_and_neutrally(duty, worried):
    worry = worried()
    assert told(worry) == [("Lien", 0)]
    assert outbox.send_due(now=NOW) == {"sent": 1}
    (sent,) = mail.outbox
    assert sent.to == ["lien@example.org"] and "Rosa" not in sent.body and "door" not in sent.body
    assert str(worry.pk) in sent.body


def test_the_same_submit_is_one_worry(duty, worried):
    key = uuid4()
    assert worried(key=key) == worried(key=key)
    assert Told.objects.count() == OutgoingMessage.objects.filter(template="please_look_now").count() == 1


def test_nobody_takes_it_the_deputy_then_all_then_the_director_and_then_again_and_again(duty, worried, after):
    worry = worried()
    assert actions.look_after_due(after(14)) == 0
    for minutes in (15, 30, 45, 105, 165):
        assert actions.look_after_due(after(minutes)) == 1
        assert actions.look_after_due(after(minutes)) == 0, "a look is made once"
    assert sorted(told(worry)) == sorted([
        ("Lien", 0), ("Carmen", 1), ("Lien", 2), ("Carmen", 2), ("Dolores", 3), ("Dolores", 4), ("Dolores", 5),
    ])  # fmt: skip
    assert OutgoingMessage.objects.filter(template="please_look_now").count() == 7


def test_the_clocks_are_the_policys(duty, worried, program, carmen, after):
    values = {"acknowledge_minutes": 3, "ladder": ["on_duty", "director"]}
    adopt_policy(program=program, kind="safety", values=values, by=carmen.actor)
    worry = worried()
    assert actions.look_after_due(after(3)) == 1
    assert told(worry) == [("Lien", 0), ("Dolores", 1)]


def test_after_hours_it_goes_on_at_once_to_everybody_on_the_rota(duty, worried, lien):
    Turn.objects.exclude(weekday=(NOW + timedelta(days=3)).weekday()).delete()
    assert {name for name, _rung in told(worried())} == {"Lien", "Carmen"}


def test_without_a_rota_and_without_addresses_everybody_who_may_own_one_sees_it(worried, carmen, lien, dolores):
    worry = worried()
    assert {name for name, _rung in told(worry)} == {"Lien", "Carmen", "Dolores"}
    assert not Told.objects.filter(is_reached=True).exists()
    for one in (carmen, lien, dolores):
        assert queries.list_unfinished(one.actor) == [worry]


def test_somebody_without_an_address_is_told_on_their_pages_and_the_next_at_once(duty, worried, lien):
    User.objects.filter(pk=lien.user.pk).update(email="")
    assert told(worried()) == [("Lien", 0), ("Carmen", 1)]


def test_an_owner_stops_the_ladder_until_their_own_clock_runs_out(duty, worried, lien, carmen, after):
    worry = worried()
    owned = actions.take(escalation=worry, by=lien.actor, now=after(5))
    assert (owned.status, owned.owner_id, owned.look_at) == ("owned", lien.person.pk, after(245))
    assert actions.take(escalation=worry, by=lien.actor, now=after(6)).owned_at == after(5)
    assert actions.look_after_due(after(244)) == 0
    with pytest.raises(actions.NotTheirs):
        actions.take(escalation=worry, by=carmen.actor, now=after(6))
    assert actions.look_after_due(after(245)) == 1
    assert told(worry)[-1] == ("Carmen", 1)
    taken_over = actions.take(escalation=worry, by=carmen.actor, now=after(246))
    assert taken_over.owner_id == carmen.person.pk
    assert Happening.objects.filter(what__in=["overdue", "taken_over"]).count() == 2


def test_the_one_who_raised_it_hears_that_somebody_has_it(duty, worried, lien, dante):
    change_person(person=dante.person, by=lien.actor, email="dante@example.org")
    set_safe_contact(person=dante.person, by=lien.actor, channel="email", may_email=True)
    actions.take(escalation=worried(), by=lien.actor)
    assert OutgoingMessage.objects.filter(person=dante.person, template="something_new").count() == 1


def test_a_hand_off_counts_when_the_other_says_so(duty, worried, lien, carmen, after):
    worry = actions.take(escalation=worried(), by=lien.actor, now=after(1))
    handed = actions.hand_to(escalation=worry, other=carmen.person, words="On the road", by=lien.actor, now=after(2))
    assert (handed.owner_id, handed.handed_to_id) == (lien.person.pk, carmen.person.pk)
    taken = actions.take_handed(escalation=worry, by=carmen.actor, now=after(4))
    assert (taken.owner_id, taken.handed_to_id, taken.resolve_by) == (carmen.person.pk, None, worry.resolve_by)
    with pytest.raises(actions.NotTheirs):
        actions.resolve(escalation=worry, words="x", confirmed="spoke", measure="own_plan", by=lien.actor)


def test_a_hand_off_that_nobody_answers_comes_back(duty, worried, lien, carmen, after):
    worry = actions.take(escalation=worried(), by=lien.actor, now=after(1))
    actions.hand_to(escalation=worry, other=carmen.person, by=lien.actor, now=after(2))
    assert actions.look_after_due(after(16)) == 0
    assert actions.look_after_due(after(17)) == 1
    worry.refresh_from_db()
    assert (worry.owner_id, worry.handed_to_id, worry.look_at) == (lien.person.pk, None, worry.resolve_by)
    assert Happening.objects.filter(what="hand_lapsed").count() == 1


def test_it_ends_only_with_words_and_a_confirmed_contact(duty, worried, lien):
    worry = actions.take(escalation=worried(), by=lien.actor)
    for words, confirmed in (("", "spoke"), ("We spoke", ""), ("We spoke", "left_a_message")):
        with pytest.raises(actions.NotConfirmed):
            actions.resolve(escalation=worry, words=words, confirmed=confirmed, measure="own_plan", by=lien.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=worry.pk).update(status="resolved", resolved_at=NOW, look_at=None)
    resolved = actions.resolve(
        escalation=worry, words="She is at her sister's", confirmed="spoke", measure="own_plan", by=lien.actor
    )
    assert (resolved.status, resolved.look_at) == ("resolved", None)
    debriefed = actions.debrief(escalation=worry, words="He needs a day off", by=lien.actor)
    assert debriefed.status == "debriefed"
    acts = list(Entry.objects.filter(object_id=worry.pk).order_by("id").values_list("act", flat=True))
    assert acts == [f"escalation.{what}" for what in ("raised", "told", "taken", "measured", "resolved", "debriefed")]


def test_an_open_one_without_a_next_look_is_refused_by_the_database(duty, worried):
    worry = worried()
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=worry.pk).update(look_at=None)


def test_nobody_owns_a_worry_about_themself_and_a_peer_owns_none(duty, worried, rosa, dante, program):
    worry = worried()
    with pytest.raises(actions.NotTheirs):
        actions.take(escalation=worry, by=dante.actor)
    Membership.objects.create(user=rosa.user, program=program, role="director")
    assert queries.get_escalation_visible_to(rosa.actor, worry.pk) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=worry.pk).update(
            status="owned", owner=rosa.person, owned_at=NOW, resolve_by=NOW, look_at=NOW
        )


def test_the_history_is_only_added_to(duty, worried):
    worried()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE safety_happening SET what = 'resolved'")


def test_only_those_who_have_to_know_read_it(duty, worried, dante, lien, carmen, dolores, ada):
    worry = worried()
    sees = {one.user.username for one in (dante, lien, carmen, dolores, ada) if queries.list_unfinished(one.actor)}
    assert sees == {"dante", "lien"}
    assert queries.get_escalation_visible_to(carmen.actor, worry.pk) is None
    Membership.objects.filter(user=lien.user).delete()
    assert queries.list_unfinished(lien.actor) == []


def test_somebody_with_a_boundary_is_not_told(duty, worried, rosa, lien, carmen):
    record_boundary(person=rosa.person, other=lien.person, kind="kin", by=carmen.actor)
    worry = worried()
    assert told(worry) == [("Carmen", 1)]
    assert queries.list_unfinished(lien.actor) == []


def test_a_turn_in_hours_that_are_taken_is_refused(duty, program, lien, carmen, dante):
    for values, code in (
        ({"from_hour": 22, "until_hour": 6, "person": lien.person}, "overlaps"),
        ({"from_hour": 0, "until_hour": 0, "person": dante.person}, "not_staff"),
        ({"from_hour": 0, "until_hour": 0, "person": lien.person, "deputy": lien.person}, "same_person"),
    ):
        with pytest.raises(actions.TurnRefused) as refused:
            actions.set_turn(program=program, weekday=2, by=carmen.actor, **values)
        assert refused.value.code == code


def test_two_records_that_work_on_one_worry_are_no_one_person(duty, worried, lien, carmen):
    actions.take(escalation=worried(), by=lien.actor)
    with pytest.raises(MergeRefused) as refused:
        merge_persons(first=lien.person, second=carmen.person, by=carmen.actor)
    assert "one_supports_other" in refused.value.codes


def test_a_joined_record_keeps_its_worries(duty, worried, rosa, carmen, dante, lien):
    worry = worried()
    again = create_person(program=rosa.person.program, by=carmen.actor, goes_by="Rosi")
    readers = [one.person.pk for one in (carmen, dante, lien)]
    merge = merge_persons(first=again, second=rosa.person, by=carmen.actor, readers_seen=readers)
    worry.refresh_from_db()
    assert worry.person_id == merge.kept_id


# --- looking after whoever raised it ------------------------------------------------------------------------------
def finish(worry, lien, now):
    actions.take(escalation=worry, by=lien.actor, now=now)
    return actions.resolve(
        escalation=worry, words="She is safe", confirmed="spoke", measure="own_plan", by=lien.actor, now=now
    )


def notices(person):
    sent = OutgoingMessage.objects.filter(template="please_look_now")
    return sum(one.recipient == str(person.user.pk) for one in sent)


def test_a_talk_that_nobody_had_is_reminded_of_once(duty, worried, lien, dante, after):
    worry = finish(worried(), lien, NOW)
    before = notices(lien)
    actions.look_after_due(after(72 * 60 - 1))
    assert notices(lien) == before
    for later in (72 * 60, 72 * 60 + 5, 100 * 60):
        actions.look_after_due(after(later))
    assert notices(lien) == before + 1, "she had it and supports Dante: one notice"
    actions.debrief(escalation=worry, words="He slept badly", by=lien.actor, now=after(101 * 60))
    assert actions.look_after_due(after(400 * 60)) == 0


def test_after_a_talk_in_time_nobody_is_reminded(duty, worried, lien, after):
    actions.debrief(escalation=finish(worried(), lien, NOW), words="Fine", by=lien.actor, now=after(60))
    before = notices(lien)
    actions.look_after_due(after(90 * 60))
    assert notices(lien) == before


def test_whoever_raised_it_may_ask_to_talk_and_nobody_else(duty, worried, lien, dante, carmen, rosa):
    worry = finish(worried(), lien, NOW)
    before = notices(lien)
    for _twice in range(2):
        actions.ask_to_talk(escalation=worry, words="I would like to talk", by=dante.actor, now=NOW)
    assert notices(lien) == before + 1
    assert Happening.objects.filter(escalation=worry, what="added").count() == 1
    for other in (carmen, rosa, lien):
        with pytest.raises(actions.NotTheirs):
            actions.ask_to_talk(escalation=worry, words="Me too", by=other.actor, now=NOW)


def test_the_rota_names_the_hours_of_nobody(program, lien, carmen, signed_in):
    actions.set_turn(program=program, weekday=0, from_hour=9, until_hour=17, person=lien.person, by=carmen.actor)
    page = unescape(signed_in(carmen).get(reverse("rota")).content.decode())
    assert "Hours in which nobody is on duty" in page and f"Monday {speak_hour(17)} – Monday {speak_hour(9)}" in page
    rest = [(0, 17), *((weekday, 9) for weekday in range(1, 7))]
    for weekday, from_hour in rest:
        actions.set_turn(
            program=program, weekday=weekday, from_hour=from_hour, until_hour=9, person=lien.person, by=carmen.actor
        )
    page = unescape(signed_in(carmen).get(reverse("rota")).content.decode())
    assert "Hours in which nobody is on duty" not in page
