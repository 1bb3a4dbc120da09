"""The command line: honest exit codes, reasons in words, and a check that finds what is wrong."""

import csv
import io
import json
from argparse import Namespace

import pytest
from django.db import connection

from alongside import cli, jobs
from alongside.audit.models import Entry
from alongside.commands import check
from alongside.people.models import Membership, Organization, Person, Program, User
from alongside.rules.matching.compiled import is_warm

GOOD_PASSWORD = "seven green lanterns over water"


@pytest.fixture
def alongside(capsys):
    """Runs a command in this process; gives its exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def typed(monkeypatch):
    """`typed(text)` puts a line on standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert f"usage: alongside {command}" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["fly"])
    assert ended.value.code == 2


@pytest.mark.once
def test_the_matching_engine_is_compiled_ahead(alongside):
    """Half a minute where it lies compiled nowhere yet; the tests of the rules, which run before, leave it compiled."""
    assert alongside("warm")[:2] == (0, "the matching engine is compiled\n")
    assert is_warm()


@pytest.mark.django_db
class TestPrograms:
    def test_the_first_program_needs_the_organization(self, alongside):
        code, _, reason = alongside("create-program", "Riverbend", "--slug", "riverbend")
        assert code == 1
        assert "--organization" in reason
        assert not Program.objects.exists()

    def test_a_program_is_made_with_its_entry_in_the_log(self, alongside):
        code, said, _ = alongside("create-program", "Riverbend", "--slug", "riverbend", "--organization", "River")
        program = Program.objects.get()
        assert (code, program.slug, program.public_name) == (0, "riverbend", "Side by Side")
        assert "riverbend" in said
        assert Entry.objects.filter(act="program.created", program_id=program.pk).count() == 1

    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            (["--slug", "riverbend"], "already"),
            (["--slug", "not a slug"], "short name"),
            (["--slug", "new", "--time-zone", "Mars/Olympus"], "time zone"),
            (["--slug", "new", "--time-zone", "../../etc/passwd"], "time zone"),
        ],
    )
    def test_a_program_that_cannot_be_is_refused_in_words(self, alongside, program, arguments, word):
        code, _, reason = alongside("create-program", "Another", *arguments)
        assert code == 1
        assert word in reason
        assert Program.objects.count() == 1


@pytest.mark.django_db
class TestAdministrators:
    def test_the_only_program_need_not_be_named(self, alongside, typed, program):
        typed(GOOD_PASSWORD)
        assert alongside("create-admin", "ada")[0] == 0
        user = User.objects.get()
        assert user.check_password(GOOD_PASSWORD)
        assert Membership.objects.get().role == "administrator"
        assert set(Entry.objects.values_list("act", flat=True)) == {"policy.adopted", "account.created", "role.given"}

    def test_a_weak_password_is_refused(self, alongside, typed, program):
        typed("short")
        code, _, reason = alongside("create-admin", "ada")
        assert code == 1
        assert "characters" in reason
        assert not User.objects.exists()

    def test_a_taken_name_is_refused_whatever_its_letters(self, alongside, typed, ada):
        typed(GOOD_PASSWORD)
        assert alongside("create-admin", "ADA")[0] == 1

    def test_which_program_is_asked_where_there_are_several(self, alongside, typed, program, other_program):
        typed(GOOD_PASSWORD)
        code, _, reason = alongside("create-admin", "ada")
        assert code == 1
        assert "harbor" in reason
        assert "riverbend" in reason


@pytest.mark.django_db
class TestChecks:
    def test_a_sound_house_has_no_problems(self, carmen, settings):
        assert check.check_migrations(Namespace()) == []
        assert check.check_durability(Namespace()) == []
        assert check.check_keys(Namespace()) == []
        assert check.check_audit(Namespace(heads=None)) == []
        assert check.check_capacity(Namespace()) == []
        assert check.check_figures(Namespace()) == []

    def test_a_missing_key_ring_is_found(self, carmen, settings, tmp_path):
        settings.ALONGSIDE_KEY_FILE = tmp_path / "gone.json"
        assert "key ring" in check.check_keys(Namespace())[0]

    def test_wrong_keys_are_found(self, rosa, settings, tmp_path, house):
        from alongside.audit.keys import create_key_ring
        from alongside.people.actions import change_person

        change_person(person=rosa.person, by=house, legal_name="Rosa Ejemplo")
        settings.ALONGSIDE_KEY_FILE = tmp_path / "other.json"
        create_key_ring()
        problems = check.check_keys(Namespace())
        assert len(problems) == 1
        assert "Ejemplo" not in problems[0]

    def test_a_wrong_count_of_places_is_found(self, dante):
        type(dante.profile).objects.filter(pk=dante.profile.pk).update(places_taken=1)
        assert "1 places counted, 0 taken" in check.check_capacity(Namespace())[0]

    def test_wrong_figures_are_found_and_counted_anew(self, alongside, rosa):
        from alongside.impact.models import Counted, EpisodeTally

        assert check.check_figures(Namespace()) == []
        EpisodeTally.objects.filter(what="waiting").update(count=2)
        Counted.objects.filter(pk=rosa.episode.pk).update(accepted=1)
        problems = " ".join(check.check_figures(Namespace()))
        assert str(rosa.episode.pk) in problems
        assert "the sum of episodes of all months is wrong" in problems
        assert alongside("recount")[0] == 0
        assert check.check_figures(Namespace()) == []

    def test_a_database_that_may_lose_confirmed_work_is_found(self, monkeypatch):
        if connection.vendor == "sqlite":
            monkeypatch.setitem(check.SQLITE, "synchronous", 3)
            assert check.check_durability(Namespace()) == ["PRAGMA synchronous is 2, not 3"]
        else:
            monkeypatch.setitem(check.POSTGRESQL, "fsync", {"off"})
            assert check.check_durability(Namespace()) == ["fsync is on"]

    def test_unreadable_heads_are_a_problem_not_a_crash(self, tmp_path):
        (tmp_path / "heads").write_text(json.dumps([]))
        assert "cannot be read" in check.check_audit(Namespace(heads=tmp_path / "heads"))[0]


ROSTER = """Name,Phone,Language,Date of birth
Rosa Ejemplo,713-555-0172,Spanish,1990-05-04
Wei Chen,713-555-0173,Mandarin,1985-01-02
,713-555-0174,English,
"""


@pytest.mark.django_db
class TestImport:
    @pytest.fixture
    def roster(self, tmp_path):
        file = tmp_path / "people.csv"
        file.write_text(ROSTER)
        return str(file)

    def test_nothing_is_written_without_a_yes(self, alongside, typed, program, roster):
        typed("")
        code, said, reason = alongside("import", roster, "--kind", "participants")
        assert code == 1
        assert "3 rows: 2 new" in said
        assert "--yes" in reason
        assert not Person.objects.exists()

    def test_an_import_is_taken_back(self, alongside, program, roster, monkeypatch):
        from alongside.intake.actions import rosters

        monkeypatch.setattr(rosters, "LONG", 1)
        said = alongside("import", roster, "--kind", "participants", "--yes")[1]
        assert "imported: 2 new" in said
        made = said.split("--undo ")[1].split()[0]
        assert "confirm with --yes" in alongside("import", "--undo", made)[2]
        assert "taken back: 2 gone, 0 as before, 0 stayed" in alongside("import", "--undo", made, "--yes")[1]
        code, _, reason = alongside("import", "--undo", made, "--yes")
        assert code == 1 and "no longer" in reason
        assert alongside("import")[0] == 1

    def test_the_rows_are_imported_once(self, alongside, program, roster):
        first = alongside("import", roster, "--kind", "participants", "--yes")
        assert first[0] == 0
        assert "imported: 2 new" in first[1]
        again = alongside("import", roster, "--kind", "participants", "--yes")
        assert "imported: 0 new, 0 changed" in again[1]
        assert Person.objects.count() == 2

    def test_what_is_printed_holds_no_person(self, alongside, program, roster):
        _, said, reason = alongside("import", roster, "--kind", "participants", "--yes")
        assert "row 4 refused: no name" in said
        assert not [word for word in ("Rosa", "Wei", "555", "1990") if word in said + reason]

    def test_all_or_none_where_that_is_asked(self, alongside, program, roster):
        code, _, reason = alongside("import", roster, "--kind", "participants", "--yes", "--all")
        assert code == 1
        assert "1 rows are refused" in reason
        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        ("content", "word"), [(b"%PDF-1.7", "PDF"), (b"", "Nothing"), (b"Color\nblue\n", "column")]
    )
    def test_a_file_that_is_no_roster_is_refused_in_words(self, alongside, program, tmp_path, content, word):
        (tmp_path / "file.csv").write_bytes(content)
        code, _, reason = alongside("import", str(tmp_path / "file.csv"), "--kind", "peers", "--yes")
        assert code == 1
        assert word in reason

    def test_a_missing_file_is_refused_in_words(self, alongside, program, tmp_path):
        code, _, reason = alongside("import", str(tmp_path / "gone.csv"), "--kind", "peers")
        assert code == 1
        assert "cannot be read" in reason


@pytest.mark.django_db
class TestMatching:
    def test_nobody_waits_is_no_failure(self, alongside, program):
        code, said, _ = alongside("match", "--program", "riverbend")
        assert code == 0
        assert said.startswith("0 wait")

    def test_who_waits_is_counted_without_a_name(self, alongside, rosa):
        code, said, _ = alongside("match", "--send")
        assert code == 0
        assert said.startswith("1 wait: 0 with proposals, 1 whom nobody fits")
        assert "0 were offered peers" in said
        assert "Rosa" not in said

    def test_an_unknown_program_is_refused_with_the_names_there_are(self, alongside, program):
        code, _, reason = alongside("match", "--program", "nowhere")
        assert code == 1
        assert "riverbend" in reason


@pytest.mark.django_db
class TestPolicy:
    def test_what_is_shown_can_be_edited_and_adopted(self, alongside, program, tmp_path):
        code, said, _ = alongside("policy", "cadence")
        values = json.loads(said)
        assert (code, values["silent_after_days"]) == (0, 14)
        (tmp_path / "new.json").write_text(json.dumps(values | {"silent_after_days": 10}))
        code, said, _ = alongside("policy", "cadence", "--adopt", str(tmp_path / "new.json"), "--note", "Sooner")
        assert (code, said) == (0, "adopted: cadence v2\n")
        assert json.loads(alongside("policy", "cadence")[1])["silent_after_days"] == 10

    @pytest.mark.parametrize(
        ("content", "word"),
        [("{", "not JSON"), ('{"silent_after_days": "x"}', "silent_after_days"), ("[]", "not an object")],
    )
    def test_values_that_cannot_be_in_force_are_refused(self, alongside, program, tmp_path, content, word):
        (tmp_path / "new.json").write_text(content)
        code, _, reason = alongside("policy", "cadence", "--adopt", str(tmp_path / "new.json"), "--note", "Why")
        assert code == 1
        assert word in reason
        assert json.loads(alongside("policy", "cadence")[1])["silent_after_days"] == 14

    def test_a_decision_without_a_reason_is_refused(self, alongside, program, tmp_path):
        (tmp_path / "new.json").write_text("{}")
        code, _, reason = alongside("policy", "matching", "--adopt", str(tmp_path / "new.json"))
        assert code == 1
        assert "--note" in reason


@pytest.mark.django_db
class TestDemo:
    def test_the_demo_needs_to_be_asked_for(self, alongside):
        code, _, reason = alongside("demo")
        assert code == 1
        assert "ALONGSIDE_DEMO=1" in reason

    def test_the_demo_never_touches_a_real_organization(self, alongside, settings, program):
        settings.ALONGSIDE_DEMO = True
        code, _, reason = alongside("demo")
        assert code == 1
        assert "real organization" in reason
        assert Organization.objects.count() == 1


class TestJobs:
    def test_every_job_exists(self):
        for tick in jobs.TICKS:
            assert callable(tick.load()), tick.name

    @pytest.mark.django_db
    def test_a_job_that_fails_stops_no_other_and_tells_no_content(self, caplog, monkeypatch):
        done = []
        monkeypatch.setattr(jobs, "broken", self.fail, raising=False)
        monkeypatch.setattr(jobs, "sound", done.append, raising=False)
        monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
        ticks = (jobs.Tick("a", "alongside.jobs.broken", 5), jobs.Tick("b", "alongside.jobs.sound", 5))
        latest: dict[str, float] = {}
        assert jobs.run_due(latest, ticks) == 1
        assert len(done) == 1
        assert "ValueError" in caplog.text
        assert "Rosa" not in caplog.text
        assert jobs.run_due(latest, ticks) == 0, "neither is due again"

    @staticmethod
    def fail(now):
        raise ValueError("Rosa called")


class TestMatchLists:
    """`alongside match people.csv peers.csv`: no program, no database."""

    PEOPLE = (
        "ID,Name,DOB,Language,Wants a peer who is\nP-1,Rosa Lopez,03/24/1990,Spanish,must: a woman\n"
        "P-2,Lan Nguyen,01/15/1970,Vietnamese,\nP-3,=Sum(1),02/20/1991,English,\n"
    )
    PEERS = "Name,Gender,Language,Capacity,Limits\nDolores Diaz,Woman,English; Spanish,2,no calls at night\n"

    @pytest.fixture
    def lists(self, tmp_path):
        (tmp_path / "people.csv").write_text(self.PEOPLE)
        (tmp_path / "peers.csv").write_text(self.PEERS)
        return [str(tmp_path / "people.csv"), str(tmp_path / "peers.csv")]

    @pytest.mark.parametrize(("language", "words"), [("en", "As it has to be: Woman"), ("es", "Como tiene que ser")])
    def test_proposals_are_written_with_their_reasons(self, alongside, lists, tmp_path, language, words):
        out = tmp_path / "proposals.csv"
        code, _, said = alongside("match", *lists, "-o", str(out), "--language", language)
        rows = [list(row.values()) for row in csv.DictReader(out.read_text("utf-8-sig").splitlines())]
        assert code == 0 and "3 wait, 2 places: 2 have a peer" in said and "limits in words" in said
        assert [(row[0], row[4]) for row in rows] == [("P-1", "row 2"), ("P-2", ""), ("P-3", "row 2")]
        assert words in rows[0][8] and rows[0][10] == "no calls at night" and rows[1][11]
        assert rows[2][1].startswith("'=")  # a cell that a spreadsheet would run
        assert not [name for name in tmp_path.iterdir() if name.name.startswith(".")]

    def test_the_same_lists_give_the_same_answer(self, alongside, lists, tmp_path):
        for name in ("a.csv", "b.csv"):
            assert alongside("match", *lists, "-o", str(tmp_path / name))[0] == 0
        assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()

    def test_what_cannot_be_read_is_said(self, alongside, lists, tmp_path):
        (tmp_path / "people.csv").write_text("Name,DOB\nRosa,03/04/1990\nBen,04/03/1991\n")
        assert alongside("match", *lists)[::2] == (1, ANY_DATES.format(lists[0]))
        assert alongside("match", *lists, "--dates", "mdy")[0] == 0
        assert alongside("match", lists[0])[0] == 1
        assert "cannot be read" in alongside("match", lists[0], str(tmp_path / "no.csv"), "--dates", "mdy")[2]
        (tmp_path / "peers.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
        assert alongside("match", *lists, "--dates", "mdy")[0] == 1


ANY_DATES = "alongside match: {}: the dates do not tell whether the day or the month comes first; say --dates\n"
