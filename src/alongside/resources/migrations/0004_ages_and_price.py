"""Searches by age and for what costs nothing; whom a place refuses is no longer taken for whom it is made.

The rules of today read it from each record, as each import does.
"""

from django.db import migrations, models

from alongside.resources.bits import GROUP_BITS, NEED_BITS, to_bits
from alongside.rules.resources.card import make_card

PIECE = 500


def read_again(apps, _schema_editor):
    """Write the columns anew where they differ from what they would be."""
    Record, Resource = apps.get_model("resources", "Record"), apps.get_model("resources", "Resource")
    changed = []
    rows = Record.objects.order_by("pk").values_list("resource_id", "resource__groups", "resource__needs", "document")
    for key, groups, needs, document in rows.iterator(PIECE):
        card = make_card(document)
        before = {"from_age": None, "until_age": None, "is_free": False, "groups": groups, "needs": needs}
        wanted = {
            "from_age": card.taken_ages[0], "until_age": card.taken_ages[1], "is_free": card.is_free,
            "groups": to_bits(card.groups, GROUP_BITS), "needs": to_bits(card.needs, NEED_BITS),
        }
        if wanted != before:
            changed.append((key, wanted))
    for key, wanted in changed:
        Resource.objects.filter(pk=key).update(**wanted)


class Migration(migrations.Migration):
    dependencies = [("resources", "0003_private_addresses_are_not_found")]

    operations = [
        migrations.AddField("resource", "from_age", models.PositiveSmallIntegerField(null=True, help_text="whom it takes, where it says so")),
        migrations.AddField("resource", "until_age", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("resource", "is_free", models.BooleanField(default=False, help_text="its own words say that it costs nothing")),
        migrations.RunPython(read_again, migrations.RunPython.noop, elidable=True),
    ]
