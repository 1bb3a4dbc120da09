"""Two people at the same moment, for real: threads with connections and transactions of their own, on both databases.

Each race also runs against a naive variant that looks before it takes the lock, and has to catch it.
"""

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.models import Entry
from alongside.matching import actions
from alongside.matching.actions import PlaceTaken, accept, change_mind, choose, peer_decline, run_matching, send_offers
from alongside.matching.actions.choices import OfferNotOpen
from alongside.matching.models import Offer, Round
from alongside.mentoring.models import Mentorship
from alongside.workforce.models import PeerProfile
from tests.matching.conftest import make_peer, make_waiting

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]

ROUNDS = 4
"""Each race is run so often: the two threads meet at another point each time."""


def run_together(program, *works):
    """Run functions at the same moment, each in a thread with its own connection; results or exceptions, in order."""
    barrier = threading.Barrier(len(works))
    results = [None] * len(works)

    def run(index, work):
        try:
            with scope(program=program):
                barrier.wait(timeout=20)
                results[index] = work()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    close_old_connections()
    return results


def make_round(program, carmen, name):
    waiting = make_waiting(program, carmen.actor, name)
    run_matching(program=program, by=carmen.actor, episode=waiting.episode)
    return waiting, send_offers(episode=waiting.episode, by=carmen.actor)


def offer_to(round_, peer):
    return Offer.objects.get(round=round_, peer=peer.profile)


def test_two_people_choose_the_last_place(program, carmen):
    for number in range(ROUNDS):
        last = make_peer(program, carmen.actor, f"last{number}", capacity=1)
        other = make_peer(program, carmen.actor, f"other{number}", capacity=9, pathways=["secular"])
        chooses = []
        for name in ("ana", "ben"):
            waiting, round_ = make_round(program, carmen, f"{name}{number}")
            chooses.append((waiting.actor, offer_to(round_, last)))

        results = run_together(
            program, *(lambda by=by, offer=offer: choose(offer=offer, by=by) for by, offer in chooses)
        )

        assert sorted(type(one).__name__ for one in results) == ["Offer", "PlaceTaken"], results
        assert PeerProfile.objects.get(pk=last.person.pk).places_taken == 1
        beaten = chooses[[isinstance(one, PlaceTaken) for one in results].index(True)]
        assert choose(offer=offer_to(beaten[1].round, other), by=beaten[0]).status == "chosen"
        PeerProfile.objects.filter(pk__in=[last.person.pk, other.person.pk]).update(status="left")


def test_participant_and_coordinator_choose_for_the_same_person(program, carmen):
    peers = [make_peer(program, carmen.actor, name) for name in ("dante", "ines")]
    for number in range(ROUNDS):
        waiting, round_ = make_round(program, carmen, f"ana{number}")
        by_self, by_phone = offer_to(round_, peers[0]), offer_to(round_, peers[1])
        coordinator, person = carmen.actor, waiting.actor
        results = run_together(
            program,
            lambda offer=by_self, by=person: choose(offer=offer, by=by),
            lambda offer=by_phone, by=coordinator: choose(offer=offer, by=by, via="phone"),
        )
        assert sorted(type(one).__name__ for one in results) == ["Offer", "OfferNotOpen"], results
        assert Offer.objects.filter(round=round_, status="chosen").count() == 1
        change_mind(offer=Offer.objects.get(round=round_, status="chosen"), by=person)


def answer_both_ways(program, carmen, number, peer):
    waiting, round_ = make_round(program, carmen, f"ana{number}")
    offer = choose(offer=offer_to(round_, peer), by=waiting.actor)
    person, peer_actor = waiting.actor, peer.actor
    results = run_together(
        program,
        lambda: accept(offer=offer, by=peer_actor),
        lambda: change_mind(offer=offer, by=person),
    )
    offer.refresh_from_db()
    return offer, results


def test_yes_and_a_change_of_mind_at_once(program, carmen):
    peer = make_peer(program, carmen.actor, "dante", capacity=20)
    make_peer(program, carmen.actor, "ines", capacity=20)
    for number in range(ROUNDS):
        offer, results = answer_both_ways(program, carmen, number, peer)
        started = Mentorship.objects.filter(participant_id=offer.episode.person_id).count()
        assert started == (offer.status == "accepted")
        assert sum(isinstance(one, OfferNotOpen) for one in results) == 1, results
        assert offer.status in ("accepted", "withdrawn")
    held = Mentorship.objects.filter(peer=peer.profile).count()
    assert PeerProfile.objects.get(pk=peer.person.pk).places_taken == held


def test_a_peer_and_the_coordinator_answer_at_once(program, carmen):
    peer = make_peer(program, carmen.actor, "dante", capacity=20)
    make_peer(program, carmen.actor, "ines", capacity=20)
    for number in range(ROUNDS):
        waiting, round_ = make_round(program, carmen, f"ana{number}")
        offer = choose(offer=offer_to(round_, peer), by=waiting.actor)
        peer_actor, coordinator = peer.actor, carmen.actor
        results = run_together(
            program,
            lambda offer=offer, by=peer_actor: accept(offer=offer, by=by),
            lambda offer=offer, by=coordinator: peer_decline(offer=offer, by=by),
        )
        assert sum(isinstance(one, OfferNotOpen) for one in results) == 1, results
        offer.refresh_from_db()
        assert Mentorship.objects.filter(episode=waiting.episode).count() == (offer.status == "accepted")


def test_two_workers_lapse_once(program, carmen):
    peer = make_peer(program, carmen.actor, "dante", capacity=20)
    make_peer(program, carmen.actor, "ines", capacity=20)
    offers = []
    for number in range(3):
        waiting, round_ = make_round(program, carmen, f"ana{number}")
        offers.append(choose(offer=offer_to(round_, peer), by=waiting.actor))
    later = timezone.now() + timedelta(hours=49)
    results = run_together(program, *[lambda: actions.lapse_due(program=program, now=later)] * 2)

    assert sum(results) == 3, results
    assert Entry.objects.filter(act="offer.lapsed").count() == 3


def test_sending_twice_at_once_opens_one_round(program, carmen):
    make_peer(program, carmen.actor, "dante")
    waiting = make_waiting(program, carmen.actor, "ana")
    run_matching(program=program, by=carmen.actor)
    by = carmen.actor
    results = run_together(program, *[lambda: send_offers(episode=waiting.episode, by=by)] * 3)
    assert {one.pk for one in results} == set(Round.objects.values_list("pk", flat=True))
    assert Round.objects.count() == 1


def send_the_last_place_to_two(program, carmen, number):
    """Two coordinators send to two people at the same moment; there is one place."""
    last = make_peer(program, carmen.actor, f"last{number}", capacity=1)
    people = [make_waiting(program, carmen.actor, f"{name}{number}") for name in ("ana", "ben")]
    for waiting in people:
        run_matching(program=program, by=carmen.actor, episode=waiting.episode)
    by = carmen.actor
    results = run_together(
        program,
        *(lambda who=who: send_offers(episode=who.episode, by=by, within_places=True) for who in people),
    )
    out = Offer.objects.filter(peer=last.profile, status="offered").count()
    PeerProfile.objects.filter(pk=last.person.pk).update(status="left")
    return out, sorted(type(one).__name__ for one in results)


def test_the_last_place_is_promised_once(program, carmen):
    for number in range(ROUNDS):
        out, results = send_the_last_place_to_two(program, carmen, number)
        assert (out, results) == (1, ["PlacesPromised", "Round"])


# --- the same races must catch a naive variant -----------------------------------------------------------------------
def test_the_database_stops_a_naive_choice_of_the_last_place(program, carmen):
    """Check-then-act overbooks; only the trigger and its check hold it (I1). The real action says it kindly instead."""
    last = make_peer(program, carmen.actor, "last", capacity=1)
    make_peer(program, carmen.actor, "other", capacity=9)
    offers = [offer_to(make_round(program, carmen, name)[1], last) for name in ("ana", "ben")]
    meet = threading.Barrier(2)

    def naive_choose(offer):
        if PeerProfile.objects.get(pk=offer.peer_id).places_free < 1:
            raise PlaceTaken
        meet.wait(timeout=20)  # both have looked
        with transaction.atomic():
            Offer.objects.filter(pk=offer.pk).update(status="chosen")
        return offer

    results = run_together(program, *[lambda offer=offer: naive_choose(offer) for offer in offers])

    assert sorted(type(one).__name__ for one in results) == ["IntegrityError", "Offer"], results
    assert PeerProfile.objects.get(pk=last.person.pk).places_taken == 1


ONE_WRITER = "SQLite has one writer at a time: this race needs two"


two_writers = pytest.mark.skipif(connection.vendor != "postgresql", reason=ONE_WRITER)


@pytest.fixture
def unlocked(monkeypatch):
    """No lock on the episode, and both have read the offer before either writes: what the lock is for."""
    from alongside.matching.actions import answers, choices, lapsing
    from alongside.people.models import Episode

    meet, first_looks = threading.Barrier(2), threading.Semaphore(2)

    def read_together(real):
        def read(offer_id):
            offer = real(offer_id)
            if first_looks.acquire(blocking=False):
                meet.wait(timeout=10)
            return offer

        return read

    for module in (answers, choices, lapsing):
        monkeypatch.setattr(module, "lock_episode", lambda episode_id: Episode.objects.get(pk=episode_id))
        monkeypatch.setattr(module, "get_offer", read_together(module.get_offer))


def make_chosen(program, carmen, peer, name):
    """An offer that was chosen, without a call into what `unlocked` replaces."""
    waiting, round_ = make_round(program, carmen, name)
    Offer.objects.filter(pk=offer_to(round_, peer).pk).update(
        status="chosen", chosen_at=round_.sent_at, answer_by=round_.sent_at
    )
    return waiting, offer_to(round_, peer)


@pytest.fixture
def peers(program, carmen):
    return [make_peer(program, carmen.actor, name, capacity=20) for name in ("dante", "ines")]


@two_writers
def test_without_the_lock_an_answer_and_a_change_of_mind_both_win(program, carmen, peers, unlocked):
    waiting, offer = make_chosen(program, carmen, peers[0], "ana")
    person, peer_actor = waiting.actor, peers[0].actor
    results = run_together(
        program, lambda: accept(offer=offer, by=peer_actor), lambda: change_mind(offer=offer, by=person)
    )
    assert not any(isinstance(one, OfferNotOpen) for one in results), results


@two_writers
def test_without_the_lock_a_peer_and_the_coordinator_both_answer(program, carmen, peers, unlocked):
    _waiting, offer = make_chosen(program, carmen, peers[0], "ana")
    peer_actor, coordinator = peers[0].actor, carmen.actor
    results = run_together(
        program, lambda: accept(offer=offer, by=peer_actor), lambda: peer_decline(offer=offer, by=coordinator)
    )
    assert not any(isinstance(one, OfferNotOpen) for one in results), results


@two_writers
def test_without_the_lock_whoever_chooses_second_is_told_an_untruth(program, carmen, peers, unlocked):
    """The database keeps one chosen offer in a round, but the second would hear that the peer has no place."""
    waiting, round_ = make_round(program, carmen, "ana")
    by_self, by_phone = (offer_to(round_, peer) for peer in peers)
    person, coordinator = waiting.actor, carmen.actor
    results = run_together(
        program,
        lambda: choose(offer=by_self, by=person),
        lambda: choose(offer=by_phone, by=coordinator, via="phone"),
    )
    assert sorted(type(one).__name__ for one in results) == ["Offer", "PlaceTaken"], results


@two_writers
def test_without_the_lock_two_workers_lapse_twice(program, carmen, peers, unlocked):
    make_chosen(program, carmen, peers[0], "ana")
    later = timezone.now() + timedelta(hours=49)
    results = run_together(program, *[lambda: actions.lapse_due(program=program, now=later)] * 2)
    assert results == [1, 1], results
    assert Entry.objects.filter(act="offer.lapsed").count() == 2


@two_writers
def test_without_the_lock_only_the_database_refuses_a_second_round(program, carmen, peers, monkeypatch):
    """Both have seen that no round is open; whoever comes second meets the constraint instead of the open round."""
    from alongside.matching.actions import rounds
    from alongside.people.models import Episode

    meet = threading.Barrier(2)
    real = rounds.lock_peers

    def lock_together(ids):
        meet.wait(timeout=10)
        return real(ids)

    monkeypatch.setattr(rounds, "lock_episode", lambda episode_id: Episode.objects.get(pk=episode_id))
    monkeypatch.setattr(rounds, "lock_peers", lock_together)
    waiting = make_waiting(program, carmen.actor, "ana")
    run_matching(program=program, by=carmen.actor)
    by = carmen.actor
    results = run_together(program, *[lambda: send_offers(episode=waiting.episode, by=by)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["IntegrityError", "Round"], results


@two_writers
def test_without_the_lock_the_last_place_is_promised_twice(program, carmen, monkeypatch):
    """Both look before either has sent: that is what the lock on the peers is for."""
    from alongside.matching.actions import rounds

    meet = threading.Barrier(2)
    real = rounds.keep_unpromised

    def look_together(peers):
        found = real(peers)
        meet.wait(timeout=10)
        return found

    def read_peers(ids):
        return {peer.pk: peer for peer in PeerProfile.objects.select_related("person").filter(pk__in=ids)}

    monkeypatch.setattr(rounds, "lock_peers", read_peers)
    monkeypatch.setattr(rounds, "keep_unpromised", look_together)
    out, results = send_the_last_place_to_two(program, carmen, 0)
    assert (out, results) == (2, ["Round", "Round"])
