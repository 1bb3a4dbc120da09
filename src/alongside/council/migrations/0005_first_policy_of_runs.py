"""Each program that is there already gets the first version of the new kind: no run makes itself."""

from django.db import migrations
from django.utils import timezone

from alongside.audit.triggers import suspended

VALUES = {
    "daily": False, "at_hour": 6, "keep_back": False, "look_days": 7, "longest_wait_days": 10, "few_peers": 3,
}  # fmt: skip


def add(apps, schema_editor):
    Policy, Program = apps.get_model("council", "Policy"), apps.get_model("people", "Program")
    has = set(Policy._base_manager.filter(kind="runs").values_list("program_id", flat=True))
    for program in Program._base_manager.exclude(pk__in=has):
        Policy._base_manager.create(
            program=program, kind="runs", version=1, values=VALUES, adopted_at=timezone.now(), adopted_by=None
        )


def take_away(apps, schema_editor):
    """Versions are never removed, except with the kind itself."""
    with suspended(schema_editor.connection):
        apps.get_model("council", "Policy")._base_manager.filter(kind="runs").delete()


class Migration(migrations.Migration):
    dependencies = [("council", "0004_when_peers_are_proposed"), ("people", "0004_leaner_indexes")]

    operations = [migrations.RunPython(add, take_away)]
