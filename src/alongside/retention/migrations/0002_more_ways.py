"""A later migration of `privacy` made a trigger anew; erasing passes it again."""

from django.db import migrations

from alongside.privacy.guards import FIRST_DISCLOSED, FIRST_LIVE, FIRST_SIGNED
from alongside.retention.guards import let_erasing_pass


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0001_initial'),
        ('privacy', '0007_more_ways'),
    ]

    operations = let_erasing_pass(FIRST_SIGNED, FIRST_DISCLOSED, FIRST_LIVE)
