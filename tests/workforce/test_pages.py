"""A peer changes what they offer; staff see the peers they answer for."""

from datetime import UTC, datetime

import pytest
from tests.plugins.clock import MONDAY
from tests.story import make_persona

from alongside.people.actions import create_person
from alongside.people.actor import SystemActor
from alongside.workforce.actions import create_peer
from alongside.workforce.models import PeerProfile


def profile_values(**values) -> dict:
    return {
        "story": "I know the first month.", "story_language": "en", "experiences": ["alcohol"], "pathways": ["secular"],
        "languages": ["en"], "serves": ["own_recovery"], "gender": "", "life_stages": [], "interests": ["music"],
        "capacity": "4", "hours": ["mon_evening"], "modes": ["phone"], "zip": "90012", "max_miles": "5",
        "limit_gender": [], "limit_age": ["under_18"], "limit_experience": [], "limits_words": "",
    } | values  # fmt: skip


def test_a_peer_changes_their_own_offer(signed_in, dante):
    assert signed_in(dante).post("/profile/", profile_values()).url == "/profile/"
    peer = PeerProfile.objects.get(pk=dante.person.pk)
    assert (peer.story, peer.capacity, peer.hours_known) == ("I know the first month.", 4, True)
    assert peer.limits == [{"feature": "age", "value": "under_18"}]


def test_a_peer_starts_on_the_day_of_the_program(program, carmen, clock):
    clock.set(datetime(2026, 3, 3, 5, 0, tzinfo=UTC))  # Monday evening in Los Angeles
    peer = create_peer(person=make_persona(program, "sol", "peer").person, by=carmen.actor)
    assert peer.started_on == MONDAY


def test_the_page_shows_what_is_kept(signed_in, dante):
    client = signed_in(dante)
    client.post("/profile/", profile_values())
    html = client.get("/profile/").content.decode()
    assert "I know the first month." in html and 'value="90012"' in html


def test_fewer_places_than_people_is_refused_kindly_and_keeps_what_was_typed(signed_in, dante, mentorship):
    page = signed_in(dante).post("/profile/", profile_values(capacity="0", story="New words."))
    html = page.content.decode()
    assert page.status_code == 200 and "nobody is sent away" in html and "New words." in html
    assert PeerProfile.objects.get(pk=dante.person.pk).capacity == 2


def test_a_field_that_the_form_does_not_have_is_refused(signed_in, dante):
    page = signed_in(dante).post("/profile/", profile_values(status="left"))
    assert page.status_code == 200
    assert PeerProfile.objects.get(pk=dante.person.pk).story == ""


def test_a_break_from_new_people(signed_in, dante):
    client = signed_in(dante)
    client.post("/profile/", {"action": "away", "until": "2030-01-01"})
    peer = PeerProfile.objects.get(pk=dante.person.pk)
    assert (peer.status, str(peer.unavailable_until)) == ("unavailable", "2030-01-01")
    client.post("/profile/", {"action": "back"})
    assert PeerProfile.objects.get(pk=dante.person.pk).status == "active"


def test_somebody_who_is_no_peer_has_no_profile_page(signed_in, carmen, rosa):
    assert signed_in(carmen).get("/profile/").status_code == 404
    assert signed_in(rosa).get("/peers/").status_code == 404


@pytest.mark.parametrize("who", ["carmen", "lien", "dolores"])
def test_staff_see_the_peers(signed_in, dante, who, request):
    client = signed_in(request.getfixturevalue(who))
    assert "Dante" in client.get("/peers/").content.decode()
    assert client.get(f"/peers/{dante.person.pk}/").status_code == 200


def test_a_supervisor_reads_only_their_own_peers_and_changes_none(signed_in, program, house, dante, lien):
    other = create_peer(person=create_person(program=program, by=house, goes_by="Zoe"), by=house)
    client = signed_in(lien)
    assert client.get(f"/peers/{other.pk}/").status_code == 404
    assert client.post(f"/peers/{dante.person.pk}/", profile_values()).status_code == 404


def test_another_program_finds_nothing(signed_in, dante, marcus):
    client = signed_in(marcus)
    assert client.get(f"/peers/{dante.person.pk}/").status_code == 404
    assert "Dante" not in client.get("/peers/").content.decode()


def test_a_coordinator_says_who_supports_a_peer(signed_in, program, house, carmen, lien):
    zoe = create_peer(person=create_person(program=program, by=house, goes_by="Zoe"), by=house)
    client = signed_in(carmen)
    client.post(f"/peers/{zoe.pk}/", {"action": "support", "supervisor": str(lien.person.pk), "site": ""})
    zoe.person.refresh_from_db()
    assert zoe.person.supervisor_id == lien.person.pk


def test_the_list_costs_the_same_for_many(signed_in, program, house, carmen, dante, django_assert_max_num_queries):
    client = signed_in(carmen)
    client.get("/peers/")
    with django_assert_max_num_queries(40) as few:
        client.get("/peers/")
    by = SystemActor(program_id=program.pk)
    for number in range(12):
        create_peer(person=create_person(program=program, by=by, goes_by=f"Peer {number}"), by=by)
    with django_assert_max_num_queries(len(few)):
        client.get("/peers/")
