"""The trigger of emergencies was made anew once more: the one way past it is open again."""

from django.db import migrations

from alongside.retention.guards import let_erasing_pass_to_emergencies


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0006_erasing_passes_to_emergencies'),
        ('privacy', '0013_told_for_a_minor'),
    ]

    operations = let_erasing_pass_to_emergencies()
