"""Whatever the form in which something leaves by consent: what was previewed, statement and scope, nothing else.

Every output is made by the product's own pages and read back by a parser of its kind (B3, C1, C3, C4).
"""

import csv
import io
import json
import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.privacy.consents import signed

from alongside.partners.actions import make_link, send_due
from alongside.people.actions import change_person
from alongside.privacy import files
from alongside.privacy.actions import set_law, stop_sharing
from alongside.privacy.models import Disclosure
from alongside.rules.consent import Posture, texts_1
from alongside.rules.disclosure import WAYS

pytestmark = pytest.mark.django_db

COVERED = ["being_here", "reach"]
PHONE, NOT_COVERED = "555-0142", ("May 17, 1984", "Birth date")
FACTS = re.compile(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)


@pytest.fixture
def consent(rosa):
    change_person(
        person=rosa.person, by=rosa.actor, language="en", phone="+1 213-555-0142", birth_date=date(1984, 5, 17)
    )
    rosa.person.refresh_from_db()
    return signed(rosa.person, rosa.actor, items=COVERED)


class Read:
    """One output as its parser reads it: rows where its form has rows, and all its text."""

    def __init__(self, rows: list | None, text: str, name: str = ""):
        self.rows, self.text, self.name = rows, " ".join(text.split()), name


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<br ?/?>", "\n", html)).split())


def read_page(answer) -> Read:
    body = answer.content.decode()
    rows = [[plain(what), plain(value)] for what, value in FACTS.findall(body)]
    return Read(rows, plain(re.sub(r"<(?!br)[^>]+>", " ", body)))


def read_csv(answer) -> Read:
    text = answer.content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert {len(row) for row in table} == {4}
    # A phone number begins like a formula: a spreadsheet program shows it with the mark in front.
    rows = [[what, value.removeprefix("'")] for part, _title, what, value in table[1:] if part in texts_1.ITEMS]
    assert {row[0] for row in table[1:]} == {"notice", "file", *COVERED, "permission"} - (
        set() if any(row[0] == "notice" for row in table) else {"notice"}
    )
    return Read(rows, "\n".join(cell for row in table for cell in row), answer.headers["Content-Disposition"])


def read_json(answer) -> Read:
    whole = json.loads(answer.content)
    assert [part["item"] for part in whole["content"]] == COVERED and whole["permission"]
    rows = [[row["what"], row["value"]] for part in whole["content"] for row in part["rows"]]
    return Read(rows, json.dumps(whole, ensure_ascii=False).replace("\\n", " ").replace('\\"', '"'),
                answer.headers["Content-Disposition"])  # fmt: skip


def read_pdf(answer) -> Read:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged: a screen reader reads it"
    assert not reader.attachments
    text = " ".join(page.extract_text() for page in reader.pages)
    return Read(None, f"{text} {reader.metadata or ''}", answer.headers["Content-Disposition"])


def hand_out(way: str, consent, client, by) -> Read:
    """By one way of the table, as staff and the recipient do it."""
    values = {"submit_key": str(uuid4())}
    if way == "printed":
        return read_page(client.post(reverse("sharing_give", args=[consent.pk]), values))
    if way == "spoken":
        path, values = reverse("sharing_spoken", args=[consent.pk]), values | {
            "items": COVERED, "reached_at": "Dr. Ito, (213) 555-0199", "on_day": "2026-01-01", "at_time": "10:00",
        }  # fmt: skip
        form = client.get(path).context["form"]
        values |= {"on_day": form.initial["on_day"].isoformat(), "at_time": form.initial["at_time"].isoformat()}
        return read_page(client.post(path, values))
    if way == "partner_link":
        mails: list[str] = []
        _link, code = make_link(consent=consent, address="ana@example.org", submit_key=uuid4(), by=by)
        send_due(deliver=lambda *said: mails.append(urlsplit(said[-1]).path))
        return read_page(Client().post(mails[0], {"code": code}, HTTP_ACCEPT_LANGUAGE="en"))
    form = way.removeprefix("file_")
    answer = client.post(reverse("sharing_file", args=[consent.pk]), values | {"action": form})
    assert answer.headers["Content-Type"] == files.FORMATS[form]
    return {"pdf": read_pdf, "csv": read_csv, "json": read_json}[form](answer)


BY_CONSENT = [name for name, way in WAYS.items() if way.ground == "consent"]


def test_every_way_by_consent_is_tried_here():
    assert set(BY_CONSENT) == {"printed", "partner_link", "spoken", *(f"file_{form}" for form in files.FORMATS)}


@pytest.fixture
def hand(consent, signed_in, carmen):
    """`hand(way)`: what the recipient then reads."""

    def hand(way: str) -> Read:
        if way == "file_pdf" and not files.can_write_pdf():
            pytest.skip("this machine has no Pango")
        return hand_out(way, consent, signed_in(carmen), carmen.actor)

    return hand


@pytest.mark.parametrize("way", BY_CONSENT)
def test_it_shows_exactly_what_the_preview_showed(consent, hand, way):
    read = hand(way)
    shown = [row for _item, rows in consent.shown["preview"] for row in rows]
    assert [item for item, _rows in consent.shown["preview"]] == COVERED
    if read.rows is not None:
        assert read.rows == shown
    assert all(what in read.text and value in read.text for what, value in shown) and PHONE in read.text
    assert [words for words in NOT_COVERED if words in read.text] == []


@pytest.mark.parametrize("way", BY_CONSENT)
def test_it_carries_the_statement_and_the_consent_as_it_was_signed(consent, hand, way):
    read = hand(way)
    wanted = [texts_1.ACCOMPANY["long"], texts_1.ACCOMPANY["short"], consent.number, consent.recipient]
    wanted += [block["text"] for block in consent.shown["document"]]
    squeezed = "".join(read.text.split())  # a PDF breaks lines, also inside of words with a hyphen
    assert [words for words in wanted if "".join(words.split()) not in squeezed] == []
    assert len(consent.shown["document"]) > 5


@pytest.mark.parametrize("way", BY_CONSENT)
def test_it_is_booked_and_its_name_tells_nothing(consent, hand, way):
    read = hand(way)
    booked = Disclosure.objects.get()
    assert (booked.way, booked.items, booked.recipient) == (way, COVERED, "Dr. Ana Ito")
    if read.name:
        assert re.fullmatch(r'attachment; filename="file-\d{4}-\d\d-\d\d\.(pdf|csv|json)"', read.name)


@pytest.mark.parametrize("way", BY_CONSENT)
def test_outside_of_part_2_no_untrue_statement_goes_along(program, dolores, consent, hand, way):
    set_law(program=program, posture=Posture(part2="neither"), note="Counsel", by=dolores.actor)
    text = hand(way).text
    assert "prohibits unauthorized use" not in text and "Federal confidentiality rules" not in text
    assert consent.number in text and PHONE in text


@pytest.mark.parametrize("way", ["printed", "spoken", *(f"file_{form}" for form in files.FORMATS)])
def test_after_a_stop_nothing_leaves_and_nothing_is_booked(consent, signed_in, carmen, rosa, way):
    client, path = signed_in(carmen), reverse("sharing_spoken", args=[consent.pk])
    now = client.get(path).context["form"].initial
    stop_sharing(consent=consent, by=rosa.actor)
    values = {"submit_key": str(uuid4())}
    if way == "spoken":
        day, time = now["on_day"].isoformat(), now["at_time"].isoformat()
        values |= {"items": COVERED, "reached_at": "x", "on_day": day, "at_time": time}
    elif way != "printed":
        values["action"] = way.removeprefix("file_")
    page = {"printed": "sharing_give", "spoken": "sharing_spoken"}.get(way, "sharing_file")
    if way == "file_pdf" and not files.can_write_pdf():
        pytest.skip("this machine has no Pango")
    answer = client.post(reverse(page, args=[consent.pk]), values)
    assert answer.status_code == 302 and answer.url == reverse("sharing_one", args=[consent.pk])
    assert not Disclosure.objects.exists() and PHONE not in answer.content.decode()


def test_two_forms_from_one_page_are_two_disclosures_and_twice_is_one(consent, signed_in, carmen):
    client, key = signed_in(carmen), str(uuid4())
    for form in ("csv", "json", "csv"):
        client.post(reverse("sharing_file", args=[consent.pk]), {"submit_key": key, "action": form})
    assert sorted(Disclosure.objects.values_list("way", flat=True)) == ["file_csv", "file_json"]


@pytest.mark.parametrize("values", [{"action": "exe"}, {"submit_key": "no key"}, {"action": ""}])
def test_a_form_that_there_is_not_is_no_page(consent, signed_in, carmen, values):
    sent = {"submit_key": str(uuid4()), "action": "csv"} | values
    assert signed_in(carmen).post(reverse("sharing_file", args=[consent.pk]), sent).status_code == 404
    assert not Disclosure.objects.exists()


def test_a_peer_hands_out_no_file(consent, signed_in, dante):
    sent = {"submit_key": str(uuid4()), "action": "csv"}
    assert signed_in(dante).post(reverse("sharing_file", args=[consent.pk]), sent).status_code in (403, 404)
    assert not Disclosure.objects.exists()


def test_a_cell_that_a_spreadsheet_would_run_gets_a_mark(rosa, signed_in, carmen):
    change_person(person=rosa.person, by=rosa.actor, language="en", legal_name="=HYPERLINK(1)")
    rosa.person.refresh_from_db()
    consent = signed(rosa.person, rosa.actor, items=COVERED)
    body = signed_in(carmen).post(
        reverse("sharing_file", args=[consent.pk]), {"submit_key": str(uuid4()), "action": "csv"}
    )
    cells = [cell for row in csv.reader(io.StringIO(body.content.decode("utf-8-sig"))) for cell in row]
    assert "'=HYPERLINK(1)" in cells and not [cell for cell in cells if cell.startswith("=")]


def test_the_pdf_asks_no_address_whatever_stands_in_it(rosa, consent, signed_in, carmen, monkeypatch):
    """Somebody's words are words: an image, a style or a file that they name is never asked for."""
    if not files.can_write_pdf():
        pytest.skip("this machine has no Pango")
    from pypdf import PdfReader
    from weasyprint import urls

    asked = []
    monkeypatch.setattr(urls.URLFetcher, "open", lambda self, *rest, **more: asked.append(rest))
    bad = '<img src="http://127.0.0.1:1/x"><link rel=attachment href="file:///etc/hostname">'
    type(consent).objects.filter(pk=consent.pk).update(person_name=bad)
    answer = signed_in(carmen).post(
        reverse("sharing_file", args=[consent.pk]), {"submit_key": str(uuid4()), "action": "pdf"}
    )
    reader = PdfReader(io.BytesIO(answer.content))
    assert asked == [] and not reader.attachments
    assert "127.0.0.1:1" in "".join(reader.pages[0].extract_text().split())


def test_where_no_pdf_can_be_made_the_page_prints(consent, signed_in, carmen, monkeypatch):
    for place in ("alongside.privacy.files.can_write_pdf", "alongside.privacy.views.helping.can_write_pdf"):
        monkeypatch.setattr(place, lambda: False)
    client, page = signed_in(carmen), reverse("sharing_one", args=[consent.pk])
    text = client.get(page).content.decode()
    assert "Save as PDF" not in text and "Save as a table" in text
    sent = {"submit_key": str(uuid4()), "action": "pdf"}
    answer = client.post(reverse("sharing_file", args=[consent.pk]), sent, follow=True)
    assert "Please print the page instead" in answer.content.decode() and not Disclosure.objects.exists()


# --- told by voice ---------------------------------------------------------------------------------------------------
def spoken(client, consent, **values):
    path = reverse("sharing_spoken", args=[consent.pk])
    now = client.get(path).context["form"].initial
    sent = {"items": ["reach"], "reached_at": "Dr. Ito, (213) 555-0199", "submit_key": str(uuid4()),
            "on_day": now["on_day"].isoformat(), "at_time": now["at_time"].isoformat()}  # fmt: skip
    return client.post(path, sent | values)


def test_only_what_was_chosen_is_told_and_she_reads_of_it(consent, signed_in, carmen, rosa):
    text = spoken(signed_in(carmen), consent).content.decode()
    assert PHONE in text and "With us from" not in text
    assert texts_1.ACCOMPANY["short"] in text
    told = Disclosure.objects.get()
    assert (told.items, told.recipient_address, told.way) == (["reach"], "Dr. Ito, (213) 555-0199", "spoken")
    own = signed_in(rosa).get(reverse("me_sent")).content.decode()
    assert "(213) 555-0199" in own and "Dr. Ana Ito" in own


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"items": ["birth_date"]}, "birth_date"),
        ({"items": []}, "Please choose"),
        ({"reached_at": ""}, "Please fill this in"),
        ({"on_day": "2999-01-01"}, "has not come yet"),
        ({"on_day": "2001-01-01"}, "it was not signed yet"),
    ],
)
def test_mistakes_are_named_and_nothing_typed_is_lost(consent, signed_in, carmen, values, says):
    answer = spoken(signed_in(carmen), consent, **values)
    text = answer.content.decode()
    assert answer.status_code == 200 and says in text and not Disclosure.objects.exists()
    assert "reached_at" in values or "(213) 555-0199" in text


def test_said_twice_it_is_written_down_once(consent, signed_in, carmen):
    client, key = signed_in(carmen), str(uuid4())
    for _ in range(2):
        assert spoken(client, consent, submit_key=key).status_code == 200
    assert Disclosure.objects.count() == 1
