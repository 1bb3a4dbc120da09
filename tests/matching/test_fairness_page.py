"""Is everybody served alike? By role, with small cells hidden, alerts in words, and the places that are missing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import make_account

from alongside.intake.models import Wishes
from alongside.matching import fairness_words
from alongside.matching.actions import accept, choose, run_matching, send_offers
from alongside.matching.fairness_rows import list_rows
from alongside.matching.missing_places import KeptShortage
from alongside.people.models import Episode, Person, Site

from .conftest import make_waiting
from .test_pages import words_of


def many_waits(program, carmen, languages: dict[str, tuple[int, int, int]]):
    """Language to (people matched, days each waited, people who still wait), straight into the database."""
    now = timezone.now()
    for language, (matched, days, waiting) in languages.items():
        for number in range(matched + waiting):
            person = Person.objects.create(program=program, goes_by=f"{language}{number}", language=language)
            began = now - timedelta(days=100 + number % 3)
            is_matched = number < matched
            episode = Episode.objects.create(
                program=program, person=person, status="matched" if is_matched else "waiting", opened_at=began,
                waiting_since=began, first_waiting_at=began,
                matched_at=began + timedelta(days=days + number % 5) if is_matched else None,
            )  # fmt: skip
            Wishes.objects.create(program=program, episode=episode, languages=[language])


def table_of(response, code):
    return next(table for table in response.context["tables"] if table.code == code)


def test_a_group_that_waits_longer_is_told_with_its_figures(signed_in, program, carmen):
    many_waits(program, carmen, {"en": (40, 5, 0), "es": (30, 40, 0)})
    response = signed_in(carmen).get(reverse("fairness"))
    page = words_of(response)
    assert "The group “Spanish” waits longer than the others, by about 35 days" in page
    lines = {line.name: line for line in table_of(response, "language").lines}
    assert lines["Spanish"].people == "30" and lines["Spanish"].figures[1][1] == "42 days"
    assert lines["English"].figures[0] == ("Matched", "100 %", "91 % to 100 %")
    assert table_of(response, "everyone").lines[0].people == "70"


def test_small_groups_are_hidden_and_so_is_what_leads_back_to_them(signed_in, program, carmen):
    many_waits(program, carmen, {"en": (30, 5, 15), "es": (20, 5, 15), "vi": (3, 5, 1)})
    lines = {line.name: line for line in table_of(signed_in(carmen).get(reverse("fairness")), "language").lines}
    assert lines["Vietnamese"].people == "hidden" and lines["Vietnamese"].figures[0][1:] == ("hidden", "")
    assert "hidden" in {lines["English"].people, lines["Spanish"].people}  # or the total would tell


def test_race_is_a_group_where_it_was_given_and_nothing_else(signed_in, program, carmen):
    """Several at once are a group of their own, and "rather not say" is like no answer: totals add up."""
    many_waits(program, carmen, {"en": (40, 5, 40)})
    given = (["black"], ["latino"], ["latino", "native"], ["not_said"])
    for number, wishes in enumerate(Wishes.objects.order_by("episode__person__goes_by")):
        wishes.races = given[number % 4]
        wishes.save()
    lines = table_of(signed_in(carmen).get(reverse("fairness")), "race").lines
    assert {(line.name, line.people) for line in lines} == {
        ("Black or African American", "20"), ("Hispanic or Latino", "20"), ("More than one", "20"), ("Not said", "20"),
    }  # fmt: skip


def test_whoever_is_not_half_matched_is_said_so(signed_in, program, carmen):
    many_waits(program, carmen, {"en": (40, 5, 0), "es": (12, 5, 30)})
    response = signed_in(carmen).get(reverse("fairness"))
    lines = {line.name: line for line in table_of(response, "language").lines}
    assert lines["Spanish"].figures[1][1] == "not half yet"
    assert "days at least: half of the others were matched within" in words_of(response)


def test_the_rows_count_wait_match_fit_and_groups(program, carmen, peers, lucia):
    site = Site.objects.create(program=program, name="River house")
    Episode.objects.filter(pk=lucia.episode.pk).update(site=site)
    Person.objects.filter(pk=lucia.person.pk).update(birth_date=date(1990, 1, 1))
    make_waiting(program, carmen.actor, "omar", days=8)
    run_matching(program=program, by=carmen.actor, episode=lucia.episode)
    round_ = send_offers(episode=lucia.episode, by=carmen.actor)
    offer = round_.offers.order_by("rank").first()
    accept(offer=choose(offer=offer, by=lucia.actor), by=peers["dante"].actor)
    now = timezone.now()
    by_site = {row.groups["site"]: row for row in list_rows(program, since=None, now=now)}
    matched, waiting = by_site[str(site.pk)], by_site["not_given"]
    assert (matched.is_matched, matched.waited_days, matched.groups["language"]) == (True, 3, "es")
    assert matched.groups["age"] == "35_44" and matched.milli == round(
        1000 * lucia.episode.proposals.get(peer=offer.peer).score
    )
    assert (waiting.is_matched, waiting.waited_days, waiting.milli) == (False, 8, None)
    assert len(list_rows(program, since=now - timedelta(days=5), now=now)) == 1


def test_what_to_recruit_comes_from_the_newest_run(signed_in, program, carmen, peers):
    site = Site.objects.create(program=program, name="River house")
    for number in range(4):
        person = make_waiting(program, carmen.actor, f"tere{number}", musts=[("pathway", "secular")])
        Episode.objects.filter(pk=person.episode.pk).update(site=site)
    client = signed_in(carmen)
    assert "That has not been done yet." in words_of(client.get(reverse("fairness")))
    run_matching(program=program, by=carmen.actor)
    page = words_of(client.get(reverse("fairness")))
    assert "4 people wait; free places with peers who fit: 1." in page
    assert "A peer who has what has to be, or it becomes a wish: 2 more places would be open to some of them." in page


def test_terms_of_a_shortage_in_words():
    short = KeptShortage(
        (("gender", "woman"), ("must_language", "es"), ("only_mode", "phone"), ("site", "b")), 9, 2, {}
    )
    (line,) = fairness_words.missing_lines([short], {"b": "River house"})
    assert line.who == "Woman · the peer has to be or have: Spanish · can only meet: Phone · River house"
    assert line.how_many == "9 people wait; free places with peers who fit: 2."


@pytest.mark.parametrize(
    ("persona", "sees"), [("carmen", "all"), ("lien", "all"), ("dolores", "all"), ("ada", "figures"), ("rosa", None)]
)
def test_who_sees_what(signed_in, program, carmen, request, persona, sees):
    """An administrator reads the figures, with their small cells hidden, and nothing of a waiting list (D3)."""
    many_waits(program, carmen, {"en": (12, 5, 12), "es": (12, 5, 12)})
    response = signed_in(request.getfixturevalue(persona)).get(reverse("fairness"))
    assert response.status_code == (200 if sees else 404)
    assert ("Whom to look for" in words_of(response)) == (sees == "all")
    assert ("By language" in words_of(response)) == (sees is not None)


def test_the_council_reads_the_figures(client, signed_in, program, carmen):
    class Cleo:
        user = make_account("cleo", program, "council")

    page = words_of(signed_in(Cleo).get(reverse("fairness")))
    assert "Nobody has asked for a peer in this time" in page and "Whom to look for" not in page
