"""The command: what it says, what it ends with, and that a broken list changes nothing."""

import json

from tests.meetings.test_feeds import entry

from alongside.cli import main
from alongside.meetings.models import Feed, Meeting


def test_a_file_is_read_and_read_again(program, tmp_path, capsys):
    file = tmp_path / "list.json"
    file.write_text(json.dumps([entry(), entry(slug="two"), {"slug": "bad"}]))
    command = ["read-meetings", str(file), "--name", "Intergroup", "--fellowship", "aa"]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert "3 in the list: 2 new, 0 changed" in told and "entry 3 (bad): no name" in told
    assert main(command) == 0
    assert "0 new, 0 changed, 2 as before" in capsys.readouterr().out
    assert (Feed.objects.count(), Meeting.objects.count()) == (1, 2)
    file.write_text("[{")
    assert main(command) == 1
    assert "nothing was changed: not json near line or entry 1" in capsys.readouterr().err
    assert Meeting.objects.filter(gone_at__isnull=True).count() == 2


def test_what_cannot_be_read_makes_no_source(program, tmp_path, capsys):
    for source, said in (("http://example.org/x", "not https"), (str(tmp_path / "none.json"), "cannot be read")):
        assert main(["read-meetings", source, "--name", "X"]) == 1
        assert said in capsys.readouterr().err
    assert main(["read-meetings", "x", "--name", "X", "--time-zone", "Mars"]) == 1
    assert not Feed.objects.exists()
