"""The triggers of consents were made anew once more: the one way past them is opened again."""

from django.db import migrations

from alongside.retention.guards import let_erasing_pass


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0003_erasing_passes_again'),
        ('privacy', '0009_by_posture'),
    ]

    operations = let_erasing_pass()
