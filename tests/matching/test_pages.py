"""The pages of the board and of the peer: what each shows and what each refuses."""

import re

import pytest
from django.urls import reverse
from tests.web.page_forms import form_with

from alongside.audit.models import Entry
from alongside.matching.actions import choose, run_matching, send_offers
from alongside.matching.models import Proposal, Round
from alongside.mentoring.models import Mentorship
from alongside.people.actions import record_boundary
from alongside.people.models import Membership
from alongside.workforce.actions import set_available

from .conftest import make_peer, make_waiting
from .reading import REVEALING, words_of
from .test_choosing import again, offer_of, states


# --- the board -------------------------------------------------------------------------------------------------------
def test_the_board_lists_who_waits_with_days_wishes_and_state(signed_in, carmen, lucia):
    page = words_of(signed_in(carmen).get(reverse("board")))
    assert "Lucia" in page and "3 days" in page and "Housing" in page and "Nothing proposed yet" in page


def test_a_coordinator_who_waits_is_not_on_the_board_they_read(signed_in, program, carmen, lucia):
    Membership.objects.create(user=lucia.user, program=program, role="coordinator")
    assert "Lucia" in words_of(signed_in(carmen).get(reverse("board")))
    page = signed_in(lucia).get(reverse("board"))
    assert (page.context["rows"], page.context["total"]) == ([], 0)
    own = Entry.objects.filter(act="record.listed", actor_person_id=lucia.person.pk, subject_id=lucia.person.pk)
    assert not own.exists()


def test_running_from_the_board_shows_proposals_with_words_number_and_reasons(signed_in, carmen, peers, lucia):
    client = signed_in(carmen)
    page = words_of(client.post(reverse("board_run"), follow=True))
    assert "1 of 1 person has a place with a peer who fits." in page
    assert "1. Dante" in page and re.search(r"A very good fit \(\d+\)", page)
    assert "They walk a similar path: 12-step." in page and "They walk different paths." in page


def test_sending_all_from_the_board(signed_in, program, carmen, peers, lucia):
    run_matching(program=program, by=carmen.actor)
    page = words_of(signed_in(carmen).post(reverse("board_send"), follow=True))
    assert "Offers sent to 1 person." in page and "time to choose until" in page


def test_the_page_says_when_the_first_is_not_the_closest_fit(signed_in, carmen, peers, lucia):
    client = signed_in(carmen)
    url = reverse("board_person_order", args=[lucia.episode.pk])
    values = {"place_1": peers["bo"].person.pk, "place_2": peers["dante"].person.pk, "place_3": ""}
    assert "The first is not the closest fit" in words_of(client.post(url, values, follow=True))


def test_the_board_says_whose_answer_is_waited_for(signed_in, carmen, lucia, offered):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    assert re.search(
        r"Chose Dante 1.minute ago, waiting for the answer until", words_of(signed_in(carmen).get("/board/"))
    )


@pytest.mark.parametrize("show", ["all", "new", "ready", "nobody", "sent", "asked", "back"])
def test_the_board_is_filtered(signed_in, program, carmen, peers, show):
    by = carmen.actor
    for name in ("ready", "sent", "asked", "back"):
        make_waiting(program, by, name)
    make_waiting(program, by, "nobody", language="vi")
    run_matching(program=program, by=by)
    for name in ("sent", "asked", "back"):
        round_ = send_offers(episode=Proposal.objects.filter(episode__person__goes_by=name.title())[0].episode, by=by)
        if name == "asked":
            choose(offer=offer_of(round_, "Bo"), by=by, via="phone") if states(round_).get("Bo") else choose(
                offer=round_.offers.first(), by=by, via="phone"
            )
        if name == "back":
            from alongside.matching.actions import take_back_round

            take_back_round(round_=round_, by=by)
    make_waiting(program, by, "new")

    page = words_of(signed_in(carmen).get(reverse("board"), {"show": show}))
    names = {name for name in ("New", "Ready", "Nobody", "Sent", "Asked", "Back") if re.search(rf"{name} 3 days", page)}
    shown = {"all": {"New", "Ready", "Nobody", "Sent", "Asked", "Back"}, "ready": {"Ready", "Back"}}
    assert names == shown.get(show, {show.title()})


def test_the_board_finds_a_name_without_accents(signed_in, program, carmen, lucia):
    make_waiting(program, carmen.actor, "josé")
    page = words_of(signed_in(carmen).post(reverse("board"), {"name": "JOSE"}))
    assert "José" in page and "Lucia" not in page


def test_a_name_is_looked_for_in_no_address(signed_in, program, carmen, lucia, monkeypatch):
    """Neither the form nor the way to the next page puts it there, and what an address says is not looked for."""
    monkeypatch.setattr("alongside.matching.views.board.PER_PAGE", 2)
    for number in range(3):
        make_waiting(program, carmen.actor, f"josé {number}")
    client = signed_in(carmen)
    assert "Lucia" in words_of(client.get(reverse("board"), {"name": "josé"}))
    page = client.post(reverse("board"), {"name": "josé"}).content.decode()
    assert 'class="search" method="post"' in page and "?name=" not in page and "&amp;name=" not in page
    assert 'name="page" value="2"' in page
    second = words_of(client.post(reverse("board"), {"name": "josé", "show": "all", "page": "2"}))
    assert "José" in second and "Lucia" not in second


def test_the_board_asks_the_database_as_often_for_ten_as_for_one(signed_in, program, carmen, peers):
    client = signed_in(carmen)

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("board")).status_code == 200
        return len(captured)

    make_waiting(program, carmen.actor, "one", musts=[("gender", "woman")])
    run_matching(program=program, by=carmen.actor)
    client.get(reverse("board"))
    few = count()
    for number in range(9):
        episode = make_waiting(program, carmen.actor, f"more{number}", musts=[("language", "es")]).episode
        run_matching(program=program, by=carmen.actor, episode=episode)
    send_offers(episode=episode, by=carmen.actor)
    assert count() <= few + 1  # the offers of a round are one query for all rounds


@pytest.mark.parametrize("persona", ["rosa", "dante", "ada"])
def test_the_board_is_not_for_everybody(signed_in, request, lucia, persona):
    client = signed_in(request.getfixturevalue(persona))
    assert client.get(reverse("board")).status_code == 404
    assert client.get(reverse("board_person", args=[lucia.episode.pk])).status_code == 404


@pytest.mark.parametrize("persona", ["lien", "dolores"])
def test_supervisor_and_director_look_but_change_nothing(signed_in, request, lucia, persona):
    client = signed_in(request.getfixturevalue(persona))
    assert "Propose for everybody" not in words_of(client.get(reverse("board")))
    seen = client.get(reverse("board_person", args=[lucia.episode.pk])).status_code
    assert seen == (200 if persona == "lien" else 302)
    for name in ("run", "order", "send", "take_back", "choice", "answer"):
        assert client.post(reverse(f"board_person_{name}", args=[lucia.episode.pk])).status_code == 404


def test_a_director_opens_one_person_only_with_recorded_words(signed_in, dolores, lucia):
    from alongside.audit.models import Entry

    client, page = signed_in(dolores), reverse("board_person", args=[lucia.episode.pk])
    reason = reverse("open_with_reason", args=[lucia.person.pk])
    assert client.get(page).headers["Location"] == reason
    assert not Entry.objects.filter(act="record.opened", subject_id=lucia.person.pk).exists()
    client.post(reason, {"words": "She wrote to me that nobody had called her back yet."})
    assert client.get(page).status_code == 200


def test_another_program_finds_nothing(signed_in, marcus, lucia, offered):
    client = signed_in(marcus)
    assert client.get(reverse("board_person", args=[lucia.episode.pk])).status_code == 404
    assert client.post(reverse("board_person_send", args=[lucia.episode.pk])).status_code == 404
    assert "Lucia" not in words_of(client.get(reverse("board")))


def test_opening_a_person_is_written_down_first(signed_in, carmen, lucia):
    signed_in(carmen).get(reverse("board_person", args=[lucia.episode.pk]))
    assert Entry.objects.filter(act="record.opened", subject_id=lucia.person.pk, object_kind="board").count() == 1


def test_the_coordinator_changes_the_order(signed_in, program, carmen, peers, lucia):
    client = signed_in(carmen)
    url = reverse("board_person_order", args=[lucia.episode.pk])
    client.post(url, {"place_1": peers["bo"].person.pk, "place_2": peers["dante"].person.pk, "place_3": ""})
    found = Proposal.objects.filter(episode=lucia.episode, is_current=True).order_by("rank")
    assert [one.peer.person.goes_by for one in found] == ["Bo", "Dante"]

    twice = client.post(url, {"place_1": peers["bo"].person.pk, "place_2": peers["bo"].person.pk, "place_3": ""})
    assert "The same peer is named twice." in words_of(twice)


def refused_words(client, lucia, peer) -> str:
    url = reverse("board_person_order", args=[lucia.episode.pk])
    return words_of(client.post(url, {"place_1": peer.person.pk, "place_2": "", "place_3": ""}, follow=True))


def test_a_boundary_reads_like_a_peer_who_is_merely_unavailable(signed_in, program, carmen, lucia):
    """D7: word for word the same page, whichever rule stands behind it."""
    noor = make_peer(program, carmen.actor, "noor")
    client = signed_in(carmen)
    set_available(peer=noor.profile, available=False, by=carmen.actor)
    run_matching(program=program, by=carmen.actor)
    unavailable = refused_words(client, lucia, noor), words_of(client.get(reverse("board")))

    set_available(peer=noor.profile, available=True, by=carmen.actor)
    record_boundary(person=lucia.person, other=noor.person, kind="ex", by=carmen.actor)
    run_matching(program=program, by=carmen.actor)
    behind_boundary = refused_words(client, lucia, noor), words_of(client.get(reverse("board")))

    assert "Noor is not available for Lucia now." in unavailable[0]
    assert behind_boundary == unavailable


def test_nobody_fits_is_explained(signed_in, program, carmen, peers):
    vera = make_waiting(program, carmen.actor, "vera", language="vi")
    run_matching(program=program, by=carmen.actor)
    page = words_of(signed_in(carmen).get(reverse("board_person", args=[vera.episode.pk])))
    assert "3 peers speak none of their languages. Without this, 3 would fit." in page


def test_a_choice_by_phone_is_recorded_as_such(signed_in, carmen, lucia, offered):
    client = signed_in(carmen)
    url = reverse("board_person_choice", args=[lucia.episode.pk])
    page = words_of(client.post(url, {"decision": offer_of(offered, "Ines").pk, "via": "phone"}, follow=True))
    assert "Recorded." in page and "(by phone)" in page
    assert offer_of(offered, "Ines").recorded_via == "phone"

    unsaid = client.post(url, {"decision": "", "via": ""}, follow=True)
    assert unsaid.status_code == 200


def test_a_choice_needs_a_decision_and_a_way(signed_in, carmen, lucia, offered):
    url = reverse("board_person_choice", args=[lucia.episode.pk])
    page = words_of(signed_in(carmen).post(url, {}))
    assert "Please check this page" in page
    assert set(states(offered).values()) == {"offered"}


def test_the_whole_way_by_phone(signed_in, carmen, lucia, offered):
    client = signed_in(carmen)
    choice, answer = (reverse(f"board_person_{name}", args=[lucia.episode.pk]) for name in ("choice", "answer"))
    client.post(choice, {"decision": "you_choose", "via": "in_person"})
    client.post(answer, {"decision": "not_now", "via": "phone"})
    assert states(offered) == {"Dante": "peer_declined", "Ines": "chosen", "Bo": "offered"}
    client.post(answer, {"decision": "yes", "via": "phone"})
    assert Mentorship.objects.get(participant=lucia.person).peer.person.goes_by == "Ines"


def test_none_of_these_by_paper(signed_in, carmen, lucia, offered):
    url = reverse("board_person_choice", args=[lucia.episode.pk])
    signed_in(carmen).post(url, {"decision": "none", "via": "paper"})
    assert again(offered).status == "returned"


def test_the_choice_sheet_is_neutral_and_in_the_persons_language(signed_in, carmen, lucia, offered):
    response = signed_in(carmen).get(reverse("board_person_sheet", args=[lucia.episode.pk]))
    sheet = re.search(r"<main.*</main>", response.content.decode(), re.S)[0]
    sheet = re.sub(r"<[^>]+>", " ", re.sub(r"<p[^>]*data-screen-only.*?</p>", "", sheet, flags=re.S))
    assert "Dante" in sheet and "Hola Lucia" in sheet and "Ninguna de estas personas" in sheet
    assert not REVEALING.search(sheet)
    assert Entry.objects.filter(act="record.printed", subject_id=lucia.person.pk).exists()


def test_no_sheet_without_offers(signed_in, carmen, lucia):
    assert signed_in(carmen).get(reverse("board_person_sheet", args=[lucia.episode.pk])).status_code == 404


def test_take_back_from_the_page(signed_in, carmen, lucia, offered):
    signed_in(carmen).post(reverse("board_person_take_back", args=[lucia.episode.pk]))
    assert again(offered).status == "returned"


def test_unknown_names_are_refused(signed_in, carmen, peers, lucia):
    signed_in(carmen).post(reverse("board_run"), {"policy": "mine"})
    assert not Proposal.objects.exists()


# --- the peer --------------------------------------------------------------------------------------------------------
def test_the_peer_sees_only_what_was_shared(signed_in, lucia, offered, peers):
    person = lucia.person
    person.legal_name, person.phone = "Lucia Fullname", "555-0100"
    person.save()
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    response = signed_in(peers["dante"]).get(reverse("offers"))
    page = words_of(response)
    assert "Lucia" in page and "Housing" in page and "Monday evening" in page
    assert "Fullname" not in page and "555" not in page
    assert Entry.objects.filter(act="offer.seen", subject_id=person.pk).count() == 1


def test_the_peer_says_yes(signed_in, lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    client = signed_in(peers["dante"])
    url = reverse("offer_answer", args=[offer.pk])
    assert "You said yes to Lucia." in words_of(client.post(url, {"action": "accept"}, follow=True))
    client.post(url, {"action": "accept"})
    assert Mentorship.objects.filter(participant=lucia.person).count() == 1


def test_the_peer_says_not_now_and_takes_nobody_new(signed_in, lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    client = signed_in(peers["dante"])
    assert client.get(reverse("offer_not_now", args=[offer.pk])).status_code == 200
    client.post(
        reverse("offer_answer", args=[offer.pk]),
        {"action": "not_now", "code": "no_time", "words": "", "take_nobody_new": "on", "until": "2031-01-31"},
    )
    profile = again(peers["dante"].profile)
    assert (again(offer).status, profile.status, str(profile.unavailable_until)) == (
        "peer_declined", "unavailable", "2031-01-31",
    )  # fmt: skip
    page = words_of(client.get(reverse("offers")))
    assert "You take nobody new until" in page
    assert "You take new people again." in words_of(client.post(reverse("offers"), {"action": "back"}, follow=True))


def test_a_peer_without_an_offer_may_take_nobody_new(signed_in, peers):
    client = signed_in(peers["bo"])
    assert "Places taken: 0 of 2." in words_of(client.get(reverse("offers")))
    client.post(reverse("offers"), {"action": "away", "until": ""})
    assert again(peers["bo"].profile).status == "unavailable"


def test_a_peer_does_not_see_or_answer_what_others_were_asked(signed_in, lucia, offered, peers):
    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    client = signed_in(peers["bo"])
    assert "Lucia" not in words_of(client.get(reverse("offers")))
    assert client.get(reverse("offer_not_now", args=[offer.pk])).status_code == 404
    assert client.post(reverse("offer_answer", args=[offer.pk]), {"action": "accept"}).status_code == 404
    own_but_not_asked = offer_of(offered, "Bo")
    assert client.post(reverse("offer_answer", args=[own_but_not_asked.pk]), {"action": "accept"}).status_code == 404


def test_an_answer_that_comes_too_late_is_thanked(signed_in, lucia, offered, peers):
    from alongside.matching.actions import change_mind

    offer = choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    change_mind(offer=offer, by=lucia.actor)
    client = signed_in(peers["dante"])
    page = words_of(client.post(reverse("offer_answer", args=[offer.pk]), {"action": "accept"}, follow=True))
    assert "Lucia is no longer waiting for your answer." in page
    assert not Mentorship.objects.exists()
    assert Round.objects.get().status == "open"


def test_the_order_that_another_coordinator_changed_is_not_undone(signed_in, carmen, peers, lucia):
    client = signed_in(carmen)
    page = client.get(reverse("board_person", args=[lucia.episode.pk])).content.decode()
    seen = form_with(page, "seen", "place_1")["seen"]
    url = reverse("board_person_order", args=[lucia.episode.pk])
    bo, dante = peers["bo"].person.pk, peers["dante"].person.pk
    assert client.post(url, {"seen": seen, "place_1": bo, "place_2": "", "place_3": ""}).status_code == 302
    answer = client.post(url, {"seen": seen, "place_1": dante, "place_2": bo, "place_3": ""})
    assert "Somebody changed this meanwhile" in answer.content.decode()
    values = form_with(answer.content.decode(), "seen", "place_1")
    assert values["place_1"] == [str(dante)]
    assert [one.peer_id for one in Proposal.objects.filter(episode=lucia.episode, is_current=True)] == [bo]
    assert client.post(url, values).status_code == 302
    found = Proposal.objects.filter(episode=lucia.episode, is_current=True).order_by("rank")
    assert [one.peer_id for one in found] == [dante, bo]
