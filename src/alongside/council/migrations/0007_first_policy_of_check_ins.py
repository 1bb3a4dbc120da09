"""Each program that is there already gets the first version of the new kind: all seven questions, on a scale of five."""

from django.db import migrations
from django.utils import timezone

from alongside.audit.triggers import suspended

VALUES = {
    "questions": ["mood", "craving", "connection", "health", "home", "purpose", "community"], "scale": 5,
    "every_days": 7, "silence_days": 14, "silence_times": 2, "drop_percent": 25, "drop_surety": 3, "enough": 5,
}  # fmt: skip


def add(apps, schema_editor):
    Policy, Program = apps.get_model("council", "Policy"), apps.get_model("people", "Program")
    has = set(Policy._base_manager.filter(kind="check_in").values_list("program_id", flat=True))
    for program in Program._base_manager.exclude(pk__in=has):
        Policy._base_manager.create(
            program=program, kind="check_in", version=1, values=VALUES, adopted_at=timezone.now(), adopted_by=None
        )


def take_away(apps, schema_editor):
    """Versions are never removed, except with the kind itself."""
    with suspended(schema_editor.connection):
        apps.get_model("council", "Policy")._base_manager.filter(kind="check_in").delete()


class Migration(migrations.Migration):
    dependencies = [("council", "0006_what_check_ins_ask"), ("people", "0004_leaner_indexes")]

    operations = [migrations.RunPython(add, take_away)]
