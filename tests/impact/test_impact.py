"""The impact page: right figures, honest denominators, hidden small cells, and a file that is safe to open."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from tests.impact.walks import NOW, walk

from alongside.impact.actions import catch_up
from alongside.impact.export import safe
from alongside.impact.queries import Ask, list_figures
from alongside.impact.recounting import recount
from alongside.people.models import Episode, Person, Site
from alongside.rules.measures import ALL
from alongside.workforce.models import PeerProfile


def figures(program, **ask) -> dict:
    """The figures of the page, which are those of the rows."""
    assert catch_up([program])
    found = list_figures(Ask((program,), **ask), timezone.localtime())
    assert found == recount(Ask((program,), **ask), timezone.localtime())
    return {one[ALL].code: one for one in found}


def test_engagement_counts_those_who_left_and_uses_windows(many):
    found = figures(many)
    assert [found[f"engaged_{day}"][ALL].numerator for day in (30, 60, 90)] == [40, 25, 12]
    assert {found[f"engaged_{day}"][ALL].denominator for day in (30, 60, 90)} == {40}


def test_tries_are_the_denominator_of_contacts_reached(many):
    figure = figures(many)["contacts_reached"][ALL]
    assert (figure.numerator, figure.denominator) == (77, 117)


def test_days_to_match_count_those_who_still_wait_beside_it(many, program):
    for number in range(12):
        person = Person.objects.create(program=program, goes_by=f"W{number}", goes_by_search=f"w{number}")
        Episode.objects.create(program=program, person=person, status="waiting", opened_at=NOW, first_waiting_at=NOW)
    figure = figures(many)["days_to_match"][ALL]
    assert (figure.value, figure.n, figure.not_due) == (4.5, 40, 12)


def test_a_site_with_few_people_is_hidden_and_not_derivable(many, program, dante):
    small, large = (Site.objects.create(program=program, name=name) for name in ("Small", "Large"))
    Episode.objects.filter(person__goes_by__in=[f"P{n}" for n in range(30)]).update(site=large)
    Episode.objects.filter(person__goes_by__in=["P31", "P32", "P33"]).update(site=small)
    found = figures(program, grouping="site")["days_to_match"]
    assert found["Small"].n is None
    assert found["Small"].value is None
    hidden = [name for name, figure in found.items() if figure.n is None]
    assert len(hidden) > 1


def test_a_program_of_five_shows_no_small_number(program, dante):
    PeerProfile.objects.filter(pk=dante.person.pk).update(capacity=60)
    for number in range(5):
        walk(program, dante, number, reached=[3])
    assert all(one[ALL].value is None for one in figures(program).values())


def test_another_programs_people_are_never_counted(many, other_program):
    assert figures(other_program)["days_to_match"][ALL].n == 0


def test_the_page_reads_as_a_table_too_and_in_spanish(signed_in, many, dolores):
    client = signed_in(dolores)
    page = client.get(reverse("impact"), {"by": "kind"}).content.decode()
    assert "<table>" in page
    assert "62%" in page
    client.cookies["django_language"] = "es"
    assert "What we see so far" not in client.get(reverse("impact")).content.decode()


def test_the_download_is_the_same_figures_for_directors_only(signed_in, many, dolores, carmen, marcus, rosa):
    answer = signed_in(dolores).get(reverse("impact_csv"))
    assert 'filename="figures-' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    engaged = next(row for row in rows if row["figure"] == "engaged_60" and row["group"] == "Everyone")
    assert (engaged["numerator"], engaged["n"], engaged["value"]) == ("25", "40", "0.625")
    for stranger in (carmen, marcus, rosa):
        assert signed_in(stranger).get(reverse("impact_csv")).status_code == 404


def test_no_cell_of_the_download_starts_a_formula():
    assert [safe(text) for text in ("=1+1", "@x", "-2", "+3", "plain", -2)] == [
        "'=1+1",
        "'@x",
        "'-2",
        "'+3",
        "plain",
        -2,
    ]


def test_public_figures_stand_still_within_a_quarter(client, many, program, dante, clock):
    from alongside.impact.queries import quarter_start

    zone = ZoneInfo(program.time_zone)
    until = quarter_start(timezone.now(), zone)
    assert until == datetime(2026, 1, 1, tzinfo=zone)
    before = recount(Ask((program,), until=until), until)
    walk(program, dante, 99, waited=1, started=0, reached=[0], tried=[0])
    assert recount(Ask((program,), until=until), until) == before
    page = client.get(reverse("public_figures")).content.decode().partition("<main")[2]
    clock.forward(days=20)
    assert client.get(reverse("public_figures")).content.decode().partition("<main")[2] == page


def test_anybody_sees_the_public_figures_without_signing_in(client, many):
    page = client.get(reverse("public_figures"))
    assert page.status_code == 200
    assert "P1" not in page.content.decode().partition("<main")[2]


def test_the_page_has_a_fixed_number_of_queries(signed_in, many, dolores, django_assert_num_queries):
    client = signed_in(dolores)
    client.get(reverse("impact"))
    with django_assert_num_queries(16):
        client.get(reverse("impact"), {"by": "site"})


def test_somebody_matched_and_never_reached_counts_as_not_in_touch(program, dante):
    PeerProfile.objects.filter(pk=dante.person.pk).update(capacity=60)
    for number in range(30):
        episode = walk(program, dante, number, reached=[3] if number < 15 else [], tried=[1])
        if number >= 15:
            Episode.objects.filter(pk=episode.pk).update(status="matched", active_since=None)
    figure = figures(program)["engaged_30"][ALL]
    assert (figure.numerator, figure.denominator, figure.missing) == (15, 30, 0)
