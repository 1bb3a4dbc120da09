"""Long lists: planned and written part by part by the worker, the same as short ones at once."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from alongside.intake import actions
from alongside.intake.actions import roster_work
from alongside.intake.actions import rosters as roster_actions
from alongside.intake.models import Roster, RosterLine, RosterPart, RosterUndo
from alongside.intake.rosters import packed
from alongside.people.actions import change_person, create_person
from alongside.people.models import Person
from alongside.rules.roster import REFUSED

from .test_roster_undo import everything
from .test_rosters import outcomes, preview, upload

ROWS = 23


def long_list(rows: int = ROWS, phone: int = 0) -> str:
    lines = [f"N-{n},Given{n} Family{n},(213) 555-{1000 + n + phone:04d},Housing\n" for n in range(rows)]
    return "ID,Name,Phone,Wants help with\n" + "".join(lines)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """A list of more than five rows is long, and its parts are small."""
    monkeypatch.setattr(roster_actions, "LONG", 5)
    monkeypatch.setattr(roster_work, "WRITE_ROWS", 4)
    monkeypatch.setattr(roster_work, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(packed, "PART_ROWS", 6)


def work(seconds: float = 60, worker=None) -> int:
    return roster_work.go_on(timezone.now(), seconds=seconds, worker=worker)


def fresh(roster: Roster) -> Roster:
    return Roster.objects.select_related("program").get(pk=roster.pk)


def planned(program, carmen, text=None) -> Roster:
    roster = preview(upload(program, carmen.actor, text or long_list()), carmen.actor)
    assert roster.status == "planning" and not RosterLine.objects.filter(roster=roster).exists()
    work()
    return fresh(roster)


def test_a_long_list_is_planned_and_written_by_the_worker(program, carmen):
    roster = planned(program, carmen)
    assert (roster.status, roster.counts["create"], roster.rows_done) == ("previewed", ROWS, ROWS)
    assert actions.confirm_roster(roster=roster, by=carmen.actor)["create"] == ROWS
    assert fresh(roster).status == "writing" and Person.objects.count() == 1
    assert work() == ROWS
    done = fresh(roster)
    assert (done.status, done.content, done.rows_done) == ("confirmed", "", ROWS)
    assert Person.objects.count() == ROWS + 1 and not RosterPart.objects.exists()
    assert set(RosterLine.objects.values_list("person__goes_by", flat=True)) >= {"Given3 F.", "Given22 F."}
    again = planned(program, carmen)
    assert again.counts["unchanged"] == ROWS


def test_a_long_list_does_what_a_short_one_does(program, carmen, monkeypatch):
    roster = planned(program, carmen)
    by_worker = [(one.row_number, one.outcome, one.values) for one in roster.lines.order_by("row_number")]
    actions.cancel_roster(roster=roster, by=carmen.actor)
    monkeypatch.setattr(roster_actions, "LONG", 1_000)
    at_once = preview(upload(program, carmen.actor, long_list()), carmen.actor)
    assert by_worker == [(one.row_number, one.outcome, one.values) for one in at_once.lines.order_by("row_number")]


def test_the_log_names_who_confirmed_and_not_the_worker(program, carmen):
    from alongside.audit.models import Entry

    roster = planned(program, carmen)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work()
    made = Entry.objects.filter(act="person.created", subject_id__in=RosterLine.objects.values("person"))
    assert made.count() == ROWS
    assert set(made.values_list("actor_id", "role")) == {(carmen.user.pk, "coordinator")}


def test_a_worker_that_dies_is_followed_by_another(program, carmen):
    roster = planned(program, carmen)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    first, second = uuid4(), uuid4()
    assert 0 < work(seconds=0.01, worker=first) < ROWS
    assert work(worker=second) == 0  # the first one may still be at it
    Roster.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    work(worker=second)
    assert fresh(roster).status == "confirmed" and Person.objects.count() == ROWS + 1


def test_a_worker_that_lost_its_list_writes_no_more(program, carmen):
    roster = planned(program, carmen)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    first, second = uuid4(), uuid4()
    work(seconds=0.01, worker=first)
    stale = fresh(roster)
    Roster.objects.update(claim=second)
    before = Person.objects.count()
    with pytest.raises(roster_work.LostClaim):
        roster_work._write(stale, first, 4)
    assert Person.objects.count() == before


def test_planning_that_was_cut_off_begins_again(program, carmen):
    roster = preview(upload(program, carmen.actor, long_list()), carmen.actor)
    work(seconds=0.001, worker=uuid4())
    roster_work._plans.clear()
    Roster.objects.update(claimed_until=None)
    work()
    assert fresh(roster).counts["create"] == ROWS and outcomes(roster) == ["create"] * ROWS


def test_cancelling_while_it_is_planned_leaves_nothing(program, carmen):
    roster = preview(upload(program, carmen.actor, long_list()), carmen.actor)
    work(seconds=0.001)
    actions.cancel_roster(roster=roster, by=carmen.actor)
    assert work() == 0
    assert fresh(roster).status == "cancelled" and not RosterLine.objects.exists() and not RosterPart.objects.exists()
    assert not roster_work._plans


def test_cancelling_while_it_is_written_takes_back_what_was_written(program, carmen):
    before = everything()
    roster = planned(program, carmen)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work(seconds=0.01)
    assert Person.objects.count() > 1
    actions.cancel_roster(roster=fresh(roster), by=carmen.actor)
    assert fresh(roster).status == "undoing"
    work()
    assert everything() == before
    assert fresh(roster).status == "cancelled" and not RosterLine.objects.exists() and not RosterUndo.objects.exists()


def test_a_long_list_is_taken_back_by_the_worker(program, carmen):
    before = everything()
    roster = planned(program, carmen)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work()
    actions.undo_roster(roster=fresh(roster), by=carmen.actor)
    work()
    assert everything() == before and fresh(roster).counts["gone"] == ROWS


def test_rows_whose_people_changed_meanwhile_stay_out_and_are_named(program, carmen, house):
    first = planned(program, carmen)
    actions.confirm_roster(roster=first, by=carmen.actor)
    work()
    roster = planned(program, carmen, long_list(phone=100))
    assert roster.counts["update"] == ROWS
    seven = Person.objects.get(goes_by="Given7 F.")
    change_person(person=seven, by=carmen.actor, phone="+12135550777")
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work()
    done = fresh(roster)
    assert (done.status, done.counts["update"], done.counts["refused"]) == ("confirmed", ROWS - 1, 1)
    seven.refresh_from_db()
    assert seven.phone == "+12135550777"
    line = RosterLine.objects.get(roster=roster, outcome=REFUSED)
    assert [one["code"] for one in line.values["reasons"]] == ["changed_meanwhile"]
    assert line.values["cells"][0] == "N-7" and line.values["headers"][0] == "ID"


def test_somebody_added_meanwhile_is_not_made_twice(program, carmen, house):
    roster = planned(program, carmen)
    create_person(program=program, by=house, goes_by="Family9 Given9", legal_name="Family9 Given9", external_id="N-9")
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work()
    assert Person.objects.filter(external_id_index__isnull=False).count() == ROWS
    assert fresh(roster).counts["refused"] == 1


def test_another_list_that_came_in_meanwhile_asks_for_a_new_preview(program, carmen):
    roster = planned(program, carmen)
    other = planned(program, carmen, long_list(rows=8))
    actions.confirm_roster(roster=other, by=carmen.actor)
    work()
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work()
    again = fresh(roster)
    assert again.status == "previewed" and again.counts["made_anew"]
    assert (again.counts["unchanged"], again.counts["create"]) == (8, ROWS - 8)
    actions.confirm_roster(roster=again, by=carmen.actor)
    work()
    assert fresh(roster).status == "confirmed" and Person.objects.count() == ROWS + 1


def test_columns_are_not_changed_under_the_worker(program, carmen):
    roster = preview(upload(program, carmen.actor, long_list()), carmen.actor)
    with pytest.raises(actions.StillReading):
        preview(roster, carmen.actor)


def test_people_of_one_list_with_much_the_same_names_all_come_in(program, carmen):
    """The last has the name of the second in another order, and the short name and birthday of the first."""
    others = [f"Given{n} Family{n},03/24/1990" for n in range(9)]
    rows = ["Vic Dan Díaz,10/09/1950", "Ben Vic Díaz,01/02/1960", *others, "Vic Ben Díaz,10/09/1950"]
    text = "ID,Name,DOB\n" + "".join(f"V-{n},{row}\n" for n, row in enumerate(rows))
    roster = planned(program, carmen, text)
    assert roster.counts["create"] == len(rows)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work()
    assert (fresh(roster).status, fresh(roster).counts["refused"]) == ("confirmed", 0)


def test_reading_a_file_keeps_nobody_waiting(program, carmen, monkeypatch):
    """What takes long is done before the transaction begins: others write meanwhile."""
    depths = []

    def watched(do):
        def watch(*given, **named):
            depths.append(len(connection.savepoint_ids))
            return do(*given, **named)

        return watch

    outside = len(connection.savepoint_ids)
    for where, name in ((roster_actions.rules, "read_table"), (packed, "pack"), (roster_actions, "read_file"),
                        (roster_actions, "_first_columns")):  # fmt: skip
        monkeypatch.setattr(where, name, watched(getattr(where, name)))
    roster = upload(program, carmen.actor, long_list())
    assert len(depths) > 6
    actions.set_roster_kind(roster=roster, kind="peers", by=carmen.actor)
    assert set(depths) == {outside}


def test_rows_are_counted_whenever_a_list_has_doubled(program, carmen, monkeypatch):
    """Without, SQLite looks through all people of the program for each part of a first list."""
    roster, counted = planned(program, carmen), []
    monkeypatch.setattr(roster_work, "COUNT_FROM", 4)
    monkeypatch.setattr(roster_work.row_counts, "count_rows", lambda now: counted.append(fresh(roster).rows_done))
    actions.confirm_roster(roster=roster, by=carmen.actor)
    work()
    assert counted[-1] == ROWS and 2 <= len(counted) <= 4
    assert all(later >= 2 * earlier for earlier, later in pairwise(counted[:-1]))


def test_somebody_made_meanwhile_is_seen_and_those_of_the_list_are_not(program, carmen, monkeypatch):
    """New people of the same name, by anybody but this very list: looked up for each part."""
    text = "Name,DOB\n" + "".join(f"Given{n} Family{n},03/24/19{60 + n}\n" for n in range(12))
    roster = planned(program, carmen, text)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    monkeypatch.setattr(roster_work, "_next_size", lambda size, seconds: 4)
    work(seconds=0.01)
    assert 0 < fresh(roster).rows_done < 12
    born = date(1971, 3, 24)
    create_person(program=program, goes_by="Given11", legal_name="Given11 Family11", birth_date=born, by=carmen.actor)
    work()
    done = fresh(roster)
    assert (done.status, done.counts["create"], done.counts["refused"]) == ("confirmed", 11, 1)
