"""How long a long list takes: `python -m benchmarks.import_rosters --rows 100000`.

A made list goes through the real engine, as the worker does it: read, planned, confirmed, planned again (all known by
then), taken back. Meanwhile another process saves a contact note again and again, and the longest wait is kept. Each
step runs in a process of its own, so that its largest memory is its own. On SQLite, or with `--database postgres` on a
server of its own, as durable as in production.
"""

import argparse
import contextlib
import csv
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .houses import DATABASES, keep_postgres

FIRST = (
    "Ana Ben Carla Dan Eva Finn Gita Hugo Ines Jo Kai Lena Marco Nora Omar Pia Quinn Rosa Sam Tess Uma Vic Wes Ximena"
)
LAST = (
    "Ruiz Cole Díaz Okafor Nguyen Smith Garcia Lopez Brown Chen Patel Novak Silva Kim Reyes Costa Wolf Ortiz Young Hall"
)
NEEDS = ["Housing", "Work; Food", "Someone to talk to", "Family", ""]
HEADERS = ["Participant ID", "First name", "Last name", "DOB", "Phone", "Email", "Language", "Pathway",
           "Wants help with", "Availability", "Wants a peer who is", "Text OK", "Asked on", "Notes"]  # fmt: skip
NOTES_EVERY_SECONDS = 0.1


def make_list(rows: int, seed: int = 7) -> bytes:
    """A list of so many people, the same for the same seed; about one row in a hundred cannot be read."""
    chance = random.Random(seed)
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEADERS)
    first, last = FIRST.split(), LAST.split()
    for number in range(rows):
        second = f"{chance.choice(last)}{chance.choice(['', '-' + chance.choice(last)])}"
        sheet.writerow(
            [
                f"C-{number:06d}",
                "" if number % 100 == 99 else f"{chance.choice(first)} {chance.choice(first)}",
                "" if number % 100 == 99 else second,
                f"{chance.randint(1, 12):02d}/{chance.randint(1, 28):02d}/{chance.randint(1950, 2006)}",
                f"({chance.choice(['213', '323', '626'])}) {chance.randint(200, 999)}-{chance.randint(0, 9999):04d}",
                f"c{number}@example.org" if chance.random() < 0.5 else "",
                chance.choice(["English", "Spanish", "English; Spanish"]),
                chance.choice(["12-step", "Secular", "", ""]),
                chance.choice(NEEDS),
                chance.choice(["Mon evenings", "weekday mornings", "", ""]),
                chance.choice(["must: Spanish", "would like: a woman", "", ""]),
                chance.choice(["Yes", "No", ""]),
                f"{chance.randint(1, 12):02d}/{chance.randint(1, 28):02d}/2025",
                chance.choice(["", "", "likes to walk"]),
            ]
        )
    return out.getvalue().encode()


def step(name: str, path: Path) -> dict:
    """One step in this process, with its seconds, rows and largest memory."""
    from django.utils import timezone
    from django_scopes import scope

    from alongside.intake.actions import roster_work, rosters
    from alongside.intake.models import Roster
    from alongside.people.actor import SystemActor
    from alongside.people.models import Program

    program = Program.objects.get()
    house = SystemActor(program_id=program.pk)
    begun = time.monotonic()
    with scope(program=program):
        if name.startswith("read"):
            content = path.read_bytes()
            begun = time.monotonic()
            roster = rosters.upload_roster(
                program=program, content=content, file_name="list.csv", by=house, kind="participants"
            )
        else:
            roster = Roster.objects.order_by("-uploaded_at").select_related("program").first()
            if name.startswith("plan"):
                rosters.map_roster(roster=roster, mapping=rosters.columns_of(roster), options=roster.options, by=house)
            elif name.startswith("confirm"):
                rosters.confirm_roster(roster=roster, by=house)
            else:
                made = Roster.objects.filter(status="confirmed").order_by("uploaded_at")
                roster = made.select_related("program").first()
                rosters.undo_roster(roster=roster, by=house)
            while roster_work.go_on(timezone.now()):
                pass
            roster.refresh_from_db()
    seconds = time.monotonic() - begun
    return {
        "step": name, "seconds": round(seconds, 1), "rows": roster.counts["rows"], "counts": roster.counts,
        "status": roster.status, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def write_notes(stop: Path) -> dict:
    """Save contact notes until the file is there; how many, and the longest and the usual wait in milliseconds."""
    from uuid import uuid4

    from django.utils import timezone
    from django_scopes import scope

    from alongside.mentoring.actions import Note, record_contact
    from alongside.mentoring.models import Mentorship
    from alongside.people.actor import get_actor
    from alongside.people.models import Program, User

    program = Program.objects.get()
    waits = []
    with scope(program=program):
        mentorship = Mentorship.objects.select_related("participant", "peer__person", "episode").get()
        actor = get_actor(User.objects.get(username="dante"), str(program.pk))[0]
        while not stop.exists():
            begun = time.monotonic()
            note = Note(
                uuid4(), timezone.now(), "phone", True, 10, note="We talked about the week.", read_together=True
            )
            record_contact(mentorships=[mentorship], note=note, by=actor)
            waits.append(time.monotonic() - begun)
            time.sleep(NOTES_EVERY_SECONDS)
    waits.sort()
    return {
        "step": "notes", "notes": len(waits), "longest_ms": round(waits[-1] * 1000),
        "p95_ms": round(waits[int(len(waits) * 0.95)] * 1000), "usual_ms": round(waits[len(waits) // 2] * 1000),
    }  # fmt: skip


def make_house() -> None:
    """A program with one peer who walks with one participant."""
    from django.core.management import call_command
    from django_scopes import scope
    from tests import story

    from alongside.audit.keys import create_key_ring

    create_key_ring()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    program = story.make_program("Riverbend", "riverbend")
    with scope(program=program):
        from alongside.mentoring.actions import start_mentorship
        from alongside.people.actions import move_episode, open_episode
        from alongside.workforce.actions import create_peer

        carmen = story.make_persona(program, "carmen", "coordinator")
        rosa, dante = story.make_persona(program, "rosa", "participant"), story.make_persona(program, "dante", "peer")
        peer = create_peer(person=dante.person, by=carmen.actor, capacity=2)
        episode = open_episode(person=rosa.person, by=carmen.actor)
        for state in ("intake", "waiting", "offered"):
            episode = move_episode(episode=episode, to=state, by=carmen.actor)
        start_mentorship(episode=episode, peer=peer, by=carmen.actor)


STEPS = ("read", "plan", "confirm", "read again", "plan again", "undo")


def measure(rows: int, home: Path) -> None:
    """All steps, and what they took, as a table for docs."""
    home.mkdir()
    place = home / "list.csv"
    place.write_bytes(make_list(rows))
    print(f"{rows} rows, {place.stat().st_size / 1e6:.1f} MB", flush=True)
    run(home, "--house")
    print(f"{'step':<12} {'seconds':>8} {'rows/s':>8} {'MB':>5} {'notes':>6} {'p95 ms':>7} {'longest ms':>10}  counts")
    for name in STEPS:
        stop = home / "stop"
        stop.unlink(missing_ok=True)
        notes = start(home, "--notes", str(stop))
        done = json.loads(run(home, "--step", name, "--list", str(place)))
        stop.touch()
        waits = json.loads(notes.communicate()[0])
        counts = {about: number for about, number in done["counts"].items() if number and about != "rows"}
        speed = done["rows"] / max(done["seconds"], 0.1)
        print(
            f"{name:<12} {done['seconds']:>8} {speed:>8.0f} {done['megabytes']:>5} {waits['notes']:>6} "
            f"{waits['p95_ms']:>7} {waits['longest_ms']:>10}  {done['status']} {counts}",
            flush=True,
        )


def start(home: Path, *arguments: str) -> subprocess.Popen:
    """This module once more, in the house."""
    settings = {
        "ALONGSIDE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "ALONGSIDE_LOG_LEVEL": "ERROR",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.import_rosters", *arguments], text=True, stdout=subprocess.PIPE,
        env=os.environ | settings,
    )  # fmt: skip


def run(home: Path, *arguments: str) -> str:
    """The same, waited for."""
    process = start(home, *arguments)
    said = process.communicate()[0]
    if process.returncode:
        sys.exit(f"{arguments} ended with {process.returncode}")
    return said


def main() -> None:
    """The command line; `--house`, `--step` and `--notes` are for the processes it starts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--house", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--list", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--notes", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.house or options.step or options.notes:
        import django

        django.setup()
        if options.house:
            make_house()
        else:
            print(json.dumps(step(options.step, options.list) if options.step else write_notes(options.notes)))
        return
    with tempfile.TemporaryDirectory(prefix="rosters-") as home, contextlib.ExitStack() as stack:
        os.environ.pop("DATABASE_URL", None)
        if options.database == "postgres":
            place = Path(home)
            place.chmod(0o755)  # the server runs as a user of its own
            os.environ["DATABASE_URL"] = stack.enter_context(keep_postgres(place / "postgres"))
        measure(options.rows, Path(home) / "house")


if __name__ == "__main__":
    main()
