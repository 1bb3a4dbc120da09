"""The coordinator's pages: asks, applications, the form in parts, finding somebody, lists."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.outside import without_ids

from alongside.audit.models import Entry
from alongside.intake import actions
from alongside.intake.actions import Wish
from alongside.intake.models import Application, Inquiry, Roster
from alongside.people.actions import create_person, move_episode
from alongside.people.models import Boundary, Episode, Person, SafeContact
from alongside.rules.neutral import is_neutral

from .test_rosters import ENGLISH, PEERS, SPANISH


@pytest.fixture
def ask(program) -> Inquiry:
    return actions.receive_ask(
        program=program, submit_key=uuid4(), goes_by="Sol", kind="loved_one", language="es",
        answers={"needs": ["family"], "own_words": "Mi hijo."}, phone="+12135550123",
        safe_contact={"channel": "text", "may_text": True, "may_call": False, "from_hour": 17, "until_hour": 20},
    )  # fmt: skip


def start_values(**values) -> dict:
    return {
        "kind": "own_recovery", "depth": "full", "goes_by": "Sol", "language": "en", "legal_name": "",
        "reach": ["call"], "phone": "(213) 555-0123", "email": "", "may_voicemail": "yes", "hours": "9-20",
        "name_to_use": "", "submit_key": str(uuid4()),
    } | values  # fmt: skip


# --- asks -----------------------------------------------------------------------------------------------------------


def test_an_ask_is_taken_up_with_everything_it_said(signed_in, carmen, ask):
    client = signed_in(carmen)
    assert "Sol" in client.get("/asks/").content.decode()
    assert "Mi hijo." in client.get(f"/asks/{ask.pk}/").content.decode()
    answer = client.post(f"/asks/{ask.pk}/", {"action": "take_up", "who": ""})
    episode = Episode.objects.get()
    assert answer.url == f"/intake/{episode.pk}/"
    assert (episode.kind, episode.wishes.needs, episode.status) == ("loved_one", ["family"], "intake")
    assert SafeContact.objects.get(person=episode.person).may_text


def test_an_ask_of_somebody_known_joins_their_record(signed_in, carmen, program, house, ask):
    known = create_person(program=program, by=house, goes_by="Soledad", phone="+12135550123")
    client = signed_in(carmen)
    assert "Soledad" in client.get(f"/asks/{ask.pk}/").content.decode()
    client.post(f"/asks/{ask.pk}/", {"action": "take_up", "who": str(known.pk)})
    assert Episode.objects.get().person_id == known.pk
    assert Person.objects.get(pk=known.pk).goes_by == "Soledad"


def test_nobody_else_can_be_named_for_an_ask(signed_in, carmen, program, house, ask):
    other = create_person(program=program, by=house, goes_by="Other")
    assert signed_in(carmen).post(f"/asks/{ask.pk}/", {"action": "take_up", "who": str(other.pk)}).status_code == 404
    assert not Episode.objects.exists()


def test_an_ask_set_aside_can_be_taken_up_later(signed_in, carmen, ask):
    client = signed_in(carmen)
    client.post(f"/asks/{ask.pk}/", {"action": "set_aside"})
    assert Inquiry.objects.get().status == "set_aside"
    client.post(f"/asks/{ask.pk}/", {"action": "take_up"})
    assert Inquiry.objects.get().status == "taken_up"


# --- applications ---------------------------------------------------------------------------------------------------


def test_an_application_is_talked_over_and_accepted(signed_in, carmen, program):
    one = actions.receive_application(
        program=program, submit_key=uuid4(), goes_by="Ana", language="en", email="ana@example.org",
        answers={"languages": ["en"], "capacity": 2, "story": "Six years."},
    )  # fmt: skip
    client = signed_in(carmen)
    assert "Ana" in client.get("/applications/").content.decode()
    assert "Six years." in client.get(f"/applications/{one.pk}/").content.decode()
    client.post(f"/applications/{one.pk}/", {"action": "screening", "words": ""})
    answer = client.post(f"/applications/{one.pk}/", {"action": "accept", "words": ""})
    one = Application.objects.get()
    assert one.status == "accepted" and answer.url == reverse("peer_detail", args=[one.person_id])
    assert "Ana" in client.get("/applications/?show=settled").content.decode()


def test_an_application_is_declined_with_notes_for_the_office(signed_in, carmen, program):
    one = actions.receive_application(program=program, submit_key=uuid4(), goes_by="Ana", language="en", answers={})
    signed_in(carmen).post(f"/applications/{one.pk}/", {"action": "declined", "words": "Ask again in spring."})
    one.refresh_from_db()
    assert (one.status, one.decision_words) == ("declined", "Ask again in spring.")


# --- the form in parts ----------------------------------------------------------------------------------------------


def test_somebody_new_walks_through_the_parts_to_the_waiting_list(signed_in, carmen):
    client = signed_in(carmen)
    answer = client.post("/intake/new/", start_values())
    episode = Episode.objects.get()
    address = f"/intake/{episode.pk}/"
    assert answer.url == f"{address}?part=help"
    client.post(
        f"{address}?part=help", {"needs": ["housing"], "own_words": "Soon.", "languages": ["en"], "pathways": []}
    )
    client.post(f"{address}?part=peer", {"gender_strength": "must", "gender_values": ["woman"], "age_strength": "like",
                                         "age_values": ["similar"]})  # fmt: skip
    client.post(
        f"{address}?part=times", {"hours": ["mon_evening"], "modes": ["phone"], "zip": "90012", "max_miles": "5"}
    )
    client.post(f"{address}?part=life", {"gender": "woman", "age": "34", "experiences": ["alcohol"]})
    answer = client.post(f"{address}?part=finish", {"limits_told": "on", "staff_notes": "Calm.", "action": "finish"})
    assert answer.url == reverse("record", args=[episode.person_id])
    episode.refresh_from_db()
    wishes = episode.wishes
    assert episode.status == "waiting" and wishes.limits_told_at and wishes.hours_known
    assert (wishes.needs, wishes.zip, wishes.age, wishes.staff_notes) == (["housing"], "90012", 34, "Calm.")
    assert {(p.feature, p.value, p.strength) for p in wishes.preferences.all()} == {
        ("gender", "woman", "must"),
        ("age", "similar", "like"),
    }


def test_the_brief_path_ends_with_check_ins(signed_in, carmen):
    client = signed_in(carmen)
    client.post("/intake/new/", start_values(depth="brief"))
    episode = Episode.objects.get()
    assert "part=times" not in client.get(f"/intake/{episode.pk}/").content.decode()
    client.post(f"/intake/{episode.pk}/?part=finish", {"staff_notes": "", "action": "finish"})
    episode.refresh_from_db()
    assert episode.status == "active"


def test_the_same_first_page_sent_twice_opens_one(signed_in, carmen):
    client = signed_in(carmen)
    values = start_values(action="new")
    assert client.post("/intake/new/", values).url == client.post("/intake/new/", values).url
    assert Person.objects.filter(goes_by="Sol").count() == 1


def test_somebody_who_may_be_known_is_shown_first(signed_in, carmen, sol):
    client = signed_in(carmen)
    page = client.post("/intake/new/", start_values(goes_by="Soledad"))
    html = page.content.decode()
    assert page.status_code == 200 and f"/intake/{sol.pk}/" in html and 'value="Soledad"' in html
    assert Episode.objects.count() == 1
    client.post("/intake/new/", start_values(goes_by="Soledad", action="new"))
    assert Episode.objects.count() == 2


def test_somebody_who_was_here_before_comes_back_as_the_same_person(signed_in, carmen, sol):
    for state in ("closed",):
        move_episode(episode=sol, to=state, by=carmen.actor, reason="moved")
    client = signed_in(carmen)
    assert f"/people/{sol.person_id}/back/" in client.post("/intake/new/", start_values()).content.decode()
    answer = client.post(f"/people/{sol.person_id}/back/")
    new = Episode.objects.get(status="intake")
    assert answer.url == f"/intake/{new.pk}/" and new.person_id == sol.person_id and new.wishes.needs == ["housing"]
    assert client.post(f"/people/{sol.person_id}/back/").url == answer.url


def test_wishes_of_mixed_strength_stay_when_nobody_touches_them(signed_in, carmen, sol):
    mixed = [Wish("language", "es", "must"), Wish("language", "en", "like")]
    actions.save_wishes(episode=sol, by=carmen.actor, preferences=mixed)
    client = signed_in(carmen)
    client.post(f"/intake/{sol.pk}/?part=peer", {"language_strength": "like", "language_values": ["en", "es"]})
    assert {(p.value, p.strength) for p in sol.wishes.preferences.all()} == {("es", "must"), ("en", "like")}


def test_a_strength_without_a_value_is_asked_for(signed_in, carmen, sol):
    page = signed_in(carmen).post(f"/intake/{sol.pk}/?part=peer", {"gender_strength": "must"})
    assert page.status_code == 200 and "No matter" in page.content.decode()


def test_hours_that_a_roster_gave_stay(signed_in, carmen, sol):
    SafeContact.objects.filter(person=sol.person).update(from_hour=10, until_hour=14)
    client = signed_in(carmen)
    html = client.get(f"/intake/{sol.pk}/?part=person").content.decode()
    assert re.search(r'value="10-14"[^>]*checked', html)


def test_never_pairing_is_recorded_and_seen_by_coordinators_only(signed_in, carmen, dante, sol, lien):
    client = signed_in(carmen)
    address = f"/intake/{sol.pk}/?part=finish"
    client.post(address, {"action": "never_pair", "other": str(dante.person.pk), "kind": "ex"})
    boundary = Boundary.objects.get()
    assert {boundary.person_id, boundary.other_id} == {dante.person.pk, sol.person_id} and boundary.kind == "ex"
    assert "Former partner" in client.get(address).content.decode()
    assert signed_in(lien).get(address).status_code == 404
    client = signed_in(carmen)
    client.post(address, {"action": "pair_again", "id": str(boundary.pk)})
    assert not Boundary.objects.exists()


def test_opening_somebody_at_intake_is_written_down(signed_in, carmen, sol):
    signed_in(carmen).get(f"/intake/{sol.pk}/")
    assert Entry.objects.filter(act="record.opened", subject_id=sol.person_id, object_kind="intake").count() == 1


def test_a_field_that_the_part_does_not_have_is_refused(signed_in, carmen, sol):
    page = signed_in(carmen).post(f"/intake/{sol.pk}/?part=help", {"needs": ["family"], "status": "closed"})
    assert page.status_code == 200
    sol.wishes.refresh_from_db()
    assert sol.wishes.needs == ["housing"]


# --- finding somebody -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["sol", "SO", "(213) 555-0123", "Sol@Example.org", "a-7"])
def test_a_coordinator_finds_by_name_phone_email_and_number(signed_in, carmen, sol, words):
    page = signed_in(carmen).post("/people/find/", {"words": words})
    assert f"/people/{sol.person_id}/" in page.content.decode()
    assert Entry.objects.filter(act="record.searched", subject_id=sol.person_id).exists()


def test_a_peer_finds_only_those_they_walk_with(signed_in, dante, mentorship, sol):
    client = signed_in(dante)
    assert "Rosa" in client.post("/people/find/", {"words": "rosa"}).content.decode()
    assert "Nobody found" in client.post("/people/find/", {"words": "sol"}).content.decode()


def test_part_of_a_phone_number_finds_nobody(signed_in, carmen, sol):
    assert "Nobody found" in signed_in(carmen).post("/people/find/", {"words": "55501"}).content.decode()


# --- lists ----------------------------------------------------------------------------------------------------------


def upload(client, text: str | bytes, name: str = "people of Riverbend.csv", **values):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post("/rosters/new/", {"file": SimpleUploadedFile(name, content), "kind": ""} | values)


def columns_values(client, roster) -> dict:
    return {f"column_{place}": field for place, field in roster.mapping.items()} | {"date_order": ""}


@pytest.mark.parametrize("text", [ENGLISH, SPANISH, PEERS], ids=["english", "spanish", "peers"])
def test_a_list_nobody_has_seen_comes_in_through_the_pages(signed_in, carmen, text):
    client = signed_in(carmen)
    answer = upload(client, text)
    roster = Roster.objects.get()
    assert answer.url == f"/rosters/{roster.pk}/columns/"
    assert client.get(answer.url).status_code == 200
    answer = client.post(answer.url, columns_values(client, roster))
    assert answer.url == f"/rosters/{roster.pk}/"
    for show in ("create", "update", "unchanged", "refused"):
        assert client.get(f"{answer.url}?show={show}").status_code == 200
    assert client.post(f"{answer.url}confirm/").status_code == 302
    roster.refresh_from_db()
    assert roster.status == "confirmed" and roster.counts["create"] == 2
    assert "erased" in client.get(answer.url).content.decode()
    assert "Brought in" in client.get("/rosters/").content.decode()


def test_the_refused_rows_come_as_a_file_with_a_neutral_name(signed_in, carmen):
    client = signed_in(carmen)
    upload(client, ENGLISH)
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/columns/", columns_values(client, roster))
    answer = client.get(f"/rosters/{roster.pk}/rows.csv")
    assert re.search(r'filename="rows-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])
    assert answer.getvalue().decode("utf-8-sig").count("\r\n") == 2


def test_a_file_that_cannot_be_read_says_why(signed_in, carmen):
    page = upload(signed_in(carmen), "%PDF-1.7 nothing", "list.csv")
    assert page.status_code == 200 and "This is a PDF" in page.content.decode()


def test_the_order_of_dates_is_asked_once_when_no_date_tells(signed_in, carmen):
    client = signed_in(carmen)
    upload(client, "Name,DOB\nAna Ruiz,03/04/1990\nBen Cole,05/06/1991\n")
    roster = Roster.objects.get()
    address = f"/rosters/{roster.pk}/columns/"
    assert "How are the dates written?" in client.get(address).content.decode()
    assert (
        "Please say how the dates are written" in client.post(address, columns_values(client, roster)).content.decode()
    )
    client.post(address, columns_values(client, roster) | {"date_order": "dmy"})
    client.post(f"/rosters/{roster.pk}/confirm/")
    assert str(Person.objects.get(goes_by="Ana R.").birth_date) == "1990-04-03"


def test_two_columns_of_one_field_are_refused_and_the_rest_stays(signed_in, carmen):
    client = signed_in(carmen)
    upload(client, "Name,DOB,Other date\nAna Ruiz,03/24/1990,05/26/1991\n")
    roster = Roster.objects.get()
    values = columns_values(client, roster) | {"column_1": "birth_date", "column_2": "birth_date"}
    page = client.post(f"/rosters/{roster.pk}/columns/", values)
    assert page.status_code == 200 and "Two columns are set to" in page.content.decode()


def test_a_list_can_turn_out_to_be_of_peers(signed_in, carmen):
    client = signed_in(carmen)
    upload(client, "Name,Phone\nAna Ruiz,(213) 555-0101\n", "list.csv", kind="participants")
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/columns/", {"action": "peers"})
    roster.refresh_from_db()
    assert roster.kind == "peers"


def test_a_preview_that_no_longer_holds_says_so(signed_in, carmen, program, house):
    client = signed_in(carmen)
    upload(client, ENGLISH)
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/columns/", columns_values(client, roster))
    create_person(program=program, by=house, goes_by="Rosa M.", external_id="P-1")
    page = client.post(f"/rosters/{roster.pk}/confirm/", follow=True)
    assert "new preview" in page.content.decode() and not Episode.objects.exists()


def test_a_list_is_erased_when_it_is_left(signed_in, carmen):
    client = signed_in(carmen)
    upload(client, ENGLISH)
    roster = Roster.objects.get()
    client.post(f"/rosters/{roster.pk}/cancel/")
    roster.refresh_from_db()
    assert (roster.status, roster.content) == ("cancelled", "")


# --- who may --------------------------------------------------------------------------------------------------------


def test_another_program_finds_none_of_it(signed_in, carmen, marcus, ask, sol):
    upload(signed_in(carmen), ENGLISH)
    roster = Roster.objects.get()
    client = signed_in(marcus)
    for path in (f"/asks/{ask.pk}/", f"/intake/{sol.pk}/", f"/rosters/{roster.pk}/", f"/rosters/{roster.pk}/columns/",
                 f"/rosters/{roster.pk}/rows.csv"):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert client.post(f"/rosters/{roster.pk}/confirm/").status_code == 404
    found = without_ids(client.post("/people/find/", {"words": "sol"}).content.decode())
    assert "Sol" not in found.replace("Sol&", "")


@pytest.mark.parametrize("path", ["/asks/", "/rosters/", "/rosters/new/", "/intake/new/", "/applications/"])
def test_only_coordinators_bring_people_in(signed_in, dante, rosa, carmen, path):
    assert signed_in(carmen).get(path).status_code == 200
    assert signed_in(dante).get(path).status_code == 404
    assert signed_in(rosa).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/asks/", "/rosters/", "/applications/"])
def test_lists_cost_the_same_for_many(signed_in, carmen, program, path, django_assert_max_num_queries):
    client = signed_in(carmen)

    def add(number: int) -> None:
        actions.receive_ask(program=program, submit_key=uuid4(), goes_by=f"A{number}", kind="own_recovery", language="en",  # noqa: E501
                            answers={}, safe_contact={})  # fmt: skip
        actions.receive_application(
            program=program, submit_key=uuid4(), goes_by=f"B{number}", language="en", answers={}
        )
        actions.upload_roster(program=program, content=f"Name,Phone\nAna {number},\n".encode(), file_name="x.csv",
                              by=carmen.actor)  # fmt: skip

    add(0)
    client.get(path)
    with django_assert_max_num_queries(40) as few:
        client.get(path)
    for number in range(1, 12):
        add(number)
    with django_assert_max_num_queries(len(few)):
        client.get(path)


def test_titles_name_nobody(signed_in, carmen, sol, ask):
    client = signed_in(carmen)
    for path in ("/asks/", f"/asks/{ask.pk}/", f"/intake/{sol.pk}/", "/people/find/", "/rosters/"):
        title = re.search(r"<title>(.*?)</title>", client.get(path).content.decode(), re.DOTALL).group(1)
        assert "Sol" not in title and is_neutral(title), title


# --- somebody else was faster -----------------------------------------------------------------------------------------


def test_whoever_comes_second_is_told_so_and_changes_nothing(signed_in, program, carmen, ask):
    client = signed_in(carmen)
    actions.take_up(inquiry=ask, by=carmen.actor)
    application = actions.receive_application(
        program=program, submit_key=uuid4(), goes_by="Jo", language="en", answers={}
    )
    actions.move_application(application=application, to="declined", by=carmen.actor)
    roster = actions.upload_roster(
        program=program, content=ENGLISH.encode(), file_name="a.csv", by=carmen.actor, kind="participants"
    )
    actions.cancel_roster(roster=roster, by=carmen.actor)
    for path, sent in (
        (f"/asks/{ask.pk}/", {"action": "set_aside"}),
        (f"/applications/{application.pk}/", {"action": "accept", "words": ""}),
        (f"/rosters/{roster.pk}/confirm/", {}),
    ):
        answer = client.post(path, sent, follow=True)
        assert answer.status_code == 200
        assert "already settled" in answer.content.decode()
    assert Person.objects.filter(goes_by="Jo").count() == 0
    assert Inquiry.objects.get().status == "taken_up"


def test_a_list_that_was_brought_in_is_not_erased_afterwards(signed_in, program, carmen):
    roster = actions.upload_roster(
        program=program, content=ENGLISH.encode(), file_name="a.csv", by=carmen.actor, kind="participants"
    )
    Roster.objects.update(status="confirmed")
    assert "already settled" in signed_in(carmen).post(f"/rosters/{roster.pk}/cancel/", follow=True).content.decode()
    assert Roster.objects.get().status == "confirmed"


def test_nobody_opens_their_own_record_from_the_staff_side(signed_in, program, carmen, house):
    episode = actions.start_intake(program=program, by=house, person=carmen.person)
    client = signed_in(carmen)
    assert client.get(f"/intake/{episode.pk}/").status_code == 404
    assert client.post(f"/intake/{episode.pk}/?part=finish", {"action": "finish"}).status_code == 404
    actions.finish_intake(episode=episode, by=house)
    assert client.get(f"/board/{episode.pk}/").status_code == 404
    assert client.post(f"/board/{episode.pk}/send/").status_code == 404


@pytest.mark.parametrize(
    ("megabytes", "words"), [(6.5, None), (25.5, "This file is too large"), (28, "This file is too large")]
)
def test_a_long_list_is_read_and_one_too_long_is_told_so(signed_in, carmen, megabytes, words):
    """Up to 25 MB are allowed, and a file that is too large is not called missing."""
    row = b"Rosa," + b"x" * 994 + b"\n"
    content = b"Name,Notes\n" + row * int(megabytes * 1000)
    answer = signed_in(carmen).post("/rosters/new/", {"file": SimpleUploadedFile("a.csv", content), "kind": ""})
    assert answer.status_code == (200 if words else 302)
    assert "Please choose a file" not in answer.content.decode()
    assert not words or words in answer.content.decode()
