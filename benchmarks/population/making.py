"""Makes a population in the database of the environment: `python -m benchmarks.population.making --size small`."""

import argparse
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import django


def main(arguments: list[str] | None = None) -> int:
    """Fill an empty, migrated database; prints what was made and how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="small")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--now", type=datetime.fromisoformat, default=None, help="a moment in UTC; default: now")
    options = parser.parse_args(arguments)
    django.setup()
    from ..sizes import SECOND_PROGRAM, SIZES
    from .bulk import quickly
    from .log import seal_all

    size, started = SIZES[options.size], time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {words}", flush=True)

    now = (options.now or datetime.now(UTC)).replace(second=0, microsecond=0, tzinfo=UTC)
    with quickly():
        make("riverside", "Riverside Peer Center", size, options.seed, now, say)
        make("harbor", "Harbor House", size.share(SECOND_PROGRAM), options.seed + 1, now, say)
        say("building indexes, checking foreign keys")
    say(f"{seal_all():,} entries sealed")
    rebuild(say)
    say("done")
    return 0


def rebuild(say: Callable[[str], None]) -> None:
    """What the product keeps beside the rows, made by its own functions."""
    from django.utils import timezone
    from django_scopes import scopes_disabled

    from alongside.impact import actions
    from alongside.people import match_keys
    from alongside.people.models import Program, ToCompare

    for program in Program.objects.order_by("created_at"):
        actions.rebuild(program)
        actions.hold_public_figures(program, timezone.now())
        match_keys.rebuild(program)
    with scopes_disabled():
        # As in a program of ten years: everybody was compared when they came.
        ToCompare.objects.all().delete()
    say("counted the figures, made the match keys")


def make(slug: str, name: str, size, seed: int, now: datetime, say: Callable[[str], None]) -> None:
    """One program with its ten years."""
    from django_scopes import scope

    from alongside.council.actions import adopt_first_policies
    from alongside.people.actions.organization import create_program
    from alongside.people.actor import SystemActor
    from alongside.people.models import Organization, Program, Site

    from .clock import DAYS, Clock

    program = create_program(name=name, slug=slug, organization_name="Open Water", phone="+12135550100")
    Organization.objects.update(is_demo=True)
    # The first program that was made is the first on the public pages.
    Program.objects.filter(pk=program.pk).update(created_at=now - timedelta(days=DAYS, minutes=seed * -1))
    with scope(program=program):
        adopt_first_policies(program, by=SystemActor(program_id=program.pk), now=now - timedelta(days=DAYS))
        sites = [
            Site.objects.create(program=program, name=place, zip="90033").pk.hex
            for place in ("Eastside", "Harbor Boulevard", "Hilltop", "Mill Street", "Northgate", "Old Library")
        ]
        filling = Filling(random.Random(seed), Clock(now), program.pk.hex, sites, size, slug[0].upper(), say)
        filling.fill(random.Random(f"what they work with {seed}"))


class Filling:
    """Writes the rows of one program, in an order in which each finds what it needs."""

    def __init__(self, rng, clock, program, sites, size, prefix, say):
        from .people import People
        from .staff import Accounts

        self.rng, self.clock, self.program, self.sites, self.size, self.say = rng, clock, program, sites, size, say
        self.people = People(rng, clock, program, prefix)
        self.accounts = Accounts(rng, clock, program)

    def fill(self, second_rng) -> None:
        """Everything. What people work with has draws of its own: it changes nothing of who came when."""
        from .bulk import without_row_checks
        from .log import write_entries
        from .matches import Matches
        from .plan import plan
        from .recovery_work import RecoveryWork
        from .walks import Walks, prepare_words

        stays, peers = plan(self.rng, self.clock, self.size)
        self.say(f"planned {len(stays):,} episodes of {self.size.participants:,} people with {len(peers):,} peers")
        supervisors = self._add_staff(peers)
        self._add_peers(peers, supervisors)
        prepare_words()
        walks = Walks(self.rng, self.clock, self.program, peers)
        matches = Matches(self.rng, self.clock, self.program, peers)
        work = RecoveryWork(second_rng, self.clock, self.program, supervisors)
        with without_row_checks():
            self._add_stays(stays, walks, matches, work)
            self.accounts.flush()
            self.people.flush()
            self.episode.flush()
            walks.flush_contacts()
            matches.flush()
        self.say(f"wrote {self.people.person.count:,} people and {walks.contact.count:,} contacts")
        walks.write_mentorships()
        work.answers(walks.latest)
        work.flush()
        self.say(
            f"wrote {work.check_in.count:,} check-ins, {work.step.count:,} small steps and {work.call.count:,} calls"
        )
        matches.write_offers()
        self._add_boundaries(peers, walks)
        self._add_asks()
        self.say(f"wrote {walks.mentorship.count:,} mentorships and {matches.offer.count:,} offers")
        entries = write_entries(self.rng, self.clock, self.program, peers, walks.latest, self.size.entries)
        self.say(f"wrote {entries:,} entries of the log")

    def _add_staff(self, peers: list) -> list[str]:
        """Supervisors (one for twelve peers), coordinators, directors and an administrator; the supervisors' ids."""
        here = sum(peer.status != "left" for peer in peers)
        supervisors = [
            self.people.add_person(0, user=self.accounts.add("supervisor"))[0] for _ in range(-(-here // 12))
        ]
        for role, many in (("coordinator", 8), ("director", 4), ("administrator", 1)):
            for _ in range(many):
                self.people.add_person(0, user=self.accounts.add(role))
        return supervisors

    def _add_peers(self, peers: list, supervisors: list[str]) -> None:
        """Busy peers and three hundred others have accounts. Those who are here are shared out among supervisors."""
        with_account = place = 0
        for peer in peers:
            user = None
            if peer.status == "active" and (peer.busy or with_account < 300):
                user, with_account = self.accounts.add("peer"), with_account + (not peer.busy)
            if peer.status == "left":
                peer.supervisor = self.rng.choice(supervisors)
            else:
                peer.supervisor, place = supervisors[place // 12], place + 1
            peer.id, peer.language = self.people.add_peer(
                peer.start, peer.status, peer.capacity, self.rng.choice(self.sites), user, peer.supervisor
            )

    def _add_stays(self, stays: list, walks, matches, work) -> None:
        from alongside.people.models import Episode

        from .bulk import Table, new_id
        from .people import LOVED_ONES

        self.episode = Table(
            Episode, "id", "program", "person", "site", "kind", "status", "source", "opened_at", "waiting_since",
            "first_waiting_at", "matched_at", "active_since", "paused_until", "closed_at", "close_reason", "urgency",
            "returned_to_use_on",
        )  # fmt: skip
        known, rng, clock, text = {}, self.rng, self.clock, self.clock.text
        for stay in stays:
            is_back = stay.person in known
            if not is_back:
                known[stay.person] = (*self.people.add_person(stay.opened), rng.random() < LOVED_ONES)
            person, language, loved_one = known[stay.person]
            episode, first, earlier = new_id(rng), None, None
            ids = [new_id(rng) for _ in stay.walks]
            for number, walk in enumerate(stay.walks):
                reached = walks.add(walk, episode, person, language, ids[number])
                if walk.end is None and (wished := work.walk(ids[number], episode, person, walk.start)):
                    walks.wished[ids[number]] = wished
                matches.add_matched(walk, episode, ids[number])
                first = first if first is not None else reached
                if earlier is not None:
                    walks.hand_over(earlier, ids[number - 1], person, walk, ids[number])
                earlier = walk
            paused = bool(stay.walks) and stay.walks[-1].paused and stay.walks[-1].end is None and reached is not None
            status = stay.status
            if status == "active":
                status = "paused" if paused else "active" if first is not None else "matched"
            source = rng.choice(("roster", "form", "self"))
            waiting = None if status == "intake" else text(stay.waiting)
            self.episode.add(
                episode, self.program, person, rng.choice(self.sites), "loved_one" if loved_one else "own_recovery",
                status, "return" if is_back else source, text(stay.opened), waiting, waiting,
                text(stay.walks[0].start) if stay.walks else None, text(first),
                clock.day(clock.now + 10 * 1440) if paused else None, text(stay.closed), stay.reason,
                2 if rng.random() < 0.08 else 1 if rng.random() < 0.2 else 0,
                work.came_back(first) if status == "active" else None,
            )  # fmt: skip
            self.people.add_wishes(episode, language, loved_one, stay.opened)
            if status == "waiting":
                matches.add_waiting(stay, episode)
            elif status == "offered":
                matches.add_choosing(stay, episode)

    def _add_boundaries(self, peers: list, walks) -> None:
        """One in a hundred may never meet a certain peer: never one they walked with."""
        from alongside.people.models import Boundary

        from .bulk import Table, new_id

        table = Table(Boundary, "id", "program", "person", "other", "kind", "recorded_at")
        met = {(row[3], peer) for row in walks.held for peer in (row[4], row[5])}
        kinds, at = ("kin", "ex", "housemate"), self.clock.text(self.clock.now - 1440)
        for row in walks.held[::100]:
            other = self.rng.choice(peers).id
            if (row[3], other) not in met:
                met.add((row[3], other))
                table.add(new_id(self.rng), self.program, *sorted((row[3], other)), self.rng.choice(kinds), at)
        table.flush()

    def _add_asks(self) -> None:
        """New asks from the public page."""
        import json

        from alongside.intake.models import Inquiry

        from .bulk import Table, new_id

        table = Table(
            Inquiry, "id", "program", "goes_by", "answers", "safe_contact", "status", "received_at", "submit_key"
        )
        answers, safe = json.dumps({"needs": ["first_weeks"]}), json.dumps({"channel": "phone"})
        for number in range(min(400, self.size.participants // 10)):
            table.add(
                new_id(self.rng), self.program, "Sam", answers, safe,
                "new" if number < 12 else "taken_up", self.clock.text(self.clock.now - 60 - number * 700),
                new_id(self.rng),
            )  # fmt: skip
        table.flush()


if __name__ == "__main__":
    sys.exit(main())
