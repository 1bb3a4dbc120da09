"""The law a program works under: a new version beside the earlier ones."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.rules.consent import Posture

from ..models import ProgramLaw


@transaction.atomic
def set_law(*, program: Program, posture: Posture, note: str, by, now: datetime | None = None) -> ProgramLaw:
    """Enter what holds from now on, with the law that says so. Consents already signed stay as they were signed."""
    Program.objects.select_for_update().get(pk=program.pk)
    newest = ProgramLaw.objects.aggregate(newest=Max("version"))["newest"] or 0
    law = ProgramLaw.objects.create(
        program=program,
        version=newest + 1,
        part2=posture.part2,
        majority_age=posture.majority_age,
        minor_alone_from=posture.minor_alone_from,
        fundraises=posture.fundraises,
        hipaa=posture.hipaa,
        emancipated_alone=posture.emancipated_alone,
        note=note,
        set_at=now or timezone.now(),
        set_by_id=by.user_id,
    )
    record(act="law.set", by=by, object_kind="law", object_id=law.pk)
    return law
