"""A worry in hand, and its owner is shut out of the record (B7): it goes on at once, and nobody is told why."""

from uuid import uuid4

import pytest
from tests.safety.conftest import NOW
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.people.models import Membership, OutgoingMessage
from alongside.privacy import actions as privacy
from alongside.privacy.actions import complaints
from alongside.safety import actions, queries
from alongside.safety.models import Happening, Told

pytestmark = pytest.mark.django_db
WHY = "She lives next door to me"


@pytest.fixture
def nora(program):
    """A second coordinator, who answers the wish."""
    nora = make_persona(program, "nora", "coordinator")
    nora.user.email = "nora@example.org"
    nora.user.save()
    return nora


def shut_out(rosa, nora, *readers, agree=True, now=NOW):
    wish = privacy.ask_restriction(
        person=rosa.person, items=[], toward="inside", readers=[one.user.pk for one in readers], submit_key=uuid4(),
        by=rosa.actor, words=WHY,
    )  # fmt: skip
    return privacy.decide_restriction(restriction=wish, agree=agree, words="Yes.", by=nora.actor, now=now)


def notices() -> list[str]:
    """Whom a notice of duty waits for, in order."""
    names = dict(Membership.objects.values_list("user_id", "user__username"))
    rows = OutgoingMessage.objects.filter(template="please_look_now").order_by("created_at", "pk")
    return [next(name for pk, name in names.items() if str(pk) == one.recipient) for one in rows]


def test_one_that_they_own_goes_to_the_deputy_at_once(duty, worried, rosa, lien, carmen, nora, after):
    worry = actions.take(escalation=worried(), by=lien.actor, now=after(5))
    before = len(notices())
    shut_out(rosa, nora, lien, now=after(60))
    worry.refresh_from_db()
    assert (worry.status, worry.owner, worry.resolve_by) == ("open", None, None)
    assert notices()[before:] == ["carmen"], "in the same transaction, not when the clock runs out"
    assert worry.acknowledge_by == worry.look_at == after(75), "it has to be taken as soon as any other"
    assert actions.take(escalation=worry, by=carmen.actor, now=after(61)).owner_id == carmen.person.pk


def test_nothing_is_lost_and_no_reason_is_told(duty, worried, rosa, dante, lien, nora, after):
    worry = actions.take(escalation=worried(), by=lien.actor, now=after(5))
    actions.note_measure(escalation=worry, measure="own_plan", by=lien.actor, now=after(6))
    history = list(Happening.objects.filter(escalation=worry).values_list("pk", flat=True))
    shut_out(rosa, nora, lien, now=after(60))
    new = Happening.objects.filter(escalation=worry).exclude(pk__in=history).order_by("at", "pk")
    assert {(one.what, one.by_person, one.to_person, one.words) for one in new} == {
        ("handed", None, None, ""), ("told", None, None, ""),
    }  # fmt: skip
    assert Happening.objects.filter(pk__in=history).count() == len(history)
    assert [one.what for one in queries.list_measures(worry)] == ["own_plan"]
    entries = Entry.objects.filter(object_kind="escalation", object_id=worry.pk).order_by("-pk")[:2]
    assert {(one.act, one.reason, one.actor_id) for one in entries} == {
        ("escalation.handed", "", None), ("escalation.told", "", None),
    }  # fmt: skip
    assert queries.get_escalation_visible_to(dante.actor, worry.pk) is not None, "who raised it sees that it goes on"


def test_who_was_told_before_is_told_again(duty, worried, rosa, lien, carmen, nora, after):
    worry = worried()
    actions.look_after_due(after(15))
    actions.take(escalation=worry, by=lien.actor, now=after(16))
    assert notices() == ["lien", "carmen"]
    shut_out(rosa, nora, lien, now=after(20))
    assert notices() == ["lien", "carmen", "carmen"], "she believes that Lien has it"
    assert Told.objects.filter(escalation=worry, reader=carmen.person, rung=1).count() == 1


def test_the_ladder_is_climbed_on_from_where_it_was(duty, worried, rosa, lien, carmen, dolores, nora, after):
    worry = actions.take(escalation=worried(), by=lien.actor, now=after(5))
    shut_out(rosa, nora, lien, carmen, now=after(60))
    worry.refresh_from_db()
    assert notices()[-1] == "dolores", "nobody on duty, no deputy, nobody of the rota may know: at once the director"
    assert worry.rung == 3 and worry.look_at == after(120)


def test_whom_it_was_to_be_handed_to_is_out_and_it_is_with_its_owner(
    duty, worried, rosa, lien, carmen, nora, after
):  # fmt: skip
    worry = actions.take(escalation=worried(), by=lien.actor, now=after(5))
    actions.hand_to(escalation=worry, other=carmen.person, by=lien.actor, now=after(6))
    before = len(notices())
    shut_out(rosa, nora, carmen, now=after(7))
    worry.refresh_from_db()
    assert (worry.status, worry.owner_id, worry.handed_to) == ("owned", lien.person.pk, None)
    assert worry.look_at == worry.resolve_by and notices()[before:] == ["lien"]


def test_one_that_nobody_has_and_only_they_know_of_is_told_to_others(duty, worried, rosa, lien, nora, after):
    worry = worried()
    assert notices() == ["lien"]
    shut_out(rosa, nora, lien, now=after(1))
    assert notices() == ["lien", "carmen"]
    worry.refresh_from_db()
    assert worry.status == "open"


def test_a_no_and_a_reader_of_nothing_of_hers_change_nothing(duty, worried, rosa, lien, dolores, nora, after):
    worry = actions.take(escalation=worried(), by=lien.actor, now=after(5))
    shut_out(rosa, nora, lien, agree=False, now=after(6))
    shut_out(rosa, nora, dolores, now=after(7))
    worry.refresh_from_db()
    assert (worry.status, worry.owner_id) == ("owned", lien.person.pk) and notices() == ["lien"]


def test_whoever_looked_before_they_were_shut_out_does_nothing_after(duty, worried, rosa, lien, nora, after):
    """In a transaction the house sees all: the page that was opened a moment ago is asked under the lock."""
    worry = worried()
    shut_out(rosa, nora, lien, now=after(1))
    for act in (
        lambda: actions.take(escalation=worry, by=lien.actor, now=after(2)),
        lambda: actions.note_measure(escalation=worry, measure="own_plan", by=lien.actor, now=after(2)),
    ):
        with pytest.raises(actions.NotTheirs):
            act()


def test_a_complaint_that_they_look_into_waits_for_another(program, rosa, dolores, nora, after):
    second = make_persona(program, "vega", "director")
    second.user.email = "vega@example.org"
    second.user.save()
    one = complaints.receive_complaint(
        program=program, person=rosa.person, words="It was loud", via="own", by=rosa.actor, submit_key=uuid4(), now=NOW
    )
    complaints.look_into(complaint=one, by=dolores.actor)
    hers = [one.recipient for one in OutgoingMessage.objects.all()].count(str(second.user.pk))
    shut_out(rosa, nora, dolores, now=after(9))
    one.refresh_from_db()
    assert (one.status, one.owner) == ("received", None)
    told = [one.recipient for one in OutgoingMessage.objects.all()]
    assert told.count(str(second.user.pk)) == hers + 1
    assert complaints.look_into(complaint=one, by=second.actor).owner_id == second.user.pk
