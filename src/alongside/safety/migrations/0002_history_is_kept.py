from django.db import migrations

from alongside.audit.history import keep_columns

FIXED = ("id", "program_id", "escalation_id", "at", "what", "by_person", "by_role", "to_person")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("safety", "0001_initial")]

    operations = [keep_columns("safety_happening", FIXED)]
