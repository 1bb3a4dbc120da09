"""Solving a run again from what it was given, and saying whether the answer is the same."""

from django.db import transaction

from alongside.audit.actions import record
from alongside.matching.acting import as_coordinator
from alongside.matching.keeping import inputs_of, read_answer
from alongside.matching.models import KeptRun, Run
from alongside.rules.matching.kept import Replay, replay


class NothingKept(Exception):
    """What this run was given is not kept: somebody chose by hand, or its time is over."""


def replay_run(*, run: Run, by) -> Replay:
    """Solve the kept inputs of a run again, and compare. Nothing else changes; the try is written to the log.

    Raises `NothingKept`, and `rules.matching.kept.CannotRead` for inputs of a program that knew other answers.
    """
    by = as_coordinator(by)
    kept = KeptRun.objects.filter(run=run).first()
    if kept is None:
        raise NothingKept(run.pk)
    found = replay(inputs_of(kept), read_answer(kept), (run.inputs_digest, run.answer_digest))
    with transaction.atomic():
        record(act="run.replayed", by=by, object_kind="run", object_id=run.pk, reason=found.code)
    return found
