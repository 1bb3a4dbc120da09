"""Of a place whose address is kept private, only its city is found: what was imported earlier had more in `found_at`.

The rules of today say what is private and what is found of it, as each import does.
"""

from django.db import migrations

from alongside.rules.resources.card import make_card
from alongside.rules.resources.search import as_searched

PIECE = 500


def mend(apps, _schema_editor):
    """Write `found_at` anew where it differs."""
    Record, Resource = apps.get_model("resources", "Record"), apps.get_model("resources", "Resource")
    changed = []
    rows = Record.objects.order_by("pk").values_list("resource_id", "resource__found_at", "document")
    for key, found_at, document in rows.iterator(PIECE):
        card = make_card(document)
        wanted = as_searched(card.where, 800) if card.is_private else found_at
        if wanted != found_at:
            changed.append((key, wanted))
    for key, wanted in changed:
        Resource.objects.filter(pk=key).update(found_at=wanted)


class Migration(migrations.Migration):
    dependencies = [("resources", "0002_read_from_addresses")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop, elidable=True)]
