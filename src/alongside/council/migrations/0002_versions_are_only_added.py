from django.db import migrations

from alongside.audit.triggers import insert_only


class Migration(migrations.Migration):
    dependencies = [("council", "0001_initial"), ("audit", "0001_initial")]

    operations = [insert_only("council_policy")]
