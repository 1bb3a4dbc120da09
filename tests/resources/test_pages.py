"""Places that help, as somebody without an account finds them; and those who keep the directory."""

import csv
import gzip
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_scopes import scope
from tests.outside import without_ids
from tests.promises.test_every_url import sign_in
from tests.resources.lists import as_list, service
from tests.rules.resources.files import sheet, uid, zipped

from alongside import resources, web
from alongside.people.form_limits import PER_HOUR
from alongside.people.models import Program
from alongside.resources import actions, showing
from alongside.resources.asking import seal, unseal
from alongside.resources.forms import ResourceForm
from alongside.resources.models import ListFile, Record, Report, Resource
from alongside.rules.resources import read
from alongside.rules.resources.by_hand import from_document
from alongside.rules.resources.hours import Hours

pytestmark = pytest.mark.django_db

WEEK = [{"id": uid(900), "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}]
MONDAY_NOON = datetime(2026, 11, 23, 20, tzinfo=UTC)  # in Los Angeles
PANTRY = service(1, "Moss food pantry", description="Bread for all", eligibility_description="Families with children",
                 schedules=WEEK, languages=[{"id": uid(901), "name": "Spanish"}], fees_description="Free")  # fmt: skip
LINE = {"id": uid(2), "name": "Tenant law line", "status": "active", "description": "Lawyers by phone",
        "phones": [{"id": uid(903), "number": "213-555-0102"}]}  # fmt: skip
CLOSED = service(3, "Old clinic", status="defunct")
LUNA = service(4, "Casa Luna", description="A shelter from domestic violence",
               eligibility_description="Women. Not for under 18. No men or families.")  # fmt: skip


@pytest.fixture
def directory(program, carmen):
    """A list of four, of which one is out of service. The program takes visitors."""
    Program.objects.filter(pk=program.pk).update(is_public=True)
    actions.import_list(
        program=program, feed_name="2-1-1", content=as_list(PANTRY, LINE, CLOSED, LUNA), file_name="a.json",
        by=carmen.actor, now=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    return {row.name: row for row in Resource.objects.all()}


@pytest.fixture
def visitor(client):
    """Somebody without an account."""
    return client


def search(client, **values) -> str:
    """The page that a search leads to."""
    answer = client.post(reverse("places"), values)
    assert answer.status_code == 302
    with scope(program=None):
        return client.get(answer["Location"]).content.decode()


def names(page: str) -> list[str]:
    """The places that a page lists, in order."""
    return re.findall(r'<h3 class="row-name"><a href="[^"]+">([^<]+)</a>', page)


def test_everything_that_works_is_listed_by_name(directory, visitor):
    page = visitor.get(reverse("places")).content.decode()
    assert names(page) == ["Casa Luna", "Moss food pantry", "Tenant law line"]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"words": "food"}, ["Moss food pantry"]),
        ({"words": "necesito comida"}, ["Moss food pantry"]),
        ({"words": "abogado"}, ["Tenant law line"]),
        ({"words": "lawyer"}, ["Tenant law line"]),
        ({"words": "bread"}, ["Moss food pantry"]),
        ({"words": "zeppelin"}, []),
        ({"need": "legal"}, ["Tenant law line"]),
        ({"place": "Moss"}, ["Casa Luna", "Moss food pantry", "Tenant law line"]),
        ({"place": "90033", "need": "food"}, ["Moss food pantry"]),
        ({"place": "Elsewhere"}, ["Tenant law line"]),  # by phone or anywhere
        ({"place": "Main"}, ["Moss food pantry", "Tenant law line"]),  # the street of Casa Luna is not found
        ({"language": "es"}, ["Moss food pantry"]),
        ({"group": "families"}, ["Moss food pantry"]),
        ({"group": "women"}, ["Casa Luna"]),
        ({"group": "veterans"}, []),
        ({"is_free": "on"}, ["Moss food pantry"]),
        ({"age": "16"}, ["Moss food pantry", "Tenant law line"]),  # Casa Luna is for adults
        ({"age": "30"}, ["Casa Luna", "Moss food pantry", "Tenant law line"]),
        ({"age": "0", "is_free": "on"}, ["Moss food pantry"]),
    ],
    ids=str,
)
def test_a_search_in_either_language_by_need_place_and_whom_it_is_for(directory, visitor, values, found):
    assert names(search(visitor, **values)) == found


@pytest.mark.parametrize(("moment", "found"), [(MONDAY_NOON, ["Moss food pantry"]), (MONDAY_NOON.replace(hour=14), [])])
def test_open_now(directory, visitor, moment, found):
    with time_machine.travel(moment):
        assert names(search(visitor, is_open="on")) == found
        page = visitor.get(reverse("places")).content.decode()
    assert ("Open now, until" in page) is bool(found)
    assert ("Closed now, opens today, 9 a.m." in page) is not bool(found)  # by the clock there, not by UTC
    assert "Call first: we do not know the hours" in page


def test_an_age_that_is_none_is_asked_again_and_nothing_typed_is_lost(directory, visitor):
    page = visitor.post(reverse("places"), {"age": "old", "words": "food"}).content.decode()
    assert "Please write the age as a number" in page and 'value="food"' in page
    token = seal({"age": 0, "is_free": True})
    assert unseal(token) == {"age": "0", "is_free": "on"} and '"age"' not in token and "is_free" not in token


def test_a_recovery_home_is_found_in_both_languages_and_says_how_many_beds(program, carmen, visitor):
    home = service(7, "Oak", description="A NARR level 2 residence, men only", capacities=[
        {"id": uid(970), "available": 2, "maximum": 8, "updated": "2026-11-20T10:00:00Z",
         "unit": {"id": uid(971), "name": "Bed"}},
        {"id": uid(972), "available": 9, "maximum": 3, "updated": "2026-11-20",
         "unit": {"id": uid(973), "name": "Room"}},
    ])  # fmt: skip
    Program.objects.filter(pk=program.pk).update(is_public=True)
    actions.import_list(program=program, feed_name="homes", content=as_list(home, service(8, "Pantry")),
                        file_name="a.json", by=carmen.actor)  # fmt: skip
    for words in ("sober living", "casa sobria", "recovery residence", "NARR"):
        assert names(search(visitor, words=words)) == ["Oak"], words
    assert names(search(visitor, need="recovery_home")) == ["Oak"]
    oak = Resource.objects.get(name="Oak")
    page = visitor.get(reverse("place", args=[oak.pk])).content.decode()
    assert "Bed: 2 of 8 free · counted on" in page and "Room" not in page, "nine of three free is no count"


def test_what_somebody_looks_for_stands_in_no_address(directory, visitor):
    answer = visitor.post(reverse("places"), {"words": "alcohol", "place": "Moss"})
    assert "alcohol" not in answer["Location"] and "Moss" not in answer["Location"]
    page = visitor.get(answer["Location"]).content.decode()
    assert 'value="alcohol"' in page and 'value="Moss"' in page
    assert not re.search(r'href="[^"]*(?:alcohol|need=|Moss)', page)
    for broken in ("x", "ñ", "\u202e", seal({"words": "a"})[:-3], "A" * 5000):
        assert visitor.get(reverse("places"), {"s": broken}).status_code == 200
    assert unseal(seal({"words": "a" * 500, "is_open": True, "other": "x"})) == {"words": "a" * 100, "is_open": "on"}


def test_a_place_has_all_that_somebody_needs(directory, visitor):
    with time_machine.travel(MONDAY_NOON):
        page = visitor.get(reverse("place", args=[directory["Moss food pantry"].pk])).content.decode()
    for words in ('href="tel:2135550101"', "1 Main St", "Moss, CA 90033", "Free", "Spanish", "Open now, until",
                  "From a list of March 2026", "Things may have changed", "Source: 2-1-1"):  # fmt: skip
        assert words in page, words
    assert "<title>Places that help" in page
    assert "Mend" not in page


def test_hours_are_told_the_same_way_all_over_a_page_in_spanish(directory, visitor):
    visitor.cookies.load({"django_language": "es"})
    with time_machine.travel(MONDAY_NOON):
        page = visitor.get(reverse("place", args=[directory["Moss food pantry"].pk])).content.decode()
    assert "Abierto ahora, cierra: 5 p.m." in page and "9 a.m. – 5 p.m." in page and "17:00" not in page


def test_seven_days_that_are_alike_are_one_line():
    monday, every = date(2026, 3, 2), tuple((0, day) for day in range(7))
    with override("es"):
        assert showing.week_of([Hours(0, 1440, days=every)], monday) == [("todos los días", ["Día y noche"])]
    days = showing.week_of([Hours(540, 1020, days=every), Hours(0, 0, days=((0, 2),), is_closed=True)], monday)
    assert len(days) == 7 and days[2] == ("Wednesday", []) and days[0][1] == days[6][1] != []
    assert showing.week_of([], monday) == []


def test_the_address_of_a_shelter_is_on_no_page(directory, visitor):
    luna = directory["Casa Luna"]
    page = visitor.get(reverse("place", args=[luna.pk])).content.decode() + visitor.get("/places/").content.decode()
    assert "4 Main St" not in page and "kept private" in page and "Moss" in page
    assert "main" not in luna.found_at


def test_whoever_kept_the_address_of_a_place_is_told_that_it_is_no_longer_listed(directory, visitor, carmen):
    food, mine = directory["Moss food pantry"], directory["Casa Luna"]
    Resource.objects.filter(pk__in=[food.pk, mine.pk]).update(is_listed=False, is_shown=False, gone_at=timezone.now())
    Resource.objects.filter(pk=mine.pk).update(feed=None)
    page = visitor.get(reverse("place", args=[food.pk]))
    text = without_ids(page.content.decode())
    assert page.status_code == 410 and "This place is no longer listed" in text and "Moss food pantry" in text
    assert "1 Main St" not in text and "555" not in text and "<title>Places that help" in text
    assert "Casa Luna" not in visitor.get(reverse("place", args=[mine.pk])).content.decode(), "set aside by us"
    assert visitor.get(reverse("place_report", args=[food.pk])).status_code == 404


def test_what_is_out_of_service_or_elsewhere_is_not_there(directory, visitor, other_program):
    assert visitor.get(reverse("place", args=[directory["Old clinic"].pk])).status_code == 404
    assert visitor.get(reverse("place", args=[uuid4()])).status_code == 404
    Program.objects.filter(pk=other_program.pk).update(is_public=True)
    visitor.get(reverse("choose_program", args=[other_program.slug]))
    assert visitor.get(reverse("place", args=[directory["Casa Luna"].pk])).status_code == 404
    assert names(visitor.get(reverse("places")).content.decode()) == []


def test_text_of_a_list_is_text(program, carmen, visitor):
    Program.objects.filter(pk=program.pk).update(is_public=True)
    evil = service(1, "<script>alert(1)</script>", url="javascript:alert(1)", description="<img src=x onerror=a>")
    evil["phones"][0]["number"] = '"><b>213-555-0101'
    actions.import_list(program=program, feed_name="x", content=as_list(evil), file_name="a.json", by=carmen.actor)
    page = visitor.get(reverse("place", args=[Resource.objects.get().pk])).content.decode()
    page += visitor.get(reverse("places")).content.decode()
    assert "<script>alert" not in page and "javascript:" not in page and "<img src=x" not in page and "<b>" not in page


# --- something is wrong ---------------------------------------------------------------------------------------------
def tell(client, resource, **more):
    return client.post(reverse("place_report", args=[resource.pk]), {
        "kind": "number", "words": "It is 213-555-0177", "submit_key": uuid4(), "website": "", **more})  # fmt: skip


def test_anybody_says_that_a_number_is_wrong_and_staff_settle_it(directory, visitor, carmen_client):
    pantry = directory["Moss food pantry"]
    key = uuid4()
    for _twice in range(2):
        assert tell(visitor, pantry, submit_key=key)["Location"] == reverse("place_thanks", args=[pantry.pk])
    one = Report.objects.get()
    assert (one.kind, one.words, one.status) == ("number", "It is 213-555-0177", "open")
    assert "It is 213-555-0177" in carmen_client.get(reverse("reports")).content.decode()
    carmen_client.post(reverse("report_settle", args=[one.pk]), {"action": "done"})
    one.refresh_from_db()
    assert (one.status, one.settled_at is not None) == ("done", True)
    carmen_client.post(reverse("report_settle", args=[one.pk]), {"action": "declined"})
    one.refresh_from_db()
    assert one.status == "done"


def test_a_machine_is_thanked_and_keeps_nothing(directory, visitor):
    answer = tell(visitor, directory["Casa Luna"], website="http://spam.example")
    assert answer.status_code == 302 and not Report.objects.exists()


def test_a_flood_ends(directory, visitor):
    pantry, line = directory["Moss food pantry"], directory["Tenant law line"]
    for number in range(PER_HOUR):
        assert tell(visitor, pantry if number < 12 else line).status_code == 302
    assert Report.objects.filter(resource=pantry).count() == 10
    assert tell(visitor, line).status_code == 429
    assert Report.objects.filter(resource=line).count() == 8


# --- those who keep it ----------------------------------------------------------------------------------------------
@pytest.fixture
def carmen_client(carmen, program):
    """Carmen, signed in with her second step."""
    from types import SimpleNamespace

    story = SimpleNamespace(carmen=carmen, program=program, people={"carmen": carmen})
    return sign_in(story, "carmen")


def test_a_list_is_looked_at_and_brought_in(program, carmen_client):
    content = zipped({"services.csv": sheet([{"id": uid(1), "name": "Pantry", "status": "active"},
                                             {"id": uid(2), "name": "", "description": "=Nameless"},
                                             {"id": "=1" * 120, "name": "Odd"}])})  # fmt: skip
    file = SimpleUploadedFile("list.zip", content)
    answer = carmen_client.post(reverse("list_new"), {"file": file, "feed": "2-1-1"})
    one = ListFile.objects.get()
    page = carmen_client.get(answer["Location"]).content.decode()
    for words in ("New: 1", "Refused: 2", "services.csv", "Row 3", "is empty and should not be: fill it in"):
        assert words in page, words
    rows = carmen_client.get(reverse("list_refused", args=[one.pk]))
    assert "attachment" in rows["Content-Disposition"] and b"=Nameless" in rows.content
    cells = [cell for row in csv.reader(io.StringIO(rows.content.decode("utf-8-sig"))) for cell in row]
    assert "'" + ("=1" * 20) in cells and not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    carmen_client.post(answer["Location"], {"action": "write", "is_whole": "on"})
    assert [row.name for row in Resource.objects.all()] == ["Pantry"]
    assert "The list is in" in carmen_client.get(answer["Location"]).content.decode()


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(program, carmen_client):
    file = SimpleUploadedFile("list.json", b"{\n oops")
    page = carmen_client.post(reverse("list_new"), {"file": file, "feed": "2-1-1"}).content.decode()
    assert "something is wrong in line 2" in page
    assert not ListFile.objects.exists()


def test_one_is_added_mended_checked_and_set_aside(program, carmen_client, visitor):
    Program.objects.filter(pk=program.pk).update(is_public=True)
    values = {"name": "Moss closet", "needs": ["things"], "languages": ["en"], "phone": "213-555-0150", "city": "Moss",
              "day_mo": "9-12, 13:00-17:00", "day_sa": "24", "submit_key": str(uuid4())}  # fmt: skip
    for _twice in range(2):
        answer = carmen_client.post(reverse("resource_new"), values)
    made = Resource.objects.get()
    assert answer["Location"] == reverse("place", args=[made.pk]) and len(made.hours) == 3
    page = carmen_client.post(reverse("resource_edit", args=[made.pk]), {**values, "day_mo": "mornings"})
    assert "Please write hours like" in page.content.decode()
    carmen_client.post(reverse("resource_edit", args=[made.pk]), {**values, "phone": "213-555-0151"})
    Resource.objects.update(checked_on="2020-01-01")
    carmen_client.post(reverse("resource_act", args=[made.pk]), {"action": "checked"})
    made.refresh_from_db()
    assert made.first_number == "213-555-0151" and made.checked_on.year > 2020
    assert "Moss closet" in Client().get(reverse("places")).content.decode()
    carmen_client.post(reverse("resource_act", args=[made.pk]), {"action": "aside"})
    assert "Moss closet" not in Client().get(reverse("places")).content.decode()
    assert "Moss closet" in carmen_client.get(reverse("directory"), {"show": "gone"}).content.decode()
    carmen_client.post(reverse("resource_act", args=[made.pk]), {"action": "back"})
    assert Resource.objects.get().is_shown


def as_a_browser_sends(form) -> dict:
    """What is shown, sent back: lines end in CR LF, a field of one line has none, checked boxes come in their order."""
    sent = {}
    for field in form:
        value = field.value()
        if isinstance(field.field, forms.MultipleChoiceField):
            sent[field.name] = [code for code, _words in field.field.choices if code in value]
        elif isinstance(field.field, forms.BooleanField):
            sent |= {field.name: "on"} if value else {}
        elif isinstance(field.field.widget, forms.Textarea):
            sent[field.name] = (value or "").replace("\n", "\r\n")
        else:
            sent[field.name] = str(value or "").replace("\n", "")
    return sent


def test_mending_a_number_in_a_browser_leaves_the_rest_as_the_list_has_it(program, carmen, carmen_client):
    rich = service(
        1, "Moss pantry", description="<p>Bread</p>\n\nand soup ", eligibility_description="Anybody.\nBring a bag.",
        application_process="Walk in\nor call", languages=[{"id": uid(901), "name": "Spanish", "note": "weekdays"},
                                                           {"id": uid(902), "name": "English"}, {"name": "Urdu"}],
        cost_options=[{"id": uid(903), "option": "Bag", "amount": 2, "currency": "usd"},
                      {"id": uid(904), "option": "Box"}],
    )  # fmt: skip
    at = rich["service_at_locations"][0]["location"]
    at["accessibility"] = [{"id": uid(905), "description": "Ramp", "details": "at the back", "url": "https://r.org"}]
    at["addresses"][0]["address_1"] = " 1 Main St "
    actions.import_list(program=program, feed_name="x", content=as_list(rich), file_name="a.json", by=carmen.actor)
    place = Resource.objects.get()
    url = reverse("resource_edit", args=[place.pk])
    values = as_a_browser_sends(carmen_client.get(url).context["form"])
    carmen_client.post(url, values)
    assert Resource.objects.get().mended_at is None
    carmen_client.post(url, values | {"phone": "213-555-0199"})
    rich["phones"][0]["number"] = "213-555-0199"
    assert Record.objects.get().document == rich


def test_what_a_list_says_at_length_can_be_sent_back(program):
    long = {
        "id": uid(1), "name": "n" * 300, "description": "Bread.\n" * 570, "eligibility_description": "All.\n" * 300,
        "application_process": "Call.\n" * 99,
        "cost_options": [{"option": f"{number} " + "x" * 190} for number in range(12)],
        "phones": [{"number": "213-555-0100"}], "url": "https://example.org/" + "a" * 470,
        "service_at_locations": [{"location": {
            "addresses": [{"address_1": "1 " + "Main " * 40, "city": "c" * 80, "state_province": "s" * 60,
                           "postal_code": "9" * 20}],
            "accessibility": [{"description": f"{number} " + "r" * 250} for number in range(12)]}}],
    }  # fmt: skip
    data = QueryDict(mutable=True)
    for name, value in as_a_browser_sends(ResourceForm(initial=from_document(long))).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    assert ResourceForm(data).errors == {}


def test_the_directory_leaves_as_hsds_and_can_be_read_again(directory, carmen_client):
    for form, name in (("json", "a.json"), ("tables", "a.zip")):
        answer = carmen_client.post(reverse("directory_export", args=[form]))
        assert "attachment" in answer["Content-Disposition"]
        back = read(answer.content, name, source="y")
        assert {one.values["name"] for one in back.services} == {*directory}
    assert carmen_client.post(reverse("directory_export", args=["xml"])).status_code == 404


STATIC = Path(web.__file__).parent / "static" / "web"
FIRST_VISIT = (
    *(f"css/{name}.css" for name in ("tokens", "base", "layout", "components")), "js/page.js", "js/quick-exit.js",
    "mark.svg", "icons.svg", "fonts/public-sans.woff2", "fonts/heading-serif.woff2",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_first_visit_is_light(program, carmen, visitor, language):
    """A page of twenty, with styles, scripts, fonts and icons, as they are sent: below 100 kB."""
    Program.objects.filter(pk=program.pk).update(is_public=True)
    many = [service(number, f"Pantry {number}", description="Bread and soup for all. " * 20, schedules=WEEK)
            for number in range(40)]  # fmt: skip
    actions.import_list(program=program, feed_name="2-1-1", content=as_list(*many), file_name="a.json", by=carmen.actor)
    visitor.cookies.load({"django_language": language})
    pages = [reverse("places"), reverse("place", args=[Resource.objects.first().pk])]
    around = sum(
        len(content) if name.endswith("woff2") else len(gzip.compress(content))
        for name in FIRST_VISIT if (content := (STATIC / name).read_bytes())
    )  # fmt: skip
    around += len(gzip.compress((Path(resources.__file__).parent / "static/resources/resources.css").read_bytes()))
    for page in pages:
        answer = visitor.get(page, headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert around + len(answer.content) < 100_000, (around, len(answer.content))
