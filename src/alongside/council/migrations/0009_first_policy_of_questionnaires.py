"""Each program that is there already gets the first version of the new kind: what is offered, and how often."""

from django.db import migrations
from django.utils import timezone

from alongside.audit.triggers import suspended

VALUES = {"every_days": {"barc-10": 90, "ucla-3": 45, "readiness-ruler": 30}, "spread": {}}


def add(apps, schema_editor):
    Policy, Program = apps.get_model("council", "Policy"), apps.get_model("people", "Program")
    has = set(Policy._base_manager.filter(kind="measures").values_list("program_id", flat=True))
    for program in Program._base_manager.exclude(pk__in=has):
        Policy._base_manager.create(
            program=program, kind="measures", version=1, values=VALUES, adopted_at=timezone.now(), adopted_by=None
        )


def take_away(apps, schema_editor):
    """Versions are never removed, except with the kind itself."""
    with suspended(schema_editor.connection):
        apps.get_model("council", "Policy")._base_manager.filter(kind="measures").delete()


class Migration(migrations.Migration):
    dependencies = [("council", "0008_which_questionnaires"), ("people", "0004_leaner_indexes")]

    operations = [migrations.RunPython(add, take_away)]
