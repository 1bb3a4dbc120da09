"""What is saved comes back as the same people: into an empty program field by field, into its own as nothing new."""

from datetime import date

import pytest
from django_scopes import scope
from tests.story import day_there, make_persona, make_program

from alongside.intake.actions import (
    Wish,
    confirm_roster,
    finish_intake,
    map_roster,
    save_wishes,
    start_intake,
    upload_roster,
)
from alongside.intake.actions.rosters import columns_of
from alongside.intake.models import RosterLine, Wishes
from alongside.interop import actions
from alongside.interop.files import stream
from alongside.people.actions import create_person, set_safe_contact
from alongside.people.models import Episode, Person, SafeContact, Site
from alongside.rules.availability import hours_from_parts
from alongside.rules.roster.written_files import FORMATS
from alongside.workforce.actions import assign_supervisor, create_peer
from alongside.workforce.models import PeerProfile

PERSON = ("goes_by", "legal_name", "pronouns", "language", "birth_date", "phone", "email", "external_id")
WISHES = ("needs", "own_words", "pathways", "languages", "experiences", "life_stages", "interests", "modes", "gender",
          "age", "hours", "zip", "staff_notes", "races")  # fmt: skip
PEER = ("capacity", "serves", "languages", "pathways", "experiences", "life_stages", "interests", "modes", "gender",
        "hours", "hours_known", "zip", "limits_words", "story")  # fmt: skip

PARTICIPANTS = [
    (
        {"goes_by": "Rosita", "legal_name": "Dra. Rosa de la Cruz", "pronouns": "ella", "language": "es",
         "birth_date": date(1988, 3, 4), "phone": "+12135550101", "email": "rosa@example.org", "external_id": "P-1"},
        {"needs": ["housing", "understanding_a_loved_one"], "own_words": "=SUM(A1)  y  más;\n- té\n+ café",
         "pathways": ["natural", "faith"], "languages": ["es", "en"], "experiences": ["grief", "overdose_loss"],
         "life_stages": ["parent_of_grown_children"], "interests": ["music"], "modes": ["phone", "text"],
         "gender": "woman", "hours": hours_from_parts(["mon_evening", "sat_morning"]), "zip": "90012",
         "staff_notes": "n/a", "races": ["latino", "native"]},
        [Wish("language", "es", "must"), Wish("life_stage", "parent_of_young_children", "like")],
        {"may_text": True, "may_voicemail": False, "may_email": True, "from_hour": 12, "until_hour": 24},
    ),
    (
        {"goes_by": "Nada", "language": "en", "phone": "+525512345678", "external_id": "0042"},
        {"needs": [], "languages": [], "age": 41, "races": ["not_said"], "staff_notes": "@home\t= later"}, [], {},
    ),
    (
        {"goes_by": "Bo", "legal_name": "García, María (Bo)", "email": "bo@example.org",
         "birth_date": date(2001, 1, 2)},
        {"experiences": ["psychosis_bipolar", "loved_one_of_someone"], "gender": "self_described"}, [],
        {"channel": "none", "may_call": False, "may_text": False, "may_voicemail": True, "name_to_use": "Ms. B"},
    ),
]  # fmt: skip
PEERS = [
    (
        {"goes_by": "Dante", "legal_name": "DANTE WELLS JR.", "email": "dante@example.org", "language": "en"},
        {"capacity": 4, "serves": ["own_recovery", "loved_one"], "languages": ["en", "es"], "pathways": ["twelve_step"],
         "experiences": ["alcohol", "justice"], "gender": "not_said", "hours": hours_from_parts(["fri_night"]),
         "hours_known": True, "limits_words": "Not on Sundays; =no\n-", "story": "I have been there 👨‍👩‍👧."},
    ),
    ({"goes_by": "Lin", "phone": "+12135550177", "language": "vi"}, {"capacity": 0, "languages": ["vi"]}),
]  # fmt: skip


def fill(program, by):
    """The people of this page, made by the product's own actions."""
    site = Site.objects.get(name="River house")
    lien = Person.objects.get(goes_by="Lien")
    for values, wishes, preferences, safe in PARTICIPANTS:
        episode = start_intake(
            program=program, by=by, person_values=values, kind="loved_one" if safe else "own_recovery", site=site
        )
        if safe:
            set_safe_contact(person=episode.person, by=by, **safe)
        save_wishes(episode=episode, by=by, preferences=preferences, **wishes)
        finish_intake(episode=episode, by=by)
    for values, profile in PEERS:
        person = create_person(program=program, by=by, **values)
        peer = create_peer(person=person, by=by, site=site, **profile)
        assign_supervisor(peer=peer, supervisor=lien, by=by)


def furnish(program):
    """What a file only names: a place, and Lien who supports peers."""
    Site.objects.create(program=program, name="River house")
    lien = Person.objects.filter(goes_by="Lien").first()
    if lien is None:
        make_persona(program, f"lien{program.slug}", "supervisor")
        lien = Person.objects.get(goes_by=f"Lien{program.slug}")
        Person.objects.filter(pk=lien.pk).update(goes_by="Lien", goes_by_search="lien")


def portrait() -> dict:
    """Everybody of the program in scope, as plain values by name."""
    found = {}
    for person in Person.objects.filter(episodes__isnull=False):
        episode = person.episodes.get()
        wishes = Wishes.objects.get(episode=episode)
        one = {field: getattr(person, field) for field in PERSON}
        one |= {field: getattr(wishes, field) for field in WISHES}
        one |= {"kind": episode.kind, "site": episode.site.name, "day": day_there(episode.opened_at),
                "status": episode.status}  # fmt: skip
        one["wishes"] = {(w.feature, w.value, w.strength) for w in wishes.preferences.all()}
        safe = SafeContact.objects.filter(person=person).first()
        one["safe"] = safe and (
            safe.channel,
            safe.name_to_use,
            safe.may_call,
            safe.may_text,
            safe.may_voicemail,
            safe.may_email,
            safe.from_hour,
            safe.until_hour,
        )
        found[person.goes_by] = one
    for peer in PeerProfile.objects.select_related("person__supervisor", "site"):
        one = {field: getattr(peer.person, field) for field in PERSON} | {field: getattr(peer, field) for field in PEER}
        found[peer.person.goes_by] = one | {"site": peer.site.name, "supervisor": peer.person.supervisor.goes_by}
    return found


def save(program, by, kind, file_format, language) -> bytes:
    export = actions.ask_for_export(
        kind=kind, scope="all", file_format=file_format, language=language, words="To move to another place.", by=by
    )
    return b"".join(stream(actions.start_export(export=export, by=by), program, by))


def bring_in(program, by, content):
    """As on the pages, where the coordinator changes nothing."""
    roster = upload_roster(program=program, content=content, file_name="file.bin", by=by)
    assert roster.options.get("date_order", "") != "ambiguous"
    roster = map_roster(roster=roster, mapping=columns_of(roster), options=roster.options, by=by)
    return roster, confirm_roster(roster=roster, by=by)


@pytest.fixture
def full(program, carmen, lien):
    """Riverbend with everybody."""
    furnish(program)
    fill(program, carmen.actor)
    return program


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("file_format", FORMATS)
def test_into_an_empty_program_everybody_comes_as_they_were(full, carmen, file_format, language):
    before = portrait()
    files = [save(full, carmen.actor, kind, file_format, language) for kind in ("participants", "peers")]
    empty = make_program("Meadow", "meadow")
    with scope(program=empty):
        furnish(empty)
        moved = make_persona(empty, "mila", "coordinator")
        for content, count in zip(files, (len(PARTICIPANTS), len(PEERS)), strict=True):
            roster, counts = bring_in(empty, moved.actor, content)
            assert counts == {"rows": count, "create": count, "update": 0, "unchanged": 0, "refused": 0}
            assert [line.problems for line in RosterLine.objects.filter(roster=roster) if line.problems] == []
        after = portrait()
    assert after.keys() == before.keys()
    for name, one in before.items():
        assert after[name] == one


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("file_format", FORMATS)
def test_into_the_same_program_nothing_is_new(full, carmen, file_format, language):
    before = portrait()
    for kind in ("participants", "peers"):
        roster, counts = bring_in(full, carmen.actor, save(full, carmen.actor, kind, file_format, language))
        lines = [(line.outcome, line.values) for line in RosterLine.objects.filter(roster=roster)]
        assert (counts["create"], counts["update"], counts["refused"]) == (0, 0, 0), lines
    assert portrait() == before


def test_somebody_with_a_name_only_is_never_made_twice(full, carmen):
    episode = start_intake(program=full, by=carmen.actor, person_values={"goes_by": "Sol"})
    finish_intake(episode=episode, by=carmen.actor)
    _roster, counts = bring_in(full, carmen.actor, save(full, carmen.actor, "participants", "csv", "en"))
    assert (counts["create"], counts["update"]) == (0, 0)
    assert Person.objects.filter(goes_by="Sol").count() == 1
    assert Episode.objects.count() == len(PARTICIPANTS) + 1


def test_the_columns_of_the_house_do_not_disturb(full, carmen):
    """Status and peer are columns of the file; an import passes them over without a word."""
    roster = upload_roster(
        program=full, content=save(full, carmen.actor, "participants", "csv", "es"), file_name="a.csv", by=carmen.actor
    )
    assert set(columns_of(roster).values()) >= {"goes_by", "own_words"}
    assert [place for place, field in columns_of(roster).items() if field is None] == [32, 33]
