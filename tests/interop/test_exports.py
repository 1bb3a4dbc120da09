"""A file leaves with a reason, by two where it is about many, once, and everybody in it can read that it did."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.story import PASSWORD, make_persona

from alongside.audit.models import Entry
from alongside.housekeeping import keep_house
from alongside.interop import actions, queries
from alongside.interop.files import stream
from alongside.interop.models import ExportRequest
from alongside.mentoring.actions import Note, add_to_note, record_contact
from alongside.people.models import Episode, OutgoingMessage, Person
from alongside.privacy.actions import open_with_reason
from alongside.rules.exports import MOST_A_DAY

WHY = "For the yearly count of the county."


@pytest.fixture
def ask(program, carmen):
    """`ask(kind, by)` asks for a file as Carmen, or as somebody else."""

    def do(kind="participants", by=None, scope="all", file_format="csv", language="en", now=None):
        by = (by or carmen).actor
        return actions.ask_for_export(
            kind=kind, scope=scope, file_format=file_format, language=language, words=WHY, by=by, now=now
        )

    return do


@pytest.fixture
def many(program):
    """A hundred and one people who wait."""
    people = [Person(program=program, goes_by=f"P{n}", goes_by_search=f"p{n}") for n in range(101)]
    Person.objects.bulk_create(people)
    now = timezone.now()
    Episode.objects.bulk_create(
        [Episode(program=program, person=one, status="waiting", opened_at=now, waiting_since=now) for one in people]
    )
    return people


@pytest.fixture
def noted(mentorship, dante, rosa):
    """A note about Rosa with her answer."""
    from uuid import uuid4

    note = Note(submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=20,
                kinds_of_support=("emotional",), note="=1+1 we talked;=2", next_step="- call",
                read_together=True)  # fmt: skip
    (contact,) = record_contact(mentorships=[mentorship], note=note, by=dante.actor)
    add_to_note(contact=contact, words="+thanks", submit_key=uuid4(), by=rosa.actor, is_answer=True)
    return contact


def read(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def save(export, persona) -> list[dict]:
    export = actions.start_export(export=export, by=persona.actor)
    return read(b"".join(stream(export, persona.program, persona.actor)))


def just_signed_in(client, persona):
    """Signed in a moment ago with the password, past the second step."""
    client.post("/account/sign-in/", {"login": persona.user.username, "password": PASSWORD})
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


# --- asking and agreeing ------------------------------------------------------------------------------------------
def test_a_small_file_is_ready_at_once(ask, rosa):
    export = ask()
    assert (export.status, export.people) == ("ready", 1)
    assert not OutgoingMessage.objects.filter(template="please_answer").exists()


def test_a_large_file_waits_for_a_second_person(ask, many, carmen, dolores):
    export = ask()
    assert (export.status, export.people, export.opens_at) == ("waiting", 101, None)
    with pytest.raises(actions.ExportOver):
        actions.start_export(export=export, by=carmen.actor)
    with pytest.raises(actions.NotYours):
        actions.answer_export(export=export, agree=True, by=carmen.actor)
    actions.answer_export(export=export, agree=True, by=dolores.actor)
    assert len(save(export, carmen)) == 101


def test_the_second_person_is_told_neutrally(ask, many, dolores):
    Person.objects.filter(pk=dolores.person.pk).update(phone="")
    dolores.person.refresh_from_db()
    from alongside.people.actions import change_person, set_safe_contact

    person = change_person(person=dolores.person, by=dolores.actor, email="dolores@example.org")
    set_safe_contact(person=person, by=dolores.actor, channel="email", may_email=True)
    ask()
    (message,) = OutgoingMessage.objects.filter(person=dolores.person)
    assert message.template == "please_answer"


def test_what_was_declined_is_over(ask, many, carmen, dolores):
    export = actions.answer_export(export=ask(), agree=False, by=dolores.actor)
    assert export.status == "declined"
    with pytest.raises(actions.ExportOver):
        actions.start_export(export=export, by=carmen.actor)


def test_where_nobody_else_may_agree_it_opens_after_a_day(ask, many, carmen, unscoped):
    now = timezone.now()
    export = ask(now=now)
    assert export.opens_at == now + timedelta(hours=24)
    keep_house(now + timedelta(hours=23))
    export.refresh_from_db()
    assert export.status == "waiting"
    keep_house(now + timedelta(hours=25))
    export.refresh_from_db()
    assert export.status == "ready"
    assert Entry.objects.filter(act="export.opened", object_id=export.pk).count() == 1


def test_what_nobody_took_lapses(ask, rosa, carmen):
    export = ask()
    later = timezone.now() + timedelta(hours=73)
    with pytest.raises(actions.ExportOver):
        actions.start_export(export=export, by=carmen.actor, now=later)
    keep_house(later)
    export.refresh_from_db()
    assert export.status == "lapsed"


def test_a_file_is_saved_once_and_by_who_asked(ask, rosa, carmen, dolores):
    export = ask()
    with pytest.raises(actions.NotYours):
        actions.start_export(export=export, by=dolores.actor)
    save(export, carmen)
    with pytest.raises(actions.ExportOver):
        actions.start_export(export=export, by=carmen.actor)


def test_who_grew_above_a_hundred_waits_after_all(ask, rosa, carmen, dolores, request):
    export = ask()
    request.getfixturevalue("many")
    with pytest.raises(actions.MoreThanAgreed):
        actions.start_export(export=export, by=carmen.actor)
    export.refresh_from_db()
    assert (export.status, export.people) == ("waiting", 102)


def test_a_day_has_so_many_files(ask, rosa):
    for _ in range(MOST_A_DAY):
        ask()
    with pytest.raises(actions.TooManyExports):
        ask()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert ask().status == "ready"


def test_the_database_refuses_one_person_alone(ask, many, carmen, dolores):
    export = ask()
    for values in (
        {"status": "ready"},
        {"status": "used", "used_at": timezone.now()},
        {"decided_by": carmen.user, "decided_at": timezone.now()},
        {"status": "used"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExportRequest.objects.filter(pk=export.pk).update(**values)


# --- whose data ---------------------------------------------------------------------------------------------------
def test_everybody_in_it_is_written_down_before_it_leaves(ask, rosa, carmen):
    export = actions.start_export(export=ask(), by=carmen.actor)
    pieces = stream(export, carmen.program, carmen.actor)
    assert not Entry.objects.filter(act="record.exported").exists()
    next(pieces)
    (entry,) = Entry.objects.filter(act="record.exported")
    assert (entry.subject_id, entry.actor_person_id) == (rosa.person.pk, carmen.person.pk)
    assert entry.reason_words == WHY and "phone" in entry.fields


def test_she_reads_that_it_was_saved_when_and_why(ask, rosa, carmen, signed_in):
    save(ask(), carmen)
    page = signed_in(rosa).get("/me/privacy/", headers={"accept-language": "en"}).content.decode()
    assert "Guardó en un archivo" in page or "Saved what is written about you" in page
    assert WHY in page and "Carmen" in page


def test_a_director_saves_only_whom_they_opened_with_a_reason(ask, rosa, dolores, many):
    assert queries.list_people("participants", "all", dolores.actor).count() == 0
    open_with_reason(participant=rosa.person, words="She asked me to look at it.", by=dolores.actor)
    assert [row["Goes by"] for row in save(ask(by=dolores), dolores)] == ["Rosa"]


def test_a_director_reads_notes_of_whom_they_opened_only(ask, noted, rosa, dolores):
    assert save(ask("notes", by=dolores), dolores) == []
    open_with_reason(participant=rosa.person, words="She asked me to look at it.", by=dolores.actor)
    assert len(save(ask("notes", by=dolores), dolores)) == 1


def test_nobody_saves_their_own_record_as_staff(ask, rosa, carmen):
    from alongside.people.actions import open_episode

    open_episode(person=carmen.person, by=carmen.actor)
    assert [row["Goes by"] for row in save(ask(), carmen)] == ["Rosa"]


def test_a_right_that_ends_ends_the_file(ask, rosa, dolores, many, monkeypatch):
    """Whom somebody may see is asked for each chunk anew (D4)."""
    monkeypatch.setattr(queries, "CHUNK", 1)
    for one in (rosa.person, many[0], many[1]):
        open_with_reason(participant=one, words="They asked me to look at it.", by=dolores.actor)
    chunks = queries.iter_people("participants", "all", dolores.actor)
    next(chunks)
    from alongside.privacy.models import Grant

    Grant.objects.update(ends_at=timezone.now())
    assert list(chunks) == []


def test_another_program_is_never_in_it(ask, rosa, carmen, marcus):
    with scope(program=marcus.program):
        actions.ask_for_export(
            kind="participants", scope="all", file_format="csv", language="en", words=WHY, by=marcus.actor
        )
        assert queries.list_people("participants", "all", marcus.actor).count() == 0
    assert [row["Goes by"] for row in save(ask(), carmen)] == ["Rosa"]


def test_those_with_us_now_are_a_part(ask, rosa, carmen, many):
    Episode.objects.filter(person__in=many).update(status="closed", closed_at=timezone.now())
    assert len(save(ask(scope="now"), carmen)) == 1


# --- what stands in it --------------------------------------------------------------------------------------------
def test_notes_are_there_with_answers_and_are_safe(ask, noted, carmen):
    (row,) = save(ask("notes"), carmen)
    assert row["Note"] == "'=1+1 we talked;'=2"
    assert (row["Goes by"], row["Minutes"], row["How"], row["What happened"]) == ("Rosa", "20", "Phone", "Reached")
    assert row["Next step"] == "'- call" and row["Written by"] == "Dante" and row["Added later"] == "Rosa: +thanks"


def test_secrets_are_in_no_file(ask, noted, rosa, dante, carmen):
    """Boundaries, messages and what a supervisor said about a note have no way out (C4, D7)."""
    from uuid import uuid4

    from alongside.mentoring.actions import send_message
    from alongside.mentoring.models import Contact
    from alongside.people.actions import record_boundary

    other = make_persona(carmen.program, "pat", "peer")
    record_boundary(person=rosa.person, other=other.person, kind="kin", by=carmen.actor)
    Contact.objects.filter(pk=noted.pk).update(seen_by=dante.person, seen_at=timezone.now(), seen_words="pearl words")
    send_message(mentorship=noted.mentorship, body="scarlet words", submit_key=uuid4(), by=dante.actor)
    for kind in ("participants", "peers", "notes"):
        content = str(save(ask(kind), carmen))
        assert "kin" not in content.replace("kind", "") and "scarlet" not in content and "pearl" not in content


def test_peers_who_left_are_in_the_whole_file_only(ask, dante, carmen):
    from alongside.workforce.models import PeerProfile

    PeerProfile.objects.update(status="left")
    assert save(ask("peers", scope="now"), carmen) == []
    (row,) = save(ask("peers"), carmen)
    assert (row["Goes by"], row["Capacity"], row["Supervisor"]) == ("Dante", "2", "Lien")


def test_a_file_of_nobody_has_its_columns(ask, carmen):
    export = actions.start_export(export=ask(), by=carmen.actor)
    (line,) = b"".join(stream(export, carmen.program, carmen.actor)).decode("utf-8-sig").splitlines()
    assert line.startswith('"Alongside","Record number"')


@pytest.mark.parametrize("kind", ["participants", "notes"])
def test_queries_grow_with_chunks_not_with_people(ask, many, noted, carmen, dolores, kind):
    def count(people: int) -> int:
        Episode.objects.filter(person__in=many[people:]).update(status="closed", closed_at=timezone.now())
        export = ask(kind, scope="now")
        if export.status == "waiting":
            actions.answer_export(export=export, agree=True, by=dolores.actor)
        export = actions.start_export(export=export, by=carmen.actor)
        with CaptureQueriesContext(connection) as queries_made:
            b"".join(stream(export, carmen.program, carmen.actor))
        return len(queries_made)

    # SQLite takes the entries of the log in pieces of a few dozen.
    assert count(101) <= count(10) + 1 < 20


# --- pages --------------------------------------------------------------------------------------------------------
def test_from_the_list_to_the_file(client, rosa, carmen):
    just_signed_in(client, carmen)
    assert "People who receive support" in client.get("/exports/").content.decode()
    page = client.get("/exports/new/?kind=participants").content.decode()
    assert "Date of birth" in page and "privacy page" in page
    form = {"kind": "participants", "scope": "now", "file_format": "csv", "language": "en", "words": WHY}
    detail = client.post("/exports/new/", form)["Location"]
    assert "Save the file" in client.get(detail).content.decode()
    answer = client.post(f"{detail}file/")
    assert answer["Content-Disposition"].startswith('attachment; filename="file-')
    assert "no-store" in answer["Cache-Control"] and answer.streaming
    assert [row["Goes by"] for row in read(b"".join(answer))] == ["Rosa"]
    assert client.post(f"{detail}file/")["Location"] == detail


def test_who_they_are_is_asked_again_after_five_minutes(client, ask, rosa, carmen, many, dolores):
    export = ask("peers")
    with time_machine.travel(timezone.now() - timedelta(minutes=6)):
        just_signed_in(client, carmen)
    answer = client.post(reverse("export_file", args=[export.pk]))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    export.refresh_from_db()
    assert export.status == "ready"
    answer = client.post(answer["Location"], {"password": PASSWORD})
    export.refresh_from_db()
    assert answer.streaming and export.status == "used"


def test_agreeing_asks_who_they_are_and_declining_does_not(client, ask, many, dolores, signed_in):
    export = ask()
    signed_in(dolores)
    path = reverse("export_answer", args=[export.pk])
    assert client.post(path, {"action": "agree"})["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(path, {"action": "decline"}).status_code == 302
    export.refresh_from_db()
    assert export.status == "declined"


def test_a_short_reason_is_no_reason(client, carmen, rosa, signed_in):
    form = {"kind": "participants", "scope": "now", "file_format": "csv", "language": "en", "words": "count"}
    answer = signed_in(carmen).post("/exports/new/", form)
    assert answer.status_code == 200 and not ExportRequest.objects.exists()


@pytest.mark.parametrize("kind", ["policies", "boundaries", ""])
def test_other_kinds_are_no_page(carmen, signed_in, kind):
    assert signed_in(carmen).get(f"/exports/new/?kind={kind}").status_code == 404
