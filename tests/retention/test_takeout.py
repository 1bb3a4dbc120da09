"""The copy of everything: what is theirs is in it, what is others' is not, and it is made while it is sent."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.interop.test_exports import just_signed_in
from tests.promises.whole_story import CANARIES

from alongside.audit.models import Entry
from alongside.mentoring.models import Message
from alongside.people.actions import set_safe_contact
from alongside.privacy.models import Consent
from alongside.retention.sections import SECTIONS
from alongside.retention.takeout import stream
from alongside.rules.neutral import reveals
from alongside.rules.wording import find_words

pytestmark = pytest.mark.django_db

NOT_HERS = {
    "Zeppolu", "Wisterinia", "canary who asked", "canary who applied", "copper canary of the row",
    "magenta canary of the worry", "cobalt canary of the agreement", "saffron canary of the hold",
    "sienna canary of the demand", "umber canary of the report", "khaki canary of the bag",
    "bronze canary of the reach", "saffron canary of the reflection", "azure canary of the bridge",
    "khaki canary of the wrong file", "russet canary of the wrong number",
    "beryl canary of the link", "topaz canary of the draft page", "linen canary of why they help",
    "jade canary of the mother", "jade canary of his name",
}  # fmt: skip
"""Others, and what she was not told: worries are answered, not read (J2); a hold or a demand may be a court's.
Of a report she reads which things were told, not the words; a complaint of somebody without an account is nobody's.
Where a group or an event is, what is said of a public place and what a program says to everybody is about nobody."""


def unzip(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        texts = [name for name in archive.namelist() if not name.startswith("sounds/")]
        return {name: archive.read(name).decode("utf-8-sig") for name in texts}


def copy_of(person, language="en") -> dict[str, str]:
    return unzip(b"".join(stream(person, language)))


def test_all_that_is_hers_is_in_it_in_each_form(whole_story):
    rosa = whole_story.rosa.person
    set_safe_contact(person=rosa, by=whole_story.rosa.actor, channel="email", may_email=True, notes="Ring twice")
    files = copy_of(rosa)
    hers = set(CANARIES) - NOT_HERS - {"5550142", "555-0142"}
    for form in ("read-me.html", ".json", ".csv"):
        text = "\n".join(words for name, words in files.items() if name.endswith(form))
        assert [canary for canary in hers if canary not in text] == [], form
        assert [canary for canary in NOT_HERS if canary in text] == [], form
        assert "5550142" in text.replace("-", "") and "Ring twice" in text


def test_what_is_only_for_staff_or_of_others_is_not_in_it(whole_story):
    from alongside.intake.models import Wishes
    from alongside.mentoring.models import Contact, Handover

    Wishes.objects.update(staff_notes="pewter canary of staff")
    Contact.objects.update(seen_words="pewter canary of staff")
    Handover.objects.update(asked_by_role="peer", reason_words="pewter canary of staff")
    from alongside.matching.models import Offer

    Offer.objects.update(status="peer_declined", decline_words="pewter canary of the peer", mentorship=None)
    everything = "\n".join(copy_of(whole_story.rosa.person).values())
    assert "pewter canary" not in everything
    assert "kin" not in json.loads(copy_of(whole_story.rosa.person)["data/me.json"]).__str__().split()


def test_the_signed_text_is_in_it_word_for_word(whole_story):
    consent = Consent.objects.get(pk=whole_story.consent.pk)
    rows = json.loads(copy_of(whole_story.rosa.person)["data/consents.json"])
    (row,) = [one for one in rows if one["number"] == consent.number]
    said = "\n".join(row["text"])

    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            for one in value:
                yield from texts(one)

    for block in consent.shown["document"]:
        for key, value in block.items():
            if key not in ("code", "section", "kind"):
                assert all(text in said for text in texts(value)), key
    assert any("crimson" in one or "555" in one or "Quetzal" in one or one for one in row["shown"])


def test_recordings_are_in_it_as_they_were_kept(whole_story):
    from alongside.stories.sounds import read

    rows = json.loads(copy_of(whole_story.rosa.person)["data/stories.json"])
    assert len(rows) == 3 and {row["state"] for row in rows} >= {"You are still writing", "Taken back"}
    with zipfile.ZipFile(io.BytesIO(b"".join(stream(whole_story.rosa.person, "en")))) as archive:
        named = {name for name in archive.namelist() if name.startswith("sounds/")}
        assert named == {row["file"] for row in rows if row["file"]} and len(named) == 2
        recording = whole_story.her_draft.recording
        kept = read(recording, 0, recording.size - 1)
        assert archive.read(f"sounds/{whole_story.her_draft.pk}.wav") == kept


def test_the_schema_describes_every_file_and_column(whole_story):
    files = copy_of(whole_story.rosa.person)
    schema = json.loads(files["columns.json"])
    assert {f"data/{one['file']}.{form}" for one in schema["sections"] for form in ("json", "csv")} == {
        name for name in files if name.startswith("data/")
    }
    for section in schema["sections"]:
        keys = [column["key"] for column in section["columns"]]
        assert {column["type"] for column in section["columns"]} <= schema["types"].keys()
        rows = json.loads(files[f"data/{section['file']}.json"])
        table = list(csv.reader(io.StringIO(files[f"data/{section['file']}.csv"], newline="")))
        assert table[0] == keys and len(table) == len(rows) + 1
        assert all(list(row) == keys for row in rows)


def test_nothing_in_a_table_runs(whole_story):
    Message.objects.update(body="=HYPERLINK(1)")
    table = csv.DictReader(io.StringIO(copy_of(whole_story.rosa.person)["data/messages.csv"], newline=""))
    assert {row["words"] for row in table} == {"'=HYPERLINK(1)"}


def test_the_page_is_whole_by_itself_and_nothing_in_it_runs(whole_story):
    Message.objects.update(body="<script>alert(1)</script>")
    page = copy_of(whole_story.rosa.person)["read-me.html"]
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page), "nothing is loaded from elsewhere"
    assert all(f'id="{section.code}"' in page for section in SECTIONS)
    assert page.rstrip().endswith("</html>")


def test_it_speaks_their_language(whole_story):
    page = copy_of(whole_story.rosa.person, "es")["read-me.html"]
    assert '<html lang="es">' in page and "Mensajes" in page
    labels = [column["label"] for one in json.loads(copy_of(whole_story.rosa.person, "es")["columns.json"])["sections"]
              for column in one["columns"]]  # fmt: skip
    assert "Cuándo" in labels and "When" not in labels
    assert [found.word for found in find_words(page, lists=["stigmatizing"])] == []


def test_somebody_of_whom_little_is_known_gets_a_copy_too(program, carmen):
    from alongside.people.actions import create_person

    person = create_person(program=program, by=carmen.actor, goes_by="New")
    files = copy_of(person)
    assert "New" in files["read-me.html"] and json.loads(files["data/notes.json"]) == []


# --- size ---------------------------------------------------------------------------------------------------------
def many_messages(walk, author, count: int) -> None:
    now = timezone.now()
    Message.objects.bulk_create(
        [Message(program_id=walk.program_id, mentorship=walk, author=author, body="word " * 100, sent_at=now,
                 submit_key=uuid4()) for _number in range(count)]
    )  # fmt: skip


def test_queries_and_memory_do_not_grow_with_the_rows(mentorship, rosa, dante):
    def measure() -> tuple[int, int, int]:
        size = 0
        with CaptureQueriesContext(connection) as asked:
            tracemalloc.start()
            for piece in stream(rosa.person, "en"):
                size += len(piece)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        asked = [one for one in asked.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        return len(asked), peak, size

    connection.force_debug_cursor = False
    many_messages(mentorship, dante.person, 20)
    measure()  # what is loaded once is loaded now
    few, little, _size = measure()
    many_messages(mentorship, dante.person, 4000)
    many, much, _size = measure()
    assert many == few, "the same queries for 20 messages and for 4,000"
    assert much < little + 12 * 1024 * 1024, "4,000 messages are 2 MB of words in each of three forms"
    print(f"queries {few}, peak {little / 1e6:.1f} MB and {much / 1e6:.1f} MB")


# --- on the pages -------------------------------------------------------------------------------------------------
def test_the_person_takes_it_from_their_own_page(rosa, client):
    just_signed_in(client, rosa)
    page = client.get(reverse("me_copy")).content.decode()
    assert reverse("me_copy_file") in page
    answer = client.get(reverse("me_copy_file"))
    name = re.search(r'filename="([^"]+)"', answer["Content-Disposition"])[1]
    assert not reveals(name) and name.endswith(".zip") and "rosa" not in name
    assert "Rosa" in unzip(b"".join(answer))["read-me.html"]
    (entry,) = Entry.objects.filter(act="takeout.made")
    assert (entry.subject_id, entry.actor_person_id) == (rosa.person.pk, rosa.person.pk)


def test_who_they_are_is_asked_again(rosa, client):
    just_signed_in(client, rosa)
    from datetime import timedelta

    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        answer = client.get(reverse("me_copy_file"))
    assert answer.status_code == 302 and answer["Location"].startswith("/account/again/")
    assert not Entry.objects.filter(act="takeout.made").exists()


def test_staff_make_it_for_somebody_without_an_account(program, carmen, rosa, client):
    rosa.person.user = None
    rosa.person.save(update_fields=["user"])
    just_signed_in(client, carmen)
    path = reverse("copy_for", args=[rosa.person.pk])
    assert client.post(path, {"words": "ok"}).status_code == 200
    assert not Entry.objects.filter(act="record.exported").exists(), "not without saying how they made sure"
    answer = client.post(path, {"words": "She sat with me and showed an ID."})
    assert answer["Content-Type"] == "application/zip"
    files = unzip(b"".join(answer))
    assert '<html lang="es">' in files["read-me.html"], "in her language, not in that of whoever makes it"
    (entry,) = Entry.objects.filter(act="record.exported", subject_id=rosa.person.pk)
    assert entry.reason_words == "She sat with me and showed an ID."
    assert "She sat with me" in files["data/opened.json"], "she reads it in her own log"


def test_nobody_makes_it_for_somebody_of_another_program(rosa, marcus, client):
    just_signed_in(client, marcus)
    assert client.post(reverse("copy_for", args=[rosa.person.pk]), {"words": "A whole sentence"}).status_code == 404
