"""What a run was given and answered, kept so that it can be solved again, and forgotten after its time.

A run over everybody is kept for 90 days: long enough for a question or a complaint about a match; what people said when
they waited is not needed longer for that (C4, I6). A run for one person names every peer too, and there are many of
them: two weeks. The digests and the counts of the run stay.
"""

import json
import zlib
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

from alongside.rules.matching.kept import Inputs, read_inputs, write_answer, write_inputs
from alongside.rules.matching.results import Result

from .models import KeptRun, Run

KEPT_FOR = {"all": timedelta(days=90), "one": timedelta(days=14)}
"""Scope of a run to how long it is kept."""
MOST_WANTED = 12


def answer_of(result: Result, inputs: Inputs, more: dict[str, Any] | None = None) -> dict[str, Any]:
    """The answer as it is kept, with what else the run found out, and by their ids the peers whom most people want."""
    wanted = sorted(result.contested, key=lambda one: (one.places_free - one.named, one.peer_id))[:MOST_WANTED]
    named = [[one.peer_id, one.named, one.places_free] for one in wanted]
    return write_answer(result, inputs) | {"wanted": named} | (more or {})


def keep(run: Run, inputs: Inputs, answer: dict[str, Any]) -> KeptRun:
    """Keep the inputs and the answer of a run that is being stored."""
    return KeptRun.objects.create(
        program_id=run.program_id, run=run, inputs=_pack(write_inputs(inputs)), answer=_pack(answer)
    )


def inputs_of(kept: KeptRun) -> Inputs:
    """What the run was given. Raises `CannotRead` where the program knows other answers now."""
    return read_inputs(_unpack(kept.inputs))


def read_answer(kept: KeptRun) -> dict[str, Any]:
    """What the run answered."""
    return _unpack(kept.answer)


def forget_old_runs(now: datetime) -> int:
    """Erase the inputs and answers whose time is over, in the current program; returns of how many runs."""
    return sum(
        KeptRun.objects.filter(run__scope=scope, run__made_at__lt=now - days).delete()[0]
        for scope, days in KEPT_FOR.items()
    )


def _pack(plain: dict[str, Any]) -> str:
    return b64encode(zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 6)).decode()


def _unpack(packed: str) -> dict[str, Any]:
    return json.loads(zlib.decompress(b64decode(packed)))
