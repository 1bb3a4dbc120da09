"""What the worker does again and again. One list, so that nobody has to search for what runs by itself."""

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import import_string

from alongside.running.actions import Notes

logger = logging.getLogger("alongside.jobs")


@dataclass(frozen=True)
class Tick:
    """A function `(now: datetime)` that does what is due and says how much: a count, or a Counter by outcome."""

    name: str
    function: str
    every_seconds: int
    reads_the_net: bool = False
    """Whoever it asks may take their time: beside the others, it does not hold them up (`Beside`)."""

    def load(self) -> Callable[[datetime], int | Counter | None]:
        """The function itself."""
        return import_string(self.function)


TICKS = (
    Tick("send what is due in the outbox", "alongside.people.outbox.send_due", 5),
    Tick("send what a wrong clock put off", "alongside.people.outbox.mend_after_jump", 60),
    Tick("tell the next about worries nobody took", "alongside.safety.actions.look_after_due", 10),
    Tick("look after legal clocks", "alongside.legal.actions.look_after_due", 300),
    Tick("lapse offers and offer the next peer", "alongside.matching.actions.lapse_due_offers", 60),
    Tick("propose peers once a day", "alongside.matching.actions.run_daily", 600),
    Tick("tell of calls somebody asked for and nobody made", "alongside.mentoring.actions.tell_unmade_calls", 300),
    Tick("end rests that were until today", "alongside.mentoring.actions.end_rests", 600),
    Tick("count what changed into the figures", "alongside.impact.actions.renew_figures", 5),
    Tick("hold the public figures of the quarter", "alongside.impact.actions.hold_quarter", 600),
    Tick("note consents whose day is over", "alongside.privacy.actions.expire_due", 60),
    Tick("remind of recipients whom nobody has told", "alongside.privacy.actions.remind_untold", 600),
    Tick("remind of lists that networks owe", "alongside.privacy.actions.remind_lists", 600),
    Tick("send links to partners", "alongside.partners.actions.send_due", 5),
    Tick("close pages for partners whose time is over", "alongside.partners.actions.lapse_due", 60),
    Tick("ask how ways to places go", "alongside.referrals.actions.remind_due", 300),
    Tick("read feeds of meetings", "alongside.meetings.actions.read_due", 60, reads_the_net=True),
    Tick("read lists of resources", "alongside.resources.actions.read_due", 60, reads_the_net=True),
    Tick("go on with long lists", "alongside.intake.actions.roster_work.go_on", 2),
    Tick("compare who is new or changed", "alongside.people.near_matches.compare_waiting", 30),
    Tick("ask who wishes it how they are", "alongside.checkins.actions.remind_due", 300),
    Tick("remind of questions whose turn has come", "alongside.assessments.asking.remind_due", 300),
    Tick("list unusual openings once a week", "alongside.oversight.actions.make_due", 3600),
    Tick("go on with calls whose pause is over", "alongside.calls.actions.go_on_due", 600),
    Tick("give places of groups that are free", "alongside.groups.actions.fill_free_places", 600),
    Tick("end asks to come along whose date has come", "alongside.outings.actions.lapse_due", 60),
    Tick("take groups whose last day is over out of the finder", "alongside.outings.actions.end_listings", 3600),
    Tick("tell who goes where a list of meetings changed", "alongside.outings.actions.tell_changes", 600),
    Tick("give places of events and remind of tomorrow", "alongside.occasions.actions.look_after_due", 600),
    Tick("tell of new words on pages of groups", "alongside.community.actions.look_after_due", 300),
    Tick("keep the ledger of erased people whole", "alongside.retention.restoring.keep_ledger", 60),
    Tick("erase what waited its day", "alongside.retention.actions.requests.carry_out_waiting", 60),
    Tick("erase what is past its time", "alongside.retention.actions.erase_due", 600),
    Tick("remove backups past their days", "alongside.housekeeping.expire_old_backups", 3600),
    Tick("end what is over", "alongside.housekeeping.keep_house", 3600),
    Tick("count rows, so that lists stay quick", "alongside.people.row_counts.count_rows", 3600),
    Tick("send the ends of the log off the machine", "alongside.audit.heads_away.publish_due", 600, reads_the_net=True),
    Tick("look for known weaknesses", "alongside.running.advisories.look_due", 3600, reads_the_net=True),
    Tick("remind of the look for known weaknesses", "alongside.running.weaknesses.remind_due", 3600),
    Tick("seal the audit log", "alongside.audit.sealing.seal_pending", 15),
)
"""G2 wants entries sealed within 60 seconds: sealing runs four times in that."""


def begin(notes: Notes, ticks: tuple[Tick, ...] = TICKS) -> None:
    """Write down which jobs there are, and that a worker begins. Where that fails, the jobs run all the same."""
    _note(lambda: notes.declare([(tick.function, tick.every_seconds) for tick in ticks], now=timezone.now()))


class Beside:
    """Ticks that wait for the net run here, one after the other in a thread of their own, while the others go on.

    A worry that nobody took is told on time, also while a site that somebody else runs takes its twenty seconds.
    """

    def __init__(self) -> None:
        self._line: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._waiting: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="beside", daemon=True)
        self._thread.start()

    def put(self, tick: Tick, notes: Notes | None) -> None:
        """Run it when those before it are done; not once more while it waits or runs."""
        if tick.name not in self._waiting:
            self._waiting.add(tick.name)
            self._line.put(lambda: self._run(tick, notes))

    def end(self, seconds: float) -> None:
        """Begin nothing more, and give what runs so long. What it had not confirmed is undone by the database."""
        self._line.put(None)
        self._thread.join(seconds)

    def _run(self, tick: Tick, notes: Notes | None) -> None:
        try:
            run_one(tick, notes)
        finally:
            self._waiting.discard(tick.name)

    def _work(self) -> None:
        while (run := self._line.get()) is not None:
            run()
            close_old_connections()
        connections.close_all()


def run_due(
    latest_runs: dict[str, float], ticks: tuple[Tick, ...] = TICKS, notes: Notes | None = None,
    beside: Beside | None = None,
) -> int:  # fmt: skip
    """Run every tick whose time has come; returns how many failed. `notes`: write down what ran.

    `latest_runs` maps a tick's name to the monotonic second of its latest start, and is updated. A tick that fails is
    logged by its name and the kind of error (never its text, which may quote a row: G4), and the others still run.
    With `beside`, ticks that read the net are put there, and their failures are noted and not counted here.
    """
    failures = 0
    for tick in ticks:
        started = time.monotonic()
        if started - latest_runs.get(tick.name, float("-inf")) < tick.every_seconds:
            continue
        latest_runs[tick.name] = started
        if beside and tick.reads_the_net:
            beside.put(tick, notes)
        else:
            failures += not run_one(tick, notes)
    close_old_connections()
    return failures


def run_one(tick: Tick, notes: Notes | None) -> bool:
    """Run a tick now; whether it ended well."""
    close_old_connections()
    now = timezone.now()
    try:
        done = tick.load()(now)
    except Exception as error:
        kind = type(error).__name__
        logger.error("tick failed: %s: %s", tick.function, kind)
        if notes:
            _note(lambda: notes.failed(tick.function, error=kind, now=now))
        return False
    if notes:
        amount = sum(done.values()) if isinstance(done, Counter) else int(done or 0)
        _note(lambda: notes.ran(tick.function, amount=amount, now=now))
    if done:
        logger.info("%s: %s", tick.function, dict(done) if isinstance(done, Counter) else done)
    return True


def _note(write: Callable[[], None]) -> None:
    """What ran is written down beside the work, and never in its way (I4)."""
    try:
        write()
    except Exception as error:
        logger.error("could not note what ran: %s", type(error).__name__)
