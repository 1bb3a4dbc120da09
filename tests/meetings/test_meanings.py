"""What a BMLT server says of its codes and of who keeps its meetings: asked by address, brought as files, kept."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.meetings.test_feeds import REAL, as_bytes, make_feed, real, real_meanings
from tests.meetings.test_finder import words
from tests.test_fetching import send, serving

from alongside.cli import main
from alongside.meetings import actions
from alongside.meetings.models import URL, Feed, Meeting

NA = {"id_bigint": "1", "weekday_tinyint": "2", "start_time": "19:00:00", "formats": "Zz", "meeting_name": "Here",
      "format_shared_id_list": "9", "service_body_bigint": "4", "location_street": "1 A St",
      "location_municipality": "B"}  # fmt: skip
FORMATS = [{"id": "9", "key_string": "Zz", "world_id": "OPEN", "lang": "en", "name_string": "Open"}]
BODIES = [{"id": "4", "name": "River Area", "url": "https://river.example/", "helpline": "555 0100"}]
VALUES = {"name": "From a file", "fellowship": "na", "time_zone": "America/Chicago", "language": "en",
          "every_hours": "24", "url": "", "site": ""}  # fmt: skip


def file(rows, name: str = "list.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps(rows).encode())


def test_a_server_is_asked_who_keeps_its_meetings(program, carmen):
    works = [True, False]

    def answer(handler):
        if "GetServiceBodies" in handler.path:
            return send(handler, as_bytes(*BODIES)) if works.pop(0) else send(handler, b"", 500)
        return send(handler, as_bytes(*FORMATS) if "GetFormats" in handler.path else as_bytes(NA))

    with serving(answer) as url:
        feed = make_feed(program, carmen.actor, way=URL, url="https://feed.example/", fellowship="na")
        feed.url = f"{url}/json/?switcher=GetSearchResults"
        feed.save()
        found = []
        for _time in range(2):
            feed = actions.read_address(feed=feed, by=carmen.actor, allow_loopback=True)
            row = Meeting.objects.get()
            found.append((feed.problem, row.keeper, row.keeper_url, row.types))
    river = ("River Area", "https://river.example/", ["O"])
    assert found == [("", *river), ("no_formats", *river)], "what was known is not forgotten"


def test_staff_bring_what_the_codes_mean_beside_a_file_and_it_is_kept(program, carmen, signed_in):
    client = signed_in(carmen)
    files = {"file": file([NA]), "formats": file(FORMATS), "bodies": file(BODIES)}
    client.post(reverse("source_new"), VALUES | files, follow=True)
    feed, row = Feed.objects.get(), Meeting.objects.get()
    assert (row.types, row.keeper) == (["O"], "River Area")
    # The next file comes alone, and what it means is known.
    newer = {"action": "file", "file": file([NA | {"meeting_name": "There"}])}
    client.post(reverse("source", args=[feed.pk]), newer, follow=True)
    row.refresh_from_db()
    assert (row.name, row.types, row.keeper) == ("There", ["O"], "River Area")
    assert "helpline" not in json.dumps(Feed.objects.get().meanings)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"<html>", "This is not JSON"), (b'{"a": 1}', "not the list that such a server gives"), (b"[1]", "not the list")],
)
def test_a_file_of_meanings_that_is_none_is_refused_by_its_field(program, carmen, signed_in, content, said):
    files = {"file": file([NA]), "formats": SimpleUploadedFile("f.json", content)}
    page = signed_in(carmen).post(reverse("source_new"), VALUES | files)
    assert said in words(page) and page.context["form"].errors.keys() == {"formats"}
    assert not Feed.objects.exists()


def test_one_file_may_hold_both(program, carmen):
    """So a server answers when it is asked with `get_used_formats`."""
    content = json.dumps({"meetings": [NA], "formats": FORMATS}).encode()
    actions.take_in(feed=make_feed(program, carmen.actor, fellowship="na"), content=content, by=carmen.actor)
    assert Meeting.objects.get().types == ["O"]


def test_the_command_takes_them_too(program, tmp_path, capsys):
    names = {"list": [NA], "formats": FORMATS, "bodies": BODIES}
    paths = {name: tmp_path / f"{name}.json" for name in names}
    for name, rows in names.items():
        paths[name].write_text(json.dumps(rows))
    command = ["read-meetings", str(paths["list"]), "--name", "X", "--fellowship", "na"]
    assert main([*command, "--formats", str(paths["formats"]), "--bodies", str(paths["bodies"])]) == 0
    assert (Meeting.objects.get().types, Meeting.objects.get().keeper) == (["O"], "River Area")
    paths["formats"].write_text("{}")
    assert main([*command, "--formats", str(paths["formats"])]) == 1
    assert "is not the list that such a server gives" in capsys.readouterr().err


@real
def test_each_meeting_of_new_york_is_credited_to_its_area(program, carmen):
    feed = make_feed(program, carmen.actor, fellowship="na", time_zone="America/New_York")
    content = (REAL / "na-new-york-metro.bmlt-GetSearchResults.json").read_bytes()
    actions.take_in(feed=feed, content=content, meanings=real_meanings(), by=carmen.actor)
    assert Meeting.objects.exclude(keeper="").count() == 906
    assert Meeting.objects.values("keeper").distinct().count() == 19, "of 21 areas, two hold none"
