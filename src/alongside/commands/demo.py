"""Load the demo program: made-up people, through the real import and the real matching. Refused on real data."""

from argparse import ArgumentParser, Namespace

from django.conf import settings

from alongside.people.models import Organization, Program

from . import migrate
from .common import add_progress, progress_of
from .failure import CommandFailed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="only for the addresses that are printed")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same people (default 1)")
    add_progress(parser)


def run(options: Namespace) -> int:
    if not settings.ALONGSIDE_DEMO:
        raise CommandFailed("set ALONGSIDE_DEMO=1 to say that this database is for a demo")
    migrate.run(Namespace(quiet=True))
    if Organization.objects.filter(is_demo=False).exists():
        raise CommandFailed("this database holds a real organization; nothing was changed")
    from alongside.demo import how_to_sign_in, load
    from alongside.impact.actions import count_all

    if not Organization.objects.filter(is_demo=True).exists():
        load(seed=options.seed, progress=progress_of(options, "demo"))
        count_all(Program.objects.all())
    for line in how_to_sign_in(f"http://localhost:{options.port}"):
        print(line)
    return 0
