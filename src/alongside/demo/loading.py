"""Makes the demo: two programs, the rosters of seven months, and a story to follow with one account for each role."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.council.actions import adopt_first_policies
from alongside.intake.actions.rosters import confirm_roster, map_roster, upload_roster
from alongside.people.actions.organization import create_program
from alongside.people.actor import SystemActor
from alongside.people.models import Organization, Program, Site

from . import story, telling
from .helping import who_helps
from .meeting_lists import bring_meetings
from .months import Months
from .outing import go_out
from .places import open_directory
from .population import Drawn, People
from .roster_files import as_csv, as_workbook
from .staff import make_account, make_staff

MONTHS = 7
PEERS = 24
ARRIVALS_A_MONTH = 19


@transaction.atomic
def load(*, seed: int, progress: Callable[[int, int], None], today: date | None = None) -> None:
    """Everything or nothing: a demo that was interrupted begins again."""
    today = today or timezone.localdate()
    river = _make_program("Riverside Peer Center", "riverside", today)
    harbor = _make_program("Harbor House", "harbor", today)
    Organization.objects.update(is_demo=True)
    with scope(program=river):
        _play_river(river, seed, today, progress)
    with scope(program=harbor):
        _fill_harbor(harbor, seed + 1, today)


def _make_program(name: str, slug: str, today: date) -> Program:
    program = create_program(
        name=name, slug=slug, organization_name="Open Water", public_name="Side by Side", phone="(213) 555-0100"
    )
    with scope(program=program):
        start = timezone.now() - timedelta(days=30 * MONTHS + 5)
        adopt_first_policies(program, by=SystemActor(program_id=program.pk), now=start)
        for site in ("Eastside", "Harbor Boulevard") if slug == "riverside" else ("Pier 4",):
            Site.objects.create(program=program, name=site, zip="90033")
    return program


def _import(program: Program, content: bytes, name: str, kind: str, by, now, site=None) -> dict:
    """One roster through the same steps as on the page: upload, columns as guessed, preview, confirm."""
    roster = upload_roster(program=program, content=content, file_name=name, by=by, kind=kind, site=site, now=now)
    mapping = {int(place): field or None for place, field in roster.mapping.items()}
    options = {**roster.options, "date_order": roster.options.get("date_order") or "mdy"}
    roster = map_roster(roster=roster, mapping=mapping, options=options, by=by, now=now)
    return confirm_roster(roster=roster, by=by, now=now)


def _play_river(program: Program, seed: int, today: date, progress: Callable[[int, int], None]) -> None:
    rng, people = Random(seed), People(seed, today)
    carmen = make_staff("carmen", program, "coordinator")
    lien = make_staff("lien", program, "supervisor")
    make_staff("dolores", program, "director")
    make_account("ada", program, "administrator")
    make_account("noor", program, "council")
    first = today - timedelta(days=30 * MONTHS)
    months = Months(program, carmen, lien, rng, today)

    peers = [people.peer(index).row for index in range(PEERS)]
    _import(program, as_workbook(peers, "Peers 2026"), "peers.xlsx", "peers", carmen, months.at(first, 8))
    telling.publish_first(program, months.at(first, 8))
    story.introduce_dante(program, carmen, lien, months.at(first, 8))

    sites = list(Site.objects.order_by("name"))
    arrivals: list[Drawn] = [
        people.participant(first + timedelta(days=rng.randint(0, 30 * MONTHS - 4)))
        for _ in range(ARRIVALS_A_MONTH * MONTHS)
    ]

    def arrive(day: date) -> None:
        """Every second week the lists of both sites come in; one of them is kept in Spanish."""
        if (day - first).days % 14 != 13:
            return
        came = [one.row for one in arrivals if day - timedelta(days=14) < one.asked_on <= day]
        for number, site in enumerate(sites):
            rows = came[number :: len(sites)]
            if rows:
                content = as_csv(rows, spanish=number == 1)
                _import(program, content, f"list-{day}.csv", "participants", carmen, months.at(day, 8), site)

    months.play(first, arrive, progress)
    story.tell(months, carmen)
    open_directory(months, program, carmen, timezone.now())
    story.go_to_places(months, carmen)
    telling.tell_everybody(program, carmen, timezone.now() - timedelta(days=2))
    telling.new_notice(program, timezone.now())
    bring_meetings(program, timezone.now())
    go_out(months)
    who_helps(program)
    progress(30 * MONTHS + 1, 30 * MONTHS + 1)


def _fill_harbor(program: Program, seed: int, today: date) -> None:
    """A second program, small and strictly apart: its coordinator sees nobody of the first."""
    people = People(seed, today)
    marcus = make_staff("marcus", program, "coordinator", "supervisor")
    make_account("dolores", program, "director")
    now = timezone.now() - timedelta(days=20)
    peers = [people.peer(index).row for index in range(4)]
    _import(program, as_workbook(peers, "Peers"), "peers.xlsx", "peers", marcus, now)
    rows = [people.participant(today - timedelta(days=number)).row for number in range(2, 8)]
    _import(program, as_csv(rows), "list.csv", "participants", marcus, now)
