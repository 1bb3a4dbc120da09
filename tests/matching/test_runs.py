"""A run turns rows into proposals with reasons, and says what binds where nobody fits."""

import pytest

from alongside.audit.models import Entry
from alongside.matching.acting import NotTheirs
from alongside.matching.actions import NotWaiting, PeerNotProposed, adjust_proposals, run_matching
from alongside.matching.freeze import freeze, locate
from alongside.matching.models import Proposal
from alongside.people.actions import record_boundary
from alongside.workforce.actions import assign_supervisor, set_available

from .conftest import make_peer, make_waiting


def current(episode):
    return list(
        Proposal.objects.filter(episode=episode, is_current=True).select_related("peer__person").order_by("rank")
    )


def test_a_run_proposes_the_best_peers_in_order_with_reasons(program, carmen, peers, lucia):
    run = run_matching(program=program, by=carmen.actor)

    found = current(lucia.episode)
    assert [proposal.peer.person.goes_by for proposal in found] == ["Dante", "Ines", "Bo"]
    assert [proposal.rank for proposal in found] == [1, 2, 3]
    assert {"code": "shared_pathway", "good": True, "params": {"values": ["twelve_step"]}} in found[0].reasons
    assert found[0].score > found[1].score
    assert run.scope == "all" and run.stats["assigned"] == 1 and len(run.inputs_digest) == 64


def test_a_run_is_recorded_with_the_version_of_the_policy(program, carmen, peers, lucia):
    run = run_matching(program=program, by=carmen.actor)

    assert run.policy.kind == "matching" and run.policy.version == 1
    entry = Entry.objects.get(act="run.made", object_id=run.pk)
    assert entry.reason == "policy.1" and entry.actor_id == carmen.user.pk


def test_weights_come_from_the_policy_in_force(program, carmen, peers, lucia):
    from alongside.council.actions import adopt_policy

    adopt_policy(program=program, kind="matching", by=carmen.actor, values={"weights": {"availability": 10}})
    run_matching(program=program, by=carmen.actor)

    assert {reason["code"] for proposal in current(lucia.episode) for reason in proposal.reasons} == {
        "many_shared_hours"
    }


def test_a_second_run_replaces_the_proposals_of_the_first(program, carmen, peers, lucia):
    run_matching(program=program, by=carmen.actor)
    set_available(peer=peers["dante"].profile, available=False, by=carmen.actor)
    second = run_matching(program=program, by=carmen.actor)

    assert {proposal.run_id for proposal in current(lucia.episode)} == {second.pk}
    assert Proposal.objects.filter(episode=lucia.episode).count() == 5


def test_a_run_for_one_leaves_the_others_alone(program, carmen, peers, lucia):
    omar = make_waiting(program, carmen.actor, "omar")
    first = run_matching(program=program, by=carmen.actor)
    run_matching(program=program, by=carmen.actor, episode=lucia.episode)

    assert {proposal.run_id for proposal in current(omar.episode)} == {first.pk}


def test_where_nobody_fits_the_proposal_says_what_binds(program, carmen, peers):
    vera = make_waiting(program, carmen.actor, "vera", language="vi")
    run_matching(program=program, by=carmen.actor)

    (nobody,) = current(vera.episode)
    assert nobody.rank == 0 and nobody.peer is None
    assert nobody.reasons == [{"code": "nobody.no_shared_language", "good": False, "params": {"peers": 3, "alone": 3}}]


def test_a_program_without_peers_says_so(program, carmen, lucia):
    run_matching(program=program, by=carmen.actor)
    assert [reason["code"] for reason in current(lucia.episode)[0].reasons] == ["nobody.no_peers"]


def test_a_boundary_reads_like_a_peer_who_takes_nobody_new(program, carmen, peers, lucia):
    """D7: the same words for the same number of peers, whichever rule applied."""
    for name in ("ines", "bo"):
        set_available(peer=peers[name].profile, available=False, by=carmen.actor)
    set_available(peer=peers["dante"].profile, available=False, by=carmen.actor)
    run_matching(program=program, by=carmen.actor)
    unavailable = current(lucia.episode)[0].reasons

    set_available(peer=peers["dante"].profile, available=True, by=carmen.actor)
    record_boundary(person=lucia.person, other=peers["dante"].person, kind="ex", by=carmen.actor)
    run_matching(program=program, by=carmen.actor)
    assert current(lucia.episode)[0].reasons == unavailable


def test_never_pairs_hold_in_both_directions(program, carmen, peers, lucia):
    record_boundary(person=peers["dante"].person, other=lucia.person, kind="kin", by=carmen.actor)
    assign_supervisor(peer=peers["ines"].profile, supervisor=lucia.person, by=carmen.actor)
    run_matching(program=program, by=carmen.actor)

    assert [proposal.peer.person.goes_by for proposal in current(lucia.episode)] == ["Bo"]


def test_a_peer_is_not_proposed_to_the_person_who_supports_them(program, carmen, peers):
    from alongside.mentoring.actions import start_mentorship

    nora = make_waiting(program, carmen.actor, "nora")
    nora.profile = make_peer_of(nora, carmen)
    dante_seeks = make_choosing(peers["dante"], program, carmen)
    start_mentorship(episode=dante_seeks, peer=nora.profile, by=carmen.actor)
    run_matching(program=program, by=carmen.actor)

    assert "Dante" not in [proposal.peer.person.goes_by for proposal in current(nora.episode)]
    assert "Nora" not in [proposal.peer.person.goes_by for proposal in current(nora.episode)]


def make_peer_of(persona, carmen):
    from alongside.workforce.actions import create_peer

    return create_peer(person=persona.person, by=carmen.actor, languages=["es"])


def make_choosing(persona, program, carmen):
    from alongside.people.actions import move_episode, open_episode

    episode = open_episode(person=persona.person, by=carmen.actor)
    for state in ("intake", "waiting", "offered"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor)
    return episode


def test_somebody_who_no_longer_waits_keeps_what_they_have(program, carmen, peers, lucia, offered):
    run_matching(program=program, by=carmen.actor)
    assert {proposal.is_current for proposal in Proposal.objects.filter(episode=lucia.episode)} == {True}
    with pytest.raises(NotWaiting):
        run_matching(program=program, by=carmen.actor, episode=lucia.episode)


def test_only_a_coordinator_runs_matching(program, lien, lucia):
    with pytest.raises(NotTheirs):
        run_matching(program=program, by=lien.actor)


def test_the_number_of_queries_does_not_grow(program, carmen, peers, django_assert_max_num_queries):
    for number in range(6):
        make_waiting(program, carmen.actor, f"person{number}", likes=[("gender", "woman")])
    by = carmen.actor
    with django_assert_max_num_queries(26):
        run_matching(program=program, by=by)


# --- changed by hand -------------------------------------------------------------------------------------------------
def test_the_coordinator_decides_the_order(program, carmen, peers, lucia):
    run_matching(program=program, by=carmen.actor)
    adjust_proposals(episode=lucia.episode, peers=[peers["bo"].profile, peers["dante"].profile], by=carmen.actor)
    found = current(lucia.episode)
    assert [proposal.peer.person.goes_by for proposal in found] == ["Bo", "Dante"]
    assert found[0].reasons and found[0].score is not None


@pytest.mark.parametrize("why", ["boundary", "unavailable", "full", "limit", "language"])
def test_a_peer_who_cannot_be_proposed_is_refused_without_saying_why(program, carmen, lucia, why):
    values = {
        "full": {"capacity": 0},
        "limit": {"limits": [{"feature": "need", "value": "housing"}]},
        "language": {"languages": ["ko"]},
    }.get(why, {})
    peer = make_peer(program, carmen.actor, "noor", **values)
    if why == "boundary":
        record_boundary(person=lucia.person, other=peer.person, kind="sponsor", by=carmen.actor)
    if why == "unavailable":
        set_available(peer=peer.profile, available=False, by=carmen.actor)

    with pytest.raises(PeerNotProposed) as refused:
        adjust_proposals(episode=lucia.episode, peers=[peer.profile], by=carmen.actor)
    assert (refused.value.code, str(refused.value)) == ("not_available", "not_available")
    assert not current(lucia.episode)


# --- freezing --------------------------------------------------------------------------------------------------------
def test_what_is_not_known_stays_unknown(program, carmen, rosa, dante):
    frozen = freeze([rosa.episode], now=rosa.episode.waiting_since)
    (seeker,), (peer,) = frozen.seekers, frozen.peers
    assert seeker.languages == ("es",) and seeker.hours is None and seeker.age is None
    assert peer.hours is None and peer.places_free == 2


def test_ages_are_counted_on_the_day(program, carmen, clock):
    from datetime import date

    born = make_peer(program, carmen.actor, "noor", birth_date=date(1990, 3, 3))
    (peer,) = [one for one in freeze([], now=clock.now).peers if one.id == str(born.person.pk)]
    assert peer.age == 35  # the birthday is tomorrow


@pytest.mark.parametrize("zip_code", ["", "00000", "abc", "SW1A 1AA", "1234"])
def test_a_strange_zip_code_is_no_place(zip_code):
    assert locate(zip_code) == (None, None)


def test_a_zip_code_is_a_place():
    latitude, longitude = locate("90012")
    assert round(latitude) == 34 and round(longitude) == -118
