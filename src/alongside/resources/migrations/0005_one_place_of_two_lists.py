"""One place that two lists have under the same UUID is shown once; the database refuses a second.

What is there already is settled by the rules of today, as each import does.
"""

from collections import defaultdict

from django.db import migrations, models

from alongside.rules.resources.twins import Copy, choose, world_id

OUT = ("inactive", "defunct")


def settle(apps, _schema_editor):
    """Write the ids, and of those that two rows share let one be shown."""
    Resource = apps.get_model("resources", "Resource")
    same = defaultdict(list)
    for program, key, identity in Resource.objects.order_by("pk").values_list("program_id", "pk", "identity"):
        if found := world_id(identity):
            Resource.objects.filter(pk=key).update(world_id=found)
            same[program, found].append(key)
    for keys in (found for found in same.values() if len(found) > 1):
        listed = list(Resource.objects.filter(pk__in=keys, is_listed=True))
        if len(listed) > 1:
            best = choose(
                Copy(row.pk, row.status not in OUT, row.mended_at is not None, row.checked_on, row.changed_on, row.came_at)
                for row in listed
            )  # fmt: skip
            others = [row.pk for row in listed if row.pk != best]
            Resource.objects.filter(pk__in=others).update(is_shown=False, is_copy=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_codes_to_sign_in"), ("resources", "0004_ages_and_price")]

    operations = [
        migrations.AddField("resource", "is_copy", models.BooleanField(default=False, help_text="another list has it too, and that one is shown")),
        migrations.AddField("resource", "world_id", models.UUIDField(null=True, help_text="its identity, where that is a UUID and so the same in every list")),
        migrations.RunPython(settle, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex("resource", models.Index(fields=["program", "world_id"], name="resource_by_world_id")),
        migrations.AddConstraint("resource", models.UniqueConstraint(condition=models.Q(("is_shown", True), ("world_id__isnull", False)), fields=("program", "world_id"), name="resource_shown_once")),
        migrations.AddConstraint("resource", models.CheckConstraint(condition=models.Q(("is_copy", False), models.Q(("is_listed", True), ("is_shown", False)), _connector="OR"), name="resource_copy_is_not_shown")),
    ]
