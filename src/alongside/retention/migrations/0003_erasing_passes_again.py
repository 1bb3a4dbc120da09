"""The triggers of consents and disclosures were made anew: the one way past them is opened again."""

from django.db import migrations

from alongside.privacy.guards import WHOLE_SIGNED
from alongside.retention.guards import let_erasing_pass


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0002_more_ways'),
        ('privacy', '0008_whole_in_the_database'),
    ]

    operations = let_erasing_pass(WHOLE_SIGNED)
