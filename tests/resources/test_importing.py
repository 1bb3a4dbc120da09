"""A list comes in: new, changed, gone, mended here; twice without change writes nothing; all of it or nothing."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope
from tests.resources.lists import as_list, everything, service
from tests.rules.resources.files import shared, sheet, tables, uid, zipped

from alongside.audit.models import Entry
from alongside.cli import main
from alongside.housekeeping import keep_house
from alongside.resources import actions, queries
from alongside.resources.actions import importing
from alongside.resources.models import Feed, Leftover, ListFile, Record, Resource
from alongside.rules.resources import FileRefused, read
from alongside.rules.resources.flattening import facts

pytestmark = pytest.mark.django_db

FOOD, BED, LAW = service(1, "Moss food pantry"), service(2, "Night shelter"), service(3, "Law clinic")


@pytest.fixture
def bring(program, carmen):
    """Import a list at once; returns the counts."""

    def bring(*services, content=None, name="list.json", **more):
        package, plan = actions.import_list(
            program=program, feed_name="2-1-1", content=content or as_list(*services), file_name=name, by=carmen.actor,
            **more,
        )  # fmt: skip
        return plan.counts | {"refused": len(package.refused)}

    return bring


def counts(**found) -> dict:
    return dict.fromkeys(("new", "changed", "held", "vanished", "same", "refused"), 0) | found


def writes(asked: list[str]) -> list[str]:
    """Statements that would change the directory."""
    tables_ = ("resources_resource", "resources_record", "resources_leftover")
    return [sql for sql in asked if not sql.lstrip().upper().startswith("SELECT") and any(t in sql for t in tables_)]


def test_new_changed_and_gone_are_counted_and_the_second_time_nothing_is_written(bring):
    assert bring(FOOD, BED) == counts(new=2)
    before, asked = everything(), []
    with connection.execute_wrapper(lambda run, sql, *more: (asked.append(sql), run(sql, *more))[1]):
        assert bring(FOOD, BED) == counts(same=2)
    assert (everything(), writes(asked)) == (before, [])
    assert bring({**FOOD, "name": "Moss pantry"}, LAW) == counts(new=1, changed=1, vanished=1)
    gone = Resource.objects.get(identity=BED["id"])
    assert (gone.is_listed, gone.is_shown, gone.gone_at is not None) == (False, False, True)
    assert gone.record.document == BED  # marked, and kept
    assert bring({**FOOD, "name": "Moss pantry"}, LAW, BED) == counts(same=2, changed=1)
    gone.refresh_from_db()
    assert gone.is_listed and gone.is_shown
    assert Entry.objects.filter(act="resource.imported").count() == 4


def test_a_part_of_a_list_takes_nothing_away(bring):
    bring(FOOD, BED)
    assert bring(FOOD, is_whole=False) == counts(same=1)
    page = {"total_pages": 3, "page_number": 1, "first_page": True, "last_page": False, "contents": [LAW]}
    assert bring(content=json.dumps(page).encode()) == counts(new=1)
    assert Resource.objects.filter(is_listed=True).count() == 3


def test_a_row_that_was_refused_does_not_vanish(bring):
    bring(FOOD, BED)
    assert bring(FOOD, {**BED, "name": ""}) == counts(same=1, refused=1)
    assert Resource.objects.get(identity=BED["id"]).is_listed


def test_a_broken_list_changes_nothing(bring):
    bring(FOOD)
    before = everything()
    for content in (b"{", as_list(), b"[" * 1000):
        with pytest.raises(FileRefused):
            bring(content=content)
    assert everything() == before


def test_a_failure_in_the_middle_leaves_nothing_behind(bring, monkeypatch):
    bring(FOOD)
    before = everything()

    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(importing, "_write_leftovers", fail)
    with pytest.raises(RuntimeError):
        bring({**FOOD, "name": "Other"}, BED)
    assert everything() == before


def test_what_was_mended_here_stays_until_somebody_takes_what_the_list_says(bring, program, carmen):
    bring(FOOD)
    mine = Resource.objects.get()
    values = {"phone": "213-555-0199"}
    actions.write_by_hand(program=program, values=values, by=carmen.actor, resource=mine)
    assert bring(FOOD) == counts(same=1)
    newer = {**FOOD, "description": "Also on Sundays"}
    assert bring(newer) == counts(held=1)
    mine.refresh_from_db()
    assert (mine.first_number, mine.is_held, mine.record.newer) == ("213-555-0199", True, newer)
    assert bring(newer) == counts(same=1)
    actions.take_newer(resource=mine, by=carmen.actor)
    mine = Resource.objects.select_related("record").get()
    assert (mine.first_number, mine.is_held, mine.record.document) == ("213-555-0101", False, newer)


def test_what_its_list_no_longer_has_does_not_come_back_by_taking_what_it_said_last(bring, program, carmen):
    bring(FOOD, BED)
    mine = Resource.objects.get(identity=FOOD["id"])
    actions.write_by_hand(program=program, values={"phone": "213-555-0199"}, by=carmen.actor, resource=mine)
    bring({**FOOD, "description": "Also on Sundays"}, BED)
    assert bring(BED) == counts(same=1, vanished=1)
    actions.take_newer(resource=mine, by=carmen.actor)
    mine.refresh_from_db()
    assert (mine.summary, mine.is_held) == ("Also on Sundays", False)
    assert (mine.is_listed, mine.is_shown, mine.gone_at is not None) == (False, False, True)


def test_two_lists_keep_their_own(program, carmen):
    """An id that is no UUID says something in its own list only: two places, both shown."""
    old = as_list({**FOOD, "id": "7"})
    for name in ("2-1-1", "County"):
        actions.import_list(program=program, feed_name=name, content=old, file_name="a.json", by=carmen.actor)
    assert Resource.objects.filter(is_shown=True, is_copy=False).count() == 2


def test_what_belongs_to_no_service_is_kept_and_goes_with_its_list(bring):
    term = {"id": uid(9), "name": "Food", "description": "Food", "taxonomy": "ours", "term_uri": "x"}
    bring(FOOD, term)
    assert Leftover.objects.get().document == term
    assert bring(FOOD, {**term, "name": "Meals"}) == counts(same=1)
    assert Leftover.objects.get().document["name"] == "Meals"
    bring(FOOD)
    assert not Leftover.objects.exists()


def test_the_tables_of_the_standard_come_in_and_leave_whole(bring, program, carmen):
    assert bring(content=tables(), name="tables") == counts(new=1)
    package = read(tables(), "tables", source="x")
    before = facts([*package.services, *package.others])
    for form, name in (("json", "a.json"), ("tables", "a.zip")):
        back = read(actions.export(program=program, form=form, by=carmen.actor), name, source="y")
        assert facts([*back.services, *back.others]) == before


@pytest.mark.once
def test_a_real_211_comes_in_whole_and_twice_without_change(bring):
    content = shared("miami-a.zip").read_bytes()
    assert bring(content=content, name="miami-a.zip") == counts(new=2072)
    assert (Resource.objects.count(), Record.objects.count(), Leftover.objects.count()) == (2072, 2072, 1122)
    before = everything()
    assert bring(content=content, name="miami-a.zip") == counts(same=2072)
    assert everything() == before


def test_the_federal_locator_comes_in_whole_and_twice_without_change(bring):
    content = shared("../facilities/findtreatment-va.json").read_bytes()
    assert bring(content=content, name="findtreatment-va.json") == counts(new=20)
    found = Resource.objects.get(name="Region Ten Community Services Board, Mohr Center")
    assert (found.city, found.first_number, found.is_shown) == ("Charlottesville", "434-979-8871", True)
    before = everything()
    assert bring(content=content, name="findtreatment-va.json") == counts(same=20)
    assert everything() == before


# --- sent, looked at, written or left -------------------------------------------------------------------------------
@pytest.fixture
def sent(program, carmen):
    """A list with a row that stays out, on its way in."""
    content = zipped({"services.csv": sheet([{"id": uid(1), "name": "Pantry", "status": "active"},
                                             {"id": uid(2), "name": "", "description": "Nameless"}])})  # fmt: skip
    return actions.send_list(program=program, feed_name="2-1-1", content=content, file_name="list.zip", by=carmen.actor)


def test_a_sent_list_writes_nothing_until_somebody_says_so(sent, carmen):
    assert not Resource.objects.exists()
    assert (sent.counts["new"], sent.counts["refused"], sent.counts["rows"]) == (1, 1, {"service": 2})
    assert sent.problems[0][:4] == ["missing", "services.csv", 3, "name"]
    written = actions.write_list(file=sent, is_whole=True, by=carmen.actor)
    assert (written.status, written.content, Resource.objects.count()) == ("written", "", 1)
    for act in (lambda: actions.write_list(file=sent, is_whole=True, by=carmen.actor),
                lambda: actions.leave_list(file=sent, by=carmen.actor)):  # fmt: skip
        with pytest.raises(actions.ListSettled):
            act()


def test_looking_at_what_waits_opens_no_file(sent):
    (one,) = queries.list_files()
    assert {"content", "problems", "refused"} <= one.get_deferred_fields()


def test_a_list_that_is_left_is_erased(sent, carmen):
    actions.leave_list(file=sent, by=carmen.actor)
    sent.refresh_from_db()
    assert (sent.status, sent.content, sent.problems, sent.refused) == ("left", "", [], [])
    assert not Resource.objects.exists()


def test_a_list_that_nobody_settles_is_left_after_a_day(sent):
    keep_house(timezone.now() + timedelta(hours=23))
    assert ListFile.objects.get().status == "previewed"
    keep_house(timezone.now() + timedelta(hours=25))
    assert (ListFile.objects.get().status, ListFile.objects.get().content) == ("left", "")


def test_another_program_sees_nothing_of_it(sent, carmen, other_program):
    actions.write_list(file=sent, is_whole=True, by=carmen.actor)
    with scope(program=other_program):
        assert not (Resource.objects.exists() or Feed.objects.exists() or ListFile.objects.exists())


# --- the command ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_the_command_tells_what_it_read_and_did(program, tmp_path, capsys):
    file = tmp_path / "list.json"
    file.write_bytes(as_list(FOOD, {**BED, "name": ""}))
    assert main(["import-resources", str(file), "--feed", "2-1-1", "--try"]) == 0
    assert "1 new" in capsys.readouterr().out and not Feed.objects.exists()
    assert main(["import-resources", str(file), "--feed", "2-1-1"]) == 0
    told = capsys.readouterr().out
    assert "2 service" in told and "1 new" in told and "1 refused" in told and "row 2 name refused: missing" in told
    assert main(["import-resources", str(file), "--feed", "2-1-1"]) == 0
    assert "1 same" in capsys.readouterr().out
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, content in tables().items():
        (folder / name).write_bytes(content)
    assert main(["import-resources", str(folder)]) == 0
    assert Resource.objects.count() == 2
    file.write_bytes(b"{")
    assert main(["import-resources", str(file)]) == 1
    assert "json broken" in capsys.readouterr().err
    assert main(["import-resources", str(tmp_path / "none.json")]) == 1
