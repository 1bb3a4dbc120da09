"""Taking a whole import back: everything is as before, except what somebody touched since."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.intake import actions
from alongside.intake.actions.rosters import forget_undo, judge_undo
from alongside.intake.models import Preference, Roster, RosterLine, RosterUndo
from alongside.people.actions import change_person, move_episode, set_safe_contact
from alongside.people.models import Episode, MatchKey, Person
from alongside.people.near_matches import compare_waiting
from alongside.workforce.models import PeerProfile

from .test_rosters import ENGLISH, PEERS, bring_in, preview, upload

MORE = """Participant ID,First name,Last name,Goes by,Phone,Pathway,Wants help with,Wants a peer who is,\
Text ok,Asked on,Notes
P-1,Rosa,Martinez,Rosita,(213) 555-0199,Secular,Food,would like: Spanish,No,11/02/2026,moved house
P-2,Ben,Okafor,,(213) 555-0102,,Work; Food,,Yes,11/09/2026,
P-9,Una,Novak,,(213) 555-0191,,,,,,
"""

OF_THE_IMPORT_ITSELF = ("intake.Roster", "intake.RosterLine", "intake.RosterPart", "intake.RosterUndo",
                        "intake.RosterMapping", "audit.Entry", "audit.Seal", "impact.Mark",
                        "people.ToCompare")  # fmt: skip
"""The last two say only that something has to be counted, or somebody to be compared, again."""


def everything() -> dict[str, list]:
    """Every row of every table, but for the log and the list itself."""
    compare_waiting()  # the worker's tick, which makes the keys of those who are new
    found = {}
    for model in apps.get_models():
        if model._meta.label not in OF_THE_IMPORT_ITSELF:
            rows = model._base_manager.order_by("pk")
            found[model._meta.label] = [
                tuple((field.attname, getattr(row, field.attname)) for field in row._meta.concrete_fields)
                for row in rows
            ]
    # These are made anew, with other ids.
    found["people.MatchKey"] = sorted(MatchKey.objects.values_list("person_id", "digest"))
    return found


def confirmed(program, carmen, text) -> Roster:
    roster = preview(upload(program, carmen.actor, text), carmen.actor)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    roster.refresh_from_db()
    return roster


def test_a_new_list_taken_back_leaves_everything_as_before(program, carmen, rosa, dante):
    for text in (ENGLISH, PEERS):
        before = everything()
        roster = confirmed(program, carmen, text)
        assert everything() != before
        taken = actions.undo_roster(roster=roster, by=carmen.actor)
        assert everything() == before
        assert taken.status == "undone" and taken.counts["gone"] == 2 and not taken.counts["kept"]
        assert not RosterUndo.objects.exists()


def test_changed_fields_get_their_earlier_values(program, carmen):
    bring_in(program, carmen.actor, ENGLISH)
    before = everything()
    roster = confirmed(program, carmen, MORE)
    assert roster.counts["update"] == 2 and roster.counts["create"] == 1
    assert Person.objects.get(goes_by="Rosita").phone == "+12135550199"
    assert Preference.objects.get(wishes__episode__person__goes_by="Rosita", value="es").strength == "like"
    taken = actions.undo_roster(roster=roster, by=carmen.actor)
    assert everything() == before
    assert (taken.counts["gone"], taken.counts["back"], taken.counts["kept"]) == (1, 2, 0)


def test_a_return_and_a_new_peer_are_taken_back_too(program, carmen):
    bring_in(program, carmen.actor, ENGLISH)
    episode = Episode.objects.get(person__goes_by="Rosita")
    move_episode(episode=episode, to="closed", by=carmen.actor, reason="moved")
    Episode.objects.filter(pk=episode.pk).update(closed_at=timezone.now() - timedelta(days=60))
    before = everything()
    came_back = confirmed(program, carmen, ENGLISH)
    assert Episode.objects.filter(person=episode.person).count() == 2
    became = confirmed(program, carmen, "Peer name,Phone,Email,Capacity\nBen Okafor,(213) 555-0102,ben@example.org,3\n")
    assert PeerProfile.objects.get().capacity == 3
    actions.undo_roster(roster=became, by=carmen.actor)
    actions.undo_roster(roster=came_back, by=carmen.actor)
    assert everything() == before


def test_who_was_touched_since_stays_and_is_named(program, carmen):
    roster = confirmed(program, carmen, ENGLISH)
    rosa = Person.objects.get(goes_by="Rosita")
    set_safe_contact(person=rosa, by=carmen.actor, may_call=False)
    assert judge_undo(roster).kept == {2} and judge_undo(roster).gone == {3}
    actions.undo_roster(roster=roster, by=carmen.actor)
    assert list(Person.objects.exclude(pk=carmen.person.pk)) == [rosa]
    assert rosa.episodes.get().wishes.preferences.count() == 2
    assert [line.row_number for line in RosterLine.objects.filter(kept=True)] == [2]


def test_whom_something_else_needs_stays(program, carmen, dante):
    roster = confirmed(program, carmen, ENGLISH)
    rosa, ben = Person.objects.get(goes_by="Rosita"), Person.objects.get(goes_by="Ben O.")
    actions.add_boundary(person=rosa, other_id=dante.person.pk, kind="kin", by=carmen.actor)
    actions.undo_roster(roster=roster, by=carmen.actor)
    assert Person.objects.filter(pk=rosa.pk).exists() and not Person.objects.filter(pk=ben.pk).exists()


def test_a_field_changed_since_keeps_its_newer_value(program, carmen):
    bring_in(program, carmen.actor, ENGLISH)
    roster = confirmed(program, carmen, MORE)
    rosa = Person.objects.get(goes_by="Rosita")
    change_person(person=rosa, by=carmen.actor, phone="+12135550777")
    taken = actions.undo_roster(roster=roster, by=carmen.actor)
    rosa.refresh_from_db()
    assert rosa.phone == "+12135550777"
    assert rosa.episodes.get().wishes.needs == ["housing", "someone_to_talk_to"]
    assert taken.counts["kept"] == 1


def test_it_is_taken_back_once(program, carmen):
    roster = confirmed(program, carmen, ENGLISH)
    actions.undo_roster(roster=roster, by=carmen.actor)
    with pytest.raises(actions.TooLateToUndo):
        actions.undo_roster(roster=roster, by=carmen.actor)
    assert bring_in(program, carmen.actor, ENGLISH)["create"] == 2


def test_after_a_day_it_stays(program, carmen):
    roster = confirmed(program, carmen, ENGLISH)
    later = timezone.now() + timedelta(hours=25)
    with pytest.raises(actions.TooLateToUndo):
        actions.undo_roster(roster=roster, by=carmen.actor, now=later)
    assert forget_undo(timezone.now() + timedelta(hours=23)) == 0
    assert forget_undo(later) == 1 and not RosterUndo.objects.exists()
    with pytest.raises(actions.TooLateToUndo):
        actions.undo_roster(roster=roster, by=carmen.actor)
    assert Person.objects.filter(goes_by="Rosita").exists()


def test_the_log_says_who_took_whom_back(program, carmen):
    roster = confirmed(program, carmen, ENGLISH)
    rosa = Person.objects.get(goes_by="Rosita").pk
    actions.undo_roster(roster=roster, by=carmen.actor)
    entry = Entry.objects.get(act="person.taken_back", subject_id=rosa)
    assert entry.actor_id == carmen.user.pk
    assert Entry.objects.get(act="roster.undone").object_id == roster.pk
