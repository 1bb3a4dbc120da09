"""The trigger of emergencies was made anew: the one way past it is open again."""

from django.db import migrations

from alongside.retention.guards import let_erasing_pass_to_emergencies


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0005_erasing_passes_to_lists'),
        ('privacy', '0011_told_to_the_fda'),
    ]

    operations = let_erasing_pass_to_emergencies()
