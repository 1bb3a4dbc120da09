"""The weekly list: made once, from the log, told neutrally, and without a word of what must not be known (G3)."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from tests.story import ZONE, make_persona

from alongside.audit.models import Entry
from alongside.oversight import facts
from alongside.oversight.actions import AT_HOUR, KEPT, make_due, make_week
from alongside.oversight.models import Unusual, Week
from alongside.people.actions import record_boundary, set_safe_contact
from alongside.people.models import Episode, OutgoingMessage, Person
from alongside.privacy.actions import note_opened, open_with_reason


@pytest.fixture(autouse=True)
def nobody_is_drawn(monkeypatch):
    """The lot is tried for itself below."""
    monkeypatch.setattr(facts, "is_drawn", lambda pair: False)


def monday(now=None):
    here = timezone.localtime(now or timezone.now(), ZONE).date()
    return here - timedelta(days=here.weekday())


def next_monday():
    """When the list of this week is due: the hour at which the tests run plays no part."""
    return datetime.combine(monday() + timedelta(days=7), time(AT_HOUR), ZONE)


def make(program):
    """The list of this week, as it would be made next Monday."""
    return make_week(program, monday(), timezone.now())


def codes() -> list[tuple]:
    return [(row.reader, row.person, row.codes) for row in Unusual.objects.order_by("number")]


@pytest.fixture
def served(rosa, carmen):
    """Rosa has been with us for months: no coordinator's care of this week."""
    long_ago = timezone.now() - timedelta(days=200)
    Episode.objects.filter(person=rosa.person).update(opened_at=long_ago, waiting_since=long_ago)
    return rosa


def without_hours(found) -> list[tuple]:
    """What does not depend on the hour at which the tests run."""
    return [(reader, person, [one for one in each if one != "late"]) for reader, person, each in found
            if each != ["late"]]  # fmt: skip


def test_whoever_walks_with_her_or_supports_the_peer_makes_no_row(mentorship, rosa, dante, lien):
    for who in (dante, lien):
        note_opened(participant_id=rosa.person.pk, by=who.actor, page="record")
    make(rosa.program)
    assert without_hours(codes()) == []


def test_a_coordinator_who_opened_and_did_nothing_is_asked_about(program, mentorship, served, dante):
    other = make_persona(program, "nosy", "coordinator")
    note_opened(participant_id=served.person.pk, by=other.actor, page="record")
    Episode.objects.filter(person=served.person).update(status="active")
    make(program)
    assert (other.user.pk, served.person.pk, ["no_tie"]) in codes()


def test_a_coordinator_who_opened_and_worked_makes_no_row(program, mentorship, served, carmen):
    Episode.objects.filter(person=served.person).update(status="active")
    note_opened(participant_id=served.person.pk, by=carmen.actor, page="record")
    set_safe_contact(person=served.person, by=carmen.actor, may_text=True)
    make(program)
    assert without_hours(codes()) == []


def test_a_directors_reason_stands_there_with_its_words(signed_in, mentorship, rosa, dolores, lien):
    open_with_reason(participant=rosa.person, words="The county asked about a complaint", by=dolores.actor)
    signed_in(dolores).get(reverse("record", args=[rosa.person.pk]))
    make(rosa.program)
    assert (dolores.user.pk, rosa.person.pk, ["with_reason"]) in codes()
    body = signed_in(lien).get(reverse("unusual")).content.decode()
    assert "The county asked about a complaint" in body
    assert "Opened with a reason" in body
    own = signed_in(dolores).get(reverse("unusual")).content.decode()
    assert "The county asked about a complaint" not in own, "nobody reviews themself"


def test_several_refused_tries_are_one_row(signed_in, mentorship, rosa, lien, program):
    other = make_persona(program, "pat", "peer")
    client = signed_in(other)
    for _each in range(3):
        client.get(reverse("record", args=[rosa.person.pk]))
    make(program)
    assert (other.user.pk, None, ["refused"]) in codes()
    body = signed_in(lien).get(reverse("unusual")).content.decode()
    assert "Tries to open what was not theirs" in body
    assert "3 times" in body


def test_a_participant_is_on_nobodys_list(signed_in, mentorship, rosa, dante, program):
    client = signed_in(rosa)
    for _each in range(4):
        assert client.get(reverse("record", args=[dante.person.pk])).status_code == 404
    assert Entry.objects.filter(act="access.refused", actor_person_id=rosa.person.pk).count() == 4
    make(program)
    assert codes() == []


@pytest.mark.parametrize("near", ["boundary", "surname", "phone"])
def test_what_must_not_be_known_reads_like_the_lot(
    signed_in, program, mentorship, rosa, carmen, lien, near, monkeypatch
):
    """A boundary, a shared surname or telephone: the page has the same words as for a pair that was drawn."""
    note_opened(participant_id=rosa.person.pk, by=carmen.actor, page="record")
    with monkeypatch.context() as drawn:
        drawn.setattr(facts, "is_drawn", lambda pair: pair[0] == carmen.user.pk)
        make(program)
    by_lot = (without_hours(codes()), sorted(vars(Unusual.objects.filter(person=rosa.person.pk).get())))
    page_by_lot = words_of(signed_in(lien).get(reverse("unusual")).content.decode())
    Week.objects.all().delete()
    if near == "boundary":
        record_boundary(person=rosa.person, other=carmen.person, kind="kin", by=carmen.actor)
    for one in (rosa.person, carmen.person):
        if near == "surname":
            one.legal_name = f"{one.goes_by} Cenzontle"
        if near == "phone":
            one.phone = "+12135550142"
        one.save()
    make(program)
    assert without_hours(codes()) == by_lot[0]
    assert any("ask" in each for _reader, _person, each in codes())
    assert words_of(signed_in(lien).get(reverse("unusual")).content.decode()) == page_by_lot
    for secret in ("kin", "Family", "boundary", "surname", "Cenzontle", "5550142"):
        assert secret not in page_by_lot


def words_of(body: str) -> str:
    """The main part of the page."""
    return body[body.index("<main") : body.index("</main>")]


def test_a_common_surname_says_nothing(program, mentorship, rosa, carmen):
    """Half of the program is called Garcia."""
    from alongside.people.actions import create_person

    people = [rosa.person, carmen.person]
    people += [create_person(program=program, by=carmen.actor, goes_by=f"G{number}") for number in range(5)]
    for one in people:
        Person.objects.filter(pk=one.pk).update(legal_name="Ana Garcia")
        if one != carmen.person:
            note_opened(participant_id=one.pk, by=carmen.actor, page="record")
    make(program)
    assert [row for row in codes() if "ask" in row[2]] == []


def test_the_lot_falls_on_about_one_pair_in_twenty_and_always_on_the_same(program, monkeypatch):
    monkeypatch.undo()
    pairs = [(uuid4(), uuid4()) for _each in range(2000)]
    drawn = [pair for pair in pairs if facts.is_drawn(pair)]
    assert 50 < len(drawn) < 160
    assert all(facts.is_drawn(pair) for pair in drawn)


def test_names_only_of_people_the_reader_may_open(signed_in, program, mentorship, rosa, served):
    other, far = make_persona(program, "nosy", "coordinator"), make_persona(program, "far", "supervisor")
    Episode.objects.filter(person=rosa.person).update(status="active")
    note_opened(participant_id=rosa.person.pk, by=other.actor, page="record")
    make(program)
    body = signed_in(far).get(reverse("unusual")).content.decode()
    assert "Nosy" in body
    assert "Rosa" not in body
    assert str(rosa.person.pk) not in body
    assert "Somebody whose record you do not open" in body


def test_that_somebody_looked_is_written_down(signed_in, program, lien):
    week = make(program)
    signed_in(lien).get(reverse("unusual"))
    entry = Entry.objects.get(act="digest.viewed")
    assert (entry.actor_person_id, entry.object_id, entry.subject_id) == (lien.person.pk, week.pk, None)


def test_it_is_made_once_a_week_and_supervisors_hear_of_it_neutrally(program, mentorship, rosa, dolores, lien):
    lien.person.email = "lien@example.org"
    lien.person.save()
    set_safe_contact(person=lien.person, by=lien.actor, channel="email", may_email=True)
    open_with_reason(participant=rosa.person, words="A complaint", by=dolores.actor)
    note_opened(participant_id=rosa.person.pk, by=dolores.actor, page="record", words="A complaint")
    for _twice in range(2):
        make_due(next_monday())
    assert Week.objects.get().begins_on == monday()
    (notice,) = OutgoingMessage.objects.filter(person=lien.person)
    assert notice.template == "something_new"
    from alongside.people.outbox import send_due

    for hour in range(24):  # whatever hour it is: one of them is no quiet hour
        send_due(now=next_monday() + timedelta(days=1, hours=hour))
    sent = mail.outbox[-1]
    assert "Rosa" not in sent.body + sent.subject
    assert "opened" not in sent.body + sent.subject


def test_a_supervisor_who_never_said_how_to_reach_them_hears_by_the_mail_of_their_account(
    program, mentorship, rosa, dolores, lien
):
    from alongside.people.outbox import send_due

    lien.user.email = "lien@example.org"
    lien.user.save()
    assert not lien.person.safe_contact.may_email, "nobody asked her"
    open_with_reason(participant=rosa.person, words="A complaint", by=dolores.actor)
    note_opened(participant_id=rosa.person.pk, by=dolores.actor, page="record", words="A complaint")
    for _twice in range(2):
        make_due(next_monday())
    send_due(now=next_monday() + timedelta(minutes=1))
    (sent,) = mail.outbox
    assert sent.to == ["lien@example.org"] and "Rosa" not in sent.body + sent.subject


def test_a_quiet_week_makes_a_list_and_no_notice(program, lien):
    assert make_due(next_monday()) == 1
    assert Week.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_a_list_is_erased_after_a_year(program):
    old = make_week(program, monday() - timedelta(days=400), timezone.now() - KEPT - timedelta(days=1))
    make_due(next_monday())
    assert not Week.objects.filter(pk=old.pk).exists()


def test_only_supervisors_and_directors_have_the_page(
    signed_in, program, carmen, dante, rosa, ada, lien, dolores, marcus
):
    make(program)
    for somebody in (carmen, dante, rosa, ada):
        assert signed_in(somebody).get(reverse("unusual")).status_code == 404
    for somebody in (lien, dolores):
        assert signed_in(somebody).get(reverse("unusual")).status_code == 200
    assert "There is no list yet" in signed_in(marcus).get(reverse("unusual")).content.decode()


def test_nothing_but_ids_and_codes_is_kept(program, mentorship, rosa, carmen, dolores):
    record_boundary(person=rosa.person, other=carmen.person, kind="kin", by=carmen.actor)
    note_opened(participant_id=rosa.person.pk, by=carmen.actor, page="record")
    note_opened(participant_id=rosa.person.pk, by=dolores.actor, page="record", words="A complaint")
    make(program)
    for row in Unusual.objects.all():
        kept = str({name: value for name, value in vars(row).items() if name != "_state"})
        assert not [word for word in ("kin", "boundary", "near", "drawn", "complaint", "Rosa") if word in kept]


def test_making_a_list_costs_the_same_for_many(program, mentorship, rosa, carmen, django_assert_max_num_queries):
    from alongside.people.actions import create_person

    for number in range(30):
        one = create_person(program=program, by=carmen.actor, goes_by=f"P{number}")
        note_opened(participant_id=one.pk, by=carmen.actor, page="record")
    with django_assert_max_num_queries(20):
        make(program)
