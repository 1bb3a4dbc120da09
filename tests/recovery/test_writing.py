"""Words of a page: who may write, what is kept, and that nobody undoes a change unseen."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django_scopes import scope
from tests.story import make_persona

from alongside import recovery
from alongside.audit import rotation
from alongside.audit.keys import add_field_key, create_key_ring
from alongside.audit.models import Entry
from alongside.people.acting import as_participant, as_peer
from alongside.privacy.actions import end_grants
from alongside.recovery.actions import NotYours, hide_sheet, write_parts
from alongside.recovery.models import Change, Sheet
from alongside.recovery.queries import list_changes
from alongside.web.meanwhile import ChangedMeanwhile, Seen

pytestmark = pytest.mark.django_db


def write(rosa, by, **wanted):
    return write_parts(person=rosa.person, kind="plan", wanted=wanted, by=by)


def test_the_first_words_make_the_page_and_later_ones_keep_what_stood_there(rosa):
    by = as_participant(rosa.actor)
    assert write(rosa, by, hope="A room of my own", people="") == ("hope",)
    assert write(rosa, by, hope="A room with a window") == ("hope",)
    assert write(rosa, by, hope=" A room with a window\r\n") == ()
    sheet = Sheet.objects.get()
    assert sheet.parts == {"hope": "A room with a window"}
    assert [(one.before, one.after, one.by_person, one.by_role) for one in list_changes([sheet])] == [
        ("A room of my own", "A room with a window", rosa.person.pk, "participant"),
        ("", "A room of my own", rosa.person.pk, "participant"),
    ]
    entries = Entry.objects.filter(act="sheet.changed", subject_id=rosa.person.pk)
    assert [entry.fields for entry in entries] == [["hope"], ["hope"]]


def test_the_peer_writes_with_the_person_and_the_history_says_who(rosa, dante, mentorship):
    write(rosa, dante.actor, people="Her sister")
    assert Change.objects.get().by_role == "peer"
    assert Change.objects.get().by_person == dante.person.pk


@pytest.mark.parametrize("who", ["carmen", "lien", "dolores", "pat", "ada"])
def test_nobody_else_writes(request, program, rosa, dante, mentorship, who):
    somebody = make_persona(program, "pat", "peer") if who == "pat" else request.getfixturevalue(who)
    for kind, part in (("plan", "hope"), ("safe", "signs"), ("well", "good_day"), ("days", "counting")):
        with pytest.raises(NotYours):
            write_parts(person=rosa.person, kind=kind, wanted={part: "x"}, by=somebody.actor)
    assert not Sheet.objects.exists()


def test_where_somebody_stands_is_theirs_alone_to_say(rosa, dante, mentorship):
    with pytest.raises(NotYours):
        write(rosa, dante.actor, stage_home="doing")
    assert write(rosa, rosa.actor, stage_home="doing") == ("stage_home",)


def test_the_wellness_plan_is_written_by_the_person_only(rosa, dante, mentorship):
    with pytest.raises(NotYours):
        write_parts(person=rosa.person, kind="well", wanted={"helps": "x"}, by=dante.actor)


def test_the_right_to_write_ends_with_the_mentorship(rosa, dante, mentorship, carmen):
    write(rosa, dante.actor, people="Her sister")
    end_grants(source_id=mentorship.pk, by=carmen.actor)
    with pytest.raises(NotYours):
        write(rosa, dante.actor, people="x")


def test_a_peer_who_is_somebodys_participant_writes_their_own(rosa, dante, mentorship):
    """Dante may have a plan of his own; walking with Rosa gives him nothing there, and being himself does."""
    assert write_parts(person=dante.person, kind="well", wanted={"helps": "Music"}, by=as_participant(dante.actor))


def test_nobody_undoes_a_change_unseen(rosa, dante, mentorship):
    write(rosa, rosa.actor, hope="A room")
    seen = Seen.of_values({"hope": "A room"}, of=rosa.person.pk)
    write(rosa, as_peer(dante.actor), hope="A room near her sister")
    with pytest.raises(ChangedMeanwhile):
        write_parts(person=rosa.person, kind="plan", wanted={"hope": "A boat"}, by=rosa.actor, seen=seen)
    assert Sheet.objects.get().parts["hope"] == "A room near her sister"


def test_hiding_is_the_persons_and_only_for_what_is_theirs(rosa, dante, mentorship):
    assert hide_sheet(person=rosa.person, kind="well", hidden=True, by=rosa.actor)
    assert not hide_sheet(person=rosa.person, kind="well", hidden=True, by=rosa.actor)
    for kind, by in (("plan", rosa.actor), ("safe", rosa.actor), ("well", dante.actor)):
        with pytest.raises(NotYours):
            hide_sheet(person=rosa.person, kind=kind, hidden=False, by=by)
    assert [one.what for one in Change.objects.all()] == ["hidden"]


def test_the_database_holds_what_must_hold(rosa):
    write(rosa, rosa.actor, hope="A room")
    sheet = Sheet.objects.get()
    now = timezone.now()
    same = {"program": sheet.program, "person": rosa.person, "made_at": now, "changed_at": now}
    for wrong in (
        {"kind": "plan"}, {"kind": "walrus"}, {"kind": "safe", "is_hidden": True},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Sheet.objects.create(**same | wrong)
    assert Sheet.objects.create(**same, kind="plan", is_current=False)


@pytest.mark.parametrize("column", ["at", "by_person", "by_role", "what", "item", "sheet"])
def test_nobody_changes_the_history_not_even_in_the_database(rosa, dante, column):
    write(rosa, rosa.actor, hope="A room")
    change = Change.objects.get()
    name = f"{column}_id" if column == "sheet" else column
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE recovery_change SET {name} = {name}")  # noqa: S608
    change.refresh_from_db()
    assert change.after == "A room"


def test_nothing_here_deletes_or_changes_an_entry_of_the_history():
    """Entries are made in one place and read in one place; of pages, goals and days nothing is deleted."""
    folder = Path(recovery.__file__).parent
    touching = {}
    for path in sorted(folder.rglob("*.py")):
        source = path.read_text()
        if found := set(re.findall(r"Change\.objects\.(\w+)", source)):
            touching[path.name] = found
        assert ".delete()" not in source or path.name == "on_call.py", path.name
    assert touching == {"holding.py": {"create"}, "pages.py": {"filter"}}


def test_another_program_sees_nothing(rosa, other_program):
    write(rosa, rosa.actor, hope="A room")
    with scope(program=other_program):
        assert not Sheet.objects.exists() and not Change.objects.exists()


def test_a_new_key_takes_over_the_history_too(tmp_path, settings, rosa, unscoped):
    """What keeps the history from being changed does not keep it from being encrypted anew (I7)."""
    settings.ALONGSIDE_KEY_FILE = tmp_path / "ring.json"
    create_key_ring(settings.ALONGSIDE_KEY_FILE)
    write(rosa, rosa.actor, hope="A room")
    with connection.cursor() as cursor:
        cursor.execute("SELECT after FROM recovery_change")
        (before,) = cursor.fetchone()
        add_field_key()
        rows = [(Change, ["before", "after"]), (Sheet, ["parts"])]
        changed = sum(rotation._rotate(model, names, [model.objects.get().pk]) for model, names in rows)
        cursor.execute("SELECT after FROM recovery_change")
        assert changed == 2 and cursor.fetchone()[0] != before
    assert Change.objects.get().after == "A room" and Sheet.objects.get().parts == {"hope": "A room"}
