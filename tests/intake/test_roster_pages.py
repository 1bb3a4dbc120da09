"""Pages of long lists, of taking a list back, and of rows that stayed out of a workbook."""

import io

from django.utils import timezone
from openpyxl import Workbook, load_workbook
from tests.story import PASSWORD

from alongside.intake.actions import roster_work, rosters
from alongside.intake.models import Roster
from alongside.people.actions import change_person
from alongside.people.models import Episode, Person

from .test_coordinator_pages import columns_values, upload
from .test_rosters import ENGLISH


def brought_in(client) -> Roster:
    upload(client, ENGLISH)
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/columns/", columns_values(client, roster))
    client.post(f"/rosters/{roster.pk}/confirm/")
    return Roster.objects.get()


def test_a_long_list_shows_how_far_it_is_and_can_be_stopped(signed_in, carmen, monkeypatch):
    monkeypatch.setattr(rosters, "LONG", 2)
    client = signed_in(carmen)
    upload(client, ENGLISH)
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/columns/", columns_values(client, roster))
    address = f"/rosters/{roster.pk}/"
    page = client.get(address).content.decode()
    assert "We are reading your list" in page and "0 of 3 rows are done." in page
    assert '<noscript><meta http-equiv="refresh"' in page and 'aria-live="polite"' in page
    assert client.get(f"{address}columns/").url == address
    roster_work.go_on(timezone.now())
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "What would happen" in client.get(address).content.decode()
    client.post(f"{address}confirm/")
    assert "People are being brought in" in client.get(address).content.decode()
    client.post(f"{address}cancel/")
    assert "The list is being taken back" in client.get(address).content.decode()
    roster_work.go_on(timezone.now())
    assert client.get(address).url == "/rosters/" and not Episode.objects.exists()


def test_a_list_is_taken_back_after_saying_again_who_one_is(signed_in, carmen):
    client = signed_in(carmen)
    roster = brought_in(client)
    assert f"/rosters/{roster.pk}/undo/" in client.get(f"/rosters/{roster.pk}/").content.decode()
    ben = Person.objects.get(goes_by="Ben O.")
    change_person(person=ben, by=carmen.actor, pronouns="he/him")
    answer = client.get(f"/rosters/{roster.pk}/undo/")
    assert answer.status_code == 302 and answer.url.startswith("/account/again/")
    client.post(answer.url, {"password": PASSWORD})
    assert Episode.objects.count() == 2
    page = client.get(f"/rosters/{roster.pk}/undo/").content.decode()
    assert "1 new person goes." in page and "Ben O." in page
    client.post(f"/rosters/{roster.pk}/undo/")
    assert list(Episode.objects.values_list("person__goes_by", flat=True)) == ["Ben O."]
    page = client.get(f"/rosters/{roster.pk}/").content.decode()
    assert "This list was taken back" in page and "Ben O." in page
    assert client.post(f"/rosters/{roster.pk}/undo/").url == f"/rosters/{roster.pk}/"


def test_a_press_of_the_button_alone_takes_nothing_back(signed_in, carmen):
    client = signed_in(carmen)
    roster = brought_in(client)
    assert client.post(f"/rosters/{roster.pk}/undo/").url.startswith("/account/again/")
    assert Episode.objects.count() == 2


def test_a_workbook_comes_back_as_a_workbook_of_texts(signed_in, carmen):
    book = Workbook()
    for row in (["Name", "Phone", "Notes"], ["Ana Ruiz", "(213) 555-0151", "fine"], [None, "(213) 555-0152", "'=1+1"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    client = signed_in(carmen)
    upload(client, out.getvalue(), "people.xlsx")
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/columns/", columns_values(client, roster))
    for confirmed in (False, True):
        answer = client.get(f"/rosters/{roster.pk}/rows.csv")
        assert answer["Content-Disposition"].endswith('.xlsx"'), confirmed
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())
        assert [cell.value for cell in rows[1]][:3] == [None, "(213) 555-0152", "''=1+1"]
        assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
        client.post(f"/rosters/{roster.pk}/confirm/")


def test_rows_of_a_workbook_come_in_once_they_are_mended(signed_in, carmen):
    book = Workbook()
    for row in (
        ["Name", "Phone", "Notes"],
        [None, "(213) 555-0152", "=1+1 & <b>"],
        [None, "(213) 555-0153", "two\nlines"],
    ):
        book.active.append([value and f"{value}" for value in row])
        book.active.cell(book.active.max_row, 3).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    client = signed_in(carmen)
    upload(client, out.getvalue(), "people.xlsx")
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/columns/", columns_values(client, roster))
    mended = load_workbook(io.BytesIO(client.get(f"/rosters/{roster.pk}/rows.csv").content))
    mended.active["A2"], mended.active["A3"] = "Ana Ruiz", "Ben Cole"
    out = io.BytesIO()
    mended.save(out)
    upload(client, out.getvalue(), "rows.xlsx")
    again = Roster.objects.exclude(pk=roster.pk).get()
    client.post(f"/rosters/{again.pk}/columns/", columns_values(client, again))
    client.post(f"/rosters/{again.pk}/confirm/")
    notes = {one.person.goes_by: one.wishes.staff_notes for one in Episode.objects.select_related("person", "wishes")}
    assert notes == {"Ana R.": "=1+1 & <b>", "Ben C.": "two\nlines"}
