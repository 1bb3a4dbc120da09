from django.db import migrations

from alongside.connections.keeping import keep_turns


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('connections', '0001_initial'),
    ]

    operations = [keep_turns()]
