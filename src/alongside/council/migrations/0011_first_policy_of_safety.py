"""Each program that is there already gets the first version of the new kind."""

from django.db import migrations
from django.utils import timezone

from alongside.audit.triggers import suspended

VALUES = {
    "acknowledge_minutes": 15, "next_minutes": 15, "again_minutes": 60, "resolve_minutes": 240,
    "ladder": ["on_duty", "deputy", "rota", "director"], "path_en": "", "path_es": "",
}  # fmt: skip


def add(apps, schema_editor):
    Policy, Program = apps.get_model("council", "Policy"), apps.get_model("people", "Program")
    has = set(Policy._base_manager.filter(kind="safety").values_list("program_id", flat=True))
    for program in Program._base_manager.exclude(pk__in=has):
        Policy._base_manager.create(
            program=program, kind="safety", version=1, values=VALUES, adopted_at=timezone.now(), adopted_by=None
        )


def take_away(apps, schema_editor):
    """Versions are never removed, except with the kind itself."""
    with suspended(schema_editor.connection):
        apps.get_model("council", "Policy")._base_manager.filter(kind="safety").delete()


class Migration(migrations.Migration):
    dependencies = [("council", "0010_when_somebody_is_worried"), ("people", "0004_leaner_indexes")]

    operations = [migrations.RunPython(add, take_away)]
