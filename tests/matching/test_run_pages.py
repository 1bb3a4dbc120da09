"""A run explained: what a coordinator reads, who may, replaying it on the page and by the command, forgetting it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from alongside.audit.models import Entry
from alongside.matching import reasons, run_words
from alongside.matching.actions import NothingKept, adjust_proposals, replay_run, run_matching
from alongside.matching.keeping import KEPT_FOR, forget_old_runs
from alongside.matching.models import KeptRun, Run
from alongside.people.actions import record_boundary
from alongside.rules.matching.kept import CHANGED, DIFFERS, SAME

from .conftest import make_peer, make_waiting
from .test_pages import words_of


@pytest.fixture
def run(program, carmen, peers, lucia):
    """Five wait: Lucia, three who need somebody like Ines or Dante, and Vera whose language nobody speaks."""
    for number in range(3):
        make_waiting(program, carmen.actor, f"tere{number}", days=10 + number, musts=[("pathway", "secular")])
    make_waiting(program, carmen.actor, "vera", language="vi")
    return run_matching(program=program, by=carmen.actor)


def test_the_page_explains_the_run_without_mathematics(signed_in, carmen, run):
    page = words_of(signed_in(carmen).get(reverse("run_detail", args=[run.pk])))
    assert "5 waited" in page and "of 3 peers" in page
    assert "2 have a place with a peer who fits 3 have none" in page
    assert "No. 3 people could only go to peers whose places are all proposed (peers: 1, places: 1)." in page
    assert "However one chooses, 2 of them stay without." in page
    assert "2 Somebody fits, but every such place is proposed to somebody else" in page
    assert "1 Peers do not speak their language" in page and "1 A peer who speaks their language" in page
    assert "Ines: proposed to 4 people, free places: 1." in page
    assert "Carmen" in page and "Policy version 1" in page and run.inputs_digest in page
    assert "The least busy peer is 0 % full, the busiest 0 %" in page


def test_the_page_in_spanish(signed_in, carmen, run):
    client = signed_in(carmen)
    client.cookies["django_language"] = "es"
    with translation.override("es"):
        page = words_of(client.get(reverse("run_detail", args=[run.pk]), headers={"accept-language": "es"}))
    assert "¿" in page and "waited" not in page and "place" not in page


def test_every_reason_has_its_words():
    known = {*reasons.NOBODY, *reasons.NOBODY_AT_ALL}
    assert known == run_words.WHY.keys() and known - {"no_peers"} == run_words.HELPS.keys()


def test_a_boundary_reads_like_a_full_peer(signed_in, program, carmen, lucia):
    """D7: the page of a run is the same, word for word, whichever of the two it was."""
    peer = make_peer(program, carmen.actor, "noor", capacity=0)
    client, pages = signed_in(carmen), []
    for secret in (False, True):
        if secret:
            type(peer.profile).objects.filter(pk=peer.profile.pk).update(capacity=1)
            record_boundary(person=lucia.person, other=peer.person, kind="ex", by=carmen.actor)
        made = run_matching(program=program, by=carmen.actor)
        shown = run_words.explain(made, [], {})
        pages.append((shown.why, shown.helps, shown.proof))
    assert pages[0] == pages[1] and pages[0][0] == [("Peers are not available for them now", 1)]
    assert "ex" not in words_of(client.get(reverse("run_detail", args=[made.pk]))).lower().split()


def test_the_list_of_runs_has_whole_lists_only(signed_in, program, carmen, peers, lucia, run):
    run_matching(program=program, by=carmen.actor, episode=lucia.episode)
    adjust_proposals(episode=lucia.episode, peers=[peers["bo"].profile], by=carmen.actor)
    page = words_of(signed_in(carmen).get(reverse("runs")))
    assert page.count("with a peer who fits.") == page.count("2 of 5 people have a place with a peer who fits.") == 1
    for scope, words in (("one", "A run for one person"), ("hand", "There is nothing to solve again")):
        one = Run.objects.get(scope=scope)
        assert words in words_of(signed_in(carmen).get(reverse("run_detail", args=[one.pk])))


def test_replaying_says_the_answer_is_the_same(signed_in, carmen, run):
    page = words_of(signed_in(carmen).post(reverse("run_replay", args=[run.pk]), follow=True))
    assert "Solved again from what was kept: the answer is the same for everybody." in page
    entry = Entry.objects.get(act="run.replayed", object_id=run.pk)
    assert (entry.reason, entry.actor_id) == ("same", carmen.user.pk)


def test_a_replay_is_of_what_was_then_not_of_what_is_now(program, carmen, peers, run):
    peers["dante"].profile.refresh_from_db()
    type(peers["dante"].profile).objects.filter(pk=peers["dante"].profile.pk).update(languages=["ko"])
    assert replay_run(run=run, by=carmen.actor).code == SAME


def test_a_program_that_answers_otherwise_is_found(program, carmen, run, monkeypatch):
    monkeypatch.setattr("alongside.rules.matching.engine.priority", lambda seeker, policy: 500 - seeker.waiting_days)
    found = replay_run(run=run, by=carmen.actor)
    assert found.code == DIFFERS and len(found.people) == 2


def test_what_was_changed_since_is_not_believed(program, carmen, run):
    Run.objects.filter(pk=run.pk).update(inputs_digest="0" * 64)
    run.refresh_from_db()
    assert replay_run(run=run, by=carmen.actor).code == CHANGED


def test_what_a_run_was_given_is_forgotten_after_its_time(signed_in, program, carmen, run):
    assert forget_old_runs(timezone.now() + KEPT_FOR["all"] - timedelta(hours=1)) == 0
    assert forget_old_runs(timezone.now() + KEPT_FOR["all"] + timedelta(hours=1)) == 1
    assert not KeptRun.objects.exists() and Run.objects.get().stats["assigned"] == 2
    with pytest.raises(NothingKept):
        replay_run(run=run, by=carmen.actor)
    page = words_of(signed_in(carmen).get(reverse("run_detail", args=[run.pk])))
    assert "is not kept any more" in page and "Solve it again" not in page and "5 waited" in page


@pytest.mark.parametrize(("persona", "may"), [("lien", True), ("dolores", True), ("rosa", False), ("ada", False)])
def test_who_may_look_at_runs_and_who_may_replay(signed_in, request, run, persona, may):
    client = signed_in(request.getfixturevalue(persona))
    assert client.get(reverse("runs")).status_code == (200 if may else 404)
    detail = client.get(reverse("run_detail", args=[run.pk]))
    assert detail.status_code == (200 if may else 404) and "Solve it again" not in words_of(detail)
    assert client.post(reverse("run_replay", args=[run.pk])).status_code == 404


def test_a_run_of_another_program_is_not_found(signed_in, marcus, run):
    assert signed_in(marcus).get(reverse("run_detail", args=[run.pk])).status_code == 404


def test_the_command_replays_the_newest_run(program, run, capsys, monkeypatch):
    from alongside.cli import main

    assert main(["match-replay"]) == 0
    assert "the same answer" in capsys.readouterr().out
    assert main(["match-replay", "00000000-0000-0000-0000-000000000000"]) == 1
    monkeypatch.setattr("alongside.rules.matching.engine.priority", lambda seeker, policy: 500 - seeker.waiting_days)
    assert main(["match-replay", str(run.pk)]) == 1
    assert "another answer for 2 people" in capsys.readouterr().out
