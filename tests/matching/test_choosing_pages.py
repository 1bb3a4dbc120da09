"""The pages on which a person chooses, in both languages: honest reasons, nothing chosen beforehand, no secret."""

import re

import pytest
from django.urls import reverse

from alongside.matching.actions import choose, peer_decline
from alongside.matching.models import Offer
from alongside.people.actions import record_boundary
from alongside.workforce.models import PeerProfile

from .reading import REVEALING, words_of
from .test_choosing import again, offer_of, states


# --- the person ------------------------------------------------------------------------------------------------------
@pytest.fixture
def english(client):
    from django.conf import settings

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def test_the_person_sees_up_to_three_peers_with_story_and_honest_reasons(signed_in, english, lucia, offered):
    page = words_of(signed_in(lucia).get(reverse("me_people")))
    assert "Who would you like to meet?" in page
    assert "This is dante." in page and "You walk a similar path: 12-step." in page
    assert "What may be different" in page and "You walk different paths. Every path is welcome here." in page
    assert "Times you both have" in page and "Monday evening" in page
    assert not re.search(r"\bfit\b|\d\d%|score", page)


def test_nothing_is_ticked_beforehand(signed_in, lucia, offered):
    client = signed_in(lucia)
    for url in (reverse("me_people"), reverse("me_person_offer", args=[offer_of(offered, "Dante").pk])):
        body = client.get(url).content.decode()
        assert "checked" not in body and " selected" not in body


def test_legal_names_are_never_shown(signed_in, lucia, offered, peers):
    person = peers["dante"].person
    person.legal_name = "Danteus Fullname"
    person.save()
    body = signed_in(lucia).get(reverse("me_people")).content.decode()
    assert "Fullname" not in body


ENGLISH = ("You ", "What ", "Times", "Choose", "Speaks", "Languages", "None of", "Not this", "Has ")


def test_the_spanish_page_has_no_english(signed_in, lucia, offered, peers):
    PeerProfile.objects.update(story="", languages=["es"])
    page = words_of(signed_in(lucia).get(reverse("me_people")))
    assert "¿A quién le gustaría conocer?" in page
    assert not [words for words in ENGLISH if words in page]


def test_choosing_on_the_page_and_the_waiting_state(signed_in, english, lucia, offered):
    client = signed_in(lucia)
    url = reverse("me_person_offer", args=[offer_of(offered, "Dante").pk])
    page = words_of(client.post(url, {"action": "choose"}, follow=True))
    assert "We asked Dante" in page and re.search(r"Dante has until .* to answer", page)
    page = words_of(client.post(url, {"action": "change_mind"}, follow=True))
    assert "You can choose again." in page and "Choose Dante" not in page


def test_a_place_that_was_just_taken_is_told_kindly(signed_in, english, lucia, offered, peers):
    offer = offer_of(offered, "Ines")
    PeerProfile.objects.filter(pk=peers["ines"].person.pk).update(capacity=0)
    page = words_of(
        signed_in(lucia).post(reverse("me_person_offer", args=[offer.pk]), {"action": "choose"}, follow=True)
    )
    assert "Ines cannot be asked right now: places fill fast. It has nothing to do with you." in page
    assert "Choose Dante" in page and "Choose Bo" in page and "Choose Ines" not in page


def test_a_boundary_looks_like_a_place_just_taken(signed_in, english, carmen, lucia, offered, peers):
    """D7: before and after the try, the page is word for word what it is for a full peer."""

    def pages():
        client = signed_in(lucia)
        offer = offer_of(offered, "Ines")
        before = words_of(client.get(reverse("me_people")))
        tried = words_of(client.post(reverse("me_person_offer", args=[offer.pk]), {"action": "choose"}, follow=True))
        Offer.objects.filter(pk=offer.pk).update(status="offered", ended_at=None)
        return before, tried

    PeerProfile.objects.filter(pk=peers["ines"].person.pk).update(capacity=0)
    full = pages()
    PeerProfile.objects.filter(pk=peers["ines"].person.pk).update(capacity=1)
    record_boundary(person=lucia.person, other=peers["ines"].person, kind="ex", by=carmen.actor)
    # The trigger refuses to put the offer back into `offered`; the comparison only needs the pages.
    client = signed_in(lucia)
    before = words_of(client.get(reverse("me_people")))
    url = reverse("me_person_offer", args=[offer_of(offered, "Ines").pk])
    tried = words_of(client.post(url, {"action": "choose"}, follow=True))
    assert (before, tried) == full


def test_not_this_one_with_a_reason(signed_in, english, lucia, offered):
    offer = offer_of(offered, "Dante")
    url = reverse("me_person_offer", args=[offer.pk])
    client = signed_in(lucia)
    assert "You do not need a reason." in words_of(client.get(url))
    page = words_of(client.post(url, {"action": "decline", "code": "times", "words": "Mornings"}, follow=True))
    assert "Nobody is told why." in page
    assert (again(offer).status, offer.decline_code, offer.decline_words) == ("declined", "times", "Mornings")


def test_you_choose_and_none_of_these(signed_in, english, lucia, offered):
    client = signed_in(lucia)
    assert "We asked Dante." in words_of(client.post(reverse("me_people"), {"action": "you_choose"}, follow=True))
    page = words_of(client.post(reverse("me_people"), {"action": "none"}, follow=True))
    assert "We are looking again" in page and "your place in line is kept" in page


def test_after_a_no_the_person_is_told_kindly(signed_in, english, lucia, offered, peers):
    choose(offer=offer_of(offered, "Dante"), by=lucia.actor)
    peer_decline(offer=offer_of(offered, "Dante"), by=peers["dante"].actor, code="too_close", words="cousin")
    page = words_of(signed_in(lucia).get(reverse("me_people")))
    assert "Dante cannot take on somebody new right now. That has nothing to do with you." in page
    assert "cousin" not in page and "close to me" not in page


def test_somebody_elses_offer_is_not_found(signed_in, rosa, offered):
    client = signed_in(rosa)
    url = reverse("me_person_offer", args=[offer_of(offered, "Dante").pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"action": "choose"}).status_code == 404


def test_an_old_page_changes_nothing(signed_in, english, carmen, lucia, offered):
    from alongside.matching.actions import take_back_round

    take_back_round(round_=offered, by=carmen.actor)
    client = signed_in(lucia)
    for url, what in (
        (reverse("me_people"), "you_choose"),
        (reverse("me_person_offer", args=[offer_of(offered, "Dante").pk]), "choose"),
        (reverse("me_person_offer", args=[offer_of(offered, "Dante").pk]), "decline"),
    ):
        assert "Something changed meanwhile" in words_of(client.post(url, {"action": what}, follow=True))
    assert set(states(offered).values()) == {"withdrawn"}


def test_titles_and_paths_of_the_person_are_neutral(signed_in, lucia, offered):
    body = signed_in(lucia).get(reverse("me_people")).content.decode()
    assert not REVEALING.search(re.search(r"<title>(.*?)</title>", body)[1])
    assert not REVEALING.search(reverse("me_people"))
