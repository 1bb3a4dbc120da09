"""Each program that is there already gets the first version of the new kind: the steps that there were before."""

from django.db import migrations
from django.utils import timezone

from alongside.audit.triggers import suspended

VALUES = {"steps": ["called_together", "introduced", "date_set", "ride", "papers", "followed_up"]}


def add(apps, schema_editor):
    Policy, Program = apps.get_model("council", "Policy"), apps.get_model("people", "Program")
    has = set(Policy._base_manager.filter(kind="handover").values_list("program_id", flat=True))
    for program in Program._base_manager.exclude(pk__in=has):
        Policy._base_manager.create(
            program=program, kind="handover", version=1, values=VALUES, adopted_at=timezone.now(), adopted_by=None
        )


def take_away(apps, schema_editor):
    """Versions are never removed, except with the kind itself."""
    with suspended(schema_editor.connection):
        apps.get_model("council", "Policy")._base_manager.filter(kind="handover").delete()


class Migration(migrations.Migration):
    dependencies = [("council", "0018_how_we_go_along"), ("people", "0004_leaner_indexes")]

    operations = [migrations.RunPython(add, take_away)]
