"""What a list taught is known when the next one comes: its columns, the order of its dates, its own words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.intake import actions
from alongside.intake.actions import rosters as roster_actions
from alongside.intake.models import ProgramWord, Roster, RosterMapping
from alongside.intake.rosters import own_words
from alongside.people.models import Person

FIRST = (
    "Client,Box 7,Note A,Seen\nAna Ruiz,kitesurf fun; housing,Blue,03/04/1990\nBen Cole,Kitesurf-Fun,Red,05/06/1991\n"
)
COLUMNS = {0: "legal_name", 1: "needs", 2: "notes", 3: "birth_date"}
NEXT = "SEEN,note a,Client,Box 7\n07/08/1992,Green,Cleo Diaz,kitesurf fun\n"


def upload(program, by, text, **values) -> Roster:
    return actions.upload_roster(program=program, content=text.encode(), file_name="list.csv", by=by, **values)


@pytest.fixture
def confirmed(program, carmen) -> Roster:
    roster = upload(program, carmen.actor, FIRST, kind="participants")
    roster = actions.map_roster(roster=roster, mapping=COLUMNS, options={"date_order": "dmy"}, by=carmen.actor)
    actions.decide_words(roster=roster, decided={("needs", "kitesurf fun"): "new_friends"}, by=carmen.actor)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    roster.refresh_from_db()
    return roster


def test_the_next_list_with_the_same_columns_starts_as_the_last_was_confirmed(program, carmen, confirmed):
    roster = upload(program, carmen.actor, NEXT)
    assert roster_actions.columns_of(roster) == {0: "birth_date", 1: "notes", 2: "legal_name", 3: "needs"}
    assert roster.kind == "participants"
    assert roster.options == {"date_order": "dmy", "as_last_time": True}
    roster = actions.map_roster(
        roster=roster, mapping=roster_actions.columns_of(roster), options=roster.options, by=carmen.actor
    )
    actions.confirm_roster(roster=roster, by=carmen.actor)
    cleo = Person.objects.get(goes_by="Cleo D.")
    assert str(cleo.birth_date) == "1992-08-07"
    wishes = cleo.episodes.get().wishes
    assert wishes.needs == ["new_friends"] and wishes.staff_notes == "Green"


def test_dates_that_tell_their_order_are_believed_before_memory(program, carmen, confirmed):
    roster = upload(program, carmen.actor, NEXT.replace("07/08", "07/28"))
    assert roster.options["date_order"] == "mdy"


def test_a_list_with_one_more_column_is_guessed_afresh(program, carmen, confirmed):
    roster = upload(program, carmen.actor, "Client,Box 7,Note A,Seen,Phone\nDan Fox,x,y,01/02/1990,213-555-0142\n")
    assert "as_last_time" not in roster.options


def test_two_columns_of_one_name_are_told_apart_by_their_order(program, carmen):
    text = "Name,Phone,Phone\nAna Ruiz,213-555-0142,213-555-0143\n"
    roster = upload(program, carmen.actor, text, kind="participants")
    roster = actions.map_roster(
        roster=roster, mapping={0: "legal_name", 1: None, 2: "phone"}, options={}, by=carmen.actor
    )
    actions.confirm_roster(roster=roster, by=carmen.actor)
    again = upload(program, carmen.actor, text.replace("Ana Ruiz", "Ben Cole"))
    assert roster_actions.columns_of(again) == {0: "legal_name", 1: None, 2: "phone"}


def test_a_list_that_was_only_looked_at_teaches_nothing_about_columns(program, carmen):
    roster = upload(program, carmen.actor, FIRST, kind="participants")
    roster = actions.map_roster(roster=roster, mapping=COLUMNS, options={"date_order": "dmy"}, by=carmen.actor)
    actions.cancel_roster(roster=roster, by=carmen.actor)
    assert not RosterMapping.objects.exists()
    assert roster.pk and Roster.objects.get().words == {}


def test_the_latest_confirmed_mapping_holds(program, carmen, confirmed):
    roster = upload(program, carmen.actor, NEXT)
    changed = {0: "birth_date", 1: "own_words", 2: "legal_name", 3: "needs"}
    actions.map_roster(roster=roster, mapping=changed, options={"date_order": "dmy"}, by=carmen.actor)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    assert RosterMapping.objects.count() == 1
    again = upload(program, carmen.actor, NEXT.replace("Cleo Diaz", "Eva Paz"))
    assert roster_actions.columns_of(again) == changed


def test_names_of_columns_and_words_stand_nowhere_in_clear(program, carmen, confirmed):
    upload(program, carmen.actor, NEXT)
    for table in ("intake_rostermapping", "intake_programword", "intake_roster"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  a name from the line above
            stored = str(cursor.fetchall()).lower()
        assert stored != "[]"
        # A word so long that chance does not write it into what is sealed.
        assert "box 7" not in stored and "kitesurf" not in stored, table


def test_another_program_learns_nothing(program, carmen, confirmed, other_program, marcus):
    from django_scopes import scope

    with scope(program=other_program):
        roster = upload(other_program, marcus.actor, NEXT, kind="participants")
        assert "as_last_time" not in roster.options
        assert own_words.load_own_words() == {}


def test_a_word_is_counted_once_for_each_row_whatever_its_case(program, carmen):
    roster = upload(program, carmen.actor, FIRST, kind="participants")
    roster = actions.map_roster(roster=roster, mapping=COLUMNS, options={"date_order": "dmy"}, by=carmen.actor)
    (asked,) = own_words.list_asked(roster)
    assert (asked.word.field, asked.word.written, asked.word.rows, asked.code) == ("needs", "kitesurf fun", 2, None)


def test_a_word_left_in_the_notes_is_remembered_without_itself(program, carmen):
    roster = upload(program, carmen.actor, FIRST, kind="participants")
    roster = actions.map_roster(roster=roster, mapping=COLUMNS, options={"date_order": "dmy"}, by=carmen.actor)
    actions.decide_words(roster=roster, decided={("needs", "kitesurf fun"): ""}, by=carmen.actor)
    assert ProgramWord.objects.get().word is None
    roster.refresh_from_db()
    assert [one.code for one in own_words.list_asked(roster)] == [""]
    assert own_words.count_undecided(roster) == 0
    actions.confirm_roster(roster=roster, by=carmen.actor)
    assert "kitesurf fun" in Person.objects.get(goes_by="Ana R.").episodes.get().wishes.staff_notes.lower()


def test_a_decision_about_a_word_can_be_changed(program, carmen):
    roster = upload(program, carmen.actor, FIRST, kind="participants")
    roster = actions.map_roster(roster=roster, mapping=COLUMNS, options={"date_order": "dmy"}, by=carmen.actor)
    for code in ("new_friends", "", "housing"):
        roster = actions.decide_words(roster=roster, decided={("needs", "kitesurf fun"): code}, by=carmen.actor)
    word = ProgramWord.objects.get()
    assert (word.word, word.code) == ("kitesurf fun", "housing")
    assert Entry.objects.filter(act="roster.words_decided", object_id=str(roster.pk)).count() == 3


@pytest.mark.parametrize(
    "decided", [{("needs", "kitesurf fun"): "alcohol"}, {("needs", "never written"): "housing"}], ids=["term", "word"]
)
def test_a_term_of_another_field_or_a_word_of_no_row_is_refused(program, carmen, decided):
    roster = upload(program, carmen.actor, FIRST, kind="participants")
    roster = actions.map_roster(roster=roster, mapping=COLUMNS, options={"date_order": "dmy"}, by=carmen.actor)
    with pytest.raises(actions.WordRefused):
        actions.decide_words(roster=roster, decided=decided, by=carmen.actor)
    assert not ProgramWord.objects.exists()


def test_the_database_keeps_no_word_without_a_term(program):
    for word, code in (("kitesurf", ""), (None, "housing")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProgramWord.objects.create(
                program=program, field="needs", word=word, word_index="a", code=code, decided_at=timezone.now()
            )


# --- pages ----------------------------------------------------------------------------------------------------------


def upload_by_page(client, text) -> Roster:
    client.post("/rosters/new/", {"file": SimpleUploadedFile("list.csv", text.encode()), "kind": "participants"})
    return Roster.objects.order_by("-uploaded_at").first()


def post_columns(client, roster, mapping):
    values = {f"column_{place}": field or "" for place, field in mapping.items()}
    return client.post(f"/rosters/{roster.pk}/columns/", values | {"date_order": "dmy"})


def test_words_are_asked_after_the_columns_and_never_again(signed_in, carmen, django_assert_max_num_queries):
    client = signed_in(carmen)
    roster = upload_by_page(client, FIRST)
    answer = post_columns(client, roster, COLUMNS)
    assert answer.url == f"/rosters/{roster.pk}/words/"
    with django_assert_max_num_queries(14):
        html = client.get(answer.url).content.decode()
    assert "kitesurf fun" in html and "in 2 rows" in html and "New friends · Nuevas amistades" in html
    roster.refresh_from_db()
    (asked,) = own_words.list_asked(roster)
    assert client.post(answer.url, {asked.key: "new_friends"}).url == f"/rosters/{roster.pk}/"
    assert "You have said what the words of this list mean." in client.get(f"/rosters/{roster.pk}/").content.decode()
    client.post(f"/rosters/{roster.pk}/confirm/")
    assert Person.objects.get(goes_by="Ben C.").episodes.get().wishes.needs == ["new_friends"]

    again = upload_by_page(client, NEXT)
    assert "As last time" in client.get(f"/rosters/{again.pk}/columns/").content.decode()
    assert post_columns(client, again, roster_actions.columns_of(again)).url == f"/rosters/{again.pk}/"
    html = client.get(f"/rosters/{again.pk}/words/").content.decode()
    assert "As last time" in html and 'value="new_friends" selected' in html


def test_a_meaning_that_was_not_offered_is_refused_on_the_page(signed_in, carmen):
    client = signed_in(carmen)
    roster = upload_by_page(client, FIRST)
    address = post_columns(client, roster, COLUMNS).url
    roster.refresh_from_db()
    (asked,) = own_words.list_asked(roster)
    assert client.post(address, {asked.key: "alcohol"}).status_code == 200
    assert not ProgramWord.objects.exists()


def test_a_list_without_such_words_has_no_words_page(signed_in, carmen):
    client = signed_in(carmen)
    roster = upload_by_page(client, FIRST.replace("kitesurf fun; ", "").replace("Kitesurf-Fun", "Work"))
    assert post_columns(client, roster, COLUMNS).url == f"/rosters/{roster.pk}/"
    assert client.get(f"/rosters/{roster.pk}/words/").url == f"/rosters/{roster.pk}/"
