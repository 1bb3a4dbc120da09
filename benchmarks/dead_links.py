"""`python -m benchmarks.dead_links`: does the time of a no tell which no it is? (A1)

Asks pages for partners with a wrong code, with a link that never was, and with links that ended in each way, in turn,
`--tries` times each, and compares the medians of the processor's work and of the clock. Ends with 1 when the work of
one is more than 10 % away from the others. The clock is printed, not judged: other programs run beside it.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time
from uuid import uuid4

APART = 0.10
INSIDE = "DEAD_LINKS_INSIDE"


def main() -> int:
    """In a house of its own, so that nothing of an install is touched."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=200)
    options = parser.parse_args()
    if os.environ.get(INSIDE):
        return measure(options.tries)
    with tempfile.TemporaryDirectory(prefix="alongside-") as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
        env = kept | {"ALONGSIDE_HOME": home, "ALONGSIDE_DEMO": "1", "ALONGSIDE_LOG_LEVEL": "ERROR", INSIDE: "1",
                      "DJANGO_SETTINGS_MODULE": "alongside.settings"}  # fmt: skip
        subprocess.run([sys.executable, "-m", "alongside", "migrate"], env=env, check=True, capture_output=True)
        command = [sys.executable, "-m", "benchmarks.dead_links", "--tries", str(options.tries)]
        return subprocess.run(command, env=env, check=False).returncode


def measure(tries: int) -> int:
    """Medians of each no, beside each other."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django_scopes import scope

    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"partner_code": None}  # it counts before it looks
    from tests.story import make_program

    program = make_program("Riverbend", "riverbend")
    with scope(program=program):
        doors = make_doors(program)
    browser, chance = Client(headers={"host": "localhost"}), random.Random(1)
    work: dict[str, list[float]] = {kind: [] for kind in doors}
    clock: dict[str, list[float]] = {kind: [] for kind in doors}
    for number in range(tries + 10):
        kinds = list(doors)
        chance.shuffle(kinds)
        for kind in kinds:
            token, code = doors[kind]
            forgive(program)
            at, worked = perf_counter(), process_time()
            answer = browser.post(f"/page/{token}/", {"code": code})
            worked, at = process_time() - worked, perf_counter() - at
            if answer.status_code != 200 or b"That did not open." not in answer.content:
                raise SystemExit(f"{kind}: another answer, {answer.status_code}")
            if number >= 10:  # the first ones warm up
                work[kind].append(worked)
                clock[kind].append(at)
    return report(work, clock)


def forgive(program) -> None:
    """A wrong code for a live link counts; without this the fifth would close it, and the kind would be another."""
    from django_scopes import scope

    from alongside.partners.models import PartnerLink

    with scope(program=program):
        PartnerLink.objects.filter(status="sent").update(wrong_tries=0)


def make_doors(program) -> dict[str, tuple[str, str]]:
    """Kind of no -> (token, code)."""
    from django.utils import timezone
    from tests.privacy.consents import signed
    from tests.story import make_persona

    from alongside.partners import actions
    from alongside.partners.models import PartnerLink
    from alongside.privacy.actions import stop_sharing

    rosa, carmen = make_persona(program, "rosa", "participant"), make_persona(program, "carmen", "coordinator")
    tokens: list[str] = []

    def give(consent):
        link, code = actions.make_link(consent=consent, address="a@example.org", submit_key=uuid4(), by=carmen.actor)
        actions.send_due(deliver=lambda *said: tokens.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
        return link, tokens[-1], code

    consent = signed(rosa.person, rosa.actor)
    doors = {"never was": ("x" * 32, "12345678"), "wrong code": (give(consent)[1], "00000000x")}
    link, *doors["stopped"] = give(consent)
    actions.stop_link(link=link, by=carmen.actor)
    link, token, code = give(consent)
    opened = actions.open_link(token=token, code=code)
    actions.answer_link(token=token, link_id=opened.link.pk, accepts=True)
    doors["used up"] = (token, code)
    link, token, code = give(consent)
    for _ in range(5):
        actions.open_link(token=token, code="none")
    doors["locked"] = (token, code)
    link, *doors["code too old"] = give(consent)
    PartnerLink.objects.filter(pk=link.pk).update(code_expires_at=timezone.now() - timedelta(minutes=1))
    other = signed(rosa.person, rosa.actor)
    link, *doors["consent stopped"] = give(other)
    stop_sharing(consent=other, by=rosa.actor)
    return {kind: (door[0], door[1]) for kind, door in doors.items()}


def report(work: dict[str, list[float]], clock: dict[str, list[float]]) -> int:
    """Print both, and say whether the work is alike."""
    print(f"{'':18}{'work ms':>10}{'clock ms':>10}   medians of {len(next(iter(work.values())))}")
    for kind in work:
        print(f"{kind:18}{median(work[kind]) * 1000:10.2f}{median(clock[kind]) * 1000:10.2f}")
    middles = [median(values) for values in work.values()]
    apart = max(middles) / min(middles) - 1
    print(f"apart by {apart:.1%} of work; {APART:.0%} is the limit")
    return int(apart > APART)


if __name__ == "__main__":
    sys.exit(main())
