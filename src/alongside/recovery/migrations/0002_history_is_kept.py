from django.db import migrations

from alongside.recovery.keeping import keep_history


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('recovery', '0001_initial'),
    ]

    operations = [keep_history()]
