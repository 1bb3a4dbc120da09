"""The papers themselves: kept as they came, read by who handles the demand, gone when they must go (J4, H3)."""

import hashlib
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.urls import reverse
from tests.rules.scans.files import CANARY, jpeg, pdf, png, telling_jpeg
from tests.rules.scans.test_scans import SVG

from alongside.audit.models import Entry
from alongside.audit.parts import PART_BYTES
from alongside.legal import actions
from alongside.legal.models import DemandStep, Scan, ScanPart
from alongside.rules.scans import NotAScan

pytestmark = pytest.mark.django_db


def add(demand, by, content=None, words="The subpoena, page 1", **more) -> Scan:
    content = telling_jpeg() if content is None else content
    return actions.add_scan(
        demand=demand, content=content, words=words, submit_key=more.pop("submit_key", uuid4()), by=by.actor, **more
    )


def upload(client, demand, content, name="page.pdf", **more):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(
        reverse("scan_new", args=[demand.pk]),
        {"words": "Subpoena, page 1 of 2", "file": file, "submit_key": str(uuid4())} | more,
    )


def test_from_the_file_to_the_same_bytes_again_with_an_entry_each_time(named, signed_in, dolores, rosa):
    demand, client, content = named(), signed_in(dolores), telling_jpeg()
    answer = upload(client, demand, content, name="../../Rosa C. subpoena.svg")
    assert answer.status_code == 302 and answer.url.endswith("#pages")
    scan = Scan.objects.get()
    page = unescape(client.get(reverse("demand", args=[demand.pk])).content.decode())
    assert "Subpoena, page 1 of 2" in page and hashlib.sha256(content).hexdigest() in page
    assert "subpoena.svg" not in page and "Rosa C. subpoena" not in page, "its name is not kept"
    for times in (1, 2):
        answer = client.get(reverse("scan", args=[scan.pk]))
        assert answer.content == content, "evidence: to the last byte"
        assert Entry.objects.filter(act="demand.scan_read", subject_id=rosa.person.pk).count() == times
    assert answer["Content-Type"] == "image/jpeg" and answer["Content-Disposition"] == 'attachment; filename="page.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert DemandStep.objects.filter(demand=demand, what="scanned").count() == 1
    assert Entry.objects.get(act="demand.scanned").reason == "jpg"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG, "web page or a drawing"), (b"MZ" + bytes(80), "PDF, or a picture as JPEG or PNG"),
        (b"", "nothing in this"),
        (png(30_000, 30_000, rows=b""), "too many points"), (jpeg() + b"PK\x03\x04", "more in this file"),
        (pdf()[:-9], "not whole"),
    ],
)  # fmt: skip
def test_a_refused_file_is_named_kindly_and_nothing_typed_is_lost(named, signed_in, dolores, content, said):
    demand = named()
    answer = upload(signed_in(dolores), demand, content, words="The warrant, both pages")
    page = unescape(answer.content.decode())
    assert answer.status_code == 200 and said in page and 'value="The warrant, both pages"' in page
    assert 'aria-invalid="true"' in page and "#id_file" in page
    assert not Scan.objects.exists() and not ScanPart.objects.exists()


def test_one_that_is_too_large_even_to_be_looked_at_is_not_called_missing(named, signed_in, dolores):
    demand, client = named(), signed_in(dolores)
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=100):
        page = unescape(upload(client, demand, pdf()).content.decode())
    assert "too large" in page and "Please choose the file" not in page and "Subpoena, page 1 of 2" in page
    page = unescape(client.post(reverse("scan_new", args=[demand.pk]), {"words": "The warrant"}).content.decode())
    assert "Please choose the file" in page and "The warrant" in page


def test_sent_twice_it_is_one_and_the_same_file_is_refused(named, dolores):
    demand, key = named(), uuid4()
    assert add(demand, dolores, submit_key=key) == add(demand, dolores, submit_key=key)
    with pytest.raises(actions.ScanRefused) as refused:
        add(demand, dolores, words="Page 2")
    assert refused.value.code == "twice" and Scan.objects.count() == 1
    with pytest.raises(actions.ScanRefused) as refused:
        add(demand, dolores, pdf(), words=" ")
    assert refused.value.code == "no_words"


def test_it_lies_in_encrypted_parts(named, dolores):
    scan = add(named(), dolores, telling_jpeg() + bytes(PART_BYTES), words="Umbra of the warrant")
    assert ScanPart.objects.filter(scan=scan).count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM legal_scanpart")
        kept = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT words FROM legal_scan")
        kept += cursor.fetchone()[0]
    assert CANARY.decode() not in kept and "/9j/" not in kept and "Umbra" not in kept
    assert actions.read_scan(scan=scan, by=dolores.actor) == telling_jpeg() + bytes(PART_BYTES)


def test_other_bytes_than_came_are_never_given_out(named, signed_in, dolores):
    demand = named()
    scan = add(demand, dolores)
    ScanPart.objects.filter(scan=scan).update(content="AAAA")
    answer = signed_in(dolores).get(reverse("scan", args=[scan.pk]), follow=True)
    assert "not the bytes that were kept" in unescape(answer.content.decode())


def test_only_who_handles_the_demand_finds_it(
    named, signed_in, dante, dolores, carmen, lien, marcus, rosa, ada
):  # fmt: skip
    scan = add(named(by=dante.actor), dolores)
    for who in (dante, carmen, lien, marcus, rosa, ada):
        client = signed_in(who)
        for name, key in (("scan", scan.pk), ("scan_away", scan.pk), ("scan_new", scan.demand_id)):
            assert client.get(reverse(name, args=[key])).status_code == 404, (who, name)
            assert client.post(reverse(name, args=[key]), {"words": "x"}).status_code in (404, 405)
    assert not Entry.objects.filter(act="demand.scan_read").exists() and Scan.objects.get().taken_away_at is None


def test_what_does_not_belong_here_goes_and_that_it_was_here_stays(demanded, signed_in, dolores):
    demand = demanded()
    scan, client = add(demand, dolores), signed_in(dolores)
    assert client.post(reverse("scan_away", args=[scan.pk]), {"words": ""}).status_code == 200
    assert client.post(reverse("scan_away", args=[scan.pk]), {"words": "Of another matter"}).status_code == 302
    assert not ScanPart.objects.exists() and Scan.objects.get().words == "-"
    assert client.get(reverse("scan", args=[scan.pk])).status_code == 404
    page = unescape(client.get(reverse("demand", args=[demand.pk])).content.decode())
    assert "A file was taken away" in page and "Of another matter" in page
    assert add(demand, dolores).pk != scan.pk, "the same may come again"


def test_nothing_is_taken_away_while_the_record_is_kept_whole(named, signed_in, dolores):
    demand = named()
    scan = add(demand, dolores)
    answer = signed_in(dolores).post(reverse("scan_away", args=[scan.pk]), {"words": "Of another matter"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 200 and "kept whole" in page and "Of another matter" in page
    assert ScanPart.objects.exists()
    actions.end_hold(hold=demand.hold, words="Settled", by=dolores.actor)
    actions.take_scan_away(scan=scan, words="Of another matter", by=dolores.actor)
    with pytest.raises(actions.ScanRefused) as refused:
        actions.take_scan_away(scan=scan, words="Again", by=dolores.actor)
    assert refused.value.code == "over" and not ScanPart.objects.exists()


def test_a_demand_holds_so_many(named, dolores, monkeypatch):
    monkeypatch.setattr("alongside.legal.actions.scans.MOST", 1)
    demand = named()
    add(demand, dolores)
    with pytest.raises(actions.ScanRefused) as refused:
        add(demand, dolores, pdf())
    assert refused.value.code == "many"


@pytest.mark.parametrize("change", [{"kind": "png"}, {"size": 1}, {"digest": "0" * 64}, {"demand": None}])
def test_the_database_keeps_what_came(named, demanded, dolores, change):
    scan = add(named(), dolores)
    if "demand" in change:
        change = {"demand": demanded()}
    with pytest.raises(DatabaseError), transaction.atomic():
        Scan.objects.filter(pk=scan.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ScanPart.objects.filter(scan=scan).update(number=7)


@pytest.mark.parametrize("wrong", [{"kind": "svg"}, {"size": 0}, {"size": 2**30}, {"digest": ""}])
def test_the_database_takes_nothing_that_no_rule_would(named, dolores, wrong):
    scan = add(named(), dolores)
    values = {"kind": "pdf", "size": 9, "digest": "1" * 64} | wrong
    with pytest.raises(DatabaseError), transaction.atomic():
        Scan.objects.create(
            program_id=scan.program_id, demand=scan.demand, words="-", added_at=scan.added_at, submit_key=uuid4(),
            **values,
        )  # fmt: skip


def test_nothing_is_kept_of_a_file_that_is_refused(named, dolores):
    demand = named()
    with pytest.raises(NotAScan):
        add(demand, dolores, SVG)
    assert not DemandStep.objects.filter(what="scanned").exists() and not Scan.objects.exists()


def test_in_spanish_too(named, signed_in, dolores):
    demand = named()
    add(demand, dolores)
    dolores.user.language = "es"
    dolores.user.save()
    client = signed_in(dolores)
    assert "Los documentos mismos" in unescape(client.get(reverse("demand", args=[demand.pk])).content.decode())
    page = unescape(upload(client, demand, SVG).content.decode())
    assert "página web o un dibujo" in page and "Agregar un documento como archivo" in page
