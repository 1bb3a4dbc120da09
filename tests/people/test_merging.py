"""Two records made one and two again: nothing is lost, nobody reads more in silence, everything is put back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.audit.queries import list_opened
from alongside.intake.actions import Wish, save_wishes
from alongside.mentoring.actions import (
    Note,
    add_to_note,
    end_mentorship,
    make_feed,
    plan_appointment,
    record_contact,
    save_draft,
    send_message,
    start_mentorship,
)
from alongside.mentoring.models import Contact, Mentorship
from alongside.people.actions import (
    MergeRefused,
    UndoRefused,
    change_person,
    create_invitation,
    create_person,
    decide_pair,
    merge_persons,
    move_episode,
    open_episode,
    record_boundary,
    set_safe_contact,
    undo_merge,
)
from alongside.people.actions.merging import choose_kept, list_refusals
from alongside.people.models import Boundary, Episode, Merge, Person, SafeContact, TwinPair
from alongside.people.near_matches import compare_waiting
from alongside.people.queries import list_log_spans
from alongside.privacy.actions import give_grant, note_opened, open_with_reason
from alongside.privacy.merged_rows import list_reader_ids
from alongside.privacy.models import Grant
from alongside.privacy.queries import list_participants_visible_to
from tests.story import Persona, day_there, make_account, make_persona

DERIVED = {"people.MatchKey", "people.ToCompare", "people.Merge", "impact.Mark", "audit.Entry", "audit.Seal"}
"""Keys are made anew with other ids, each change is marked to be counted, and the log keeps what was done."""


def everything() -> dict:
    """Every row of ours, decrypted: {(model, id): values}."""
    rows = {}
    for model in apps.get_models():
        if model.__module__.startswith("alongside.") and model._meta.label not in DERIVED:
            for row in model._base_manager.all():
                rows[model._meta.label, row.pk] = {
                    f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields
                }
    return rows


@pytest.fixture
def twin(program, carmen, house):
    """Rosa a second time, from years ago: an episode that ended, with another peer and notes, and no account."""
    again = create_person(
        program=program, by=house, goes_by="Rosita", legal_name="Rosita Delgado", birth_date=date(1984, 7, 5),
        phone="+12135550142", external_id="A-17",
    )  # fmt: skip
    old = make_persona(program, "pat", "peer")
    from alongside.workforce.actions import create_peer

    profile = create_peer(person=old.person, by=carmen.actor, capacity=3, languages=["en"])
    then = timezone.now() - timedelta(days=400)
    episode = open_episode(person=again, by=carmen.actor, now=then)
    for state in ("intake", "waiting", "offered"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor, now=then)
    save_wishes(episode=episode, by=carmen.actor, preferences=[Wish("language", "es")], own_words="quiet")
    walk = start_mentorship(episode=episode, peer=profile, by=carmen.actor, now=then)
    record_contact(mentorships=[walk], note=a_note(then), by=old.actor)
    end_mentorship(mentorship=walk, reason="moved", by=carmen.actor, now=then + timedelta(days=30))
    move_episode(episode=Episode.objects.get(pk=episode.pk), to="closed", by=carmen.actor, reason="moved")
    create_invitation(program=program, roles=["participant"], person=again, by=carmen.actor)
    set_safe_contact(
        person=again, by=carmen.actor, may_voicemail=False, from_hour=12, until_hour=22, notes="ring twice"
    )
    record_boundary(person=again, other=carmen.person, kind="kin", by=carmen.actor)
    return Persona(again, None, program)


def a_note(at, words="spoke for a while") -> Note:
    return Note(
        submit_key=uuid4(), happened_at=at, mode="phone", reached=True, minutes=20, kinds_of_support=("emotional",),
        note=words, read_together=True,
    )  # fmt: skip


@pytest.fixture
def walk(rosa, dante, mentorship, carmen):
    """Rosa and Dante with a note, an answer, messages, a planned time, a draft, a calendar address."""
    set_safe_contact(
        person=rosa.person, by=carmen.actor, may_voicemail=True, may_email=True, from_hour=9, until_hour=20
    )
    (contact,) = record_contact(mentorships=[mentorship], note=a_note(timezone.now()), by=dante.actor)
    add_to_note(contact=contact, words="thank you", submit_key=uuid4(), by=rosa.actor, is_answer=True)
    send_message(mentorship=mentorship, body="hello", submit_key=uuid4(), by=rosa.actor)
    plan_appointment(
        mentorship=mentorship, on_day=day_there() + timedelta(days=3), at_time=timezone.now().time(),
        mode="phone", time_zone="America/Los_Angeles", submit_key=uuid4(), by=rosa.actor,
    )  # fmt: skip
    save_draft(by=dante.actor, name="draft", fields={"note": ["begun"]})
    make_feed(by=rosa.actor)
    return mentorship


def join(first, second, by, **more):
    seen = list_reader_ids(first.person.pk, second.person.pk)
    return merge_persons(first=first.person, second=second.person, by=by.actor, readers_seen=seen, **more)


# --- one record ---------------------------------------------------------------------------------------------------
def test_all_that_was_of_two_is_of_one(rosa, twin, walk, carmen):
    merge = join(twin, rosa, carmen)
    assert not Person.objects.filter(pk=twin.person.pk).exists()
    kept = Person.objects.get(pk=rosa.person.pk)
    assert merge.kept == kept and merge.gone == twin.person.pk
    assert Episode.objects.filter(person=kept).count() == 2
    assert Mentorship.objects.filter(participant=kept).count() == Contact.objects.filter(participant=kept).count() == 2
    # What only one had is kept without being asked for; of the names, those of the one who stays.
    assert (kept.external_id, kept.birth_date, kept.goes_by) == ("A-17", date(1984, 7, 5), "Rosa")


def test_somebody_chooses_what_the_record_says(rosa, twin, walk, carmen):
    join(rosa, twin, carmen, take={"goes_by": twin.person.pk})
    kept = Person.objects.get(pk=rosa.person.pk)
    assert (kept.goes_by, kept.goes_by_search) == ("Rosita", "rosita")


def test_the_stricter_rule_of_contact_wins(rosa, twin, walk, carmen):
    join(rosa, twin, carmen)
    rules = SafeContact.objects.get(person=rosa.person)
    assert not rules.may_voicemail and not rules.may_email
    assert (rules.from_hour, rules.until_hour, rules.notes) == (12, 20, "ring twice")


def test_hours_that_never_meet_leave_none(rosa, twin, carmen):
    set_safe_contact(person=rosa.person, by=carmen.actor, from_hour=8, until_hour=11)
    join(rosa, twin, carmen)
    assert SafeContact.objects.get(person=rosa.person).channel == "none"


def test_every_boundary_holds_for_the_joined_record(rosa, twin, carmen):
    join(rosa, twin, carmen)
    row = Boundary.objects.get()
    assert {row.person_id, row.other_id} == {rosa.person.pk, carmen.person.pk} and row.person_id < row.other_id


def test_an_open_link_of_the_other_record_stops_working(rosa, twin, carmen):
    from alongside.people.models import Invitation

    join(rosa, twin, carmen)
    link = Invitation.objects.get(person=rosa.person)
    assert link.revoked_at is not None


def test_both_ids_are_in_the_log_without_contents(rosa, twin, carmen):
    join(rosa, twin, carmen)
    entries = Entry.objects.filter(act="person.merged")
    assert {entry.subject_id for entry in entries} == {rosa.person.pk, twin.person.pk}
    assert all(entry.actor_person_id == carmen.person.pk for entry in entries)


# --- whose id stays -----------------------------------------------------------------------------------------------
def test_the_record_of_a_peer_or_an_account_stays(rosa, dante, twin):
    assert choose_kept(twin.person, rosa.person) == choose_kept(rosa.person, twin.person) == (rosa.person, twin.person)
    assert choose_kept(rosa.person, dante.person)[0] == dante.person


# --- what a person has to settle first ----------------------------------------------------------------------------
def refused(first, second, by) -> tuple:
    before = everything()
    with pytest.raises(MergeRefused) as caught:
        join(first, second, by)
    assert everything() == before
    assert list(caught.value.codes) == list_refusals(first=first.person, second=second.person, by=by.actor)
    return caught.value.codes


def waits(persona, carmen, days_ago: int) -> Episode:
    then = timezone.now() - timedelta(days=days_ago)
    episode = open_episode(person=persona.person, by=carmen.actor, now=then)
    for state in ("intake", "waiting"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor, now=then)
    return episode


def test_two_who_are_both_supported_now(rosa, twin, walk, carmen):
    move_episode(episode=waits(twin, carmen, 9), to="active", by=carmen.actor)
    assert refused(rosa, twin, carmen) == ("both_open",)


def test_who_waits_twice_waits_once_and_from_the_earlier_day(rosa, twin, carmen):
    older = waits(twin, carmen, days_ago=90)
    newer = Episode.objects.exclude(status="closed").get(person=rosa.person)
    assert newer.status == "waiting" and newer.opened_at > older.opened_at
    before = everything()
    merge = join(rosa, twin, carmen)
    (stays,) = Episode.objects.filter(person=rosa.person).exclude(status="closed")
    assert (stays.pk, stays.first_waiting_at) == (older.pk, older.first_waiting_at)
    newer.refresh_from_db()
    assert (newer.status, newer.close_reason, newer.first_waiting_at) == ("closed", "duplicate", None)
    undo_merge(merge=merge, by=carmen.actor)
    assert everything() == before


def test_a_wait_ends_where_the_other_record_is_further(rosa, twin, walk, carmen):
    waits(twin, carmen, days_ago=90)
    going_on = Episode.objects.exclude(status="closed").get(person=rosa.person)
    join(rosa, twin, carmen)
    (stays,) = Episode.objects.filter(person=rosa.person).exclude(status="closed")
    assert (stays.pk, stays.first_waiting_at) == (going_on.pk, going_on.first_waiting_at)


def test_an_ask_ends_where_the_other_record_waits_already(rosa, twin, carmen):
    open_episode(person=twin.person, by=carmen.actor, now=timezone.now() - timedelta(days=90))
    join(rosa, twin, carmen)
    (stays,) = Episode.objects.filter(person=rosa.person).exclude(status="closed")
    assert stays.status == "waiting"


def test_a_peer_and_the_person_they_walk_with(rosa, dante, mentorship, carmen):
    assert "one_supports_other" in refused(rosa, dante, carmen)


def test_two_peers(program, dante, carmen):
    from alongside.workforce.actions import create_peer

    other = make_persona(program, "quinn", "peer")
    create_peer(person=other.person, by=carmen.actor, capacity=1, languages=["en"])
    assert refused(dante, other, carmen) == ("both_peers", "two_staff_accounts")


def test_who_supports_and_who_is_supported(dante, lien, carmen):
    assert "one_supports_other" in refused(dante, lien, carmen)


def test_two_with_a_boundary_between_them_or_with_a_peer_of_the_other(rosa, twin, dante, walk, carmen):
    record_boundary(person=twin.person, other=dante.person, kind="ex", by=carmen.actor)
    assert refused(rosa, twin, carmen) == ("not_together",)


def test_a_boundary_between_the_two(rosa, twin, carmen):
    record_boundary(person=twin.person, other=rosa.person, kind="kin", by=carmen.actor)
    assert refused(rosa, twin, carmen) == ("not_together",)


def test_while_one_of_them_chooses(rosa, twin, dante, carmen):
    from alongside.matching.actions import send_offers

    send_offers(episode=rosa.episode, peers=[dante.profile], by=carmen.actor)
    assert refused(rosa, twin, carmen) == ("choosing",)


def test_two_who_were_there_together(program, rosa, twin, dante, walk, carmen):
    other = Mentorship.objects.get(participant=twin.person)
    note = Contact.objects.get(participant=rosa.person)
    Contact.objects.filter(mentorship=other).update(submit_key=note.submit_key)
    assert refused(rosa, twin, carmen) == ("in_one_note",)


def test_nobody_joins_their_own_record_or_one_of_another_program(rosa, carmen, marcus):
    assert "not_two" in refused(rosa, carmen, carmen)
    with pytest.raises(MergeRefused):
        merge_persons(first=rosa.person, second=marcus.person, by=carmen.actor)
    with pytest.raises(MergeRefused):
        merge_persons(first=rosa.person, second=rosa.person, by=carmen.actor)


# --- accounts -----------------------------------------------------------------------------------------------------
def test_one_of_two_accounts_goes_on_and_the_other_opens_nothing(program, rosa, twin, carmen):
    from alongside.people.actor import get_actor

    second = make_account("rosita", program, "participant", person=twin.person)
    assert choose_kept(rosa.person, twin.person)[0] == rosa.person
    join(rosa, twin, carmen, take={"user": twin.person.pk})
    assert Person.objects.get(pk=rosa.person.pk).user == second
    assert rosa.actor.person_id is None and not rosa.actor.roles
    assert get_actor(second)[0].person_id == rosa.person.pk


def test_an_account_with_a_role_of_staff_is_the_one_that_goes_on(program, rosa, twin, carmen):
    staff = make_account("council", program, "council", person=twin.person)
    join(rosa, twin, carmen, take={"user": rosa.person.pk})
    assert Person.objects.get(pk=rosa.person.pk).user == staff


# --- who reads ----------------------------------------------------------------------------------------------------
def test_nobody_gains_a_record_unless_somebody_looked_at_who_reads(rosa, twin, walk, carmen):
    with pytest.raises(MergeRefused) as caught:
        merge_persons(first=rosa.person, second=twin.person, by=carmen.actor)
    assert caught.value.codes == ("readers_not_seen",)
    assert list_refusals(first=rosa.person, second=twin.person, by=carmen.actor) == []


def test_the_peer_reads_their_own_notes_and_not_those_of_the_earlier_peer(rosa, twin, dante, walk, carmen):
    from alongside.mentoring.queries import list_contacts_visible_to

    join(rosa, twin, carmen)
    seen = list_contacts_visible_to(dante.actor, rosa.person.pk)
    assert {contact.mentorship_id for contact in seen} == {walk.pk}
    assert rosa.person in list_participants_visible_to(dante.actor)


def test_what_was_opened_for_a_reason_or_by_choice_ends(program, rosa, twin, dante, dolores, walk, carmen):
    open_with_reason(participant=twin.person, words="a complaint", by=dolores.actor)
    give_grant(participant_id=rosa.person.pk, reader_id=dante.person.pk, program_id=program.pk, kind="history",
               by=carmen.actor, source_id=walk.pk)  # fmt: skip
    merge = join(rosa, twin, carmen)
    assert not Grant.objects.filter(kind__in=["history", "reason"]).exclude(ends_at__lte=timezone.now()).exists()
    assert rosa.person not in list_participants_visible_to(dolores.actor)
    undo_merge(merge=merge, by=carmen.actor)
    assert Grant.objects.get(kind="history").ends_at is None


def test_people_read_who_opened_either_record(rosa, twin, dante, dolores, carmen):
    note_opened(participant_id=twin.person.pk, by=dolores.actor, page="record")
    merge = join(rosa, twin, carmen)

    def readers(person_id) -> set:
        return {row.actor_person_id for row in list_opened(person_id, also=list_log_spans(person_id)).rows}

    assert readers(rosa.person.pk) == {dolores.person.pk}
    note_opened(participant_id=rosa.person.pk, by=dante.actor, page="record")
    undo_merge(merge=merge, by=carmen.actor)
    note_opened(participant_id=rosa.person.pk, by=carmen.actor, page="record")
    assert readers(rosa.person.pk) == {dante.person.pk, carmen.person.pk}
    assert readers(twin.person.pk) == {dolores.person.pk, dante.person.pk}


# --- two again ----------------------------------------------------------------------------------------------------
def test_undoing_puts_every_row_back(program, rosa, twin, dante, lien, dolores, walk, carmen, house):
    open_with_reason(participant=rosa.person, words="a complaint", by=dolores.actor)
    record_boundary(person=rosa.person, other=carmen.person, kind="kin", by=carmen.actor)
    make_account("rosita", program, "participant", person=twin.person)
    change_person(person=rosa.person, by=house, legal_name="Rosa Delgado", external_id="B-2", phone="+12135550142")
    third = create_person(program=program, by=house, goes_by="Ro D.", legal_name="Ro Delgado", phone="+12135550142",
                          birth_date=date(1984, 7, 5))  # fmt: skip
    compare_waiting()
    for pair in TwinPair.objects.filter(first__in=[third.pk, twin.person.pk], second__in=[third.pk, twin.person.pk]):
        decide_pair(pair=pair, decision="different", by=carmen.actor)
    before = everything()
    took = {"legal_name": twin.person.pk, "user": twin.person.pk, "external_id": twin.person.pk}
    merge = join(rosa, twin, carmen, take=took)
    assert everything() != before
    back = undo_merge(merge=merge, by=carmen.actor)
    assert back.pk == twin.person.pk
    assert everything() == before
    merge.refresh_from_db()
    assert merge.undone_at and merge.journal is None


def test_what_was_done_since_goes_back_with_what_it_belongs_to(rosa, twin, dante, carmen):
    """The open mentorship is of the one who went: the note written meanwhile is theirs again, too."""
    walk = _walk_with(twin, dante, carmen)
    move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="moved")
    merge = join(rosa, twin, carmen)
    (note,) = record_contact(
        mentorships=[Mentorship.objects.get(pk=walk.pk)], note=a_note(timezone.now()), by=dante.actor
    )
    assert note.participant_id == rosa.person.pk
    change_person(person=Person.objects.get(pk=rosa.person.pk), by=carmen.actor, pronouns="ella/she")
    undo_merge(merge=merge, by=carmen.actor)
    note.refresh_from_db()
    assert note.participant_id == twin.person.pk
    assert set(Grant.objects.filter(source_id=walk.pk).values_list("participant_id", flat=True)) == {twin.person.pk}
    assert Person.objects.get(pk=rosa.person.pk).pronouns == "ella/she"


def _walk_with(somebody, peer, carmen):
    episode = open_episode(person=somebody.person, by=carmen.actor)
    for state in ("intake", "waiting", "offered"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor)
    return start_mentorship(episode=episode, peer=peer.profile, by=carmen.actor)


def test_undoing_twice_or_late_is_refused(rosa, twin, carmen):
    merge = join(rosa, twin, carmen)
    with pytest.raises(UndoRefused, match="too_late"):
        undo_merge(merge=merge, by=carmen.actor, now=timezone.now() + timedelta(days=31))
    undo_merge(merge=merge, by=carmen.actor)
    with pytest.raises(UndoRefused, match="undone"):
        undo_merge(merge=merge, by=carmen.actor)


def test_a_record_joined_again_is_first_taken_out_of_the_later_one(program, rosa, twin, carmen, house):
    third = Persona(create_person(program=program, by=house, goes_by="Ro"), None, program)
    first = join(third, twin, carmen)
    kept = Persona(Person.objects.get(pk=first.kept_id), None, program)
    second = join(rosa, kept, carmen)
    with pytest.raises(UndoRefused, match="joined_again"):
        undo_merge(merge=first, by=carmen.actor)
    undo_merge(merge=second, by=carmen.actor)
    undo_merge(merge=Merge.objects.get(pk=first.pk), by=carmen.actor)
    assert Person.objects.filter(pk__in=[third.person.pk, twin.person.pk]).count() == 2


def test_a_number_given_to_somebody_else_since_stands_in_the_way(program, rosa, twin, carmen, house):
    change_person(person=rosa.person, by=house, external_id="B-2")
    merge = join(rosa, twin, carmen)
    create_person(program=program, by=house, goes_by="Ana", external_id="A-17")
    before = everything()
    with pytest.raises(UndoRefused, match="changed_since"):
        undo_merge(merge=merge, by=carmen.actor)
    assert everything() == before


def test_what_an_undo_needs_is_erased_when_its_time_is_over(rosa, twin, carmen):
    from alongside.housekeeping import keep_house

    merge = join(rosa, twin, carmen)
    keep_house(timezone.now() + timedelta(days=29))
    assert Merge.objects.get().journal
    keep_house(timezone.now() + timedelta(days=31))
    assert Merge.objects.get().journal is None
    with pytest.raises(UndoRefused, match="too_late"):
        undo_merge(merge=merge, by=carmen.actor)


# --- two, for good ------------------------------------------------------------------------------------------------
def test_that_two_are_two_is_remembered_by_the_joined_record(program, rosa, twin, carmen, house):
    change_person(person=rosa.person, by=house, legal_name="Rosa Delgado", birth_date=date(1984, 5, 7))
    sister = create_person(
        program=program, by=house, goes_by="Lucía", legal_name="Lucía Delgado", birth_date=date(1984, 7, 5),
        phone="+12135550142",
    )  # fmt: skip
    compare_waiting()
    pair = TwinPair.objects.get(first=min(sister.pk, twin.person.pk), second=max(sister.pk, twin.person.pk))
    decide_pair(pair=pair, decision="different", by=carmen.actor)
    join(rosa, twin, carmen)
    compare_waiting()
    pair.refresh_from_db()
    assert {pair.first_id, pair.second_id} == {rosa.person.pk, sister.pk} and pair.decision == "different"
    assert TwinPair.objects.count() == 1
