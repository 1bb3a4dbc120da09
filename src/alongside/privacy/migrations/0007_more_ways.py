"""Files and words by voice are ways out too."""

from django.db import migrations, models

from alongside.privacy.guards import FIRST_DISCLOSED, FIRST_LIVE, on_the_way_back, only_under_live_consent
from alongside.privacy.restriction_guards import only_what_is_not_kept_back

BEFORE = ['printed', 'partner_link']
NOW = [*BEFORE, 'file_pdf', 'file_csv', 'file_json', 'spoken']


def call_it_printed(apps, schema_editor):
    """On the way back: an earlier version knows no files. To whom, what, when and why stay as they were."""
    rows = apps.get_model("privacy", "Disclosure")._base_manager.exclude(way__in=BEFORE)
    rows.update(way="printed")


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0006_telling'),
    ]

    operations = [
        on_the_way_back(
            only_under_live_consent(columns=FIRST_DISCLOSED, live=FIRST_LIVE), only_what_is_not_kept_back()
        ),
        migrations.RemoveConstraint(model_name='disclosure', name='disclosure_way_known'),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', NOW)), name='disclosure_way_known'),
        ),
        migrations.RunPython(migrations.RunPython.noop, call_it_printed),
        # On SQLite the table was made anew, and its triggers fell.
        only_under_live_consent(columns=FIRST_DISCLOSED, live=FIRST_LIVE),
        only_what_is_not_kept_back(),
    ]
