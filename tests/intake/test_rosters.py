"""A roster from bytes to people: previewed, confirmed all or nothing, and twice the same as once."""
# ruff: noqa: E501  rosters have long rows

import csv
import io
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.audit.models import Entry
from alongside.intake import actions
from alongside.intake.actions import rosters as roster_actions
from alongside.intake.models import Preference, Roster, RosterLine, Wishes
from alongside.intake.rosters import sheets
from alongside.people.actions import create_person, move_episode, stop_texts
from alongside.people.models import Episode, Person, SafeContact
from alongside.rules.roster import RosterUnreadable
from alongside.workforce.actions import create_peer
from alongside.workforce.models import PeerProfile

ENGLISH = """Participant ID,First name,Last name,Goes by,DOB,Phone,Language,Pathway,Wants help with,Availability,\
Wants a peer who is,May text,Voicemail OK,Asked on,Here for
P-1,Rosa,Martinez,Rosita,03/14/1988,(213) 555-0101,Spanish,12-step,Housing; someone to talk to,Mon evenings,\
must: Spanish; would like: a woman,Yes,No,11/02/2026,Own recovery
P-2,Ben,Okafor,,07/30/1979,(213) 555-0102,English,Secular,Work,Tue mornings; Wed mornings,,No,No,11/09/2026,A loved one
P-3,,,,01/01/1990,(213) 555-0103,English,,,,,,,,
"""

SPANISH = """Centro Comunitario Nueva Vida;;;;;;;
Lista de espera, noviembre;;;;;;;
;;;;;;;
Necesidades;Fecha de nacimiento;Teléfono;Nombre completo;Idioma;¿Mensajes de texto?;Disponibilidad;Prefiere (género)
Vivienda;23/05/1991;(323) 555-0111;"Núñez Ibarra, Lucía";Español;Sí;lunes por la tarde;mujer
Familia, trabajo;04/12/1985;323.555.0112;"Pérez, Ramón";Español e inglés;No;martes y jueves 6-8pm;
Total: 2;;;;;;;
"""

PEERS = """Peer mentors 2026
Name\tCapacity\tSpeaks\tLived experience\tPathway\tSupports\tBio\tHours\tEmail
Dante Wells\t4\tEnglish, Spanish\tAlcohol; jail\t12-step\tOwn recovery\tI have been there.\tMon evenings; Sat mornings\tdante@example.org
Lin Tran\tup to 3\tEnglish; Vietnamese\tLoved one\tSecular\tLoved ones\tMy son taught me.\tweekday afternoons\tlin@example.org
"""


def upload(program, by, text, name="list.csv", **values) -> Roster:
    return actions.upload_roster(program=program, content=text.encode(), file_name=name, by=by, **values)


def preview(roster, by, **options) -> Roster:
    mapping = roster_actions.columns_of(roster)
    return actions.map_roster(roster=roster, mapping=mapping, options=options or roster.options, by=by)


def bring_in(program, by, text, **options) -> dict:
    return actions.confirm_roster(roster=preview(upload(program, by, text), by, **options), by=by)


def outcomes(roster) -> list[str]:
    return [line.outcome for line in RosterLine.objects.filter(roster=roster).order_by("row_number")]


def test_a_roster_becomes_people_who_wait(program, carmen):
    counts = bring_in(program, carmen.actor, ENGLISH)
    assert counts == {"rows": 3, "create": 2, "update": 0, "unchanged": 0, "refused": 1}
    rosa = Person.objects.get(goes_by="Rosita")
    assert (rosa.legal_name, rosa.birth_date, rosa.phone) == ("Rosa Martinez", date(1988, 3, 14), "+12135550101")
    assert rosa.language == "es"
    episode = rosa.episodes.get()
    assert (episode.status, episode.source, episode.kind) == ("waiting", "roster", "own_recovery")
    assert timezone.localtime(episode.waiting_since).date() == date(2026, 11, 2)
    assert episode.wishes.needs == ["housing", "someone_to_talk_to"]
    assert {(p.feature, p.value, p.strength) for p in episode.wishes.preferences.all()} == {
        ("language", "es", "must"),
        ("gender", "woman", "like"),
    }
    safe = SafeContact.objects.get(person=rosa)
    assert (safe.may_text, safe.may_voicemail) == (True, False)
    assert Person.objects.get(goes_by="Ben O.").episodes.get().kind == "loved_one"


def test_nothing_is_written_before_it_is_confirmed(program, carmen):
    roster = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    assert outcomes(roster) == ["create", "create", "refused"]
    assert not Episode.objects.exists() and Person.objects.count() == 1  # Carmen herself
    assert roster.status == "previewed" and roster.content


def test_the_file_is_gone_once_it_is_confirmed(program, carmen):
    roster = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    roster.refresh_from_db()
    assert roster.status == "confirmed" and roster.content == ""
    kept = [line.values for line in RosterLine.objects.filter(roster=roster, outcome="create")]
    assert all(not values["changes"] for values in kept)
    assert "5550101" not in str(kept)


def test_the_same_file_twice_creates_nobody_twice(program, carmen):
    for text in (ENGLISH, SPANISH, PEERS):
        first = bring_in(program, carmen.actor, text)
        people = Person.objects.count(), Episode.objects.count(), Preference.objects.count()
        again = preview(upload(program, carmen.actor, text), carmen.actor)
        assert again.counts["create"] == 0
        assert again.counts["update"] == 0, [line.values for line in again.lines.all()]
        assert again.counts["unchanged"] == first["create"]
        actions.confirm_roster(roster=again, by=carmen.actor)
        assert (Person.objects.count(), Episode.objects.count(), Preference.objects.count()) == people


def test_confirming_twice_does_it_once(program, carmen):
    roster = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    first = actions.confirm_roster(roster=roster, by=carmen.actor)
    assert actions.confirm_roster(roster=roster, by=carmen.actor) == first
    assert Episode.objects.count() == 2


def test_spanish_headers_semicolons_and_title_rows(program, carmen):
    roster = preview(upload(program, carmen.actor, SPANISH), carmen.actor)
    assert roster.kind == "participants"
    assert outcomes(roster) == ["create", "create"]
    actions.confirm_roster(roster=roster, by=carmen.actor)
    lucia = Person.objects.get(goes_by="Lucía N.")
    assert lucia.birth_date == date(1991, 5, 23)
    wishes = lucia.episodes.get().wishes
    assert wishes.needs == ["housing"] and wishes.languages == ["es"]
    assert [(p.feature, p.value) for p in wishes.preferences.all()] == [("gender", "woman")]
    ramon = Person.objects.get(goes_by="Ramón P.")
    assert ramon.birth_date == date(1985, 12, 4)  # the other dates say that the day comes first
    assert set(ramon.episodes.get().wishes.languages) == {"en", "es"}


def test_peers_get_a_profile(program, carmen):
    roster = preview(upload(program, carmen.actor, PEERS), carmen.actor)
    assert roster.kind == "peers"
    actions.confirm_roster(roster=roster, by=carmen.actor)
    dante = PeerProfile.objects.get(person__goes_by="Dante W.")
    assert (dante.capacity, dante.languages, dante.serves) == (4, ["en", "es"], ["own_recovery"])
    assert dante.story == "I have been there." and dante.hours_known
    assert PeerProfile.objects.get(person__goes_by="Lin T.").serves == ["loved_one"]
    assert not Episode.objects.exists()


def test_an_update_says_what_changes_field_by_field(program, carmen):
    bring_in(program, carmen.actor, ENGLISH)
    roster = preview(upload(program, carmen.actor, ENGLISH.replace("555-0101", "555-0199")), carmen.actor)
    line = RosterLine.objects.get(roster=roster, outcome="update")
    assert line.values["changes"] == {"phone": ["+12135550101", "+12135550199"]}
    actions.confirm_roster(roster=roster, by=carmen.actor)
    assert Person.objects.get(goes_by="Rosita").phone == "+12135550199"


def test_a_preview_that_no_longer_holds_is_made_anew(program, carmen, house):
    roster = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    create_person(program=program, by=house, goes_by="Rosa M.", external_id="P-1")
    with pytest.raises(actions.PreviewOutdated):
        actions.confirm_roster(roster=roster, by=carmen.actor)
    assert not Episode.objects.exists()
    assert outcomes(roster) == ["update", "create", "refused"]
    actions.confirm_roster(roster=roster, by=carmen.actor)
    assert Person.objects.filter(external_id_index__isnull=False).count() == 2


def test_a_fault_in_the_middle_leaves_nothing(program, carmen, monkeypatch):
    roster = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    before = Person.objects.count(), Entry.objects.count()
    done = roster_actions.Writer.write
    calls = []

    def fail_at_second(self, row):
        calls.append(row)
        if len(calls) == 2:
            raise OSError("disk full")
        return done(self, row)

    monkeypatch.setattr(roster_actions.Writer, "write", fail_at_second)
    with pytest.raises(OSError, match="disk full"):
        actions.confirm_roster(roster=roster, by=carmen.actor)
    assert (Person.objects.count(), Entry.objects.count()) == before
    roster.refresh_from_db()
    assert roster.status == "previewed" and roster.content
    monkeypatch.undo()
    assert actions.confirm_roster(roster=roster, by=carmen.actor)["create"] == 2


NAMES = st.sampled_from(["Ana Ruiz", "Ben Cole", "Cy Dunn", "Dee Fox", "Eve Gray", ""])
ROWS = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "(213) 555-0141", "(213) 555-0142"]), st.sampled_from(["", "a", "b"])),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, fault=st.integers(0, 6))
def test_any_roster_is_all_or_nothing_and_idempotent(program, carmen, rows, fault):
    with transaction.atomic():
        check_all_or_nothing(program, carmen, rows, fault)
        transaction.set_rollback(True)


def check_all_or_nothing(program, carmen, rows, fault):
    text = "Name,Phone,ID,Language\n" + "".join(f"{name},{phone},{key},English\n" for name, phone, key in rows)
    try:
        roster = preview(upload(program, carmen.actor, text), carmen.actor)
    except RosterUnreadable:
        return
    people = Person.objects.count()
    done, calls = roster_actions.Writer.write, []

    def fail(self, row):
        calls.append(row)
        if len(calls) == fault + 1:
            raise OSError
        return done(self, row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roster_actions.Writer, "write", fail)
        try:
            actions.confirm_roster(roster=roster, by=carmen.actor)
        except OSError:
            assert Person.objects.count() == people
    counts = actions.confirm_roster(roster=roster, by=carmen.actor)
    assert Person.objects.count() == people + counts["create"]
    again = preview(upload(program, carmen.actor, text), carmen.actor)
    assert again.counts["create"] == again.counts["update"] == 0


def test_a_list_turns_on_no_texts_that_somebody_stopped(program, carmen):
    bring_in(program, carmen.actor, ENGLISH)
    stop_texts(phone="+12135550101")
    again = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    line = RosterLine.objects.get(roster=again, row_number=2)
    assert line.outcome == "unchanged" and [r["code"] for r in line.values["reasons"]][-1] == "texts_stopped"
    newer = ENGLISH.replace("Rosita", "Rosi")
    actions.cancel_roster(roster=again, by=carmen.actor)
    assert bring_in(program, carmen.actor, newer)["update"] == 1
    rules = SafeContact.objects.get(person__goes_by="Rosi")
    assert not rules.may_text and rules.texts_stopped_at


def test_former_participants_come_back_only_when_they_asked_again(program, carmen):
    bring_in(program, carmen.actor, ENGLISH)
    episode = Episode.objects.get(person__goes_by="Rosita")
    move_episode(episode=episode, to="closed", by=carmen.actor, reason="moved")
    again = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    line = RosterLine.objects.get(roster=again, row_number=2)
    assert line.outcome == "unchanged" and [r["code"] for r in line.values["reasons"]][-1] == "was_here_before"
    actions.cancel_roster(roster=again, by=carmen.actor)
    Episode.objects.filter(pk=episode.pk).update(closed_at=timezone.now() - timezone.timedelta(days=60))
    bring_in(program, carmen.actor, ENGLISH)
    assert Episode.objects.filter(person=episode.person).count() == 2
    assert Wishes.objects.filter(episode__person=episode.person, episode__status="waiting").get().needs


def test_a_peer_in_the_roster_of_participants_begins_to_be_served(program, carmen, dante):
    text = "Name,Phone,Goes by\nDante Wells,(213) 555-0177,Dante\n"
    person = dante.person
    person.phone = "+12135550177"
    person.save()
    roster = preview(upload(program, carmen.actor, text, kind="participants"), carmen.actor)
    assert outcomes(roster) == ["update"]
    actions.confirm_roster(roster=roster, by=carmen.actor)
    assert person.episodes.get().status == "waiting"


def test_a_capacity_below_the_load_is_refused_in_words(program, carmen, mentorship, dante):
    text = "Peer name,Email,Capacity\nDante,dante@example.org,0\n"
    dante.person.email = "dante@example.org"
    dante.person.save()
    roster = preview(upload(program, carmen.actor, text, kind="peers"), carmen.actor)
    assert outcomes(roster) == ["refused"]
    assert "1" in sheets.why(RosterLine.objects.get(roster=roster))


def test_a_site_and_a_supervisor_are_found_by_name(program, carmen, lien):
    from alongside.people.models import Site

    Site.objects.create(program=program, name="Eastside")
    text = "Peer name,Email,Site,Supervisor\nAna Ruiz,ana@example.org,eastside,Lien\nBo Li,bo@example.org,Moon,Nobody\n"
    bring_in(program, carmen.actor, text)
    ana = PeerProfile.objects.select_related("site", "person").get(person__goes_by="Ana R.")
    assert ana.site.name == "Eastside" and ana.person.supervisor_id == lien.person.pk
    bo = PeerProfile.objects.select_related("person").get(person__goes_by="Bo L.")
    assert bo.site is None and bo.limits_words == "Site: Moon\nSupervisor: Nobody"
    assert preview(upload(program, carmen.actor, text), carmen.actor).counts["unchanged"] == 2


def test_wrong_columns_are_refused(program, carmen):
    roster = upload(program, carmen.actor, ENGLISH)
    for mapping, code in (({0: "external_id"}, "no_name"), ({0: "zip", 1: "zip", 2: "goes_by"}, "twice"),
                          ({0: "capacity", 1: "goes_by"}, "unknown_field")):  # fmt: skip
        with pytest.raises(actions.MappingRefused) as refused:
            actions.map_roster(roster=roster, mapping=mapping, options={}, by=carmen.actor)
        assert refused.value.code == code


def test_saying_that_it_lists_peers_guesses_anew(program, carmen):
    roster = upload(program, carmen.actor, "Name,Max,Speaks\nAna Ruiz,3,English\n", kind="participants")
    changed = actions.set_roster_kind(roster=roster, kind="peers", by=carmen.actor)
    assert "capacity" in changed.mapping.values()


def test_refused_rows_can_be_mended_and_sent_again(program, carmen):
    text = "Name,Phone,Notes\n,(213) 555-0150,=cmd()\nAna Ruiz,(213) 555-0151,fine\n"
    roster = preview(upload(program, carmen.actor, text), carmen.actor)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    sheet = sheets.write_refused(RosterLine.objects.filter(roster=roster, outcome="refused"))
    rows = list(csv.reader(io.StringIO(sheet.lstrip("\ufeff"))))
    assert rows[1][:3] == ["", "(213) 555-0150", "'=cmd()"] and "name" in rows[1][3].lower()
    mended = sheet.replace('"",', "").replace("\r\n,", "\r\nBen Cole,")
    again = preview(upload(program, carmen.actor, mended), carmen.actor)
    assert outcomes(again) == ["create"]
    assert set(again.mapping) == {"0", "1", "2"}  # our column is none of theirs


def test_cancelling_erases_file_and_preview(program, carmen):
    roster = preview(upload(program, carmen.actor, ENGLISH), carmen.actor)
    actions.cancel_roster(roster=roster, by=carmen.actor)
    roster.refresh_from_db()
    assert (roster.status, roster.content) == ("cancelled", "")
    assert not RosterLine.objects.filter(roster=roster).exists()


def test_the_house_imports_too(program, house):
    assert bring_in(program, house, ENGLISH)["create"] == 2


def test_the_log_names_each_person(program, carmen):
    bring_in(program, carmen.actor, ENGLISH)
    acts = set(Entry.objects.filter(subject_id=Person.objects.get(goes_by="Rosita").pk).values_list("act", flat=True))
    assert {"person.created", "episode.opened", "intake.changed", "intake.completed"} <= acts


def test_capacity_of_a_full_peer_may_stay(program, carmen, house):
    create_peer(person=create_person(program=program, by=house, goes_by="Zoe"), by=house, capacity=3)
    assert PeerProfile.objects.get().capacity == 3


@pytest.mark.parametrize("language", ["en", "es"])
def test_rows_that_stayed_out_come_in_once_they_are_mended(program, carmen, language):
    text = "Name,DOB,Notes\nAna Ruiz,1990-03-24,fine\n,1991-05-26,=1+1\n,1992-06-27,'=2+2\n"
    roster = preview(upload(program, carmen.actor, text), carmen.actor)
    actions.confirm_roster(roster=roster, by=carmen.actor)
    with override(language):
        sheet = sheets.write_refused(RosterLine.objects.filter(roster=roster, outcome="refused").order_by("row_number"))
    assert "'=1+1" in sheet and "''=2+2" in sheet
    mended = sheet.replace("\r\n,1991", "\r\nBen Cole,1991").replace("\r\n,1992", "\r\nCleo Diaz,1992")
    again = upload(program, carmen.actor, mended)
    assert again.options["as_last_time"] and set(again.mapping) == {"0", "1", "2"}
    assert actions.confirm_roster(roster=preview(again, carmen.actor), by=carmen.actor)["create"] == 2
    notes = {one.goes_by: one.episodes.get().wishes.staff_notes for one in Person.objects.exclude(episodes=None)}
    assert notes == {"Ana R.": "fine", "Ben C.": "=1+1", "Cleo D.": "'=2+2"}
