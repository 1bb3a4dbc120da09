from django.db import migrations

from alongside.impact.marks import mark_calls


class Migration(migrations.Migration):
    dependencies = [("impact", "0002_leaner_indexes"), ("calls", "0001_initial")]

    operations = [mark_calls()]
